"""What a person reads of a kernel: words in their language, never the name that stands in the file."""

from __future__ import annotations

import pytest

from zssr_studio.engine.kernels.shapes import Shape, sharpened_bicubic_kernel
from zssr_studio.words.kernel_shapes import kernel_title, shape_title


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("estimated gaussian:2.8,2.6,30", "Found: Gaussian 2.8 × 2.6 px, 30°"),
        ("estimated gaussian:2,2,0", "Found: Gaussian 2 px"),
        ("estimated motion:12.5,30", "Found: Motion line 12.5 px, 30°"),
        ("estimated disc:1.5", "Found: Defocus disc 1.5 px"),
        ("estimated disc:1.5x3", "Found: Defocus disc 1.5 × 3 px"),
        (sharpened_bicubic_kernel(0.5, 1.0, (2.0, 2.0)).name, "Bicubic, sharpened by 50 %"),
        ("lens.npz: 2", "lens.npz: 2"),
        ("estimated by hand: 3", "estimated by hand: 3"),
    ],
)
def test_the_title_of_a_kernel_is_in_words(name: str, title: str) -> None:
    assert kernel_title(name) == title


def test_titles_are_in_the_language_of_the_one_who_reads() -> None:
    told: list[str] = []

    def said(text: str, **values: object) -> str:
        told.append(text)
        return text.format(**values)

    assert kernel_title("estimated disc:1.5", said) == "Found: Defocus disc 1.5 px"
    assert told == ["{length:g}", "Defocus disc", "Found: {kernel}"]
    assert shape_title(Shape("box", (2.0, 3.0)), said).startswith("Box")
