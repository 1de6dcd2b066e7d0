"""A picture that comes in bands of rows: the file, and the memory that making it takes."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import tifffile
import torch

from tests.unit.imaging.test_read_write import random_picture
from tests.unit.test_pipeline import photo
from zssr_studio import pipeline
from zssr_studio.engine.config import FAST, PAPER, Ensemble, Scale
from zssr_studio.engine.degradation.model import Degradation
from zssr_studio.engine.degradation.orientations import AS_IT_IS
from zssr_studio.engine.events import Band, Notice
from zssr_studio.engine.kernels.shapes import Shape
from zssr_studio.engine.network import CUBIC_REACH_PX, SingleImageNetwork
from zssr_studio.engine.output.acceptance import output_orientations
from zssr_studio.engine.output.bands import MAX_BLOCK_PX, MIN_BLOCK_PX, block_px
from zssr_studio.engine.output.enlarger import Enlarger
from zssr_studio.engine.output.validation import Validation
from zssr_studio.engine.runtime import memory
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.picture import Picture
from zssr_studio.imaging.read import read_picture
from zssr_studio.imaging.write import write_bands, write_picture
from zssr_studio.job import Job
from zssr_studio.words.notices import notice_text


def cut(picture: Picture, edges: list[int]):
    for top, bottom in itertools.pairwise(edges):
        alpha = None if picture.alpha is None else picture.alpha[top:bottom]
        yield picture.pixels[top:bottom], alpha


@pytest.mark.parametrize(
    ("suffix", "bits", "channels", "alpha"),
    [
        *((suffix, *kind) for suffix in (".tif", ".png") for kind in ((8, 3, False), (16, 3, True), (16, 1, False))),
        (".png", 8, 1, True),
        (".jpg", 8, 3, False),
        (".jpg", 8, 1, False),
    ],
)
@pytest.mark.parametrize("edges", [[0, 200], [0, 64, 128, 200], [0, 1, 70, 199, 200]])
def test_bands_make_the_same_file_as_the_whole(tmp_path, suffix, bits, channels, alpha, edges):
    picture = random_picture(bits, channels, alpha=alpha, size=(200, 23))
    whole, parts = tmp_path / f"whole{suffix}", tmp_path / f"parts{suffix}"
    write_picture(picture, whole, overwrite=False)
    write_bands(picture, (200, 23), cut(picture, edges), parts, overwrite=False)
    assert whole.read_bytes() == parts.read_bytes()
    if suffix != ".jpg":
        np.testing.assert_array_equal(read_picture(parts).pixels, picture.pixels)


def test_a_tiff_is_written_as_its_bands_come(tmp_path):
    picture = random_picture(16, 3, size=(200, 23))
    sizes = []

    def watched():
        for band in cut(picture, [0, 128, 200]):
            yield band
            sizes.extend(part.stat().st_size for part in tmp_path.glob(".*.part"))

    write_bands(picture, (200, 23), watched(), tmp_path / "a.tif", overwrite=False)
    assert 128 * 23 * 3 < sizes[0] < sizes[1]
    with tifffile.TiffFile(tmp_path / "a.tif") as file:
        assert file.pages.first.rowsperstrip == 64


def test_bands_that_break_off_leave_nothing(tmp_path):
    picture = random_picture(8, 3, size=(200, 23))

    def broken():
        yield from cut(picture, [0, 128])
        raise BadInputError("The picture went away. Bring it back.")

    with pytest.raises(BadInputError, match="went away"):
        write_bands(picture, (200, 23), broken(), tmp_path / "a.tif", overwrite=False)
    assert list(tmp_path.iterdir()) == []


def enlarger(preset, scale=(2.0, 2.0), rounds=8) -> Enlarger:
    degradation = Degradation(scale)
    return Enlarger(None, scale, degradation, rounds, preset.ensemble, degradation.orientations())


def test_a_block_fits_the_memory_and_never_vanishes():
    sides = [block_px(enlarger(FAST), 3, (8000, 9000), budget) for budget in (1e6, 1e8, 4e8, 1e9, 1e12)]
    assert sides == sorted(sides)
    assert sides[0] == MIN_BLOCK_PX
    assert sides[-1] == MAX_BLOCK_PX
    assert block_px(enlarger(PAPER), 3, (8000, 9000), 4e8) < sides[2]
    assert block_px(enlarger(FAST, (4.0, 4.0)), 3, (8000, 9000), 4e8) < sides[2]
    assert block_px(enlarger(FAST), 3, (60, 51), 1e12) == MIN_BLOCK_PX


def test_what_the_program_holds_already_counts():
    cpu = torch.device("cpu")
    roomy, tight = (memory.budget_for_output(n, cpu) for n in (8_000_000_000, 4_000_000_000))
    assert 0 < tight < roomy < 4_000_000_000
    assert memory.budget_for_output(1, cpu) == memory.LEAST_BYTES
    assert memory.budget_for_output(None, cpu) > memory.LEAST_BYTES


def test_a_run_in_small_blocks_gives_the_picture_of_one_in_one_piece(monkeypatch):
    source = photo(200, 130)
    alpha = np.tile(np.linspace(0, 1, 130, dtype=np.float32), (200, 1))
    job = Job(Picture(source.pixels, alpha), Scale(1.5, 2), steps=12, device="cpu")
    made = []
    for side in (1000, 97):
        monkeypatch.setattr(pipeline, "block_px", lambda *_, side=side: side)
        run = pipeline.upscale_in_bands(job, previews=False)
        bands = [event for event in run if isinstance(event, Band)]
        tops = [band.top for band in bands]
        assert tops == sorted(tops)
        made.append((len(bands), *(np.concatenate([getattr(b, part) for b in bands]) for part in ("pixels", "alpha"))))
    (one, whole, whole_alpha), (three, blocks, blocks_alpha) = made
    assert (one, three) == (1, 3)
    assert whole.shape == (300, 260, 3)
    np.testing.assert_allclose(blocks, whole, atol=1e-5)
    np.testing.assert_allclose(blocks_alpha, whole_alpha, atol=1e-6)


def test_a_budget_that_is_exceeded_already_is_told(monkeypatch):
    monkeypatch.setattr(pipeline, "held_bytes", lambda: 900_000_000)
    for allowed, told in ((600_000_000, True), (1_000_000_000, False)):
        run = pipeline.upscale_in_bands(Job(photo(), steps=4, device="cpu", memory_bytes=allowed), previews=False)
        notices = [notice_text(event) for event in run if isinstance(event, Notice)]
        assert any("already" in text for text in notices) is told


class Uneven(SingleImageNetwork):
    """Adds to interpolation what depends on the orientation, by so much, besides what is the same in all."""

    lr_halo_px, hr_halo_px = CUBIC_REACH_PX, 0

    def __init__(self, unevenness: float) -> None:
        super().__init__()
        self._unevenness = unevenness

    def forward(self, lr, window, orientation=AS_IT_IS):
        enlarged = window.enlarge(lr)
        return enlarged + self._unevenness * (1 if orientation.flip_rows else -1)


def test_large_pictures_are_made_of_the_four_rotations_where_that_loses_next_to_nothing():
    picture = torch.rand(1, 3, 64, 64, generator=torch.Generator().manual_seed(1))
    even = Validation(picture, Degradation((2.0, 2.0)))

    def chosen(unevenness: float, ensemble: Ensemble = Ensemble.MEAN, lr_px: int = 500_001):
        return output_orientations(Uneven(unevenness), even, ensemble, lr_px)

    corner = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    turned = {tuple(orientation.apply(corner).flatten().tolist()) for orientation in chosen(0.001)}
    assert turned == {tuple(torch.rot90(corner, n).flatten().tolist()) for n in range(4)}
    everyone = even.degradation.orientations()
    assert chosen(0.5) == chosen(0.001, Ensemble.MEDIAN) == chosen(0.001, lr_px=500_000) == everyone
    # Of those that a kernel's shape leaves, none is left out.
    line = Degradation((2.0, 2.0), Shape.parse("motion:7,20").kernel((2.0, 2.0)))
    kept = output_orientations(Uneven(0.001), Validation(picture, line), Ensemble.MEAN, 500_001)
    assert kept == line.orientations()
