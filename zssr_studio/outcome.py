"""What came of a run. No torch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zssr_studio.engine.timeline import NO_TIMELINE, Timeline

if TYPE_CHECKING:
    from zssr_studio.engine.events import Reason
    from zssr_studio.engine.maps import MapFigures, Maps
    from zssr_studio.engine.weights import TrainedOn, Weights
    from zssr_studio.imaging.picture import Picture


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What is known of a run that came to its end.

    Parameters
    ----------
    reason : Reason
        Whether the run came to its end or was stopped.
    device : str
        The device that trained, such as `cpu`.
    steps : int
        Training steps done.
    training_s : float
        Seconds of training.
    output_s : float
        Seconds from the end of training to the last row, with what the caller did with the rows meanwhile; pauses are
        not counted.
    psnr_consistency_db : float
        The result downscaled with the kernel against the input, over all channels, in dB; inf if equal.
    weights : Weights or None
        What the network learned, and from which pictures: more than one where the run was started from others' weights.
        None where nothing was trained.
    passes_share : float
        How many of the self-ensemble's passes were made, over all pixels; 1 unless the enlargement was stopped.
    restarts : int
        How often the network died and was started again.
    pixels_sha256, alpha_sha256 : str or None
        Of the result's values in float32, before they are samples of a file; None where they are not known.
    timeline : Timeline
        What time, memory and load decided, by which the run can be done again.
    figures : MapFigures or None
        What the maps of consistency and disagreement come to; None where nothing was enlarged, or it is not known.
    """

    reason: Reason
    device: str
    steps: int
    training_s: float
    output_s: float
    psnr_consistency_db: float
    weights: Weights | None
    passes_share: float = 1.0
    restarts: int = 0
    pixels_sha256: str | None = None
    alpha_sha256: str | None = None
    timeline: Timeline = NO_TIMELINE
    figures: MapFigures | None = None

    @property
    def other_pictures(self) -> tuple[TrainedOn, ...]:
        """Pictures other than the enlarged one that the network learned from."""
        if self.weights is None:
            return ()
        own = self.weights.pictures[-1]
        return tuple(picture for picture in self.weights.pictures if picture.sha256 != own.sha256)


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """What a run gives when it is held in memory as a whole.

    Parameters
    ----------
    picture : Picture
        The enlarged picture, values clipped to [0, 1], with alpha and profile of the source.
    bicubic : Picture
        The same size by bicubic interpolation, to compare with.
    outcome : Outcome
    maps : Maps or None
        Where it is inconsistent with the input, and where the self-ensemble disagrees; None for a copy.
    """

    picture: Picture
    bicubic: Picture
    outcome: Outcome
    maps: Maps | None = None


def origin_sentence(outcome: Outcome) -> str:
    """Say which pictures the network learned from."""
    if outcome.weights is None:
        return "It was copied; nothing was trained."
    others = outcome.other_pictures
    if not others:
        return "No outside pictures were used."
    names = ", ".join(picture.name or picture.sha256[:12] for picture in others)
    return f"It started from weights that had learned from another picture: {names}."
