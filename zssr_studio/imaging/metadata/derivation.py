"""Tells of a file that another one is made from."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from zssr_studio.errors import BadInputError
from zssr_studio.imaging.metadata.blocks import Derivation

if TYPE_CHECKING:
    from pathlib import Path


def derivation_of(
    source: Path, settings: str, digital_source_type: str | None, record: str | None = None
) -> Derivation:
    """Tell that a file is made from another one; the source is read once, for its hash.

    Raises
    ------
    OSError
        If the source is gone.
    BadInputError
        If the environment's SOURCE_DATE_EPOCH is no time.
    """
    return Derivation(source.name, file_sha256(source), settings, time_of(source), digital_source_type, record)


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file as a hexadecimal number."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def time_of(source: Path) -> str:
    """Return when a file was changed last, or the time that SOURCE_DATE_EPOCH tells to take instead.

    See https://reproducible-builds.org/specs/source-date-epoch/.

    Raises
    ------
    BadInputError
        If that is no time.
    """
    told = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        seconds = source.stat().st_mtime if told is None else int(told)
        return datetime.fromtimestamp(int(seconds), UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError) as error:
        if told is None:  # a file from before the year 1 or after 9999
            return datetime.fromtimestamp(0, UTC).isoformat(timespec="seconds")
        raise BadInputError(
            f"SOURCE_DATE_EPOCH is '{told}', which is no time. Give whole seconds since 1970, or unset it."
        ) from error
