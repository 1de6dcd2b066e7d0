"""Where the results of a batch go: one name for each input, and one input for each name."""

from __future__ import annotations

import hashlib
import os
import string
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from zssr_studio.batch.one_file.values import read_scale
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.export import WRITE_SUFFIXES, format_after
from zssr_studio.imaging.read import READ_SUFFIXES

if TYPE_CHECKING:
    from zssr_studio.batch.inputs import Input
    from zssr_studio.batch.one_file.options import Options

WITH_SCALE, WITHOUT_SCALE = "{stem}_zssr{scale}x", "{stem}_zssr"
FIELDS = ("stem", "scale", "folder")
# Suffixes of pictures that are not written: who gives one means a format, and no part of a name.
NOT_WRITTEN = (*(suffix for suffix in READ_SUFFIXES if suffix not in WRITE_SUFFIXES), ".gif", ".jp2", ".psd")


@dataclass(frozen=True, slots=True)
class Naming:
    """How results are called.

    Parameters
    ----------
    template : str
        With `{stem}` (the input's name without its suffix), `{scale}` and `{folder}` (the name of its folder). A suffix
        of a format that is written says the format; else it follows the input's.
    scale : str
        As it stands in names.
    keeps_folders : bool
        Whether results lie in the folders that their inputs lay in.
    """

    template: str
    scale: str
    keeps_folders: bool

    def output(self, one: Input) -> str:
        """Return the path of a result below the folder of all of them, with `/` between folders."""
        inside, _, source = one.relative.rpartition("/")
        stem, suffix = _split(source)
        folder = PurePath(one.image).parent.name if "{folder}" in self.template else ""
        name = self.template.format(stem=stem, scale=self.scale, folder=folder)
        if _split(name)[1].lower() not in WRITE_SUFFIXES:
            name += _suffix_after(suffix)
        return f"{inside}/{name}" if self.keeps_folders and inside else name


def _split(name: str) -> tuple[str, str]:
    """Split a name into its stem and its suffix; one that only begins with a dot has none."""
    dot = name.rfind(".")
    return (name[:dot], name[dot:]) if dot > 0 else (name, "")


@cache
def _suffix_after(suffix: str) -> str:
    return format_after(PurePath(f"picture{suffix}")).suffixes[0]


def naming(template: str | None, options: Options, *, keeps_folders: bool) -> Naming:
    """Read how results are to be called.

    Raises
    ------
    BadInputError
        If the template is none, asks for a format that is not written, or names a scale that differs from picture to
        picture.
    """
    differs = options.size is not None or options.print_size is not None
    chosen = template or (WITHOUT_SCALE if differs else WITH_SCALE)
    try:
        fields = {field for _, field, _, _ in string.Formatter().parse(chosen) if field is not None}
        if fields <= set(FIELDS):
            # What stands behind a colon may be for numbers only.
            chosen.format(**dict.fromkeys(FIELDS, "text"))
    except ValueError as error:
        raise BadInputError(f"--name {chosen}: {error}. Write it like {WITH_SCALE}.") from error
    if not fields <= set(FIELDS) or set("/\\\0") & set(chosen):
        known = ", ".join(f"{{{field}}}" for field in FIELDS)
        raise BadInputError(f"--name {chosen}: give a name without folders, with {known} in it, such as {WITH_SCALE}.")
    suffix = _split(chosen)[1].lower()
    if suffix in NOT_WRITTEN:
        raise BadInputError(f"--name {chosen}: {suffix} is not written. End it in {', '.join(WRITE_SUFFIXES)}.")
    if differs and "scale" in fields:
        raise BadInputError("With --size or --print the scale differs from picture to picture: leave {scale} out.")
    scale = "" if differs else str(read_scale(options.scale or "2"))
    return Naming(chosen, scale.replace("x", "by"), keeps_folders)


@dataclass(frozen=True, slots=True)
class Shard:
    """One of several parts of a batch, each of which a machine of its own does.

    Parameters
    ----------
    number, of : int
        From 1.
    """

    number: int
    of: int

    @classmethod
    def parse(cls, text: str) -> Shard:
        """Read I/N.

        Raises
        ------
        BadInputError
        """
        first, _, second = text.partition("/")
        if first.isdecimal() and second.isdecimal() and 1 <= int(first) <= int(second) <= 1_000_000:
            return cls(int(first), int(second))
        raise BadInputError(f"--shard {text}: give which of how many parts, such as 1/4.")

    def has(self, one: Input) -> bool:
        """Tell whether an input belongs to this part; each belongs to one, on every machine to the same."""
        digest = hashlib.sha256(os.fsencode(one.relative)).digest()
        return int.from_bytes(digest[:8]) % self.of == self.number - 1
