"""What this program may take of the machine: memory and processor time, as the machine and its control groups allow.

A container, a service and a batch system bound their programs by control groups of Linux, which neither the number of
processors nor the free memory of the machine tells of. A program that passes such a bound is killed without a word, or
halted for most of the time.
"""

from __future__ import annotations

import ctypes
import math
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import psutil

from zssr_studio.errors import FailureError

if TYPE_CHECKING:
    from collections.abc import Iterator

PROC = Path("/proc/self")
# The GNU C library gives threads heaps of their own, up to eight for each core, none of which takes what another has
# free: a window that was opened, trained in and closed ten times held 790 MB, with two heaps 545 MB.
_MALLOPT_HEAPS, HEAPS = -8, 2
# Address space and data that torch and what it loads take beside what the command has before, with some for its
# threads: until the first convolution it was 580 MB and 142 MB, on two cores.
LIBRARIES_BYTES, LIBRARIES_DATA_BYTES = 700_000_000, 250_000_000


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """The control groups of one kind that hold this program.

    Parameters
    ----------
    is_unified : bool
        Whether it is of version 2, where one tree has all kinds.
    folders : tuple of Path
        This program's own group, then those around it; each of them bounds it.
    """

    is_unified: bool
    folders: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class MemoryBound:
    """How much a control group, or this program by itself, may hold, and does.

    Parameters
    ----------
    most_bytes, held_bytes : float
        Cached files that the system can let go of do not count as held. `most_bytes` is inf where there is no bound.
    """

    most_bytes: float
    held_bytes: float


def total_memory_bytes() -> int:
    """Return the memory of the machine, or of the tightest bound of this program if that is less."""
    return int(min([psutil.virtual_memory().total, *(bound.most_bytes for bound in _memory_bounds())]))


def free_memory_bytes() -> int:
    """Return the memory that this program can still take before the machine is full or a bound is met."""
    return int(min(psutil.virtual_memory().available, free_in_bounds_bytes()))


def free_in_bounds_bytes() -> float:
    """Return the memory that control groups and limits of the process still leave; inf where none bounds it.

    Who takes more is killed at once or gets nothing, whereas a machine whose memory is full has other ways first.
    """
    return max(0.0, min((bound.most_bytes - bound.held_bytes for bound in _memory_bounds()), default=math.inf))


def check_room() -> None:
    """Find out whether the limits of this process leave room for torch, which without it ends the program.

    Raises
    ------
    FailureError
    """
    for bound, needed in zip(_process_bounds(), (LIBRARIES_BYTES, LIBRARIES_DATA_BYTES), strict=True):
        free = max(0.0, bound.most_bytes - bound.held_bytes)
        if free < needed:
            raise FailureError(
                f"This process may take {free / 1e6:.0f} MB of memory more (ulimit -v or -d), and its libraries alone "
                f"need about {needed / 1e6:.0f} MB. Start it with a higher limit."
            )


def memory_failure() -> FailureError:
    """Make the error for memory that was not enough, as a command says it."""
    return FailureError(
        "The memory is not enough. Close other programs or give the container or the shell (ulimit) more, enlarge a "
        "part only (--crop) or less (--scale), and write a TIFF, which is written as it is made. The picture is "
        "untouched."
    )


def processor_quota() -> float:
    """Return how many processors' time the control groups allow; inf where none bounds it."""
    quotas = (_quota(folder, is_unified=found.is_unified) for found in _hierarchies("cpu") for folder in found.folders)
    return min(quotas, default=math.inf)


def _memory_bounds() -> list[MemoryBound]:
    groups = [
        _memory_bound(folder, is_unified=found.is_unified)
        for found in _hierarchies("memory")
        for folder in found.folders
    ]
    return [*groups, *_process_bounds()]


def _process_bounds() -> tuple[MemoryBound, MemoryBound]:
    """Return what `ulimit -v` and `-d` set, address space and data; other systems than Linux do not keep to them."""
    if not sys.platform.startswith("linux"):
        return MemoryBound(math.inf, 0), MemoryBound(math.inf, 0)
    process = psutil.Process()
    held = process.memory_info()
    address, data = (process.rlimit(kind)[0] for kind in (psutil.RLIMIT_AS, psutil.RLIMIT_DATA))
    unlimited = psutil.RLIM_INFINITY
    return (
        MemoryBound(math.inf if address == unlimited else address, held.vms),
        MemoryBound(math.inf if data == unlimited else data, held.data),
    )


def _memory_bound(folder: Path, *, is_unified: bool) -> MemoryBound:
    if is_unified:
        # Above `high` the system halts a program until it has less, which is no better than being killed.
        most = min(_number(folder / "memory.max"), _number(folder / "memory.high"))
        held, prefix = _number(folder / "memory.current", 0), ""
    else:
        most, held = _number(folder / "memory.limit_in_bytes"), _number(folder / "memory.usage_in_bytes", 0)
        prefix = "total_"  # with the groups inside
    cached = sum(_of_list(folder / "memory.stat", f"{prefix}{kind}_file") for kind in ("active", "inactive"))
    return MemoryBound(most, max(0.0, held - cached))


def _quota(folder: Path, *, is_unified: bool) -> float:
    if is_unified:
        quota, period = [*_text(folder / "cpu.max").split(), "", ""][:2]
    else:
        quota, period = _text(folder / "cpu.cfs_quota_us"), _text(folder / "cpu.cfs_period_us")
    with suppress(ValueError):
        allowed_us, period_us = float(quota), float(period)
        if allowed_us > 0 and period_us > 0:
            return allowed_us / period_us
    return math.inf  # `max`, -1, or no such file


def _hierarchies(kind: str) -> Iterator[Hierarchy]:
    """Find the control groups of version 1 that bound memory or processor (`memory`, `cpu`), and those of version 2."""
    own = _own_groups()
    for root, place, system, options in _mounts():
        key = "" if system == "cgroup2" else kind
        if key in own and (system == "cgroup2" or kind in options):
            yield Hierarchy(system == "cgroup2", _folders(place, root, own[key]))


def _own_groups() -> dict[str, PurePosixPath]:
    """Return the group of this program for each kind of version 1, and under an empty name that of version 2."""
    groups: dict[str, PurePosixPath] = {}
    for line in _text(PROC / "cgroup").splitlines():
        _, _, rest = line.partition(":")
        kinds, _, path = rest.partition(":")
        groups |= dict.fromkeys(kinds.split(","), PurePosixPath(path))
    return groups


def _mounts() -> Iterator[tuple[PurePosixPath, Path, str, set[str]]]:
    """Yield where trees of control groups lie: the group at the root of it, the folder, cgroup or cgroup2, options."""
    for line in _text(PROC / "mountinfo").splitlines():
        before, _, behind = line.partition(" - ")
        fields, more = before.split(), behind.split()
        if len(fields) > 4 and len(more) > 2 and more[0] in ("cgroup", "cgroup2"):
            yield PurePosixPath(_unescaped(fields[3])), Path(_unescaped(fields[4])), more[0], set(more[2].split(","))


def _folders(place: Path, root: PurePosixPath, group: PurePosixPath) -> tuple[Path, ...]:
    """Return the folders of a group and of those around it, as far as they can be seen from here.

    In a container the tree begins at the container's own group, or the group's name tells of what lies outside of it.
    """
    inside = group.relative_to(root) if group.is_relative_to(root) else group.relative_to("/")
    folder = place if ".." in inside.parts else place / inside
    while not folder.is_dir() and folder != place:
        folder = folder.parent
    around = [one for one in folder.parents if one.is_relative_to(place)]
    return (folder, *around)


def _unescaped(text: str) -> str:
    """Undo how the kernel writes a blank, a tabulator, a line's end and a backslash in a path."""
    for code, letter in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, letter)
    return text


def _text(path: Path) -> str:
    """Return what a small file says; nothing where there is none or it may not be read."""
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _number(path: Path, missing: float = math.inf) -> float:
    """Return the number in a file; `missing` where it says `max`, or there is none."""
    try:
        return float(_text(path))
    except ValueError:
        return missing


def _of_list(path: Path, name: str) -> float:
    for line in _text(path).splitlines():
        key, _, value = line.partition(" ")
        if key == name and value.isdecimal():
            return float(value)
    return 0.0


def share_heaps() -> None:
    """Let the threads of this program share few heaps, where the C library makes one for nearly each of them."""
    if sys.platform.startswith("linux") and hasattr(library := ctypes.CDLL(None), "mallopt"):
        library.mallopt(_MALLOPT_HEAPS, HEAPS)
