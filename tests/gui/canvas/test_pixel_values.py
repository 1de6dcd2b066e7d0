"""What the window says of the pixels under the pointer, in the units of their file."""

from __future__ import annotations

import numpy as np
import pytest

from zssr_studio.app.controllers.compare.comparison import OUTSIDE, text_at
from zssr_studio.app.models.compare.entry import Entry, Kind
from zssr_studio.app.models.compare.place import Place
from zssr_studio.imaging.picture import Picture


@pytest.mark.parametrize(
    ("bits", "told"), [(8, "255  128  0"), (16, "65535  32768  0"), (32, "2.5000  0.5000  -0.2500")]
)
def test_values_are_those_of_the_file(bits, told):
    pixels = np.tile(np.float32([2.5, 0.5, -0.25]), (4, 6, 1))
    entry = Entry(1, Kind.INPUT, "Input", Picture(pixels, source_bits=bits), Place(0, 0, 4, 6))
    assert text_at(entry, None, 1.5, 2.5) == told
    assert text_at(entry, None, 1.5, 6.5) == OUTSIDE
