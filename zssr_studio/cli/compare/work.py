"""One method at work on one picture: a bar, a file, a row of the table."""

from __future__ import annotations

import math
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from zssr_studio.cli.compare.peak import PeakMemory
from zssr_studio.cli.streams import console, shown, tell_error, tell_notes
from zssr_studio.engine.clock import Clock
from zssr_studio.engine.events import Notice
from zssr_studio.methods.method import no_result
from zssr_studio.words.methods import SOURCE_TYPES, method_line
from zssr_studio.words.notices import notice_text
from zssr_studio.words.say import duration_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from zssr_studio.engine.config import Scale
    from zssr_studio.engine.kernels.kernel import Kernel
    from zssr_studio.errors import StudioError
    from zssr_studio.imaging.picture import Picture
    from zssr_studio.methods.method import Allowance, Method


_COLUMNS = (
    TextColumn("{task.description}", markup=False),
    BarColumn(),
    TaskProgressColumn(),
    TextColumn("{task.fields[left]}", markup=False),
)


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A picture with all that its results are judged by.

    Parameters
    ----------
    image : Path
    picture : Picture
    scale : Scale
    kernel : Kernel or None
        Assumed for the consistency.
    truth : Picture or None
    stem : str
        What the names of its files begin with.
    """

    image: Path
    picture: Picture
    scale: Scale
    kernel: Kernel | None
    truth: Picture | None
    stem: str


@dataclass(frozen=True, slots=True)
class Row:
    """What is told of a method on a picture.

    Parameters
    ----------
    image, key, name, learned_from : str
    output : str
        The file; empty where there is none.
    psnr_db, ssim : float or None
        None without a ground truth; `psnr_db` is inf for the ground truth itself.
    consistency_db : float or None
    seconds : float
    memory_bytes : int
        That the whole program held at most.
    problem : str
        Why there is no result; else empty.
    """

    image: str
    key: str
    name: str
    learned_from: str
    output: str = ""
    psnr_db: float | None = None
    ssim: float | None = None
    consistency_db: float | None = None
    seconds: float = 0.0
    memory_bytes: int = 0
    problem: str = ""


def enlarged(
    method: Method, case: Case, allowance: Allowance, is_end_asked: Callable[[], bool]
) -> tuple[Picture, float, int]:
    """Run a method with a bar on standard error; return its result, seconds, and the memory held at most.

    Raises
    ------
    StudioError
    KeyboardInterrupt
        If the end is asked for.
    """
    method.check(case.picture, case.scale)
    terminal, clock, peak, begun_s = console(errors=True), Clock(), PeakMemory(), time.perf_counter()
    # Where standard error goes to a file, a bar shows nothing.
    with Progress(*_COLUMNS, console=terminal, transient=True, disable=not terminal.is_terminal) as progress:
        task = progress.add_task(shown(method.name), total=1.0, left="")
        run = method.enlarge(case.picture, case.scale, allowance)
        while True:
            try:
                event = next(run)
            except StopIteration as end:
                result: Picture = end.value
                break
            except (RuntimeError, MemoryError) as error:
                raise no_result(method, error) from error
            if is_end_asked():
                raise KeyboardInterrupt
            peak.look()
            clock.take(event)
            if isinstance(event, Notice):
                terminal.print(shown(notice_text(event)))
            left = "" if clock.left_s is None else f"about {duration_text(clock.left_s)} left"
            progress.update(task, completed=clock.share, left=left)
    spent_s = time.perf_counter() - begun_s
    terminal.print(shown(f"{case.image.name}: {method.name} took {spent_s:.1f} s"))
    return result, spent_s, peak.held_bytes


def judged(method: Method, case: Case, made: tuple[Picture, float, int], output: Path) -> Row:
    """Score a result."""
    from zssr_studio.engine.psnr_ssim import psnr_ssim
    from zssr_studio.methods.scores import consistency_db

    result, seconds, memory_bytes = made
    scores = None
    if case.truth is not None:
        scores = psnr_ssim(result.pixels, case.truth.pixels, math.ceil(max(case.scale.factors)))
    return Row(
        image=str(case.image),
        key=method.key,
        name=method.name,
        learned_from=str(method.learned_from),
        output=str(output),
        psnr_db=None if scores is None else scores.psnr_db,
        ssim=None if scores is None else scores.ssim,
        consistency_db=consistency_db(result, case.picture, case.scale, case.kernel),
        seconds=seconds,
        memory_bytes=memory_bytes,
    )


def written(method: Method, case: Case, result: Picture, output: Path, *, overwrite: bool) -> None:
    """Write a result, with what it knows in its metadata."""
    from zssr_studio.imaging.export import ExportOptions
    from zssr_studio.imaging.metadata.derivation import derivation_of
    from zssr_studio.imaging.write import write_picture

    line = method_line(method.name, method.learned_from, case.scale)
    options = ExportOptions(digital_source_type=SOURCE_TYPES[method.learned_from])
    derivation = derivation_of(case.image, line, options.digital_source_type)
    tell_notes(write_picture(result, output, overwrite=overwrite, options=options, derivation=derivation))


def refused(method: Method, case: Case, error: StudioError) -> Row:
    """Tell that a method gave nothing, and go on."""
    tell_error(error)
    return Row(str(case.image), method.key, method.name, str(method.learned_from), problem=str(error))


def short_name(method: Method) -> str:
    """Return a method's key as a part of a file's name.

    Examples
    --------
    >>> from zssr_studio.methods.registry import method_named
    >>> short_name(method_named("zssr:best"))
    'zssr-best'
    """
    kind, colon, rest = method.key.partition(":")
    plus = "+" if rest.endswith("+") else ""
    stem = re.split(r"[/\\]", rest.removesuffix("+"))[-1].rpartition(".")
    name = f"{kind}-{stem[0] or stem[2]}{plus}" if colon else kind
    return re.sub(r"[^\w.+-]+", "_", name)
