"""The parts of a large picture that the result of a stage is made of."""

import pytest
import torch

from zssr_studio.engine.training.crops.parts import strewn_parts


def generator(seed=0):
    return torch.Generator().manual_seed(seed)


def numbered(rows, columns):
    """Return a picture whose pixels tell where they lie."""
    places = torch.arange(rows * columns, dtype=torch.float64).reshape(1, 1, rows, columns)
    return places.expand(1, 3, rows, columns)


def places_of(parts, columns):
    return [divmod(int(part[0, 0, 0, 0]), columns) for part in parts]


@pytest.mark.parametrize("size", [(384, 384), (100, 300), (384, 1)])
def test_a_picture_no_larger_than_the_square_is_its_own_part(size):
    picture = torch.rand(1, 3, *size)
    (part,) = strewn_parts(picture, 384, generator())
    assert part is picture


@pytest.mark.parametrize(
    ("size", "side_px", "count", "part"),
    [
        ((640, 1200), 384, 9, (128, 120)),
        ((400, 390), 384, 15, (100, 97)),
        ((300, 450), 384, 10, (100, 112)),
        ((100, 5000), 384, 3, (100, 125)),
        ((500, 600), 96, 1, (83, 85)),
        ((385, 384), 384, 12, (96, 128)),
    ],
)
def test_parts_hold_as_much_as_the_square_and_none_overlaps_another(size, side_px, count, part):
    picture = numbered(*size)
    parts = strewn_parts(picture, side_px, generator())
    assert [tuple(p.shape) for p in parts] == count * [(1, 3, *part)]
    seen = torch.cat([p[0, 0].flatten() for p in parts])
    assert len(seen.unique()) == len(seen) == count * part[0] * part[1]
    for found, (top, left) in zip(parts, places_of(parts, size[1]), strict=True):
        assert torch.equal(found, picture[..., top : top + part[0], left : left + part[1]])


def test_parts_lie_where_detail_lies_and_elsewhere_too():
    picture = torch.full((1, 3, 1024, 1024), 0.5)
    picture[..., 512:, 512:] = torch.rand(1, 3, 512, 512, generator=generator(1))
    parts = [part for seed in range(40) for part in strewn_parts(picture, 384, generator(seed))]
    lively = sum(float(part.std()) > 0.2 for part in parts) / len(parts)
    # 16 of the 64 places are lively, and nine are chosen without one of them twice.
    assert 0.7 < lively < 0.95


def test_each_place_may_be_chosen():
    picture = numbered(300, 450)
    seen = torch.cat(
        [part[0, 0].flatten() for seed in range(60) for part in strewn_parts(picture, 200, generator(seed))]
    )
    # What is left where the sides are no multiples: two of 450 columns.
    assert len(seen.unique()) == 300 * 448


def test_parts_of_an_even_picture_lie_anywhere():
    picture = 0.5 * torch.ones(1, 1, 600, 900)
    assert len(strewn_parts(picture, 256, generator())) == 4


def test_other_draws_choose_other_parts_and_the_same_ones_the_same():
    picture = torch.rand(1, 1, 900, 900, generator=generator(2)) + numbered(900, 900)[:, :1]
    first, same, other = (
        places_of([part.floor() for part in strewn_parts(picture, 256, generator(seed))], 900) for seed in (5, 5, 6)
    )
    assert first == same != other
