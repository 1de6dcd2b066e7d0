"""What is looked at after each thing that a person does: values alone, no window."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zssr_studio.app.models.compare.comparison import MAX_CHOSEN, Comparison, Mode

INPUT, BICUBIC, ONE, TWO, TRUTH = range(1, 6)
AT_INPUT = Comparison(input=INPUT, selected=INPUT)
PAIR = replace(AT_INPUT, mode=Mode.SLIDER, chosen=(BICUBIC, ONE), selected=ONE)


def test_a_picture_is_shown_alone_and_in_the_flip_in_its_turn():
    assert PAIR.showing(TWO).shown == (TWO,)
    assert PAIR.showing(TWO).chosen == PAIR.chosen
    flip = replace(PAIR, mode=Mode.FLIP)
    assert flip.showing(ONE).mode is Mode.FLIP
    assert flip.showing(ONE).shown == (ONE,)
    assert flip.showing(TWO).mode is Mode.SINGLE


@pytest.mark.parametrize(
    ("chosen", "selected", "expected"),
    [
        ((BICUBIC, ONE), INPUT, (BICUBIC, ONE)),
        ((BICUBIC, ONE), BICUBIC, (BICUBIC, ONE)),
        ((BICUBIC, ONE), TWO, (BICUBIC, TWO)),
        ((BICUBIC, ONE, TWO), TWO, (ONE, TWO)),
        ((BICUBIC, ONE, TRUTH), TWO, (BICUBIC, TWO)),
    ],
)
def test_the_slider_shows_what_was_looked_at_alone(chosen, selected, expected):
    value = replace(AT_INPUT, chosen=chosen, selected=selected).looking(Mode.SLIDER)
    assert value.shown == expected
    assert set(value.chosen) >= set(expected)
    assert len(value.chosen) == len({*chosen} | {*expected}) or len(chosen) == 2


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (PAIR, (TRUTH, ONE)),
        (replace(PAIR, chosen=(BICUBIC, ONE, TRUTH), selected=TRUTH), (TRUTH, ONE)),
        (replace(AT_INPUT, chosen=(BICUBIC, ONE)), (TRUTH, ONE)),
        (replace(AT_INPUT, chosen=(BICUBIC, ONE), selected=BICUBIC), (TRUTH, BICUBIC)),
        (replace(AT_INPUT, chosen=(ONE, TRUTH), selected=TRUTH), (TRUTH, ONE)),
        (replace(PAIR, mode=Mode.FLIP, chosen=(BICUBIC, ONE, TWO), turned=2), (TRUTH, TWO)),
    ],
)
def test_the_difference_is_that_with_the_truth(before, expected):
    assert before.looking(Mode.DIFFERENCE, TRUTH).shown == expected
    assert before.looking(Mode.SLIDER, TRUTH).shown != expected


def test_what_is_dropped_takes_the_place_at_its_side():
    alone = replace(AT_INPUT, selected=ONE)
    assert alone.with_dropped((TWO,), at_end=True).shown == (ONE, TWO)
    assert alone.with_dropped((TWO,), at_end=False).shown == (TWO, ONE)
    assert alone.with_dropped((ONE,), at_end=True) == alone
    assert PAIR.with_dropped((TWO,), at_end=True).shown == (BICUBIC, TWO)
    assert PAIR.with_dropped((TWO,), at_end=False).shown == (TWO, ONE)
    assert PAIR.with_dropped((BICUBIC,), at_end=True).shown == (ONE, BICUBIC)
    difference = replace(PAIR, mode=Mode.DIFFERENCE)
    assert difference.with_dropped((TWO,), at_end=True).mode is Mode.DIFFERENCE
    assert AT_INPUT.with_dropped((ONE, TWO), at_end=True).shown == (ONE, TWO)
    several = AT_INPUT.with_dropped((ONE, TWO, BICUBIC), at_end=True)
    assert (several.mode, several.shown) == (Mode.SIDE_BY_SIDE, (ONE, TWO, BICUBIC))
    assert replace(several, mode=Mode.FLIP).with_dropped((TRUTH, ONE), at_end=True).chosen == (ONE, TWO, BICUBIC, TRUTH)


def test_others_that_were_ticked_stay_so_and_a_tenth_is_not_taken():
    full = replace(AT_INPUT, chosen=tuple(range(10, 10 + MAX_CHOSEN)), mode=Mode.SLIDER)
    assert full.toggled(ONE) == full
    dropped = full.with_dropped((12,), at_end=True)
    assert dropped.shown == (10, 12)
    assert sorted(dropped.chosen) == sorted(full.chosen)
