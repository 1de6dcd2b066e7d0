"""Frozen, validated settings of a run and the named presets. Imports no torch."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum

# Of the value range; beyond it nothing of a picture is left to learn from. Chosen.
MAX_NOISE_STD = 0.5

# Vertical and horizontal scale.
Factors = tuple[float, float]


# What can be asked for; chosen: beyond it a picture of its own has nothing to tell.
LEAST_FACTOR, LARGEST_FACTOR = 1, 8


@dataclass(frozen=True, slots=True)
class Scale:
    """An enlargement factor per axis.

    Parameters
    ----------
    vertical, horizontal : float
        Output pixels per input pixel, from 1 to 8; 1 for both axes copies the picture.
    """

    vertical: float
    horizontal: float

    def __post_init__(self) -> None:
        for factor in self.factors:
            if not (math.isfinite(factor) and LEAST_FACTOR <= factor <= LARGEST_FACTOR):
                raise ValueError(f"a scale lies between {LEAST_FACTOR} and {LARGEST_FACTOR}, {factor:g} does not")

    @classmethod
    def parse(cls, text: str) -> Scale:
        """Read `2`, `1.5` or `2x1.5` (vertical x horizontal).

        Raises
        ------
        ValueError
            With a sentence for a person, if the text is no scale or out of range.
        """
        parts = text.lower().replace("×", "x").split("x")
        try:
            factors = [float(part) for part in parts]
        except ValueError:
            factors = []
        if len(factors) not in (1, 2):
            raise ValueError(f"'{text}' is no scale; write it like 2, 1.5 or 2x1.5 (vertical x horizontal)")
        return cls(factors[0], factors[-1])

    @property
    def is_copy(self) -> bool:
        """Whether the picture stays as it is, so that there is nothing to train."""
        return self.vertical == self.horizontal == 1

    @property
    def factors(self) -> tuple[float, float]:
        """Vertical and horizontal factor."""
        return self.vertical, self.horizontal

    def out_size(self, height: int, width: int) -> tuple[int, int]:
        """Size of the enlarged picture: each axis multiplied and rounded up."""
        return enlarged_px(height, self.vertical), enlarged_px(width, self.horizontal)

    def __str__(self) -> str:
        if self.vertical == self.horizontal:
            return f"{self.vertical:g}"
        return f"{self.vertical:g}x{self.horizontal:g}"


def enlarged_px(size_px: int, factor: float) -> int:
    """Size of an axis after enlarging, rounded up; a hair of floating-point error does not add a pixel."""
    return max(1, math.ceil(round(size_px * factor, 6)))


class Body(StrEnum):
    """Where the network works."""

    HR = "hr"  # on the bicubic enlargement, as in the paper
    LR = "lr"  # on the low-resolution picture, enlarging at its end by pixel shuffle


class RatePolicy(StrEnum):
    """How the learning rate falls, and with it when training ends."""

    SLOPE = "slope"  # tenfold where the reconstruction error stops falling (the paper)
    LINEAR = "linear"  # to zero over the time or the steps that are given


class Curve(StrEnum):
    """By which weights an output pixel is made of those of the input around it."""

    CUBIC = "cubic"  # Keys 1981, a = -1/2
    LANCZOS = "lanczos"  # three lobes (Duchon 1979)
    NEAREST = "nearest"


class Ensemble(StrEnum):
    """How the flips and rotations of the output become one picture."""

    MEDIAN = "median"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class StageRecipe:
    """A part of a run: train, enlarge, and let the result join the HR fathers of the next.

    Parameters
    ----------
    exponent : tuple of float
        The stage's scale per axis is the wanted scale to this power: 1 is the wanted scale itself.
    share : float
        Share of the run's time or steps (used where the rate falls linearly).
    rate : float
        Factor on the learning rates.
    """

    exponent: tuple[float, float] = (1.0, 1.0)
    share: float = 1.0
    rate: float = 1.0


# For x2 these are (1,1.5) (1.5,1) (1.5,1.5) (1.5,2) (2,1.5) (2,2), the authors' scales; 1.5 is 2 ** 0.585.
_HALF_WAY = math.log2(1.5)
GRADUAL_STAGES = (
    StageRecipe((0, _HALF_WAY)),
    StageRecipe((_HALF_WAY, 0)),
    StageRecipe((_HALF_WAY, _HALF_WAY)),
    StageRecipe((_HALF_WAY, 1)),
    StageRecipe((1, _HALF_WAY)),
    StageRecipe((1, 1)),
)


@dataclass(frozen=True, slots=True)
class Preset:
    """A named recipe.

    Parameters
    ----------
    name : str
        What the terminal takes; `zssr_studio.words.presets` has its title and a sentence about it.
    seconds : float or None
        Bound of the training time where none is asked for; None trains to the recipe's own end.
    body, depth, width : Body, int, int
        The network: where it works, 3x3 convolutions in all, channels.
    crop_px, batch : int
        Side of a training crop in HR pixels, and crops per step.
    even_share : float
        Of the crops, from 0 to 1: drawn from any place alike. The others lie where fine detail lies.
    affine : bool
        Whether HR fathers are warped by affine maps (the paper) or only drawn from smaller versions of the picture.
    learning_rate, muon_rate : float, float or None
        Rate of Adam, and of Muon for the body's convolutions; None leaves all to Adam.
    muon_decay : float
        Times Muon's rate, the share of the body's weights that each step takes away.
    rate_policy, averaging : RatePolicy, float
        How the rate falls; decay of the weights' moving average (0 for none).
    max_steps : int or None
        Where training ends at the latest, per stage.
    ensemble, back_projections : Ensemble, int
        How the 8 orientations are united; rounds of back-projection in the ideal case.
    kernel_back_projections : int
        Rounds of back-projection with a given kernel.
    rung : int or None
        A scale that is a power of this is climbed in rungs of it; any other, and all with None, at once.
    half_precision : bool
        Whether the convolutions may be computed in a 16-bit type, where the device has one that is faster.
    finds_damage : bool
        Whether blur, noise and compression are looked for where nobody names them; the paper's presets keep its ideal
        case.
    stages : tuple of StageRecipe
        What is trained one after the other.
    """

    name: str
    seconds: float | None
    body: Body
    depth: int
    width: int
    crop_px: int
    batch: int
    even_share: float
    affine: bool
    learning_rate: float
    muon_rate: float | None
    muon_decay: float
    rate_policy: RatePolicy
    averaging: float
    max_steps: int | None
    ensemble: Ensemble
    back_projections: int
    kernel_back_projections: int
    rung: int | None
    half_precision: bool
    finds_damage: bool
    stages: tuple[StageRecipe, ...] = (StageRecipe(),)


# Section 3 of the paper and, for the rate's end, the steps and the rounds, its released code.
PAPER = Preset(
    name="paper",
    seconds=None,
    body=Body.HR,
    depth=8,
    width=64,
    crop_px=128,
    batch=1,
    even_share=1.0,
    affine=True,
    learning_rate=1e-3,
    muon_rate=None,
    muon_decay=0.0,
    rate_policy=RatePolicy.SLOPE,
    averaging=0.0,
    max_steps=3000,
    ensemble=Ensemble.MEDIAN,
    back_projections=10,
    kernel_back_projections=2,
    rung=None,
    half_precision=False,
    finds_damage=False,
)
GRADUAL = Preset(
    name="gradual",
    seconds=None,
    body=Body.HR,
    depth=8,
    width=64,
    crop_px=128,
    batch=1,
    even_share=1.0,
    affine=True,
    learning_rate=1e-3,
    muon_rate=None,
    muon_decay=0.0,
    rate_policy=RatePolicy.SLOPE,
    averaging=0.0,
    max_steps=3000,
    ensemble=Ensemble.MEDIAN,
    back_projections=10,
    kernel_back_projections=2,
    rung=None,
    half_precision=False,
    finds_damage=False,
    stages=GRADUAL_STAGES,
)
# Each value of `fast` was tried against others: ADR 2, and docs/lab/engine.md, "The recipe".
_LATER = StageRecipe(share=0.15, rate=0.6)
FAST = Preset(
    name="fast",
    seconds=40.0,
    body=Body.LR,
    depth=10,
    width=32,
    crop_px=32,
    batch=8,
    even_share=0.3,
    affine=False,
    learning_rate=1e-3,
    muon_rate=0.025,
    muon_decay=0.0,
    rate_policy=RatePolicy.LINEAR,
    averaging=0.99,
    max_steps=None,
    ensemble=Ensemble.MEAN,
    back_projections=8,
    kernel_back_projections=8,
    rung=2,
    half_precision=True,
    finds_damage=True,
    stages=(StageRecipe(share=0.25), _LATER, _LATER, _LATER, _LATER, _LATER),
)
# Wider and deeper, for as long as it gains by: what ten minutes bring more is lost in what seeds differ by. So wide a
# network grows beyond bounds where nothing holds its weights (docs/lab/engine.md, "Longer" and "Beyond bounds").
BEST = replace(
    FAST,
    name="best",
    seconds=240.0,
    depth=12,
    width=64,
    muon_decay=0.03,
)
PRESETS: dict[str, Preset] = {preset.name: preset for preset in (FAST, BEST, PAPER, GRADUAL)}
