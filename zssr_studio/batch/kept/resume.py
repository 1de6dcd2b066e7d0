"""What of a batch is to be done: all that was not done before with the same bytes and the same settings."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from zssr_studio import __version__
from zssr_studio.batch.inputs import below
from zssr_studio.batch.kept.known_again import is_same
from zssr_studio.batch.kept.rows import State
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.kernels.kernel_files import KERNEL_SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zssr_studio.batch.inputs import Input
    from zssr_studio.batch.kept.journal import Journal
    from zssr_studio.batch.kept.rows import Row
    from zssr_studio.batch.names import Naming
    from zssr_studio.batch.one_file.options import Options, Plain

# So many pairs of inputs that would give one output are told at once.
MOST_TOLD = 5
# Pictures that are compared with the journal together; SQLite takes 999 values at once everywhere.
CHUNK = 500


def settings_hash(options: Options, more: Plain | None = None, *, is_signed: bool = False) -> str:
    """Return a hash of all that decides how a result comes out: options, the files that they name, and the version.

    That results are signed counts, by what certificate does not: another one is no reason to enlarge all again.
    """
    named = [options.init, options.kernel, options.colour]
    files = [Path(name.partition("#")[0]) for name in named if name is not None and _names_file(name)]
    contents = [hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.is_file()]
    # What was written before anything was signed keeps its hash.
    told = json.dumps([options.plain(), contents, __version__, more, *(["signed"] * is_signed)], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def _names_file(text: str) -> bool:
    path = text.partition("#")[0].lower()
    return path.endswith((*KERNEL_SUFFIXES, ".safetensors", ".icc", ".icm"))


def ask_for(
    found: Iterable[Input],
    naming: Naming,
    journal: Journal,
    folder: Path,
    options: Options,
    *,
    settings: str,
    tries_failed_again: bool,
    overwrite: bool = False,
) -> None:
    """Write into the journal what is asked for, and what of it is done already.

    Raises
    ------
    BadInputError
        If nothing is asked for, two inputs would give one output, or the output of one would replace another one where
        files that are no batch's may be replaced; the journal is as before.
    """
    clashes: list[str] = []
    chunk: list[tuple[int, str, Input]] = []
    place = 0

    def write(some: list[tuple[int, str, Input]]) -> None:
        rows = journal.known([output for _, output, _ in some])
        known = []
        for place, output, one in some:
            row = rows.get(output)
            if row is not None and stands(row, one, folder, settings, tries_failed_again=tries_failed_again):
                known.append((output, place, one))
            else:
                journal.ask(output, one.image, one.relative, place, settings)
        journal.ask_again(known)

    with journal.new_batch(__version__, options.plain()):
        seen: dict[str, str] = {}
        for place, one in enumerate(found, 1):
            output = naming.output(one)
            # On Windows and macOS names that differ in capitals only are one file.
            other = seen.setdefault(output.casefold(), one.image)
            if other is not one.image:
                if other != one.image:
                    clashes.append(f"{other} and {one.image}")
                if len(clashes) == MOST_TOLD:
                    break
                continue
            chunk.append((place, output, one))
            if len(chunk) == CHUNK:
                write(chunk)
                chunk.clear()
        write(chunk)
        if clashes:
            raise BadInputError(
                f"Two inputs would give one output: {'; '.join(clashes)}. Keep their folders with --tree, or give a "
                "--name with {folder} and {stem}."
            )
        if overwrite:
            _refuse_replaced(seen, folder)
        if not place:
            raise BadInputError("No pictures were found. Name files, folders (with --recursive) or patterns.")


def _refuse_replaced(seen: dict[str, str], folder: Path) -> None:
    """Refuse results in the places of pictures that are to be enlarged too, as no source is ever replaced."""
    for image in seen.values():
        inside = below(folder, image)
        other = image if inside is None else seen.get(inside.casefold(), image)
        if other != image:
            raise BadInputError(
                f"The result of {other} would replace {image}, which is to be enlarged too. Write to another folder "
                "with -o, or call results otherwise with --name."
            )


def stands(row: Row, one: Input, folder: Path, settings: str, *, tries_failed_again: bool) -> bool:
    """Tell whether what an earlier batch wrote of a picture still holds."""
    if row.settings != settings:
        return False
    # In another place, as on a disk that was copied or is found under another name, its bytes alone count.
    mtime_ns = row.mtime_ns if row.image == one.image else None
    if not is_same(one.image, row.size, mtime_ns, row.sha256):
        return False
    match row.state:
        case State.DONE:
            return is_same(f"{folder}/{row.output}", row.output_size, row.output_mtime_ns, row.output_sha256)
        case State.FAILED:
            return not tries_failed_again
        case _:
            return False
