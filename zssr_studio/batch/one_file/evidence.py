"""What is shown of a result beside its file: maps, networks of other seeds, and a kernel that is a little off."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.engine.events import Band
from zssr_studio.engine.maps import MapCollector, unstable_in
from zssr_studio.engine.relay import returned
from zssr_studio.errors import BadInputError, StudioError
from zssr_studio.evidence.map_files import WHITE, check_map_folder, write_maps
from zssr_studio.evidence.members import check_members, with_members
from zssr_studio.evidence.other_kernels import check_percent, with_other_kernels
from zssr_studio.host.machine import memory_failure
from zssr_studio.record.told import plain_unstable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from zssr_studio.batch.one_file.order import Order
    from zssr_studio.engine.config import Scale
    from zssr_studio.engine.events import Event
    from zssr_studio.engine.maps import Unstable
    from zssr_studio.job import Job, Outcome
    from zssr_studio.record.plain import Plain


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What the evidence came to.

    Parameters
    ----------
    figures : dict
        Plain values for JSON.
    failures : tuple of StudioError
        Why a part of it is missing, in whole sentences.
    members : Unstable or None
        How much of the result the networks of other seeds disagree about.
    """

    figures: Plain = field(default_factory=dict)
    failures: tuple[StudioError, ...] = ()
    members: Unstable | None = None


NOTHING_SHOWN = Shown()


def check_evidence(order: Order, scale: Scale, output: Path) -> None:
    """Refuse evidence that cannot be given, before the run.

    Raises
    ------
    BadInputError, FailureError
    """
    check_members(order.members)
    if order.kernel_off_percent is not None:
        check_percent(order.kernel_off_percent)
    if scale.is_copy and (order.maps is not None or order.members > 1 or order.kernel_off_percent is not None):
        raise BadInputError(
            "A scale of 1 copies the picture, so there is nothing to map or to compare. Leave out --maps, --members "
            "and --kernel-off."
        )
    if order.maps is not None:
        check_map_folder(order.maps, output.stem, overwrite=order.overwrite)


class Evidence:
    """Takes what it needs from the bands as they pass, and asks for more runs once they are through.

    Parameters
    ----------
    order : Order
    job : Job
    """

    def __init__(self, order: Order, job: Job) -> None:
        self._order, self._job = order, job
        source = job.source
        self._collector: MapCollector | None = None
        if order.maps is not None:
            self._collector = MapCollector(job.working.size, job.out_size, keeps=True)
        self._unstable: Unstable | None = None
        self._pixels: NDArray[np.float32] | None = None
        if order.members > 1 or order.kernel_off_percent is not None:
            self._pixels = np.empty((*job.out_size, source.channels), np.float32)

    def take(self, band: Event | Band) -> None:
        """Take a band of the output; other events tell nothing of it."""
        if not isinstance(band, Band):
            return
        if self._collector is not None and band.maps is not None:
            self._collector.take(band.maps)
        if self._pixels is not None:
            self._pixels[band.top : band.top + len(band.pixels)] = band.pixels

    def shown(
        self, outcome: Outcome, output: Path, stop: Callable[[], bool], on_event: Callable[[Event], object]
    ) -> Shown:
        """Do what was asked for beside the result, which is written already, and write the maps.

        Parameters
        ----------
        outcome : Outcome
            Of the run.
        output : Path
            Of the result, after which the maps are called.
        stop, on_event : callable
            Asked, and told, while more networks are trained.
        """
        figures: Plain = {}
        failures: list[StudioError] = []
        members: NDArray[np.float16] | None = None
        with _kept_in(failures):
            members = self._members(figures, outcome, stop, on_event)
        with _kept_in(failures):
            self._other_kernels(figures, outcome, stop, on_event)
        with _kept_in(failures):
            self._files(figures, members, output)
        return Shown(figures, tuple(failures), self._unstable)

    def _members(
        self, figures: Plain, outcome: Outcome, stop: Callable[[], bool], on_event: Callable[[Event], object]
    ) -> NDArray[np.float16] | None:
        if self._pixels is None or self._order.members < 2 or stop():
            return None
        deviation = returned(with_members(self._job, self._pixels, outcome, self._order.members, stop), on_event)
        unstable = None if deviation is None else unstable_in(deviation)
        if unstable is not None:
            figures["members"] = {"count": self._order.members, **plain_unstable(unstable)}
        self._unstable = unstable
        return deviation

    def _other_kernels(
        self, figures: Plain, outcome: Outcome, stop: Callable[[], bool], on_event: Callable[[Event], object]
    ) -> None:
        percent = self._order.kernel_off_percent
        if self._pixels is None or percent is None or stop():
            return
        run = with_other_kernels(self._job, self._pixels, outcome, percent, stop)
        figures["kernel_off"] = [change.plain() for change in returned(run, on_event)]

    def _files(self, figures: Plain, members: NDArray[np.float16] | None, output: Path) -> None:
        if self._collector is None or self._order.maps is None:
            return
        folder = self._order.maps
        paths = write_maps(self._collector.maps, members, folder, output.stem, overwrite=self._order.overwrite)
        figures["files"] = {kind: str(path) for kind, path in paths.items()}
        figures["white"] = round(WHITE, 6)


@contextmanager
def _kept_in(failures: list[StudioError]) -> Iterator[None]:
    """Keep why a part of the evidence is missing, so that it takes neither the others nor the result along."""
    try:
        yield
    except StudioError as error:
        failures.append(error)
    except MemoryError:
        failures.append(memory_failure())
