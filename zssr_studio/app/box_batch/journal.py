"""What the journal in the folder of the results says of the pictures of a box, and the report that is made of it."""

from __future__ import annotations

from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any

from zssr_studio.app.box_batch.options import options_of
from zssr_studio.app.models.box.state import PictureState
from zssr_studio.batch.inputs import Input
from zssr_studio.batch.kept.journal import Journal
from zssr_studio.batch.kept.lock import is_worked_in, journal_path
from zssr_studio.batch.kept.rows import State
from zssr_studio.batch.names import naming
from zssr_studio.batch.report import write_report

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from zssr_studio.app.models.box.picture import BoxPicture
    from zssr_studio.app.models.box.plan import BoxPlan
    from zssr_studio.app.models.run.settings import Settings
    from zssr_studio.batch.kept.rows import Row

    Values = dict[str, Any]

WAITS: Values = {"state": PictureState.WAITING, "share": 0.0, "left_s": None, "result": None, "seconds": None}


def outputs_of(pictures: Sequence[BoxPicture], plan: BoxPlan, settings: Settings) -> list[str]:
    """Return the path of each result below the folder of all, by which the journal knows the picture.

    Raises
    ------
    BadInputError
        If that is no name.
    """
    names = naming(plan.name, options_of(settings, plan), keeps_folders=True)
    return [names.output(input_of(one)) for one in pictures]


def input_of(picture: BoxPicture) -> Input:
    """Return a picture as a batch takes it."""
    return Input(str(picture.path.absolute()), picture.relative)


def stamp_of(folder: Path) -> tuple[float, ...]:
    """Return what changes whenever the journal does, whoever writes it; empty where there is none."""
    journal, stamp = journal_path(folder, None), []
    for path in (journal, journal.with_name(f"{journal.name}-wal")):
        # It may go between two questions, and its disk too.
        with suppress(OSError):
            stamp.append(path.stat().st_mtime)
    return tuple(stamp)


def recalled(pictures: Sequence[BoxPicture], plan: BoxPlan, settings: Settings) -> list[tuple[Path, Values]]:
    """Read from the journal what became of pictures; those that it does not know wait.

    Raises
    ------
    BadInputError, FailureError
        If the journal cannot be read, or that is no name for results.
    """
    outputs = outputs_of(pictures, plan, settings)
    path = journal_path(plan.folder, None)
    if not path.exists():
        return [(one.path, WAITS) for one in pictures]
    with closing(Journal(path, is_read_only=True)) as journal:
        rows = [journal.row(output) for output in outputs]
    is_going = any(row is not None and row.state is State.WORKING for row in rows) and is_worked_in(path)
    return [
        (one.path, _values(one, row, plan.folder, is_going=is_going)) for one, row in zip(pictures, rows, strict=True)
    ]


def _values(picture: BoxPicture, row: Row | None, folder: Path, *, is_going: bool) -> Values:
    if row is None or row.image != input_of(picture).image:
        return WAITS
    result = folder / row.output
    match row.state:
        case State.DONE if result.exists():
            return {**WAITS, "state": PictureState.DONE, "result": result, "seconds": row.seconds}
        case State.FAILED:
            return {**WAITS, "state": PictureState.FAILED, "sentence": row.sentence or ""}
        case State.WORKING if is_going:
            return {**WAITS, "state": PictureState.WORKING}
    return WAITS


def reported(folder: Path) -> Path:
    """Write the report of a folder anew, and return its page.

    Raises
    ------
    BadInputError, FailureError
        If there is no journal, or the report cannot be written.
    """
    with closing(Journal(journal_path(folder, None), is_read_only=True)) as journal:
        _, page = write_report([journal], folder)
    return page
