"""What the terminal is told: texts from files as they are, in the letters that it has, for as long as it is there.

And the codes that a command ends with.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from zssr_studio.errors import INTERRUPTED, BadInputError, FailureError, StudioError
from zssr_studio.host.machine import memory_failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

EXIT_DONE, EXIT_FAILURE, EXIT_BAD_INPUT, EXIT_INTERRUPTED = 0, 1, 2, 130
# Where a file is full, for its disk, a quota or its largest size.
_FULL = tuple(getattr(errno, name) for name in ("ENOSPC", "EDQUOT", "EFBIG") if hasattr(errno, name))
# Control characters but for the tabulator and the line's end: in a file's name or title they would move the cursor.
# And those that turn the direction of what follows, so that one name looks like another.
_CONTROLS = {
    **{code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n"},
    **{code: f"\\u{code:04x}" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))},
}


def shown(text: object) -> str:
    """Return a text from outside as a terminal may show it: control characters are written out."""
    return str(text).translate(_CONTROLS)


def console(*, errors: bool = False) -> Console:
    """Return a console on standard output or standard error that takes no text for markup."""
    # The window says its errors here too, and starts without what draws tables.
    from rich.console import Console

    return Console(stderr=errors, markup=False, emoji=False, highlight=False, soft_wrap=True)


def tell_notes(notes: tuple[str, ...]) -> None:
    """Say on standard error what a person should know of a file."""
    for note in notes:
        sys.stderr.write(f"note: {shown(note)}\n")


def tell_sentence(sentence: str) -> None:
    """Say a sentence of our own on standard error."""
    sys.stderr.write(f"{sentence}\n")


def tell_error(error: StudioError) -> None:
    """Say on standard error what went wrong."""
    sys.stderr.write(f"zssr-studio: {shown(error)}\n")


@contextmanager
def errors_told() -> Iterator[None]:
    """Let an error that a person can meet end the program with a sentence and its exit code."""
    try:
        yield
    except StudioError as error:
        tell_error(error)
        sys.exit(EXIT_BAD_INPUT if isinstance(error, BadInputError) else EXIT_FAILURE)
    except MemoryError:
        tell_error(memory_failure())
        sys.exit(EXIT_FAILURE)
    except KeyboardInterrupt:
        sys.stderr.write(INTERRUPTED)
        sys.exit(EXIT_INTERRUPTED)


@contextmanager
def output_checked() -> Iterator[None]:
    """Let a command that is done fail where the file that its output goes to did not take it."""
    try:
        yield
    except SystemExit as end:
        if not end.code:
            _check_output()
        raise
    _check_output()


def _check_output() -> None:
    stream = sys.stdout
    stream.flush()
    if isinstance(stream, _Outlasting) and stream.untaken is not None:
        raise FailureError(
            f"What was printed is not complete, as its file did not take it ({stream.untaken.strerror}). Free some "
            "space, and print it again; files that were written are not concerned."
        )


def outlast_terminal() -> None:
    """Show what a terminal's encoding lacks replaced, and go on where a terminal or a pipe behind it is gone.

    A picture that takes minutes is not given up because nobody reads of it any more, and neither because nobody ever
    did: who starts the program may have closed its streams before.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123  # till the program ends
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
            setattr(sys, name, _Outlasting(stream))


class _Outlasting(io.TextIOBase):
    """A stream that loses what its terminal or pipe does not take any more."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream
        # What a file behind it did not take, as on a full disk; a reader or a terminal that is gone misses nothing.
        self.untaken: OSError | None = None

    def write(self, text: str) -> int:
        try:
            return self._stream.write(text)
        except OSError as error:
            self._lose(error)
            return len(text)

    def flush(self) -> None:
        try:
            self._stream.flush()
        except OSError as error:
            self._lose(error)

    def _lose(self, error: OSError) -> None:
        if error.errno in _FULL:
            self.untaken = error
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, self._stream.fileno())
        os.close(nowhere)

    def fileno(self) -> int:
        return self._stream.fileno()

    def isatty(self) -> bool:
        return self._stream.isatty()

    def writable(self) -> bool:
        return True

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._stream.encoding

    @property
    def errors(self) -> str | None:  # type: ignore[override]
        return self._stream.errors

    @property
    def buffer(self) -> object:
        return self._stream.buffer
