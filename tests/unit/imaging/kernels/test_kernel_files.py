"""Kernels as people have them, and files that are none."""

from __future__ import annotations

from dataclasses import replace

import h5py
import numpy as np
import pytest
from PIL import Image
from scipy.io import savemat

from tests import shared_folder
from zssr_studio.engine.estimation.edges.sharpening import RADIUS_PX
from zssr_studio.engine.kernels.shapes import Shape, sharpened_bicubic_kernel
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.export import ExportOptions
from zssr_studio.imaging.kernels.kernel_files import read_kernel_file
from zssr_studio.imaging.picture import Picture
from zssr_studio.imaging.write import write_picture
from zssr_studio.kernel_choice import kernel_named, kernel_of, parse_kernel

TAPS = np.outer([1.0, 4, 6, 4, 1], [1.0, 2, 1]) / 64


def save_hdf5(path, **arrays):
    with h5py.File(path, "w", userblock_size=512) as file:
        for name, values in arrays.items():
            file[name] = np.asarray(values).T


@pytest.mark.parametrize(
    ("name", "save"),
    [
        ("k.mat", lambda p: savemat(p, {"Kernel": TAPS})),
        ("other.mat", lambda p: savemat(p, {"anything": TAPS})),
        ("two.mat", lambda p: savemat(p, {"Kernel": TAPS, "second": TAPS + 1})),
        ("new.mat", lambda p: save_hdf5(p, Kernel=TAPS)),
        ("k.npy", lambda p: np.save(p, TAPS)),
        ("k.npz", lambda p: np.savez(p, TAPS)),
        ("k.csv", lambda p: np.savetxt(p, TAPS, delimiter=",")),
        ("k.txt", lambda p: np.savetxt(p, TAPS)),
        ("comma.csv", lambda p: p.write_text("\n".join(";".join(f"{v}".replace(".", ",") for v in r) for r in TAPS))),
        ("tab.txt", lambda p: np.savetxt(p, TAPS, delimiter="\t")),
        ("spread.npz", lambda p: np.savez(p, kernel=TAPS, scale=2)),
        ("noted.mat", lambda p: savemat(p, {"k": TAPS, "scale": 2.0, "note": "by hand"})),
        ("noted73.mat", lambda p: save_hdf5(p, k=TAPS, scale=[[2.0]])),
    ],
)
def test_kernels_are_read_as_they_are(tmp_path, name, save):
    save(tmp_path / name)
    np.testing.assert_allclose(read_kernel_file(tmp_path / name).pick(), TAPS)


def test_a_picture_is_a_kernel_by_its_brightness(tmp_path):
    Image.fromarray(np.rint(TAPS / TAPS.max() * 255).astype(np.uint8)).save(tmp_path / "k.png")
    kernel = kernel_of(read_kernel_file(tmp_path / "k.png"))
    np.testing.assert_allclose(kernel.taps, TAPS / TAPS.sum(), atol=0.002)


@pytest.mark.parametrize(("name", "channels"), [("k.jxl", 1), ("k.tif", 3)])
def test_a_kernel_is_read_of_each_kind_of_picture_that_is_read(tmp_path, name, channels):
    """Of a JPEG XL, and of a floating-point TIFF in colour, of both of which Pillow knows nothing."""
    values = (TAPS / TAPS.max()).astype(np.float32)[:, :, None].repeat(channels, axis=2)
    picture, options = Picture(values, source_bits=32), ExportOptions(lossless=name.endswith(".jxl"))
    write_picture(picture, tmp_path / name, overwrite=False, options=options)
    kernel = kernel_of(read_kernel_file(tmp_path / name))
    np.testing.assert_allclose(kernel.taps, TAPS / TAPS.sum(), atol=0.002)


def damage(path, content):
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("name", "save", "said"),
    [
        ("missing.mat", lambda _: None, "no file"),
        ("k.doc", lambda p: damage(p, b"x"), "no kernel file"),
        ("empty.mat", lambda p: damage(p, b""), "kernel"),
        ("noise.mat", lambda p: damage(p, bytes(range(256)) * 4), "MATLAB"),
        ("noise.npy", lambda p: damage(p, b"\x93NUMPY garbage"), "kernel"),
        ("noise.npz", lambda p: damage(p, b"PK\x03\x04 garbage"), "kernel"),
        ("words.csv", lambda p: damage(p, b"a,b\nc,d"), "kernel"),
        ("ragged.csv", lambda p: damage(p, b"1,2\n3"), "same number"),
        ("objects.npy", lambda p: np.save(p, np.array([[{}]], dtype=object), allow_pickle=True), "kernel"),
        ("volume.npy", lambda p: np.save(p, np.ones((3, 3, 3))), "dimensions"),
        ("large.npy", lambda p: np.save(p, np.ones((65, 65))), "at most 64"),
        ("huge.npy", lambda p: np.save(p, np.ones((1000, 1000))), "MB"),
        ("nan.npy", lambda p: np.save(p, np.full((3, 3), np.nan)), "finite"),
        ("complex.npy", lambda p: np.save(p, np.ones((3, 3)) * 1j), "real"),
        ("several.mat", lambda p: savemat(p, {"a": TAPS, "b": TAPS}), r"1: a .5 × 3., 2: b .5 × 3..*several.mat#1"),
        ("photo.png", lambda p: Image.new("L", (640, 480)).save(p), "480 x 640"),
        ("words.mat", lambda p: savemat(p, {"note": "by hand"}), "no real numbers"),
        ("nothing.mat", lambda p: savemat(p, {}), "no numbers"),
        ("volume.mat", lambda p: savemat(p, {"k": np.ones((3, 3, 3))}), "3 dimensions"),
        ("large.mat", lambda p: savemat(p, {"k": np.ones((70, 3))}), "70 x 3"),
        ("volume73.mat", lambda p: save_hdf5(p, k=np.ones((3, 4, 5))), "3 dimensions"),
        ("large73.mat", lambda p: save_hdf5(p, k=np.ones((500, 500))), "500 x 500"),
        ("nan.mat", lambda p: savemat(p, {"k": np.full((3, 3), np.nan)}), "finite"),
        ("bomb.mat", lambda p: savemat(p, {"k": np.zeros(20_000_000)}, do_compression=True), "no kernel|a kernel has"),
        ("bomb.npz", lambda p: np.savez_compressed(p, np.zeros(10_000_000)), "unpacks"),
    ],
)
def test_what_is_no_kernel_gets_a_sentence(tmp_path, name, save, said):
    save(tmp_path / name)
    with pytest.raises(BadInputError, match=said) as told:
        read_kernel_file(tmp_path / name).pick()
    assert str(told.value).endswith(".")


@pytest.mark.parametrize("values", [-TAPS, TAPS - TAPS.mean(), np.zeros((3, 3))])
def test_a_sum_that_is_not_positive_is_refused_with_the_file_s_name(tmp_path, values):
    np.save(tmp_path / "dark.npy", values)
    with pytest.raises(BadInputError, match=r"dark.npy cannot be used as a kernel: a kernel has a positive sum"):
        kernel_of(read_kernel_file(tmp_path / "dark.npy"))


def cells_of(*kernels: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    cells = np.empty(len(kernels), dtype=object)
    cells[:] = kernels
    return cells.reshape(shape, order="F")


def save_hdf5_cells(path, name, cells):
    """A cell array as MATLAB 7.3 writes it: references into a group."""
    with h5py.File(path, "w", userblock_size=512) as file:
        group = file.create_group("#refs#")
        references = np.empty(cells.shape, dtype=h5py.ref_dtype)
        for index, cell in np.ndenumerate(cells):
            group[f"{index[0]}_{index[1]}"] = np.asarray(cell).T
            references[index] = group[f"{index[0]}_{index[1]}"].ref
        file.create_dataset(name, data=references.T, dtype=h5py.ref_dtype)


@pytest.mark.parametrize("suffix", ["5.mat", "73.mat"])
@pytest.mark.parametrize("shape", [(1, 4), (4, 1), (2, 2)])
def test_a_cell_array_is_read_by_a_number_that_counts_as_matlab_does(tmp_path, suffix, shape):
    kernels = [np.pad(TAPS, ((number, 0), (0, 1))) for number in range(4)]
    path = tmp_path / f"cells{suffix}"
    cells = cells_of(*kernels, shape=shape)
    if suffix == "5.mat":
        savemat(path, {"kernels": cells})
    else:
        save_hdf5_cells(path, "kernels", cells)
    file = read_kernel_file(path)
    assert [entry.name for entry in file.entries] == [f"kernels{{{number}}}" for number in (1, 2, 3, 4)]
    for number, taps in enumerate(kernels, 1):
        np.testing.assert_allclose(file.pick(number), taps)
        assert parse_kernel(f"{path}#{number}").name == f"{path.name}#{number}"
    with pytest.raises(BadInputError, match=r"holds 4 kernels.*#1"):
        parse_kernel(str(path))
    for number in (0, 5):
        with pytest.raises(BadInputError, match=f"no kernel number {number}"):
            parse_kernel(f"{path}#{number}")


def test_a_file_with_a_number_sign_in_its_name_is_itself(tmp_path):
    for name in ("a#3.npy", "gaussian:1.npy"):
        np.save(tmp_path / name, TAPS)
        assert parse_kernel(str(tmp_path / name)).name == name
        assert parse_kernel(f"{tmp_path / name}#1").name == name


def test_words_are_read_as_kernels():
    assert parse_kernel("bicubic") is None
    assert parse_kernel("Gaussian:1.4") == Shape("gaussian", (1.4, 1.4, 0))
    for text in ("sharp", "kernel", "", "#3", "gaussian;1"):
        with pytest.raises(BadInputError, match=r"gaussian:…"):
            parse_kernel(text)


@pytest.mark.parametrize(
    "kernel",
    [
        sharpened_bicubic_kernel(0.55, RADIUS_PX, (2, 1.5)),
        *(
            replace(Shape.parse(text).kernel((2, 1.5)), name=f"estimated {text}")
            for text in ("gaussian:1.07,1.03,161", "disc:2.5", "motion:12.5,30")
        ),
    ],
    ids=lambda kernel: kernel.name,
)
def test_the_names_of_kernels_that_were_found_are_read(kernel):
    assert kernel_named(f" {kernel.name.upper()} ", (2, 1.5)).has_taps_of(kernel)


def test_a_name_that_does_not_tell_all_of_a_kernel_is_refused_with_what_to_do():
    for name in ("estimated disc:1.5x3", "estimated gaussian:1.4,0.8,30 asymmetric"):
        with pytest.raises(BadInputError, match=r"`zssr-studio reproduce`.*`zssr-studio estimate-kernel`"):
            kernel_named(name, (2, 2))


def test_a_file_whose_name_begins_like_that_of_a_kernel_is_a_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    np.save("estimated by hand.npy", np.ones((2, 2)))
    assert kernel_named("estimated by hand.npy", (2, 2)).name == "estimated by hand.npy"


def test_the_files_of_the_field_are_read():
    shared = shared_folder()
    if shared is None:
        pytest.skip("the benchmark data beside the project is missing")
    for path in sorted((shared / "data" / "BSD100-kernels" / "x2").glob("*.mat"))[:3]:
        assert kernel_of(read_kernel_file(path)).taps.shape == (11, 11)
    for name, count in (("kernels_12.mat", 12), ("Levin09.mat", 8)):
        file = read_kernel_file(shared / "data" / "kernels" / name)
        assert len(file.entries) == count
        for number in range(1, count + 1):
            assert kernel_of(file, number).taps.sum() == pytest.approx(1)
