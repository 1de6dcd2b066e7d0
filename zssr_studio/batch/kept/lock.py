"""One batch at a time works in a folder, or one for each shard."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from zssr_studio.batch.kept.journal import SUFFIX
from zssr_studio.errors import BadInputError, FailureError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from zssr_studio.batch.names import Shard

# Longer than a look takes, on a machine that is busy with other things.
LOOK_S = 2.0
WHOLE = f"batch{SUFFIX}"


def journal_path(folder: Path, shard: Shard | None) -> Path:
    """Return where the journal of a batch lies; each shard has its own, which its machine alone writes."""
    return folder / (WHOLE if shard is None else f"batch-{shard.number}-of-{shard.of}{SUFFIX}")


def is_worked_in(journal: Path) -> bool:
    """Tell whether a batch works by a journal now; one that was killed left its rows as they were."""
    lock = _lock_of(journal)
    try:
        with lock:
            return False
    except (Timeout, OSError, NotImplementedError):
        return True


def _lock_of(journal: Path) -> FileLock:
    return FileLock(journal.with_name(f".{journal.name}.lock"), timeout=0)


@contextmanager
def only_batch(journal: Path) -> Iterator[None]:
    """Keep other batches off as long as this one works; the system lets go of the lock however a program ends.

    Raises
    ------
    BadInputError
        If another batch works here, or nobody may write.
    FailureError
        If the file system knows no locks.
    """
    lock = _lock_of(journal)
    try:
        # Who only looks whether a batch works here holds it for a moment.
        lock.acquire(timeout=LOOK_S)
    except Timeout:
        raise BadInputError(
            f"Another batch works in {journal.parent} now, and no picture is done twice. Wait for its end, look at it "
            "with --status, or give each machine a part with --shard."
        ) from None
    except PermissionError as error:
        raise BadInputError(f"{journal.parent} may not be written to. Choose another folder with -o.") from error
    except (OSError, NotImplementedError) as error:
        raise FailureError(
            f"{journal.parent} takes no lock ({error}), without which two batches could do the same twice. Choose a "
            "folder on another file system with -o."
        ) from error
    try:
        yield
    finally:
        lock.release()
