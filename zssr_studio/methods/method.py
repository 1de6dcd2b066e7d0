"""What every way to enlarge a picture is asked for, and what it may take. Imports no torch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from zssr_studio.errors import FailureError

if TYPE_CHECKING:
    from collections.abc import Generator

    from zssr_studio.engine.config import Scale
    from zssr_studio.engine.events import Event
    from zssr_studio.engine.weights import LearnedFrom
    from zssr_studio.imaging.picture import Picture


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a method may take of the machine.

    Parameters
    ----------
    device : str
        `auto`, `cpu`, `cuda`, `mps` or `xpu`.
    threads : int or None
        That compute on the processor; None takes as many as other programs leave cores for.
    memory_bytes : int or None
        Budget for the whole program; None takes what the machine has to spare.
    """

    device: str = "auto"
    threads: int | None = None
    memory_bytes: int | None = None


WHAT_IS_FREE = Allowance()


class Method(Protocol):
    """A way to enlarge pictures. Methods are frozen: one serves for any number of pictures."""

    @property
    def key(self) -> str:
        """The terminal's word for it, which `registry.method_named` understands: `bicubic`, `vdsr:FILE`."""

    @property
    def name(self) -> str:
        """What people call it; those of `words.methods` can be said in other languages."""

    @property
    def learned_from(self) -> LearnedFrom:
        """Which pictures it knows."""

    def check(self, picture: Picture, scale: Scale) -> None:
        """Refuse a picture or a scale that it cannot enlarge, before any work.

        Raises
        ------
        BadInputError
        """

    def enlarge(
        self, picture: Picture, scale: Scale, allowance: Allowance = WHAT_IS_FREE
    ) -> Generator[Event, None, Picture]:
        """Enlarge a picture.

        Yields
        ------
        Event
            `Started` first, then `Enlarging` with the share that is done, notices, and what training tells. Advancing
            is what makes it go on; not advancing pauses it, closing discards it.

        Returns
        -------
        Picture
            The result: rows and columns as `Scale.out_size` says, with profile, alpha and header of the picture.

        Raises
        ------
        BadInputError, FailureError
            With a sentence for a person.
        """


def no_result(method: Method, error: RuntimeError | MemoryError) -> FailureError:
    """Say that a method failed, as the frameworks below say it; a `MemoryError` says nothing by itself."""
    reason = str(error).strip().rstrip(".") or "this machine's memory is not enough"
    return FailureError(f"{method.name} gave no result: {reason}. The picture is untouched.")
