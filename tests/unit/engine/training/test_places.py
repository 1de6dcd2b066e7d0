"""Where in an HR father crops are drawn."""

import pytest
import torch

from zssr_studio.engine.training.crops import detail
from zssr_studio.engine.training.crops.places import Places

EVEN_SHARE = 0.3


def generator(seed):
    return torch.Generator().manual_seed(seed)


def drawn(picture, size, count=4000, even_share=EVEN_SHARE):
    where = Places(picture, size, even_share)
    numbers = torch.rand(count, 2, dtype=torch.float64, generator=generator(3)).tolist()
    return [where.at(*pair) for pair in numbers]


def half_textured(rows=96, columns=160):
    """Return a picture whose right half is noise; the left one is a steep ramp, which has no fine detail."""
    picture = torch.linspace(0, 1, columns).expand(1, 3, rows, columns).clone()
    picture[..., columns // 2 :] = torch.rand(1, 3, rows, columns // 2, generator=generator(1))
    return picture


def test_crops_are_drawn_where_fine_detail_lies():
    lefts = [left for _, left in drawn(half_textured(), (16, 16))]
    within = sum(left >= 80 for left in lefts) / len(lefts)
    without = sum(left + 16 <= 80 for left in lefts) / len(lefts)
    # Of 145 columns that a crop may begin at 65 lie in the texture and 65 in the ramp.
    assert without == pytest.approx(EVEN_SHARE * 65 / 145, abs=0.03)
    assert within > (1 - EVEN_SHARE) * 0.85


def test_twice_the_detail_is_drawn_twice_as_often():
    picture = torch.rand(1, 1, 64, 256, generator=generator(1))
    picture[..., 128:] *= 0.5
    lefts = [left for _, left in drawn(picture, (8, 8), 20_000, even_share=0.0)]
    strong, weak = (sum(low <= left <= high for left in lefts) for low, high in ((0, 118), (130, 248)))
    assert strong / weak == pytest.approx(2, rel=0.1)


@pytest.mark.parametrize("picture", [torch.full((1, 3, 11, 21), 0.5), half_textured(11, 22)[..., :21]])
def test_every_place_is_drawn_and_none_beyond_the_border(picture):
    found = set(drawn(picture, (5, 7), 40_000))
    assert found == {(top, left) for top in range(7) for left in range(15)}


def test_an_even_picture_is_drawn_evenly():
    tops = [top for top, _ in drawn(torch.full((1, 1, 80, 40), 0.3), (16, 16), 20_000)]
    # 65 starts in cells of 4, of which the last holds one.
    assert sum(top < 32 for top in tops) / len(tops) == pytest.approx(32 / 65, abs=0.02)
    assert tops.count(64) / len(tops) == pytest.approx(1 / 65, abs=0.004)


def test_a_crop_as_large_as_the_father_is_all_of_it():
    assert set(drawn(torch.rand(1, 3, 16, 9, generator=generator(2)), (16, 9), 50)) == {(0, 0)}


def test_a_large_picture_is_looked_at_in_every_nth_row_and_column(monkeypatch):
    monkeypatch.setattr(detail, "SEEN_PX", 96 * 160 // 9)
    found = drawn(half_textured(), (16, 16))
    assert {top for top, _ in found} == set(range(81))
    assert min(left for _, left in found) == 0
    assert max(left for _, left in found) == 144
    assert sum(left >= 80 for _, left in found) / len(found) > (1 - EVEN_SHARE) * 0.8
