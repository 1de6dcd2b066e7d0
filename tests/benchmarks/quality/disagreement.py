"""Rank correlation of a result's disagreement, and of networks of other seeds, with its error.

The disagreement is that of the flips and rotations of the self-ensemble, or, where the kernel allows one pass only, of
the network and its states at the ends of earlier stages.

For each picture Spearman's coefficient over all pixels, and within its textured half only, since flat parts are right
and agreed upon in any case; beside it that of the local gradient of the bicubic enlargement, which anybody has for
nothing. What is in the CSV file already is not run again.
"""

from __future__ import annotations

import argparse
import itertools
import time
from collections import deque
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import patch

import numpy as np
from scipy.ndimage import gaussian_filter, gaussian_gradient_magnitude
from scipy.stats import rankdata

from tests import benchmark_pictures
from tests.benchmarks.machine import processor
from tests.benchmarks.quality.quality_sets import PictureSet, picture_set
from tests.benchmarks.rows import append_row, is_known, known_rows, parts_of
from tests.runs import returned

if TYPE_CHECKING:
    import torch
    from numpy.typing import NDArray

    from zssr_studio.engine.output.consistency import Compared
    from zssr_studio.job import Job, Result

GIVEN, ESTIMATE = "given", "estimate"
KEY = ("set", "image", "kernel", "steps", "members")
# Pixels of the border that the field leaves out, and of the local gradient and of the smoothed maps. Chosen.
BORDER_PX, GRADIENT_PX, SMOOTH_PX = 4, 1.0, 2.0
LEVELS = (0.5, 1, 2, 3, 4, 6, 8)
# Of the picture by which the cost is told, and how often it is enlarged. Chosen: some seconds each.
COST_PX, COST_TURNS = 256, 5


class Seen(NamedTuple):
    """Of each pixel of a result (H, W): its error, and what is to tell of it, in levels of 255."""

    error: NDArray[np.float64]
    flips: NDArray[np.float64] | None
    states: NDArray[np.float64] | None
    members: NDArray[np.float64] | None
    gradient: NDArray[np.float64]

    @property
    def own(self) -> NDArray[np.float64] | None:
        """What the map shows."""
        return self.states if self.flips is None else self.flips


def run(arguments: list[str]) -> int:
    options = _options(arguments)
    if options.cost:
        return _cost()
    rows = known_rows(options.csv)
    shared = benchmark_pictures()
    for folder in options.set:
        with picture_set(shared, folder, "") as pictures:
            for image, kernel in itertools.product(pictures.images(options.first), options.kernel):
                key = (pictures.name, image.stem.removesuffix("_LR"), kernel, str(options.steps), str(options.members))
                if is_known(rows, KEY, key):
                    continue
                row = dict(zip(KEY, key, strict=True)) | _measured(image, pictures, kernel, options)
                rows.append(row)
                append_row(row, options.csv)
                print("  ".join(f"{name} {value}" for name, value in row.items() if value), flush=True)
    print("\n".join(_told(rows)))
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks disagreement", description=__doc__)
    parser.add_argument("--set", type=parts_of, default=["Set5/x2"], help="folders of LR images below ../shared/data")
    parser.add_argument("--first", type=int, help="only the first so many images of each set")
    parser.add_argument("--kernel", type=parts_of, default=[GIVEN], help="given (what the set comes with), estimate")
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--members", type=int, default=1, help="networks of so many seeds")
    parser.add_argument("--csv", type=Path, default=Path("disagreement.csv"), help="file for the figures")
    parser.add_argument("--sheets", type=Path, help="folder for a sheet of each picture: result, error, disagreement")
    parser.add_argument("--cost", action="store_true", help="what the maps add to an enlargement, and nothing else")
    return parser.parse_args(arguments)


def _cost() -> int:
    """Enlarge in turns with and without the maps, by a network that was not trained, which takes as long."""
    import torch

    from zssr_studio.engine.config import FAST, PAPER
    from zssr_studio.engine.damage import Damage, Noise
    from zssr_studio.engine.degradation.model import Degradation
    from zssr_studio.engine.maps import earlier_states
    from zssr_studio.engine.network import build
    from zssr_studio.engine.output.bands import bands
    from zssr_studio.engine.output.consistency import Explained
    from zssr_studio.engine.output.enlarger import Enlarger
    from zssr_studio.engine.runtime.device import half_precision

    cpu, scale = torch.device("cpu"), (2.0, 2.0)
    lr = torch.rand((1, 3, COST_PX, COST_PX), generator=torch.Generator().manual_seed(0))
    explained = Explained(Damage(Noise.even(0.01, 3)), 8)
    for preset, count in ((FAST, 8), (FAST, 1), (PAPER, 8)):
        network = build(preset, 3, scale, torch.Generator().manual_seed(0), half_precision(cpu))
        degradation = Degradation(scale)
        rounds, orientations = preset.back_projections, degradation.orientations()[:count]
        enlarger = Enlarger(network, scale, degradation, rounds, preset.ensemble, orientations)
        states = [network] * earlier_states(count, len(preset.stages) - 1, COST_PX**2)
        seconds: dict[bool, list[float]] = {True: [], False: []}
        for turn in range(2 * COST_TURNS):
            with_maps = turn % 2 == 0
            with ExitStack() as stack:
                if not with_maps:
                    stack.enter_context(patch("zssr_studio.engine.output.enlarger.Spread", _NoSpread))
                    stack.enter_context(patch.object(Explained, "compared", _not_compared))
                started_s = time.process_time()
                compared = replace(enlarger, earlier=states if with_maps else ())
                deque(bands(compared, lr, lr, COST_PX, explained=explained), maxlen=0)
                seconds[with_maps].append(time.process_time() - started_s)
        own, plain = median(seconds[True]), median(seconds[False])
        made = f"{preset.name}, {count} pass(es), {len(states)} earlier state(s)"
        print(f"{made}: {plain:.2f} s of the processor without maps, {own:.2f} with: {own / plain - 1:+.1%}")
    return 0


class _NoSpread:
    """Collects nothing."""

    def add(self, output: object) -> None:
        pass

    def deviation(self, share: float = 1.0) -> None:
        pass


def _not_compared(_explained: object, again: torch.Tensor, _lr: torch.Tensor) -> Compared:
    from zssr_studio.engine.output.consistency import Compared

    return Compared(again[0, 0], again[0, 0] > 1)


def _measured(image: Path, pictures: PictureSet, kernel: str, options: argparse.Namespace) -> dict[str, str]:
    from zssr_studio.evidence.members import with_members
    from zssr_studio.imaging.read import read_picture
    from zssr_studio.pipeline import upscale

    job = job_of(image, pictures, kernel, options.steps)
    truth = read_picture(pictures.truth(image)).pixels
    result = returned(upscale(job, previews=False))[1]
    deviation = None
    if options.members > 1:
        deviation = returned(with_members(job, result.picture.pixels, result.outcome, options.members))[1]
    seen = _seen(result, truth, deviation)
    if options.sheets is not None:
        options.sheets.mkdir(parents=True, exist_ok=True)
        name = f"{pictures.name.replace('/', '-')}-{image.stem.removesuffix('_LR')}-{kernel}.png"
        _sheet(result, seen, options.sheets / name)
    figures = result.outcome.figures
    unstable = None if figures is None else figures.unstable
    return {
        **_correlations(seen),
        **_by_level(seen),
        "unstable_share": "" if unstable is None else f"{unstable.share:.5f}",
        "beyond_share": "" if figures is None else f"{figures.beyond_share:.5f}",
        "psnr_db": f"{-20 * np.log10(np.sqrt(np.square(seen.error).mean()) / 255):.2f}",
        "machine": processor(),
    }


def job_of(image: Path, pictures: PictureSet, kernel: str, steps: int) -> Job:
    from zssr_studio.engine.config import Scale
    from zssr_studio.engine.damage import NO_DAMAGE
    from zssr_studio.engine.estimation.inspection import find_damage
    from zssr_studio.engine.estimation.kernel_estimate import estimate_kernel
    from zssr_studio.engine.kernels.choice import resolved
    from zssr_studio.imaging.read import read_picture
    from zssr_studio.job import Job
    from zssr_studio.kernel_choice import parse_kernel

    picture, scale = read_picture(image), Scale(pictures.scale, pictures.scale)
    file = image.with_name(f"{image.stem}_0.mat")
    if kernel == GIVEN:
        chosen = resolved(parse_kernel(str(file)), scale.factors) if file.exists() else None
        damage = NO_DAMAGE
    else:
        damage = find_damage(picture.pixels, picture.jpeg)
        chosen = estimate_kernel(picture.pixels, scale.factors, damage).kernel
    return Job(picture, scale=scale, kernel=chosen, damage=damage, steps=steps, name=image.name)


def _seen(result: Result, truth: NDArray[np.float32], members: NDArray[np.float16] | None) -> Seen:
    inside = (slice(BORDER_PX, -BORDER_PX),) * 2
    height, width = (min(a, b) for a, b in zip(result.picture.pixels.shape, truth.shape[:2], strict=False))
    error = np.sqrt(np.square(result.picture.pixels[:height, :width] - truth[:height, :width]).mean(axis=2))
    gradient = gaussian_gradient_magnitude(result.bicubic.pixels[:height, :width].mean(axis=2), GRADIENT_PX)
    own = None if result.maps is None else result.maps.deviation
    by_states = result.outcome.figures is not None and result.outcome.figures.by_states
    known = (None, own, members) if by_states else (own, None, members)
    maps = (None if one is None else one[:height, :width].astype(np.float64) * 255 for one in known)
    cut = [None if one is None else one[inside] for one in (error * 255.0, *maps, gradient * 255)]
    return Seen(*cut)  # type: ignore[arg-type]


def _correlations(seen: Seen) -> dict[str, str]:
    """Return Spearman's coefficients with the error: of all pixels, of the textured half, and of smoothed maps there.

    The smoothed ones tell whether a neighbourhood is right rather than a pixel, whose own error is half chance.
    """
    textured = seen.gradient > np.median(seen.gradient)
    both = None if seen.own is None or seen.members is None else np.hypot(seen.own, seen.members)
    named = {"flips": seen.flips, "states": seen.states, "members": seen.members, "both": both}
    named["gradient"] = seen.gradient
    told = {}
    smooth_error = np.sqrt(gaussian_filter(np.square(seen.error), SMOOTH_PX))
    for name, values in named.items():
        smooth = None if values is None else np.sqrt(gaussian_filter(np.square(values), SMOOTH_PX))
        told[f"{name}_all"] = _spearman(values, seen.error, None)
        told[f"{name}_textured"] = _spearman(values, seen.error, textured)
        told[f"{name}_textured_smooth"] = _spearman(smooth, smooth_error, textured)
    return told


def _spearman(values: NDArray[np.float64] | None, error: NDArray[np.float64], where: NDArray[np.bool_] | None) -> str:
    if values is None or np.isnan(values).any():
        return ""
    one, other = (x.ravel() if where is None else x[where] for x in (values, error))
    return f"{np.corrcoef(rankdata(one), rankdata(other))[0, 1]:.3f}"


def _by_level(seen: Seen) -> dict[str, str]:
    """Return, for thresholds in levels, the share of pixels that deviate more, and their error against all others'."""
    told = {}
    for level in LEVELS:
        above = None if seen.own is None else seen.own > level
        known = above is not None and 0 < above.mean() < 1
        told[f"share_above_{level:g}"] = "" if above is None else f"{above.mean():.4f}"
        told[f"error_above_{level:g}"] = f"{np.sqrt(np.square(seen.error[above]).mean()):.2f}" if known else ""
        told[f"error_below_{level:g}"] = f"{np.sqrt(np.square(seen.error[~above]).mean()):.2f}" if known else ""
    return told


def _sheet(result: Result, seen: Seen, path: Path) -> None:
    """Write what is looked at: the result, its error, and the disagreement, both up to the same level."""
    from matplotlib import colormaps
    from PIL import Image

    inside = (slice(BORDER_PX, -BORDER_PX),) * 2
    panes = [result.picture.pixels[inside].repeat(3 // result.picture.channels, axis=2)[: len(seen.error)]]
    panes[0] = panes[0][:, : seen.error.shape[1]]
    for values in (seen.error, seen.own, seen.members):
        if values is not None:
            most = np.percentile(values, 99.5)
            panes.append(colormaps["magma"](np.clip(values / most, 0, 1))[..., :3].astype(np.float32))
    Image.fromarray((np.concatenate(panes, axis=1).clip(0, 1) * 255).round().astype(np.uint8)).save(path)


def _told(rows: list[dict[str, str]]) -> list[str]:
    """Return the medians of each set."""
    columns = [name for name in rows[0] if name.endswith(("_all", "_textured", "_smooth"))] if rows else []
    lines = []
    for key in dict.fromkeys((row["set"], row["kernel"], row["steps"], row["members"]) for row in rows):
        own = [row for row in rows if (row["set"], row["kernel"], row["steps"], row["members"]) == key]
        lines.append(f"{key[0]}, kernel {key[1]}, {key[2]} steps, {key[3]} member(s), {len(own)} pictures:")
        for name in columns:
            values = [float(row[name]) for row in own if row[name]]
            if values:
                lines.append(f"  {name:26s} median {median(values):.3f}  from {min(values):.3f} to {max(values):.3f}")
    return lines
