"""A batch as the terminal shows it: a bar for all and one for each worker, and lines that stay."""

from __future__ import annotations

import time
from pathlib import PurePath
from typing import TYPE_CHECKING

from rich.progress import BarColumn, Progress, TextColumn

from zssr_studio.batch.events import Begun, Ended, Failed, Finished, Planned, Progressed, WorkerLost
from zssr_studio.cli.streams import console, shown
from zssr_studio.words.say import duration_text

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import TaskID

    from zssr_studio.batch.events import BatchEvent


class Bars:
    """Shows the events of a batch on standard error, as long as it is entered."""

    def __init__(self) -> None:
        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TextColumn("{task.fields[told]}", markup=False),
        )
        self._progress = Progress(*columns, console=console(errors=True), transient=True)
        self._all = self._progress.add_task("all", total=1, told="")
        self._workers: dict[str, TaskID] = {}
        self._waiting = self._made = self._failed = 0
        self._begun_s = time.monotonic()

    def __enter__(self) -> Bars:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._progress.stop()

    def say(self, text: str) -> None:
        """Print a line above the bars."""
        self._progress.console.print(shown(text))

    def show(self, event: BatchEvent) -> None:
        """Show an event."""
        match event:
            case Planned():
                self._waiting = event.waiting
                self._progress.update(self._all, total=max(1, event.waiting))
                self.say(_plan_text(event))
            case Begun():
                name = shown(PurePath(event.image).name)
                self._progress.update(self._worker(event.worker), description=name, completed=0, told="")
            case Progressed():
                left = "" if event.left_s is None else f"about {duration_text(event.left_s)} left"
                self._progress.update(self._worker(event.worker), completed=event.share, told=left)
            case Finished():
                self._made += 1
                self._count()
                self.say(f"{event.output}: done in {duration_text(event.seconds)}, {event.figures['steps']} steps")
            case Failed():
                self._failed += 1
                self._count()
                self.say(f"{event.output}: failed. {event.sentence}")
            case WorkerLost():
                self.say(f"{event.output}: is tried once more. {event.sentence}")
            case Ended():
                self._progress.update(self._all, description="done")
            case _:
                pass

    def _worker(self, name: str) -> TaskID:
        if name not in self._workers:
            self._workers[name] = self._progress.add_task("", total=1.0, told="")
        return self._workers[name]

    def _count(self) -> None:
        over = self._made + self._failed
        left_s = (time.monotonic() - self._begun_s) / over * (self._waiting - over)
        failed = f", {self._failed} failed" if self._failed else ""
        told = f"{over} of {self._waiting}{failed}, about {duration_text(left_s)} left"
        self._progress.update(self._all, completed=over, told=told)


def _plan_text(event: Planned) -> str:
    parts = [f"{event.waiting} to enlarge with {event.workers} worker{'s' if event.workers > 1 else ''}"]
    if event.done:
        parts.append(f"{event.done} done before")
    if event.failed:
        parts.append(f"{event.failed} failed before, which --retry tries again")
    return "; ".join(parts) + ". Ctrl+C ends after the pictures in hand, a second one at once."
