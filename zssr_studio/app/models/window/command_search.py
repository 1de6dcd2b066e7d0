"""How well a few typed letters mean a name: they stand in it in their order, better together and at words' starts."""

from __future__ import annotations

_LETTER, _START_OF_WORD, _NEXT_TO_LAST, _SKIPPED = 1.0, 2.0, 1.5, 0.02


def match_score(typed: str, name: str) -> float | None:
    """Return a figure that is higher the better the letters fit; None where the name lacks one.

    Blanks in what is typed mean nothing. Of the ways to find the letters in the name the best one counts.
    """
    letters, text = [*"".join(typed.casefold().split())], name.casefold()
    # The best figure of the letters so far, by the place of the last one; none yet are before the name.
    best: dict[int, float] = {-1: 0.0}
    for letter in letters:
        places = [place for place, other in enumerate(text) if other == letter]
        ways = {
            place: [figure + _worth(text, before, place) for before, figure in best.items() if before < place]
            for place in places
        }
        best = {place: max(figures) for place, figures in ways.items() if figures}
    if not best:
        return None
    # Of two names that fit alike the shorter one was meant.
    return max(best.values()) - _SKIPPED * len(text)


def _worth(text: str, before: int, place: int) -> float:
    is_start = place == 0 or not text[place - 1].isalnum()
    is_next = before >= 0 and place == before + 1
    return _LETTER + (_START_OF_WORD if is_start else 0.0) + (_NEXT_TO_LAST if is_next else 0.0)
