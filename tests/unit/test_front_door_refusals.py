"""The front door refuses what it cannot use in a sentence that says what, where and what to do."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

import zssr_studio as zs
from zssr_studio import pipeline

GRAY = np.full((8, 9), 100, np.uint8)
FLOATS = np.full((8, 9), 0.4)


def nan_in(array: np.ndarray, value: float) -> np.ndarray:
    spoiled = array.copy()
    spoiled[3, 4] = value
    return spoiled


@pytest.fixture(autouse=True)
def _nothing_is_trained(monkeypatch: pytest.MonkeyPatch) -> None:
    """See that what is refused is refused before the run."""

    def trained(*_arguments: object, **_options: object) -> None:
        raise AssertionError("a run began")

    monkeypatch.setattr(pipeline, "upscale", trained)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (GRAY > 50, r"holds bool, which is a mask.*astype\(np.uint8\) \* 255"),
        (GRAY.astype(np.int64), r"holds int64. Give uint8"),
        (GRAY.astype(np.uint32), r"holds uint32. Give uint8"),
        (GRAY.astype(np.complex128), r"holds complex128. Give uint8"),
        (GRAY.astype(str), r"holds <U\d+. Give uint8"),
        (nan_in(FLOATS, np.nan), r"NaN or infinite.*np.nan_to_num"),
        (nan_in(FLOATS, np.inf), r"NaN or infinite.*np.nan_to_num"),
        (GRAY.astype(float), r"from 100 to 100.*lies in \[0, 1\]. Divide it"),
        (FLOATS * 1e300, r"from 4e\+299 to 4e\+299.*lies in \[0, 1\]"),
        (FLOATS - 2, r"from -1.6 to -1.6.*lies in \[0, 1\]"),
        (np.stack([FLOATS, nan_in(FLOATS, np.nan)], axis=2), r"NaN or infinite"),
        (np.zeros((5, 6, 5), np.uint8), r"shape \(5, 6, 5\). Give one picture"),
        (np.zeros((2, 5, 6, 3), np.uint8), r"shape \(2, 5, 6, 3\). Give one picture"),
        (np.zeros(7, np.uint8), r"shape \(7,\). Give one picture"),
        (np.zeros((3, 8, 9), np.uint8), r"channels first.*np.moveaxis\(array, 0, -1\)"),
        (np.zeros((0, 9), np.uint8), r"shape \(0, 9\), so there is no pixel"),
        (np.ma.masked_less(GRAY, 3), r"masked array.*\.filled\(\)"),
        (Image.new("CMYK", (4, 4)), r"mode CMYK.*PIL.ImageCms"),
        (Image.new("I", (4, 4)), r"mode I .*astype\(np.uint16\)"),
        (Image.new("HSV", (4, 4)), r"mode HSV.*image.convert\('RGB'\)"),
        ("a\0b.png", r"holds a null character"),
        ("nowhere.png", r"There is no file nowhere.png. Check the name"),
    ],
)
def test_what_is_no_picture(source, said):
    for taken in (zs.upscale, zs.find_damage, zs.estimate_kernel):
        with pytest.raises(zs.BadInputError, match=said):
            taken(source)


@pytest.mark.parametrize("source", [None, 3, [[1, 2], [3, 4]], b"photo.png", object()])
def test_what_is_of_no_type_that_holds_a_picture(source):
    with pytest.raises(TypeError, match=r"A picture is a numpy array, a PIL image, a path or a Picture, not \w+\."):
        zs.upscale(source)


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"scale": 9}, zs.BadInputError, r"scale=9: a scale lies between 1 and 8, 9 does not"),
        ({"scale": (2, 0.5)}, zs.BadInputError, r"a scale lies between 1 and 8, 0.5 does not"),
        ({"scale": "big"}, zs.BadInputError, r"scale='big': 'big' is no scale"),
        ({"scale": None}, TypeError, r"scale takes a number, not None \(NoneType\)"),
        ({"scale": True}, TypeError, r"scale takes a number, not True \(bool\)"),
        ({"kernel": "round"}, zs.BadInputError, r"'round' is no kernel. Give a file"),
        ({"kernel": "gaussian:900"}, zs.BadInputError, r"900 pixels is out of range|900 .* is out of range"),
        ({"kernel": "no-such.npy"}, zs.BadInputError, r"no-such.npy"),
        ({"kernel": np.zeros((3, 3))}, zs.BadInputError, r"array given as kernel.*positive sum"),
        ({"kernel": 1.5}, TypeError, r"kernel is 'auto', 'bicubic', a shape.*not float"),
        ({"cleaning": "lots"}, zs.BadInputError, r"cleaning='lots': give 'auto', 'none', a number or a Damage"),
        ({"cleaning": 0.9}, zs.BadInputError, r"cleaning=0.9 is out of range.*0 to 0.5"),
        ({"cleaning": None}, TypeError, r"cleaning takes a number, not None"),
        (
            {"cleaning": zs.Damage(zs.Noise((0.1,) * 3, (0.0,) * 3))},
            zs.BadInputError,
            r"given for 3 channel\(s\), the picture has 1",
        ),
        ({"grain": 2}, zs.BadInputError, r"grain=2 is out of range"),
        ({"grain_colour": -1}, zs.BadInputError, r"grain_colour=-1 is out of range"),
        ({"grain_colour": "all"}, TypeError, r"grain_colour takes a number, not 'all'"),
        ({"scale": 10**400}, zs.BadInputError, r"a scale lies between 1 and 8, inf does not"),
        ({"init": "a\0b"}, zs.BadInputError, r"init='a\\x00b' holds a null character"),
        ({"crop": (0, 0, 9, 9)}, zs.BadInputError, r"does not lie inside the picture, which has 8 rows and 9 columns"),
        ({"crop": (0, 0, 4)}, zs.BadInputError, r"give four whole numbers, \(top, left, height, width\)"),
        ({"crop": (0, 0, 4.5, 4)}, TypeError, r"crop takes whole numbers, not 4.5"),
        ({"preset": "good"}, zs.BadInputError, r"There is no preset 'good'. Choose one of: fast, best"),
        ({"preset": 1}, TypeError, r"preset takes a name as text, not 1 \(int\)"),
        ({"seconds": 0}, zs.BadInputError, r"0 seconds of training are not possible"),
        ({"seconds": "40"}, TypeError, r"seconds takes a number, not '40' \(str\)"),
        ({"steps": 0}, zs.BadInputError, r"0 training steps are not possible"),
        ({"steps": 2.5}, TypeError, r"steps takes whole numbers, not 2.5 \(float\)"),
        ({"seed": -1}, zs.BadInputError, r"The seed -1 is out of range"),
        ({"device": "abacus"}, zs.BadInputError, r"There is no device 'abacus'. Choose auto"),
        ({"memory_bytes": 1000}, zs.BadInputError, r"1,000 bytes of memory are not enough"),
        ({"init": "none.safetensors"}, zs.BadInputError, r"There is no file none.safetensors"),
        ({"init": 3}, TypeError, r"init is the path of a file.*not int"),
        ({"on_event": 3}, TypeError, r"on_event takes a function of one event, such as print, not int"),
    ],
)
def test_what_cannot_be_done(options, error, said):
    with pytest.raises(error, match=said):
        zs.upscale(GRAY, **options)


def test_a_run_takes_a_job_only():
    with pytest.raises(TypeError, match=r"run takes a Job, not ndarray. Make one, zs.Job\("):
        zs.run(GRAY)


@pytest.mark.parametrize(
    ("name", "options", "error", "said"),
    [
        ("out.gif", {}, zs.BadInputError, r"out.gif. does not say in which format"),
        ("out.jpg", {"bits": 16}, zs.BadInputError, r"JPEG is written in 8 bits, not 16\. Choose PNG or TIFF or JXL"),
        ("out.jpg", {"quality": 0}, zs.BadInputError, r"A quality of 0 is out of range"),
        ("out.png", {"metadata": "some"}, zs.BadInputError, r"metadata='some': give one of all, none, no-place"),
        ("out.png", {"colour": "pink"}, zs.BadInputError, r"There is no colour target 'pink'"),
        ("no/out.png", {}, zs.BadInputError, r"There is no folder"),
        ("o\0ut.png", {}, zs.BadInputError, r"holds a null character"),
        ("out.png", {"quality": "high"}, TypeError, r"quality takes whole numbers, not 'high'"),
    ],
)
def test_what_cannot_be_written(tmp_path, name, options, error, said):
    with pytest.raises(error, match=said):
        zs.write(GRAY, tmp_path / name, **options)
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_read(tmp_path):
    (tmp_path / "text.png").write_text("no picture")
    for path, error, said in (
        (tmp_path, zs.BadInputError, "is a folder"),
        (tmp_path / "text.png", zs.BadInputError, "is not a PNG, JPEG or TIFF picture"),
        (3, TypeError, "path is the path of a file, as text or pathlib.Path, not int"),
    ):
        with pytest.raises(error, match=said):
            zs.read(path)


def test_a_pil_image_whose_file_was_closed(tmp_path):
    Image.fromarray(GRAY).save(tmp_path / "closed.png")
    image = Image.open(tmp_path / "closed.png")
    image.close()
    with pytest.raises(zs.BadInputError, match=r"The PIL image cannot be loaded .*open it again"):
        zs.upscale(image)


@pytest.mark.parametrize("record", [{}, {"format": 99}])
def test_what_is_no_record_is_said_in_a_whole_sentence(record):
    with pytest.raises(zs.BadInputError, match=r"^The record is damaged: it is no record of a run\. Take another"):
        zs.reproduce(record, GRAY)
