"""The licences of this program and of what it is made of, read from what is installed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING

from zssr_studio.resource import resource_path

if TYPE_CHECKING:
    from collections.abc import Iterable

PROGRAM = "zssr-studio"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_CLASSIFIER = "License :: "
# A field that is longer holds the text itself instead of the licence's name.
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Licence:
    """A part, its version, the name of its licence, and the licence's text as far as the part carries it."""

    name: str
    version: str
    licence: str
    text: str


def all_licences() -> tuple[Licence, ...]:
    """Read the licences of the program, of the distributions that it asks for, and of the typeface and the icons."""
    try:
        program = distribution(PROGRAM)
    except PackageNotFoundError:
        return (_typeface(), _icons())
    wanted = [line for line in program.requires or () if "extra ==" not in line]
    names = sorted({match.group() for line in wanted if (match := _NAME.match(line))}, key=str.casefold)
    return (_licence_of(program), *(_found(name) for name in names), _typeface(), _icons())


def _found(name: str) -> Licence:
    try:
        return _licence_of(distribution(name))
    except PackageNotFoundError:
        return Licence(name, "", "is not installed", "")


def _licence_of(found: Distribution) -> Licence:
    metadata = found.metadata
    field = (metadata["License"] or "").strip() if "License" in metadata else ""
    named = [line.rsplit(" :: ")[-1] for line in metadata.get_all("Classifier") or () if line.startswith(_CLASSIFIER)]
    expression = metadata["License-Expression"] if "License-Expression" in metadata else ""
    short = field if len(field) <= _LONGEST_NAME and "\n" not in field else ""
    texts = list(_texts(found))
    if not texts and not short:
        texts = [field]
    return Licence(metadata["Name"], found.version, expression or short or ", ".join(named), "\n\n".join(texts))


def _texts(found: Distribution) -> Iterable[str]:
    """Read the licence's own files, not those of every part within a part."""
    for file in found.files or ():
        folder = file.parent.name
        is_own = folder.endswith(".dist-info") or (folder == "licenses" and file.parent.parent.name.endswith("-info"))
        if is_own and re.match(r"(?i)licen[cs]e|copying|notice", file.name):
            yield Path(str(file.locate())).read_text(encoding="utf-8", errors="replace").strip()


def _typeface() -> Licence:
    text = resource_path("fonts/OFL.txt").read_text(encoding="utf-8").strip()
    return Licence("Inter", "4.0", "SIL Open Font License 1.1", text)


def _icons() -> Licence:
    text = resource_path("icons/LICENSE-lucide.txt").read_text(encoding="utf-8").strip()
    return Licence("Lucide icons", "1.62.0", "ISC, some MIT", text)
