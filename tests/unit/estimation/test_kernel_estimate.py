"""The blur of a picture, found from the picture alone, and training with a kernel that is uncertain."""

import json

import numpy as np
import pytest
import torch
from PIL import Image
from scipy.ndimage import gaussian_filter
from skimage import data
from typer.testing import CliRunner

from tests import shared_folder
from zssr_studio.cli.app import app
from zssr_studio.engine.config import FAST, PRESETS, Scale
from zssr_studio.engine.damage import NO_DAMAGE
from zssr_studio.engine.degradation.model import Degradation
from zssr_studio.engine.estimation.inspection import find_damage
from zssr_studio.engine.estimation.kernel_estimate import estimate_kernel, estimate_kernel_of_part
from zssr_studio.engine.kernels.estimate import Estimate, Finding, chosen_for_part
from zssr_studio.engine.kernels.kernel import Kernel
from zssr_studio.engine.kernels.shapes import Shape
from zssr_studio.engine.kernels.uncertainty import MEMBERS, draw_plausible
from zssr_studio.engine.output.acceptance import UNCERTAIN_ROUNDS, wanted_rounds
from zssr_studio.engine.training.fathers import Fathers
from zssr_studio.engine.training.pairs import Pairs
from zssr_studio.engine.training.plan import Plan
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.kernels.kernel_files import read_kernel_file
from zssr_studio.imaging.picture import Crop
from zssr_studio.imaging.read import read_picture
from zssr_studio.kernel_choice import kernel_of
from zssr_studio.resource import SAMPLE_PHOTO, resource_path
from zssr_studio.words.findings import damage_text, kernel_finding_text

SCALE = (2.0, 2.0)


def sample() -> torch.Tensor:
    return torch.from_numpy(read_picture(resource_path(SAMPLE_PHOTO)).pixels.copy()).permute(2, 0, 1)[None]


def small_version(kernel: Kernel | None, scale: tuple[float, float] = SCALE) -> np.ndarray:
    """The sample made small, as an 8-bit file would hold it."""
    lr = Degradation(scale, kernel).downscale(sample()).clamp(0, 1)
    return (lr[0].permute(1, 2, 0) * 255).round().numpy() / np.float32(255)


def found_and_true() -> list[tuple[Kernel, Kernel]]:
    """The kernels of real pictures, estimated and as they were; a picture that keeps bicubic is left out."""
    folder = shared_folder()
    if folder is None:
        pytest.skip("the folder `shared` with the benchmark pictures is not beside the project")
    pairs = []
    for file in sorted((folder / "data" / "BSD100-kernels" / "x2").glob("*_LR.png")):
        found = estimate_kernel(read_picture(file).pixels, SCALE).kernel
        if found is not None:
            pairs.append((found, kernel_of(read_kernel_file(file.with_name(f"{file.stem}_0.mat")))))
    assert len(pairs) > 5
    return pairs


def angle_between(one: float, other: float) -> float:
    return abs((one - other + 90) % 180 - 90)


@pytest.mark.parametrize(
    "text", ["gaussian:1.9,1.9", "gaussian:2.1,1.2,30", "gaussian:2.1,1.2,120", "gaussian:1.6,1.3,80"]
)
def test_a_gaussian_blur_is_found(text):
    true = Shape.parse(text).kernel(SCALE)
    found = estimate_kernel(small_version(true), SCALE)
    assert found.sure
    assert found.kernel is not None
    assert found.kernel.uncertainty > 0
    for measured, wanted in zip(found.kernel.widths_px, true.widths_px, strict=True):
        assert measured == pytest.approx(wanted, rel=0.25)
    if true.angle_deg is not None and true.widths_px[0] > 1.5 * true.widths_px[1]:
        assert angle_between(found.kernel.angle_deg, true.angle_deg) < 12


def test_the_kernel_grows_with_the_scale_that_it_is_for():
    lr = small_version(Shape.parse("gaussian:2.1,1.2,30").kernel(SCALE))
    double, fourfold = (estimate_kernel(lr, (s, s)).kernel for s in (2.0, 4.0))
    assert fourfold.widths_px[0] == pytest.approx(2 * double.widths_px[0], rel=0.05)
    assert fourfold.angle_deg == pytest.approx(double.angle_deg, abs=3)


def test_an_ordinary_small_picture_keeps_the_ideal_kernel():
    found = estimate_kernel(small_version(None), SCALE)
    assert found.sure
    assert found.kernel is None


@pytest.mark.parametrize("place", [(0, 0), (0, 80), (70, 80)])
def test_a_small_sharp_crop_keeps_the_ideal_kernel(place):
    cat = torch.from_numpy(data.chelsea().astype(np.float32) / 255).permute(2, 0, 1)[None, :, :, :450]
    small = Degradation(SCALE).downscale(cat).clamp(0, 1)[0].permute(1, 2, 0).numpy()
    crop = small[place[0] : place[0] + 80, place[1] : place[1] + 80]
    assert estimate_kernel(np.rint(255 * crop) / np.float32(255), SCALE).kernel is None


@pytest.mark.parametrize("pixels", [np.full((200, 200, 3), 0.5, np.float32), np.zeros((20, 300, 1), np.float32)])
def test_a_picture_that_says_nothing_gets_the_safe_kernel(pixels):
    found = estimate_kernel(pixels, SCALE)
    assert not found.sure
    assert found.kernel is None
    assert found.finding is Finding.TOO_SMALL_OR_FLAT


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("period", [2, 3, 4, 8, 16])
@pytest.mark.parametrize("scale", [(2.0, 2.0), (8.0, 8.0)])
def test_a_pattern_without_power_in_some_directions_is_estimated_all_the_same(period, scale):
    """Checkerboards and stripes, as in screenshots: a kernel of finite taps, or none."""
    rows, columns = np.indices((120, 130))
    board, stripes = (
        estimate_kernel(pattern[..., None].astype(np.float32), scale)
        for pattern in ((rows // period + columns // period) % 2, columns // period % 2)
    )
    assert board.kernel is None or np.isfinite(board.kernel.taps).all()
    assert stripes.kernel is None or np.isfinite(stripes.kernel.taps).all()
    if period <= 8:  # a wider one stands alone in some windows, and is an edge
        assert stripes.kernel is None
        assert stripes.finding is Finding.TOO_SMALL_OR_FLAT


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("black", [np.s_[..., :220, :292], np.s_[..., :292]])
def test_a_quarter_of_clipped_black_does_not_end_the_estimate(black):
    """A planet, a stage, a print on black cloth: a quarter without any power has no say in how the quarters differ."""
    scene, kernel = sample(), Shape.parse("gaussian:2.4").kernel(SCALE)
    scene[black] = 0
    lr = Degradation(SCALE, kernel).downscale(scene).clamp(0, 1)
    found = estimate_kernel((lr[0].permute(1, 2, 0) * 255).round().numpy() / np.float32(255), SCALE)
    assert found.finding is Finding.GAUSSIAN
    assert found.lengths_px[0] == pytest.approx(2.4, rel=0.25)


def test_a_picture_sharp_in_one_half_only_is_not_trusted_blindly():
    """Two halves with other blurs: either it says so, or the uncertainty is larger than for one blur."""
    lr = small_version(Shape.parse("gaussian:1.2").kernel(SCALE))
    soft = small_version(Shape.parse("gaussian:3.5").kernel(SCALE))
    mixed = np.concatenate([lr[: len(lr) // 2], soft[len(lr) // 2 :]])
    one, both = estimate_kernel(lr, SCALE), estimate_kernel(mixed, SCALE)
    assert not both.sure or both.kernel.uncertainty > one.kernel.uncertainty


def test_plausible_kernels_lie_about_the_uncertain_one():
    kernel = Kernel.from_array(Shape.parse("gaussian:1.8,1.2,30").kernel(SCALE).taps, uncertainty=0.25)
    plausible = draw_plausible(kernel, SCALE, seed=3)
    assert len(plausible.taps) == MEMBERS
    assert plausible.taps.sum(axis=(1, 2)) == pytest.approx(np.ones(MEMBERS))
    widths = np.array([Kernel(taps).widths_px[0] for taps in plausible.taps])
    assert widths.mean() == pytest.approx(kernel.widths_px[0], rel=0.05)
    assert 0.03 < widths.std() / widths.mean() < 0.12
    assert np.array_equal(draw_plausible(kernel, SCALE, seed=3).taps, plausible.taps)


@pytest.mark.parametrize("scale", [(2.0, 2.0), (3.0, 3.0), (1.5, 2.0)])
def test_plausible_kernels_lie_where_their_kernel_lies(scale):
    """What its middle makes of a picture is what the kernel makes of it, and its members lie evenly about that."""
    whole = Shape.parse("gaussian:2.4,1.6,30").kernel(scale).taps
    kernel = Kernel.from_array(whole[3:, 1:], uncertainty=0.3)
    plausible = draw_plausible(kernel, scale, seed=1)
    assert plausible.middle.origin(scale) == pytest.approx([(n - 1) / 2 for n in plausible.middle.taps.shape])
    assert plausible.middle.widths_px == pytest.approx(kernel.widths_px, rel=0.05)
    of_kernel, of_middle = (Degradation(scale, one).downscale(sample()) for one in (kernel, plausible.middle))
    assert float((of_kernel - of_middle).abs().mean()) < 0.003
    centres = np.array([Kernel(taps).centre_of_mass for taps in plausible.taps])
    assert centres.mean(axis=0) == pytest.approx(plausible.middle.centre_of_mass, abs=0.05)


@pytest.mark.parametrize("scale", [(2.0, 2.0), (3.0, 3.0), (1.5, 2.0)])
def test_each_picture_of_a_batch_may_have_taps_of_its_own(scale):
    kernel = Kernel.from_array(Shape.parse("gaussian:1.8,1.2,30").kernel(scale).taps, uncertainty=0.25)
    plausible = draw_plausible(kernel, scale, seed=3)
    batch = torch.cat([sample()[..., row : row + 32, 40:80] for row in (10, 50, 90)])
    taps = torch.from_numpy(plausible.taps[:3]).float()
    degradation = Degradation(scale, plausible.middle)
    at_once = degradation.downscale(batch, taps=taps)
    one_by_one = [degradation.downscale(one[None], taps=own[None]) for one, own in zip(batch, taps, strict=True)]
    assert torch.allclose(at_once, torch.cat(one_by_one), atol=1e-6)
    assert not torch.allclose(at_once[1], degradation.downscale(batch)[1], atol=1e-4)


def test_the_sons_of_an_uncertain_kernel_differ_in_their_kernels():
    """Sons of a picture of one bright pixel show each the kernel that it was made with."""
    point = torch.zeros(1, 1, 32, 32)
    point[..., 16, 16] = 1
    taps = Shape.parse("gaussian:1.8").kernel(SCALE).taps
    plan = Plan(
        PRESETS["fast"], Scale(2, 2), (32, 32), Kernel.from_array(taps, uncertainty=0.3), NO_DAMAGE, None, None, None, 0
    )
    stage = plan.stage(0, 0, Fathers(point), learned=False)
    ((father, son),) = Pairs(stage, PRESETS["fast"], torch.Generator().manual_seed(0)).draw()
    assert torch.equal(father.sum((1, 2, 3)), torch.ones(len(father)))
    peaks = {round(float(peak), 5) for peak in son.amax((1, 2, 3))}
    assert len(peaks) > len(son) // 2


def test_a_kernel_that_is_known_has_no_plausible_kernels_beside_it():
    known = Shape.parse("gaussian:1.8").kernel(SCALE)
    plan = Plan(PRESETS["fast"], Scale(2, 2), (40, 40), known, NO_DAMAGE, None, None, None, 0)
    assert plan.plausible is None


def test_an_uncertainty_out_of_range_is_refused():
    with pytest.raises(BadInputError, match="0 \\(exact\\) to 1"):
        Kernel.from_array(np.ones((3, 3)), uncertainty=1.5)


def test_an_uncertain_kernel_is_back_projected_less():
    taps = Shape.parse("gaussian:1.8").kernel(SCALE).taps
    exact, uncertain = (
        wanted_rounds(FAST, Degradation(SCALE, Kernel.from_array(taps, uncertainty=share)), NO_DAMAGE)
        for share in (0.0, 0.3)
    )
    assert uncertain == UNCERTAIN_ROUNDS < exact


def test_the_terminal_estimates_a_kernel_that_it_can_use(tmp_path):
    source, kernel_path, result = tmp_path / "soft.png", tmp_path / "found.npy", tmp_path / "large.png"
    pixels = small_version(Shape.parse("gaussian:2.1,1.2,30").kernel(SCALE))
    Image.fromarray((pixels * 255).round().astype(np.uint8)).save(source)
    told = CliRunner().invoke(app, ["estimate-kernel", str(source), "-o", str(kernel_path), "--json"])
    assert told.exit_code == 0
    record = json.loads(told.stdout.splitlines()[-1])
    assert record["sure"]
    kernel = Kernel.from_array(read_kernel_file(kernel_path).pick(None))
    assert kernel.widths_px == pytest.approx(record["widths_px"], abs=0.01)
    ran = CliRunner().invoke(
        app, ["upscale", str(source), "-o", str(result), "--kernel", "estimate", "--steps", "6", "--json"]
    )
    assert ran.exit_code == 0
    assert json.loads(ran.stdout.splitlines()[-1])["kernel"] == record["kernel"]
    assert "Blurred by about" in ran.stderr
    with Image.open(result) as image:
        assert image.size == (2 * pixels.shape[1], 2 * pixels.shape[0])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--kernel", "bicubic", "--kernel-uncertainty", "0.2"], "needs a kernel"),
        (["--kernel", "gaussian:1.4", "--kernel-uncertainty", "3"], "out of range"),
    ],
)
def test_an_uncertainty_without_a_kernel_or_out_of_range_is_refused(tmp_path, arguments, sentence):
    result = tmp_path / "large.png"
    ran = CliRunner().invoke(app, ["upscale", str(resource_path(SAMPLE_PHOTO)), "-o", str(result), *arguments])
    assert isinstance(ran.exception, BadInputError)
    assert sentence in str(ran.exception)
    assert not result.exists()


@pytest.mark.parametrize(
    ("name", "crop", "sentence"),
    [
        ("kernel.png", "0,0,40,40", ".npy"),
        ("taken.npy", "0,0,40,40", "exists already"),
        ("none/kernel.npy", "0,0,40,40", "no folder"),
        ("kernel.npy", "0,0,4000,4000", "does not lie inside"),
    ],
)
def test_an_estimate_that_could_not_be_kept_is_not_made(tmp_path, monkeypatch, name, crop, sentence):
    (tmp_path / "taken.npy").write_bytes(b"mine")
    monkeypatch.setattr(
        "zssr_studio.engine.estimation.kernel_estimate.estimate_kernel", lambda *_: pytest.fail("it was estimated")
    )
    photo = str(resource_path(SAMPLE_PHOTO))
    ran = CliRunner().invoke(app, ["estimate-kernel", photo, "-o", str(tmp_path / name), "--crop", crop])
    assert isinstance(ran.exception, BadInputError)
    assert sentence in str(ran.exception)
    assert (tmp_path / "taken.npy").read_bytes() == b"mine"


def test_the_terminal_looks_for_noise_in_the_whole_picture_and_for_blur_in_the_crop(tmp_path):
    photo, fur = resource_path(SAMPLE_PHOTO), "70,200,96,96"
    picture = read_picture(photo)
    part = picture.cropped(Crop(70, 200, 96, 96)).pixels
    damage = find_damage(picture.pixels)
    assert damage.noise is None
    assert find_damage(part).noise is not None  # fur alone passes for grain
    expected = estimate_kernel(part, (2.0, 2.0), damage)
    assert kernel_finding_text(expected) != kernel_finding_text(estimate_kernel(part, (2.0, 2.0), find_damage(part)))
    command = ["estimate-kernel", str(photo), "-o", str(tmp_path / "kernel.npy"), "--crop", fur]
    assert CliRunner().invoke(app, command).stderr.startswith(kernel_finding_text(expected))
    command = ["upscale", str(photo), "-o", str(tmp_path / "fur.png"), "--crop", fur, "--steps", "2"]
    said = CliRunner().invoke(app, command).stderr
    assert f"Found: {damage_text(damage)}.\n{kernel_finding_text(expected)}\n" in said


def test_a_part_has_its_own_blur_unless_all_of_the_picture_is_blurred_alike():
    sharp = read_picture(resource_path(SAMPLE_PHOTO)).pixels
    soft, middle = gaussian_filter(sharp, (1.6, 1.6, 0)), sharp.shape[1] // 2
    half = np.concatenate([soft[:, :middle], sharp[:, middle:]], axis=1)
    left, right, small = half[:, : middle - 8], half[:, middle + 8 :], half[40:60, 20:44]
    assert estimate_kernel(half, SCALE).finding is Finding.AS_SHARP_AS_DOWNSCALED
    found = estimate_kernel_of_part(half, left, SCALE)
    assert found.finding is Finding.GAUSSIAN
    assert found.lengths_px[0] == pytest.approx(3.2, rel=0.15)  # 1.6 pixels of its own
    assert estimate_kernel_of_part(half, right, SCALE).finding is Finding.AS_SHARP_AS_DOWNSCALED
    # What says too little by itself is as the whole is, sharp or blurred.
    assert estimate_kernel(small, SCALE).finding is Finding.TOO_SMALL_OR_FLAT
    assert estimate_kernel_of_part(half, small, SCALE).finding is Finding.AS_SHARP_AS_DOWNSCALED
    whole = estimate_kernel(soft, SCALE)
    assert whole.is_blurred
    for part in (soft[:, :middle], soft[40:60, 20:44], soft):
        assert kernel_finding_text(estimate_kernel_of_part(soft, part, SCALE)) == kernel_finding_text(whole)


def test_a_part_was_sharpened_as_the_whole_picture_was():
    sharp, unsure = Estimate(Finding.AS_SHARP_AS_DOWNSCALED), Estimate(Finding.BLURRED_DIFFERENTLY)
    sharpened, more = Estimate(Finding.SHARPENED, sharpening=0.4), Estimate(Finding.SHARPENED, sharpening=0.6)
    assert chosen_for_part(sharpened, more) is sharpened
    assert chosen_for_part(sharpened, sharp) is sharpened
    assert chosen_for_part(sharp, more) is sharp
    assert chosen_for_part(unsure, more) is more
    soft = Estimate(Finding.GAUSSIAN)
    assert all(chosen_for_part(whole, soft) is soft for whole in (sharp, sharpened, unsure))
