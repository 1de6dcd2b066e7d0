"""What a foreign network answered where it was tried, apart from this program."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zssr_studio.errors import BadInputError, FailureError
from zssr_studio.imaging.guarded_process import guarded_output

if TYPE_CHECKING:
    from pathlib import Path

TRIAL = "zssr_studio.methods.networks.foreign.trial_process"


@dataclass(frozen=True, slots=True)
class Answer:
    """How a network is spoken to, and by what it enlarges.

    Parameters
    ----------
    into, out : str
        Names of what it takes and gives.
    channels, scale : int
    fixed_px : int or None
        Side of the only square that it takes.
    type : str
        numpy's name of its numbers.
    """

    into: str
    out: str
    channels: int
    scale: int
    fixed_px: int | None = None
    type: str = "float32"


def answer_of(kind: str, path: Path, *others: Path) -> Answer:
    """Try a network in a process of its own.

    Raises
    ------
    BadInputError
        If it cannot be loaded, or does not enlarge a picture by a whole number.
    FailureError
        If the package that runs such networks is not there.
    """
    output, code = guarded_output(path.name, TRIAL, (kind, str(path), *map(str, others)))
    try:
        told: dict[str, Any] = json.loads(output)
    except ValueError as error:
        raise BadInputError(
            f"{path.name} broke what runs such networks (code {code}), apart from this program: it is damaged or was "
            "made to do harm. Do not use it; copy it anew from where it is."
        ) from error
    if "missing" in told:
        raise needed(path, kind, str(told["missing"]))
    if "problem" in told:
        reason = " ".join(str(told["problem"]).split())[:200].rstrip(".")
        raise BadInputError(f"{path.name} cannot be used ({reason}). Choose another file.")
    channels, tried, given = told["channels"], told["tried"], told["given"]
    scale = given[-1] // tried if len(given) == 3 else 0
    if not 1 <= scale <= 8 or given != [channels, tried * scale, tried * scale]:
        raise BadInputError(
            f"{path.name} makes {given} of a picture of {[channels, tried, tried]} (channels, rows, columns), so it is "
            "no network that enlarges. Choose another file."
        )
    return Answer(told["into"], told["out"], channels, scale, told.get("fixed"), told.get("type", "float32"))


def needed(path: Path, extra: str, told: str) -> FailureError:
    """Say which package a file needs, and how to get it."""
    if getattr(sys, "frozen", False):  # nothing can be installed into a bundle
        way = f"This bundle comes without it. Install a ZSSR Studio that has it with: pipx install zssr-studio[{extra}]"
    else:
        way = f"Install it with: pip install zssr-studio[{extra}]"
    return FailureError(f"{path.name} needs a package that is not installed or does not load ({told}). {way}")
