"""What can be ticked to be compared with, and the folder of networks that a person named."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zssr_studio.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtCore import QSettings

    from zssr_studio.engine.config import Scale
    from zssr_studio.engine.weights import LearnedFrom
    from zssr_studio.imaging.picture import Picture
    from zssr_studio.methods.method import Method
    from zssr_studio.methods.registry import FoundFile

_FOLDER, _TICKED = "methods/folder", "methods/ticked"
# Enlarge itself, and what stands beside each result already.
OWN = frozenset({"zssr", "bicubic"})


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


def offers_of(
    built_in: Iterable[Method], found: Iterable[FoundFile], source: Picture, scale: Scale
) -> tuple[Offer, ...]:
    """List what needs no file, what was found, and behind those the files that cannot be ticked."""
    rules = [_offer(method, None, source, scale) for method in built_in if method.key not in OWN]
    files = [
        Offer(one.path.name, one.path, None, one.problem)
        if one.method is None
        else _offer(one.method, one.path, source, scale)
        for one in found
    ]
    return (*rules, *sorted(files, key=lambda offer: bool(offer.problem)))


def _offer(method: Method, path: Path | None, source: Picture, scale: Scale) -> Offer:
    try:
        method.check(source, scale)
    except BadInputError as error:
        return Offer(method.name, path, method, str(error))
    return Offer(method.name, path, method)


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
