"""The limits of a container count as the machine's: of memory and of the processor's time, in both versions."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
import torch
from PIL import Image

from tests import piece_of_sample
from zssr_studio.engine.runtime import device
from zssr_studio.engine.runtime.memory import LEAST_BYTES, OUTPUT_SHARE, budget_for_output
from zssr_studio.errors import BadInputError
from zssr_studio.host import machine
from zssr_studio.imaging import samples
from zssr_studio.imaging.read import read_info

MB = 1_000_000
MACHINE_BYTES = 64_000 * MB


@pytest.fixture
def pretended(tmp_path, monkeypatch):
    """Write the files that a kernel shows; `groups` is what /proc/self/cgroup says, `mounts` where the trees lie."""
    memory = psutil.virtual_memory()._replace(total=MACHINE_BYTES, available=MACHINE_BYTES // 2)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: memory)
    monkeypatch.setattr(machine, "PROC", tmp_path / "proc")

    def write(groups: str, mounts: dict[str, tuple[str, str]], files: dict[str, str]) -> None:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{text}\n")
        (tmp_path / "proc").mkdir()
        (tmp_path / "proc/cgroup").write_text(groups)
        lines = (
            f"30 25 0:26 {root} {str(tmp_path / place).replace(' ', chr(92) + '040')} rw,nosuid shared:9 - {system} rw"
            for place, (root, system) in mounts.items()
        )
        (tmp_path / "proc/mountinfo").write_text("25 1 8:1 / / rw - ext4 /dev/sda rw\n" + "\n".join(lines) + "\n")

    return write


def test_version_2_bounds_memory_and_processors_and_the_tightest_group_counts(pretended):
    pretended(
        "0::/user.slice/job 7\n",
        {"fs/cgroup": ("/", "cgroup2 cgroup2")},
        {
            "fs/cgroup/user.slice/memory.max": str(600 * MB),
            "fs/cgroup/user.slice/memory.current": str(350 * MB),
            "fs/cgroup/user.slice/memory.stat": f"anon {250 * MB}\ninactive_file {40 * MB}\nactive_file {10 * MB}",
            "fs/cgroup/user.slice/cpu.max": "150000 100000",
            "fs/cgroup/user.slice/job 7/memory.max": "max",
            "fs/cgroup/user.slice/job 7/memory.high": str(900 * MB),
            "fs/cgroup/user.slice/job 7/memory.current": str(200 * MB),
            "fs/cgroup/user.slice/job 7/cpu.max": "max 100000",
        },
    )
    assert machine.total_memory_bytes() == 600 * MB
    assert machine.free_memory_bytes() == 300 * MB
    assert machine.processor_quota() == 1.5


def test_version_1_bounds_memory_and_processors(pretended):
    pretended(
        "6:memory:/batch/job\n4:cpu,cpuacct:/batch\n1:name=systemd:/init.scope\n",
        {"fs/memory": ("/", "cgroup cgroup rw,memory"), "fs/cpu": ("/", "cgroup cgroup rw,cpu,cpuacct")},
        {
            "fs/memory/memory.limit_in_bytes": "9223372036854771712",
            "fs/memory/batch/memory.limit_in_bytes": str(800 * MB),
            "fs/memory/batch/memory.usage_in_bytes": str(700 * MB),
            "fs/memory/batch/memory.stat": f"active_file 1\ntotal_inactive_file {90 * MB}\ntotal_active_file {10 * MB}",
            "fs/memory/batch/job/memory.limit_in_bytes": str(2000 * MB),
            "fs/memory/batch/job/memory.usage_in_bytes": str(100 * MB),
            "fs/cpu/cpu.cfs_quota_us": "-1",
            "fs/cpu/cpu.cfs_period_us": "100000",
            "fs/cpu/batch/cpu.cfs_quota_us": "50000",
            "fs/cpu/batch/cpu.cfs_period_us": "100000",
        },
    )
    assert machine.total_memory_bytes() == 800 * MB
    assert machine.free_memory_bytes() == 200 * MB
    assert machine.processor_quota() == 0.5


@pytest.mark.parametrize(
    ("root", "group"),
    [("/docker/abc", "/docker/abc"), ("/docker/abc", "/"), ("/", "/../../other"), ("/", "/docker/abc")],
)
def test_inside_a_container_the_tree_begins_at_its_own_group(pretended, root, group):
    files = {"fs/memory/memory.limit_in_bytes": str(512 * MB), "fs/memory/memory.usage_in_bytes": str(12 * MB)}
    pretended(f"3:memory:{group}\n", {"fs/memory": (root, "cgroup cgroup rw,memory")}, files)
    assert machine.total_memory_bytes() == 512 * MB
    assert machine.free_memory_bytes() == 500 * MB


def test_where_nothing_is_bounded_the_machine_counts(pretended):
    pretended("0::/\n", {"fs/cgroup": ("/", "cgroup2 cgroup2")}, {"fs/cgroup/cgroup.procs": ""})
    assert machine.total_memory_bytes() == MACHINE_BYTES
    assert machine.free_memory_bytes() == MACHINE_BYTES // 2
    assert machine.processor_quota() == math.inf


def test_a_system_without_control_groups_has_none(tmp_path, monkeypatch):
    monkeypatch.setattr(machine, "PROC", tmp_path)
    assert machine.processor_quota() == math.inf
    assert machine.total_memory_bytes() == psutil.virtual_memory().total


def test_the_output_and_the_reading_keep_to_the_bound(monkeypatch):
    bounds = [machine.MemoryBound(600e6, 350e6)]
    monkeypatch.setattr(machine, "_memory_bounds", lambda: bounds)
    # Less than of a machine's free memory, since a program that takes too much is killed.
    assert budget_for_output(None, torch.device("cpu")) == pytest.approx(OUTPUT_SHARE * 250e6)
    samples.check_size("small.png", 1000, 1000)
    with pytest.raises(BadInputError, match="memory are free"):
        samples.check_size("large.png", 6000, 6000)
    bounds[:] = [machine.MemoryBound(600e6, 650e6)]
    assert budget_for_output(None, torch.device("cpu")) == LEAST_BYTES


@pytest.mark.parametrize(("quota", "threads"), [(0.2, 1), (1.0, 1), (1.5, 1), (1.7, 2), (2.0, 2), (math.inf, 4)])
def test_a_quota_bounds_the_threads(monkeypatch, quota, threads):
    monkeypatch.setattr(device, "processor_quota", lambda: quota)
    monkeypatch.setattr(torch, "get_num_threads", lambda: 4)
    assert device.usable_threads() == threads
    assert f"({threads} thread{'s' if threads > 1 else ''})" in device.device_title("cpu")


@pytest.fixture
def own_group():
    """Make groups of version 1 for memory and processor, as root of a machine with such may."""
    made = []

    def make(kind: str, files: dict[str, str]) -> Path:
        folder = Path(f"/sys/fs/cgroup/{kind}/zssr-test-{os.getpid()}")
        try:
            folder.mkdir()
            made.append(folder)
            for name, text in files.items():
                (folder / name).write_text(text)
        except OSError as error:
            pytest.skip(f"no control group can be made here: {error.strerror}")
        return folder

    yield make
    for folder in made:
        folder.rmdir()


def upscaled_in(own_group, most_bytes: int, folder: Path, size, name: str) -> subprocess.CompletedProcess[str]:
    """Enlarge a photo of a size in a container of so many bytes and one processor."""
    groups = (
        own_group("memory", {"memory.limit_in_bytes": str(most_bytes), "memory.swappiness": "0"}),
        own_group("cpu", {"cpu.cfs_period_us": "100000", "cpu.cfs_quota_us": "100000"}),
    )
    with Image.open(piece_of_sample(folder / "small.png", (0, 0, 320, 240))) as image:
        image.resize(size).save(folder / "photo.png")
    enter = lambda: [(one / "cgroup.procs").write_text(str(os.getpid())) for one in groups]  # noqa: E731
    command = [sys.executable, "-m", "zssr_studio", "upscale", "photo.png", "--steps", "2", "--json", "-o", name]
    # What is found costs time only.
    command += ["--kernel", "bicubic", "--clean", "none"]
    # Whatever the one who runs the tests says of threads, the quota is what bounds them here.
    variables = {name: value for name, value in os.environ.items() if name != "OMP_NUM_THREADS"}
    return subprocess.run(
        command, preexec_fn=enter, cwd=folder, capture_output=True, text=True, check=False, timeout=600, env=variables
    )


def test_in_a_container_an_encoder_that_takes_much_ends_no_program(own_group, tmp_path):
    done = upscaled_in(own_group, 600 * MB, tmp_path, (1600, 1066), "o.jxl")
    assert done.returncode in (0, 1), done.stderr
    if not done.stdout:  # Of another torch, so much may be held that there is no room for the picture at all.
        assert "leaves" in done.stderr
        return
    written = Path(tmp_path, json.loads(done.stdout)["output"])
    assert written.name == ("o.jxl" if done.returncode == 0 else "o.tif")
    assert (done.returncode == 1) == ("it takes about" in done.stderr)
    assert (read_info(written).width, read_info(written).height) == (3200, 2132)


@pytest.mark.parametrize(("size", "is_done"), [((240, 160), True), ((1600, 1066), False)])
def test_in_a_container_of_450_mb_and_one_processor_it_is_done_or_a_sentence(own_group, tmp_path, size, is_done):
    done = upscaled_in(own_group, 450 * MB, tmp_path, size, "o.png")
    if is_done:
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["size"] == {"height": 320, "width": 480}
    else:
        assert done.returncode == 1, done.stderr
        assert "leaves" in done.stderr
        assert "Allow it more memory" in done.stderr
        assert not (tmp_path / "o.png").exists()


HEAPS_OF_THREADS = """
import ctypes, threading
from zssr_studio.host.machine import share_heaps
if {shared}:
    share_heaps()
library = ctypes.CDLL(None)
library.malloc.restype, library.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
all_there = threading.Barrier(12)
def work():
    all_there.wait()
    library.malloc(50_000)
    all_there.wait()
threads = [threading.Thread(target=work) for _ in range(12)]
for thread in threads: thread.start()
for thread in threads: thread.join()
library.fopen.restype = ctypes.c_void_p
library.fdopen.restype = ctypes.c_void_p
out = ctypes.c_void_p(library.fdopen(1, b"w"))
library.malloc_info(0, out)
library.fflush(out)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="heaps are counted as the GNU C library tells them")
def test_threads_share_few_heaps():
    def heaps(*, shared: bool) -> int:
        command = [sys.executable, "-c", HEAPS_OF_THREADS.format(shared=shared)]
        # As nobody has set it.
        env = {n: v for n, v in os.environ.items() if not n.startswith(("MALLOC_", "GLIBC_TUNABLES", "LD_PRELOAD"))}
        return subprocess.run(command, capture_output=True, text=True, check=True, env=env).stdout.count("<heap nr=")

    assert heaps(shared=True) <= machine.HEAPS < heaps(shared=False)
