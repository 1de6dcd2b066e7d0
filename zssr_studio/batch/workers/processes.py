"""Workers as processes of this machine, one thread or one graphics card each, kept alive from picture to picture."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from zssr_studio.batch.workers.crew import END, GO_ON, PAUSE, Message, waited_for
from zssr_studio.errors import FailureError
from zssr_studio.host.subprogram import module_command

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zssr_studio.batch.one_file.options import Plain

# A worker is replaced behind so many pictures, so that no library's leak grows for a night. Chosen.
PICTURES_A_PROCESS = 200
# So many processes in a row that end before they are ready mean that none ever will be. Chosen.
MOST_FALSE_STARTS = 3


@dataclass(eq=False, slots=True)
class _Worker:
    """One place for a process, whichever holds it now."""

    name: str
    variables: Mapping[str, str]
    process: subprocess.Popen[str] | None = None
    output: str | None = None
    done: int = 0
    is_ready: bool = False
    false_starts: int = 0


class Processes:
    """Workers of this machine.

    Parameters
    ----------
    count : int
    variables : sequence of mapping
        Variables of the environment, one mapping for each worker in turn: threads, and which graphics card.
    """

    def __init__(self, count: int, variables: Sequence[Mapping[str, str]]) -> None:
        self._said: queue.SimpleQueue[tuple[_Worker, subprocess.Popen[str], Plain]] = queue.SimpleQueue()
        self._running: dict[subprocess.Popen[str], threading.Thread] = {}
        self._workers = [_Worker(str(n + 1), variables[n % len(variables)]) for n in range(count)]

    @property
    def size(self) -> int:
        """Number of workers."""
        return len(self._workers)

    @property
    def free(self) -> int:
        """How many more pictures they take now."""
        return sum(worker.output is None for worker in self._workers)

    def hand(self, output: str, order: Plain) -> None:
        """Give a picture to a worker that is free; its process is started where there is none."""
        worker = next(worker for worker in self._workers if worker.output is None)
        worker.output = output
        process = worker.process
        if process is not None and worker.done >= PICTURES_A_PROCESS:
            _say(process, {"do": END})
            process = None
        # One that ended with nothing in hand, which may not have been heard yet, costs no picture a try.
        if process is not None and process.poll() is not None:
            process = None
        is_new = process is None
        process = process or self._start(worker)
        self._said.put((worker, process, {"kind": "begun"}))
        # Only now: what a process says that ends at once would come before.
        if is_new:
            self._running[process].start()
        _say(process, order)

    def messages(self, timeout_s: float) -> Sequence[Message]:
        """Return what was said, after a moment at most."""
        return [message for one in waited_for(self._said, timeout_s) if (message := self._taken(*one)) is not None]

    def pause(self) -> None:
        """Let the pictures in hand stand still."""
        self._say_all({"do": PAUSE})

    def go_on(self) -> None:
        """Let them go on."""
        self._say_all({"do": GO_ON})

    def close(self) -> None:
        """End the workers at once; what they have in hand is discarded."""
        for process in self._running:
            process.kill()
        for process, listener in self._running.items():
            process.wait()
            listener.join()
            _close(process)
        self._running.clear()

    def _taken(self, worker: _Worker, process: subprocess.Popen[str], plain: Plain) -> Message | None:
        """Turn what a process said into a message; None where it is of no picture in hand."""
        kind, is_current = plain["kind"], process is worker.process
        if kind == "lost":
            self._running.pop(process).join()
            _close(process)
            if is_current:
                worker.process = None
        if not is_current or worker.output is None:
            return None
        output = worker.output
        if kind == "ready":
            worker.is_ready, worker.false_starts = True, 0
            return None
        if kind == "lost":
            if not worker.is_ready:
                worker.false_starts += 1
            if worker.false_starts >= MOST_FALSE_STARTS:
                raise FailureError(
                    f"The processes that do the pictures end as soon as they begin: {plain['sentence']} Give them more "
                    "memory, or fewer --workers."
                )
        if kind in ("done", "failed", "lost"):
            worker.output = None
            worker.done += 1
        return Message(output, worker.name, plain)

    def _start(self, worker: _Worker) -> subprocess.Popen[str]:
        """Start a process; who listens to it is not begun yet."""
        command = module_command("zssr_studio.batch.workers.worker", str(os.getpid()))
        # Ctrl+C reaches the whole group of a terminal, and the pictures in hand are to be finished.
        flags = ("CREATE_NO_WINDOW", "CREATE_NEW_PROCESS_GROUP")
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="ascii",
                # What a library prints may be in any letters.
                errors="replace",
                env={**os.environ, **worker.variables},
                process_group=0 if os.name == "posix" else None,
                creationflags=sum(getattr(subprocess, flag, 0) for flag in flags),
            )
        except OSError as error:
            raise FailureError(f"No process can be started for a worker ({error}). Give fewer --workers.") from error
        worker.process, worker.done, worker.is_ready = process, 0, False
        self._running[process] = threading.Thread(target=self._listen, args=(worker, process), daemon=True)
        return process

    def _listen(self, worker: _Worker, process: subprocess.Popen[str]) -> None:
        """Pass on what a process says, and at last that it ended."""
        for line in _pipe(process.stdout):
            # One that is ended in the middle of a line has not said it.
            if line.endswith("\n") and (plain := _plain(line)) is not None:
                self._said.put((worker, process, plain))
        self._said.put((worker, process, {"kind": "lost", "sentence": end_sentence(process.wait())}))

    def _say_all(self, plain: Plain) -> None:
        for worker in self._workers:
            if worker.process is not None:
                _say(worker.process, plain)


def _say(process: subprocess.Popen[str], plain: Plain) -> None:
    stream = _pipe(process.stdin)
    try:
        stream.write(json.dumps(plain) + "\n")
        stream.flush()
    except (OSError, ValueError):
        # It has just ended, which its output tells too, and there somebody waits for it.
        return


def _plain(line: str) -> Plain | None:
    """Read what a worker said; what a library printed is none of its words."""
    try:
        plain = json.loads(line)
    except ValueError:
        return None
    return plain if isinstance(plain, dict) and "kind" in plain else None


def _pipe(stream: IO[str] | None) -> IO[str]:
    """Return a pipe to a process, which one has that was started with pipes."""
    if stream is None:
        raise RuntimeError("a worker's process was started without its pipes")
    return stream


def end_sentence(code: int) -> str:
    """Say how a process ended."""
    if code < 0:
        try:
            name = signal.Signals(-code).name
        except ValueError:
            name = f"signal {-code}"
        if name == "SIGKILL":
            return "Its process was ended by SIGKILL, as a system does whose memory is full."
        return f"Its process was ended by {name}."
    return f"Its process ended with code {code}."


def _close(process: subprocess.Popen[str]) -> None:
    """Close the pipes to a process that ended."""
    for stream in (process.stdin, process.stdout):
        # What was written to it and not read any more cannot be flushed.
        if stream is not None:
            with suppress(OSError):
                stream.close()
