"""Records in files: beside a result, and inside it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zssr_studio.errors import BadInputError
from zssr_studio.evidence.record import FORMAT, beside
from zssr_studio.imaging.metadata.made_with import made_with
from zssr_studio.imaging.metadata.rdf import XmpError
from zssr_studio.imaging.read import read_info
from zssr_studio.imaging.saving.kept import write_kept
from zssr_studio.imaging.saving.places import check_place

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.record.plain import Plain

SUFFIX = ".json"
# No real one is larger; a file that is looked at is not to fill the memory.
MAX_BYTES = 4_000_000
# What a record has at the top, and what each of them is.
PARTS: dict[str, type] = {
    "program": dict, "picture": dict, "settings": dict, "run": dict, "computation": dict, "result": dict,
    "measures": dict, "other_pictures": list,
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class FoundRecord:
    """A record, and the file of the result that it was found in; None where it lay in a file of its own."""

    record: Plain
    result: Path | None


def check_record_file(path: Path, image: Path, output: Path, *, overwrite: bool) -> None:
    """Refuse before a run what a record cannot be written to.

    Raises
    ------
    BadInputError
    """
    if path.suffix.lower() != SUFFIX:
        raise BadInputError(f"{path.name} is no name for a record. End it in {SUFFIX}.")
    if path in (image, output):
        raise BadInputError(f"{path} is a picture's place. Give the record another name.")
    check_place(path, overwrite=overwrite)


def write_record_file(record: Plain, result: Path, path: Path, *, overwrite: bool) -> None:
    """Write a record beside its result, with the hash of the result's file; whole or not at all.

    Raises
    ------
    KeptElsewhereError
        If it was written elsewhere.
    """
    content = beside(record, result)
    write_kept(path, lambda file: file.write(content), overwrite=overwrite)


def read_record(path: Path) -> FoundRecord:
    """Read a record from its own file, or from the XMP of a result.

    Raises
    ------
    BadInputError
        If there is none, or it is damaged, with a sentence for a person.
    """
    if path.suffix.lower() == SUFFIX:
        try:
            if path.stat().st_size > MAX_BYTES:
                raise BadInputError(f"{path} is larger than any record. Choose the .json file that --record wrote.")
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise _damaged(path.name, "it is no text") from error
        except OSError as error:
            raise BadInputError(
                f"{path} cannot be read: {error.strerror or error}. Check the name and the folder."
            ) from error
        return FoundRecord(_parsed(text, path), None)
    packet = read_info(path).metadata.xmp
    try:
        found = {} if packet is None else made_with(packet)
    except XmpError as error:
        raise _damaged(path.name, "its XMP is damaged") from error
    if "run_record" not in found:
        raise BadInputError(
            f"{path.name} holds no record of a run. ZSSR Studio writes one into the XMP of each result unless it is "
            "told --metadata none, and other programs may take it out when they save. Give the .json file that "
            "--record wrote."
        )
    return FoundRecord(_parsed(found["run_record"], path), path)


def _parsed(text: str, path: Path) -> Plain:
    try:
        record: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _damaged(path.name, "it is no JSON") from error
    return check_record(record, path.name)


def check_record(record: Any, name: str) -> Plain:
    """See to it that all parts of a record are there; `name` is that of its file, empty where there is none.

    Raises
    ------
    BadInputError
    """
    if not isinstance(record, dict) or not isinstance(record.get("format"), str):
        raise _damaged(name, "it is no record of a run")
    if record["format"] != FORMAT:
        raise BadInputError(
            f"{name or 'What was given'} holds a record that this version does not know ('{record['format'][:60]}'; "
            f"it knows '{FORMAT}'). Use the version of ZSSR Studio that wrote it, or a later one."
        )
    missing = [part for part, kind in PARTS.items() if not isinstance(record.get(part), kind)]
    if missing:
        raise _damaged(name, f"its part '{missing[0]}' is missing")
    return dict(record)


def _damaged(name: str, why: str) -> BadInputError:
    where = f"The record in {name}" if name else "The record"
    return BadInputError(f"{where} is damaged: {why}. Take another copy of it.")
