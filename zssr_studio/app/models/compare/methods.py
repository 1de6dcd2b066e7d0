"""What can be ticked to be compared with, and the folder of networks that a person named."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from zssr_studio.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Sequence

    from PySide6.QtCore import QSettings

    from zssr_studio.engine.config import Scale
    from zssr_studio.engine.events import Event
    from zssr_studio.engine.weights import LearnedFrom
    from zssr_studio.imaging.picture import Picture
    from zssr_studio.job import Job, Result
    from zssr_studio.methods.method import Method

    AsRun = Callable[[Method, Job], Generator[Event, None, Result]]

_FOLDER, _TICKED = "methods/folder", "methods/ticked"
# Enlarge itself, and what stands beside each result already.
OWN = frozenset({"zssr", "bicubic"})


class Found(Protocol):
    """A file that was looked into."""

    @property
    def path(self) -> Path:
        """Where it lies."""

    @property
    def method(self) -> Method | None:
        """None where it was not recognised."""

    @property
    def problem(self) -> str:
        """Why not, in whole sentences; else empty."""


@dataclass(frozen=True, slots=True)
class OtherMethods:
    """What the window asks of the room of methods; where the program begins it is handed in.

    Parameters
    ----------
    built_in : callable
        Returns those that need no file.
    methods_in : callable
        Looks into each file of a folder.
    as_run : callable
        Lets a method do a job, with a run's events and result.
    """

    built_in: Callable[[], Sequence[Method]]
    methods_in: Callable[[Path], Iterable[Found]]
    as_run: AsRun


@dataclass(frozen=True, slots=True, eq=False)
class Offer:
    """A method, or a file that is none.

    Parameters
    ----------
    title : str
        The method's name, or the file's.
    path : Path or None
        The file that it was read from.
    method : Method or None
        None where the file was not recognised.
    problem : str
        Why it cannot be ticked, in whole sentences; else empty.
    """

    title: str
    path: Path | None
    method: Method | None
    problem: str = ""

    @property
    def key(self) -> str:
        """What it is remembered by."""
        return str(self.path) if self.method is None else self.method.key

    @property
    def learned_from(self) -> LearnedFrom | None:
        """Which pictures it knows; None for a file that was not recognised."""
        return None if self.method is None else self.method.learned_from

    @property
    def scale(self) -> int | None:
        """The only scale that it enlarges by; None where there is no such one."""
        scale = getattr(self.method, "scale", None)
        return scale if isinstance(scale, int) else None

    @property
    def parameters(self) -> int | None:
        """Numbers that its network learned; None for a rule."""
        parameters = getattr(self.method, "parameters", None)
        return parameters if isinstance(parameters, int) else None


def rules_for(built_in: Iterable[Method], source: Picture, scale: Scale) -> tuple[Offer, ...]:
    """List what needs no file."""
    return tuple(
        Offer(method.name, None, method, _problem(method, source, scale))
        for method in built_in
        if method.key not in OWN
    )


def files_for(found: Iterable[Found], source: Picture, scale: Scale) -> tuple[Offer, ...]:
    """List what was found, and behind it the files that cannot be ticked."""
    return tuple(sorted((_of_file(one, source, scale) for one in found), key=lambda offer: bool(offer.problem)))


def _of_file(found: Found, source: Picture, scale: Scale) -> Offer:
    method = found.method
    if method is None:
        return Offer(found.path.name, found.path, None, found.problem)
    return Offer(method.name, found.path, method, _problem(method, source, scale))


def _problem(method: Method, source: Picture, scale: Scale) -> str:
    try:
        method.check(source, scale)
    except BadInputError as error:
        return str(error)
    return ""


def kept_folder(kept: QSettings) -> Path | None:
    """Return the folder of networks that a person named; None where there is none."""
    text = str(kept.value(_FOLDER, ""))
    return Path(text) if text else None


def keep_folder(kept: QSettings, folder: Path | None) -> None:
    """Remember a folder of networks, or that there is none."""
    kept.setValue(_FOLDER, "" if folder is None else str(folder))


def kept_ticks(kept: QSettings) -> frozenset[str]:
    """Return the keys of what was ticked last."""
    value = kept.value(_TICKED, [])
    return frozenset(map(str, value)) if isinstance(value, list) else frozenset({str(value)})


def keep_ticks(kept: QSettings, keys: Sequence[str]) -> None:
    """Remember what was ticked."""
    kept.setValue(_TICKED, list(keys))
