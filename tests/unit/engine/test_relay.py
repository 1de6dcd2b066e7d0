"""What passes generators on: what they yield, and what they return."""

from __future__ import annotations

from itertools import islice

import pytest

from zssr_studio.engine.relay import Followed, relayed, returned


def counting(count: int):
    yield from range(count)
    return "over"


def test_what_is_yielded_is_handed_on_and_what_is_returned_is_returned():
    taken: list[int] = []
    assert returned(counting(3), taken.append) == "over"
    assert taken == [0, 1, 2]
    assert returned(relayed(counting(2), lambda n: (n, n))) == "over"


@pytest.mark.parametrize("taken", [0, 1, 4])
def test_the_end_of_what_is_followed_comes_behind_all_that_is_left(taken):
    passed: list[int] = []

    def even(number: int) -> tuple[int, ...]:
        passed.append(number)
        return (number,) if number % 2 == 0 else ()

    followed = Followed(counting(5), even)
    assert list(islice(followed, taken)) == [0, 2, 4][:taken]
    assert followed.end() == followed.end() == "over"
    assert passed == [0, 1, 2, 3, 4]


def test_what_failed_has_no_end():
    def failing():
        yield 1
        raise ValueError("mine")

    followed = Followed(failing(), lambda number: (number,))
    assert next(followed) == 1
    with pytest.raises(ValueError, match="mine"):
        next(followed)
    with pytest.raises(RuntimeError, match="failed"):
        followed.end()
