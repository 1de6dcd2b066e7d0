"""Does a run again from its record, and tells whether the pixels are equal."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from zssr_studio import __version__
from zssr_studio.engine.events import Band
from zssr_studio.engine.relay import Followed
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.export import Compression, ExportOptions, Format
from zssr_studio.imaging.metadata.blocks import MetadataPolicy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zssr_studio.engine.events import Event
    from zssr_studio.imaging.write import Rows
    from zssr_studio.job import Job, Outcome
    from zssr_studio.record.plain import Plain

# What decides the last bits beside the settings, and what it is called.
DECIDING = {
    "torch": "torch is {here}, and was {then}",
    "machine": "the processor is of another kind ({here}; then {then})",
    "instructions": "the processor computes by {here}, and did by {then}",
    "half_precision": "convolutions are computed in {here}, and were in {then}",
}
LEVELS_8_BIT = 255


@dataclass(frozen=True, slots=True, eq=False)
class Reproduction:
    """What came of doing a run again.

    Parameters
    ----------
    is_equal : bool
        Whether the pixels are those of the record, to the last bit.
    largest_difference : float or None
        Between the file of the result and the same file written anew, in [0, 1] of the value range; None where the
        record lay beside its result or they cannot be compared.
    reasons : tuple of str
        What is other than it was, by which pixels may differ.
    outcome : Outcome
        Of the run that was done now.
    is_of_other_size : bool
        Whether the file of the result holds a picture of another size or kind than the run makes.
    is_file_apart : bool
        Whether the record says that the file holds other pixels than the run made, as one for a print does, so that the
        two were not compared.
    """

    is_equal: bool
    largest_difference: float | None
    reasons: tuple[str, ...]
    outcome: Outcome
    is_of_other_size: bool = False
    is_file_apart: bool = False

    @property
    def is_file_unchanged(self) -> bool | None:
        """Whether the file of the result holds the pixels that were made; None where no file was compared."""
        if self.is_of_other_size:
            return False
        return None if self.largest_difference is None else self.largest_difference == 0

    @property
    def sentence(self) -> str:
        """Say it to a person."""
        if self.is_equal and self.is_file_unchanged is not False:
            apart = " The file holds others made of them, as its record says, and was not compared."
            equal = "Pixels equal: the run gives the same result again, to the last bit."
            return equal + apart * self.is_file_apart
        far = ""
        if self.is_of_other_size:
            far = " The picture in the file has another size, or other channels, than the run makes."
        elif self.largest_difference is not None:
            far = f" The largest difference is {LEVELS_8_BIT * self.largest_difference:.3g} of {LEVELS_8_BIT}."
        if self.is_equal:
            return (
                "The run gives the same pixels again, but the file holds others: it was changed after it was written, "
                f"or this version writes it another way.{far}"
            )
        why = "; ".join(self.reasons) or "nothing of what is recorded is other, so the machine computes another way"
        return f"The pixels differ.{far} It may be because {why}."


def reasons_of(record: Plain) -> tuple[str, ...]:
    """Say what is other here than when a run was recorded, as far as pixels may depend on it."""
    from zssr_studio.engine.runtime.computation import Computation

    here, then = Computation.here(), record["computation"]
    reasons = []
    version = record["program"].get("version")
    if version != __version__:
        reasons.append(f"this is version {__version__} of ZSSR Studio, and it was {version}")
    for name, text in DECIDING.items():
        if then.get(name) != getattr(here, name):
            reasons.append(text.format(here=getattr(here, name) or "32 bits", then=then.get(name) or "32 bits"))
    if not str(record["run"].get("device", "")).startswith("cpu"):
        reasons.append("it was computed on an accelerator, where sums have no fixed order")
    if record["run"].get("timeline", {}).get("broken_off"):
        reasons.append("the run was broken off and went on from what was saved, with results that were made again")
    return tuple(reasons)


def reproduced(
    record: Plain,
    job: Job,
    on_event: Callable[[Event], object],
    result: Path | None = None,
) -> Reproduction:
    """Do a recorded run again.

    Parameters
    ----------
    record : dict
    job : Job
        Of `job_of`.
    on_event : callable
        Takes each event but the bands.
    result : Path or None
        The file of the result, to be compared with the same file written anew.

    Raises
    ------
    BadInputError, FailureError
        With a sentence for a person.
    """
    from zssr_studio.imaging.write import write_bands
    from zssr_studio.pipeline import upscale_in_bands

    def rows_of(event: Event | Band) -> Iterator[Rows]:
        if isinstance(event, Band):
            yield event.pixels, event.alpha
        else:
            on_event(event)

    bands, export = Followed(upscale_in_bands(job, previews=False), rows_of), _export_of(record)
    is_apart = result is not None and bool(record["result"].get("changed"))
    if result is None or export is None or is_apart:
        return replace(_told(record, bands.end()), is_file_apart=is_apart)
    with tempfile.TemporaryDirectory(prefix="zssr-") as folder:
        again = Path(folder) / f"again{result.suffix}"
        write_bands(job.enlarged_header, job.out_size, bands, again, overwrite=False, options=export)
        # A writer that has all rows asks for no more, and the outcome comes behind the last band.
        difference = _difference(result, again)
        return replace(_told(record, bands.end()), largest_difference=difference, is_of_other_size=difference is None)


def is_reproduced(record: Plain, outcome: Outcome) -> bool:
    """Tell whether a run made the pixels of a record."""
    then = record["result"]
    return (outcome.pixels_sha256, outcome.alpha_sha256) == (then.get("pixels_sha256"), then.get("alpha_sha256"))


def _told(record: Plain, outcome: Outcome) -> Reproduction:
    is_equal = is_reproduced(record, outcome)
    return Reproduction(is_equal, None, () if is_equal else reasons_of(record), outcome)


def _difference(one: Path, other: Path) -> float | None:
    """Return the largest difference of two files' pixels, alpha too; None where their sizes differ."""
    from zssr_studio.imaging.read import read_picture

    first, second = read_picture(one), read_picture(other)
    if first.pixels.shape != second.pixels.shape or (first.alpha is None) != (second.alpha is None):
        return None
    planes = [(first.pixels, second.pixels), (first.alpha, second.alpha)]
    # Row by row, as both may be large.
    return max(
        float(np.abs(row - again).max())
        for ours, theirs in planes
        if ours is not None and theirs is not None
        for row, again in zip(ours, theirs, strict=True)
    )


def _export_of(record: Plain) -> ExportOptions | None:
    """Return how a result was written; None where that is not known or needs a file of its own."""
    plain = record["result"].get("export")
    if not isinstance(plain, dict) or plain.get("is_colour_of_a_file"):
        return None
    try:
        return ExportOptions(
            format=Format(plain["format"]),
            bits=plain["bits"],
            colour=str(plain["colour"]),
            # It is looked at for its pixels alone.
            metadata=MetadataPolicy.NONE,
            quality=int(plain["quality"]),
            lossless=bool(plain["lossless"]),
            compression=Compression(plain["compression"]),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise BadInputError(f"The record is damaged: how the result was written makes no sense ({error}).") from error
