"""What methods are called, and which pictures they know."""

from __future__ import annotations

from zssr_studio.engine.weights import LearnedFrom
from zssr_studio.words.say import marked

METHOD_NAMES = {
    "zssr": marked("ZSSR"),
    "nearest": marked("Nearest neighbour"),
    "bicubic": marked("Bicubic"),
    "lanczos": marked("Lanczos"),
    "bicubic-bp": marked("Bicubic, back-projected"),
}
LEARNED_FROM_TEXTS = {
    LearnedFrom.THIS_PICTURE: marked("from this picture alone"),
    LearnedFrom.OUTSIDE_PICTURES: marked("learned from outside pictures"),
}
