"""How far a picture is blurred at most, by how steep its edges are."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.ndimage import convolve, gaussian_filter
from skimage import data

from zssr_studio.engine.estimation.edges.profiles import Edges
from zssr_studio.engine.estimation.edges.steepness import bounded, has_steeper_edges, sigma_of_edges_px
from zssr_studio.engine.estimation.kernel_estimate import estimate_kernel, estimate_kernel_of_part
from zssr_studio.engine.kernels.shapes import Shape

SCALE = (2.0, 2.0)


def photo(name: str) -> np.ndarray:
    return getattr(data, name)().astype(np.float64) / 255


def blurred(brightness: np.ndarray, shape: str) -> np.ndarray:
    return convolve(brightness, Shape.parse(shape).kernel((1.0, 1.0)).taps, mode="reflect")


@pytest.mark.parametrize("sigma_px", [0.9, 1.4, 2.0])
def test_edges_tell_how_wide_a_blur_can_be(sigma_px):
    rows, columns = np.indices((200, 200)) - 99.5
    polygon = (np.abs(rows) + 0.4 * np.abs(columns) < 60).astype(np.float64) * 0.6 + 0.2
    assert sigma_of_edges_px(Edges.of(gaussian_filter(polygon, sigma_px))) == pytest.approx(sigma_px, rel=0.12)


def test_a_wall_whose_joints_are_equally_wide_is_not_shaken():
    # Their width leaves the zeros of a line in its spectrum.
    brick = photo("brick")
    assert has_steeper_edges(brick, Shape("motion", (12.8, 92.1)))
    assert not estimate_kernel(brick[..., None].astype(np.float32), SCALE).is_blurred


def test_handwriting_that_was_made_small_without_antialiasing_gets_no_kernel_that_its_edges_forbid():
    # Its strokes lie nearly along the rows, so that the spectrum falls across them.
    text = photo("text")[..., None].astype(np.float32)
    assert not estimate_kernel(text, SCALE).is_blurred
    # A part has fewer of them.
    assert not estimate_kernel_of_part(text, text[:, :220], SCALE).is_blurred


@pytest.mark.parametrize("shape", ["disc:2", "disc:4", "disc:8", "motion:5,20", "motion:12,100", "motion:24,150"])
def test_edges_under_a_disc_or_a_line_are_no_steeper_than_it_leaves_them(shape):
    camera = photo("camera")
    assert not has_steeper_edges(blurred(camera, shape), Shape.parse(shape))
    assert has_steeper_edges(camera, Shape.parse(shape))


@pytest.mark.parametrize("sigma", [(1.0, 1.0), (1.8, 0.9), (0.8, 2.0)])
def test_a_covariance_that_is_true_is_left_and_one_that_is_too_wide_is_narrowed(sigma):
    soft = gaussian_filter(photo("camera"), sigma)
    true = np.diag(np.square(sigma))
    assert np.allclose(bounded(true, soft), true)
    assert (np.linalg.eigvalsh(bounded(9 * true, soft)) < np.linalg.eigvalsh(5 * true)).all()


def test_a_turned_covariance_keeps_its_axes():
    angle = np.radians(30)
    axes = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    narrowed = bounded(axes @ np.diag([9.0, 4.0]) @ axes.T, photo("camera"))
    off = axes.T @ narrowed @ axes
    assert off[0, 1] == pytest.approx(0, abs=1e-9)
    assert off[0, 0] < 9
    assert off[1, 1] < 4


def test_edges_along_a_direction_are_those_whose_profiles_run_so():
    stripes = np.tile(np.repeat([0.2, 0.8], 20), 4)[:, None] * np.ones((1, 120))
    edges = Edges.of(gaussian_filter(stripes, 1.0))
    assert len(edges.across((1.0, 0.0), 20).profiles) == len(edges.profiles) > 0
    assert len(edges.across((0.0, 1.0), 20).profiles) == 0
    assert sigma_of_edges_px(edges) == pytest.approx(1.0, rel=0.12)


@pytest.mark.parametrize("brightness", [np.full((90, 90), 0.5), np.zeros((10, 200))])
def test_what_has_no_edges_refutes_nothing(brightness):
    assert sigma_of_edges_px(Edges.of(brightness)) is None
    assert not has_steeper_edges(brightness, Shape("disc", (4.0,)))
    assert not has_steeper_edges(brightness, Shape("motion", (9.0, 40.0)))
    assert np.allclose(bounded(np.eye(2), brightness), np.eye(2))
