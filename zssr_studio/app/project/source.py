"""Tells of the file of a picture when it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio.app.language import tr
from zssr_studio.app.models.files.source_file import SourceFile
from zssr_studio.errors import BadInputError
from zssr_studio.evidence.record import source_facts
from zssr_studio.imaging.metadata.derivation import file_sha256, time_of

if TYPE_CHECKING:
    from pathlib import Path


def read_source(path: Path, page: int = 1) -> SourceFile:
    """Tell of a file as it is now.

    Raises
    ------
    BadInputError
        If it cannot be read.
    """
    try:
        return SourceFile(path, page, source_facts(path, file_sha256(path), page), time_of(path), path)
    except OSError as error:
        raise BadInputError(
            tr("{path} cannot be read again ({why}). Open it once more.", path=path, why=error.strerror or error)
        ) from error
