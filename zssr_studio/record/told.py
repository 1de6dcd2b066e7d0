"""A run that came to its end, in figures: what the terminal's JSON, a batch's report and whoever else tells of it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from zssr_studio.engine.damage import ColouredNoise
from zssr_studio.record.plain import plain_crop

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.engine.damage import Noise
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
        "psnr_consistency": round(consistency, 3) if math.isfinite(consistency) else None,
        "scale": str(job.scale),
        **_noise_figures(job.damage.noise),
        "jpeg_quality": None if jpeg is None else jpeg.quality,
        "grain": job.damage.grain,
        "grain_colour": job.damage.kept[1],
        "crop": plain_crop(job.crop),
        "other_pictures": [{"name": p.name, "sha256": p.sha256} for p in outcome.other_pictures],
        "interrupted": interrupted,
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


def origin_sentence(outcome: Outcome) -> str:
    """Say which pictures the network learned from."""
    if outcome.weights is None:
        return "It was copied; nothing was trained."
    others = outcome.other_pictures
    if not others:
        return "No outside pictures were used."
    names = ", ".join(picture.name or picture.sha256[:12] for picture in others)
    return f"It started from weights that had learned from another picture: {names}."
