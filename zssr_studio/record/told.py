"""A run that came to its end, in figures: what the terminal's JSON, a batch's report and whoever else tells of it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from zssr_studio.engine.damage import ColouredNoise
from zssr_studio.engine.maps import UNSTABLE_STD
from zssr_studio.record.plain import plain_crop

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.engine.damage import Noise
    from zssr_studio.engine.maps import MapFigures, Unstable
    from zssr_studio.job import Job, Outcome
    from zssr_studio.record.plain import Plain


def told_figures(job: Job, outcome: Outcome, output: Path, *, interrupted: bool) -> Plain:
    """Return a run as plain values for JSON; a consistency without any error is None."""
    consistency = outcome.psnr_consistency_db
    jpeg = job.damage.jpeg
    height, width = job.out_size
    return {
        "output": str(output),
        "size": {"height": height, "width": width},
        "steps": outcome.steps,
        "seconds": round(outcome.training_s, 3),
        "output_seconds": round(outcome.output_s, 3),
        "passes_share": round(outcome.passes_share, 3),
        "device": outcome.device,
        "preset": job.preset,
        "seed": job.seed,
        "threads": job.threads,
        "kernel": kernel_name(job),
        "kernel_uncertainty": 0.0 if job.kernel is None else round(job.kernel.uncertainty, 3),
        "psnr_consistency": round(consistency, 3) if math.isfinite(consistency) else None,
        "scale": str(job.scale),
        **_noise_figures(job.damage.noise),
        "jpeg_quality": None if jpeg is None else jpeg.quality,
        "grain": job.damage.grain,
        "grain_colour": job.damage.kept[1],
        "crop": plain_crop(job.crop),
        "other_pictures": [{"name": p.name, "sha256": p.sha256} for p in outcome.other_pictures],
        "interrupted": interrupted,
        "maps": None if outcome.figures is None else plain_figures(outcome.figures),
    }


def plain_figures(figures: MapFigures) -> Plain:
    """Return what the maps come to as plain values: shares of the pixels, and deviations of the value range."""
    return {
        "beyond_share": round(figures.beyond_share, 6),
        "beyond_by_chance_at_most": round(figures.expected_share, 6),
        "unstable": None if figures.unstable is None else plain_unstable(figures.unstable),
        "compared": "states" if figures.by_states else "passes",
    }


def plain_unstable(unstable: Unstable) -> Plain:
    """Return how much of a result is unstable, and where, as plain values."""
    top, left, height, width = unstable.part
    return {
        "share": round(unstable.share, 6),
        "above_std": round(UNSTABLE_STD, 6),
        "median_std": round(unstable.median_std, 6),
        "part": {"top": top, "left": left, "height": height, "width": width},
        "part_share": round(unstable.part_share, 4),
    }


def kernel_name(job: Job) -> str:
    """Name the kernel that the run assumed."""
    return "bicubic" if job.kernel is None else job.kernel.name


def _noise_figures(noise: Noise | ColouredNoise | None) -> dict[str, object]:
    """Return the noise in figures: of each channel where it is white, of the brightness where neighbours share it."""
    match noise:
        case None:
            return {"noise_std": None, "noise_gain": None, "noise_grain_px": None}
        case ColouredNoise():
            figures = {"noise_std": [round(noise.luma_std(), 5)], "noise_gain": None}
            return {**figures, "noise_grain_px": round(noise.grain_px, 2)}
        case _:
            std, gain = ([round(value, 5) for value in values] for values in (noise.std, noise.gain))
            return {"noise_std": std, "noise_gain": gain, "noise_grain_px": 0.0}
