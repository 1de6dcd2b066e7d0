"""What a batch's report shows of a picture: which part of it, and at what cost."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from zssr_studio.batch.workers.glance import PART_PX, Glance
from zssr_studio.engine.config import Scale
from zssr_studio.imaging.picture import Picture
from zssr_studio.job import Job


def test_the_part_with_the_most_detail_is_shown_and_a_large_picture_is_not_copied_for_it():
    pixels = np.full((1200, 1600, 3), 0.5, np.float32)
    pixels[800:832, 400:432] = np.random.default_rng(0).random((32, 32, 1), np.float32)
    job = Job(Picture(pixels), Scale(2, 2))
    tracemalloc.start()
    part = Glance(job)._part
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak_bytes < pixels.nbytes / 16
    assert abs(part.top + PART_PX / 2 - 2 * 816) <= 32
    assert abs(part.left + PART_PX / 2 - 2 * 416) <= 32


@pytest.mark.parametrize("size", [(1, 1), (1, 40), (40, 1), (17, 33)])
def test_a_picture_of_any_size_has_a_part(size):
    job = Job(Picture(np.random.default_rng(0).random((*size, 3), np.float32)), Scale(2, 2))
    part = Glance(job)._part
    assert (part.height, part.width) == (min(PART_PX, 2 * size[0]), min(PART_PX, 2 * size[1]))
