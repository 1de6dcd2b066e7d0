"""What methods are called, and which pictures they know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio import __version__
from zssr_studio.engine.weights import LearnedFrom
from zssr_studio.words.say import marked

if TYPE_CHECKING:
    from zssr_studio.engine.config import Scale

METHOD_NAMES = {
    "zssr": marked("ZSSR"),
    "selfex": marked("SelfExSR"),
    "recurrence": marked("Patch recurrence"),
    "nearest": marked("Nearest neighbour"),
    "bicubic": marked("Bicubic"),
    "lanczos": marked("Lanczos"),
    "bicubic-bp": marked("Bicubic, back-projected"),
}
LEARNED_FROM_TEXTS = {
    LearnedFrom.THIS_PICTURE: marked("from this picture alone"),
    LearnedFrom.OUTSIDE_PICTURES: marked("learned from outside pictures"),
    LearnedFrom.OUTSIDE_TO_PLEASE: marked("learned from outside pictures, to please the eye: may invent detail"),
}
# IPTC's digital source types: "correction by algorithm", and "edited using generative AI".
SOURCE_TYPES = {
    LearnedFrom.THIS_PICTURE: "algorithmicallyEnhanced",
    LearnedFrom.OUTSIDE_PICTURES: "algorithmicallyEnhanced",
    LearnedFrom.OUTSIDE_TO_PLEASE: "compositeWithTrainedAlgorithmicMedia",
}


def method_line(name: str, learned_from: LearnedFrom, scale: Scale) -> str:
    """Say in a line what was done, for the record that a result's file carries.

    Examples
    --------
    >>> from zssr_studio.engine.config import Scale
    >>> method_line("Bicubic", LearnedFrom.THIS_PICTURE, Scale(2, 2)).partition(", ")[2]
    'Bicubic, to compare with: scale 2; from this picture alone'
    """
    return f"ZSSR Studio {__version__}, {name}, to compare with: scale {scale}; {LEARNED_FROM_TEXTS[learned_from]}"
