"""Decides how the output is refined by back-projection, and whether that of the network is taken at all."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import torch

from zssr_studio.engine.config import Ensemble
from zssr_studio.engine.degradation.orientations import ORIENTATIONS
from zssr_studio.engine.degradation.regions import most_textured_part
from zssr_studio.engine.output.enlarger import Enlarger
from zssr_studio.engine.output.restraint import SLIGHT_STD, restraint_for
from zssr_studio.engine.relay import returned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zssr_studio.engine.config import Preset
    from zssr_studio.engine.damage import Damage
    from zssr_studio.engine.degradation.model import Degradation
    from zssr_studio.engine.degradation.orientations import Orientation
    from zssr_studio.engine.degradation.regions import Region
    from zssr_studio.engine.network import SingleImageNetwork
    from zssr_studio.engine.output.back_projection import Strengths
    from zssr_studio.engine.output.validation import Validation

# The paper's rounds with a kernel: more of them would bring an uncertain kernel's error in.
UNCERTAIN_ROUNDS = 2
# The part of the picture on which rounds are tried: chosen, as large as that of the validation.
STABILITY_PX = 192
# Up to this size of the picture the output is made of all orientations; of a larger one a pass takes half a second and
# more. Chosen.
ALL_ORIENTATIONS_PX = 500_000
# What fewer of them may lose; in seven pictures none lost more than was estimated (docs/lab/engine.md, "Large
# pictures").
ALLOWED_LOSS_DB = 0.01


@dataclass(frozen=True, slots=True)
class Refinement:
    """What is done with what a network enlarged.

    Parameters
    ----------
    ensemble : Ensemble
        How the flips and rotations become one picture.
    rounds : int
        Of back-projection.
    kept : tuple of float
        Each from 0 to 1: how much of the brightness, and of the colour, of what was cleaned comes back in the result,
        by one round of these strengths.
    """

    ensemble: Ensemble
    rounds: int
    kept: Strengths = (0.0, 0.0)

    @classmethod
    def of(cls, preset: Preset, lr: torch.Tensor, degradation: Degradation, damage: Damage) -> Refinement:
        """Decide for a picture (1, C, h, w) and the degradation that made it."""
        rounds = stable_rounds(lr, degradation, wanted_rounds(preset, degradation, damage))
        return cls(preset.ensemble, rounds, damage.kept if damage else (0.0, 0.0))


class Accepted(NamedTuple):
    """What makes the output, and whether that is the network rather than interpolation."""

    enlarger: Enlarger
    is_network: bool


def wanted_rounds(preset: Preset, degradation: Degradation, damage: Damage) -> int:
    """Count the rounds of back-projection that a run asks for.

    None for a damaged picture, whose noise they would bring back; few with a kernel that is uncertain, whose error they
    would bring in.
    """
    if damage:
        return 0
    if degradation.kernel is None:
        return preset.back_projections
    if degradation.kernel.uncertainty:
        return min(UNCERTAIN_ROUNDS, preset.kernel_back_projections)
    return preset.kernel_back_projections


@torch.no_grad()
def stable_rounds(lr: torch.Tensor, degradation: Degradation, rounds: int) -> int:
    """Tell how many of the wanted rounds of back-projection bring the output nearer to the input.

    A kernel that turns the sign of some frequencies (a wide box, a motion line) would let the error grow for ever; that
    is found on the most textured part of the picture, once for all regions of the output.
    """
    part = most_textured_part(lr, STABILITY_PX)
    hr = degradation.upscale(part, degradation.hr_size(part))
    before = math.inf
    for done in range(rounds):
        error = part - degradation.downscale(hr, (part.shape[-2], part.shape[-1]))
        mean_square = float(error.square().mean())
        if mean_square >= before:
            return done
        before = mean_square
        hr = hr + degradation.upscale(error, (hr.shape[-2], hr.shape[-1]))
    return rounds


def output_orientations(
    network: SingleImageNetwork, validation: Validation, ensemble: Ensemble, lr_px: int
) -> tuple[Orientation, ...]:
    """Return the orientations that the output of a picture of so many pixels is made of.

    The mean over all 8 of a large picture leaves out the mirrored ones, where that loses next to nothing by what
    `network` makes of the validation.
    """
    allowed = validation.degradation.orientations()
    if ensemble is Ensemble.MEDIAN or lr_px <= ALL_ORIENTATIONS_PX or len(allowed) < len(ORIENTATIONS):
        return allowed
    rotations = tuple(orientation for orientation in allowed if orientation.is_rotation)
    loss_db = validation.loss_of_fewer_db(network, allowed, len(rotations))
    return rotations if loss_db <= ALLOWED_LOSS_DB else allowed


def accepted(
    network: SingleImageNetwork,
    validation: Validation,
    degradation: Degradation,
    refinement: Refinement,
    *,
    orientations: Sequence[Orientation] | None = None,
    is_result: bool = False,
) -> Accepted:
    """Take the network, or interpolation where that rebuilds the picture better.

    Parameters
    ----------
    network : SingleImageNetwork
    validation : Validation
        Of what the network enlarges, by the scale of its own rung.
    degradation : Degradation
        Of the output against the picture.
    refinement : Refinement
        Both are judged after its rounds of back-projection.
    orientations : sequence of Orientation, optional
        Those that the output is made of; by default all that the degradation allows.
    is_result : bool
        Whether it makes the result of the run, in which grain is kept.
    """
    rounds, strengths = refinement.rounds, (1.0, 1.0)
    # Written so that a reconstruction error that is no number counts as beaten.
    is_network = validation.rmse(network, rounds) <= validation.interpolation_rmse(rounds)
    if is_result and any(refinement.kept):
        rounds, strengths = 1, refinement.kept
    enlarger = Enlarger(
        network=network if is_network else None,
        scale=validation.degradation.scale,
        degradation=degradation,
        rounds=rounds,
        ensemble=refinement.ensemble,
        orientations=validation.degradation.orientations() if orientations is None else orientations,
        strengths=strengths,
    )
    return Accepted(enlarger, is_network)


def restrained(enlarger: Enlarger, lr: torch.Tensor, source: torch.Tensor, damage: Damage) -> Enlarger:
    """Hold back what the network adds to flat parts where it made them rougher.

    Of a result that was to be cleaned, and of parts that vary by no more than noise too slight to be cleaned. The
    paper's method, whose passes become their median, is left as it is where nothing was to be cleaned.

    Parameters
    ----------
    enlarger : Enlarger
    lr, source : Tensor, shape (1, C, h, w)
        The picture, and what the network enlarges.
    damage : Damage
        What was to be cleaned; grain that is kept is rough by wish.
    """
    is_ideal = not damage and enlarger.ensemble is Ensemble.MEDIAN
    if enlarger.network is None or is_ideal or any(damage.kept):
        return enlarger

    def enlarged(region: Region) -> torch.Tensor:
        return returned(enlarger.region(lr, source, region)).pixels

    noise_std = damage.noise.luma_std() if damage.noise else 0.0
    restraint = restraint_for(lr, enlarger.degradation, noise_std if damage else SLIGHT_STD, enlarged)
    return replace(enlarger, restraint=restraint)
