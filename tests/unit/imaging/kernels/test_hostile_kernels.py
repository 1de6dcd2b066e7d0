"""Kernel files that are damaged or made to do harm: each gets a sentence, and the program goes on."""

from __future__ import annotations

import io
import os
import random
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import h5py
import numpy as np
import psutil
import pytest
from PIL import Image
from scipy.io import savemat

from zssr_studio.errors import BadInputError, FailureError
from zssr_studio.host.subprogram import STARTED
from zssr_studio.imaging import guarded_process
from zssr_studio.imaging.kernels import mat_files
from zssr_studio.imaging.kernels.kernel_files import read_kernel_file
from zssr_studio.kernel_choice import kernel_of

if TYPE_CHECKING:
    from pathlib import Path

TAPS = np.outer([1.0, 4, 6, 4, 1], [1.0, 2, 1])
MATLAB_HEADER_BYTES = 128
FAKE = f"fake_decoder_{os.getpid()}"  # told apart from those of tests that run beside
HARMFUL = {
    "crash": "import os; os.abort()",
    "exit": "raise SystemExit(3)",
    "silence": "",
    "noise": "print('{\"arr')",
}


def matlab_5(**options) -> bytes:
    cells = np.empty((1, 2), dtype=object)
    cells[0, :] = [TAPS, TAPS]
    buffer = io.BytesIO()
    savemat(buffer, {"Kernel": TAPS, "kernels": cells}, **options)
    return buffer.getvalue()


def matlab_73() -> bytes:
    buffer = io.BytesIO()
    with h5py.File(buffer, "w", userblock_size=512) as file:
        file["Kernel"] = TAPS
        file.create_dataset("packed", data=TAPS, compression="gzip")
    return buffer.getvalue()


def numpy_file(save) -> bytes:
    buffer = io.BytesIO()
    save(buffer, TAPS)
    return buffer.getvalue()


def png() -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(TAPS.astype(np.uint8)).save(buffer, "PNG")
    return buffer.getvalue()


def damaged(content: bytes, where: range, rng: random.Random) -> bytes:
    """Cut a file, or change bytes of the part that says what is in it."""
    if rng.random() < 0.3:
        return content[: rng.randrange(1, len(content) - 8)]
    changed = bytearray(content)
    for _ in range(rng.choice([2, 4, 16])):
        changed[rng.choice(where)] = rng.choice([0, 1, 127, 128, 255, rng.randrange(256)])
    return bytes(changed)


def damaged_files(folder: Path) -> list[Path]:
    rng = random.Random(5)
    plain, packed, new, npy, npz = (
        matlab_5(), matlab_5(do_compression=True), matlab_73(), numpy_file(np.save), numpy_file(np.savez),
    )  # fmt: skip
    start = MATLAB_HEADER_BYTES
    sources = [
        ("plain.mat", plain, range(start - 4, start + 64), 30),
        ("packed.mat", packed, range(start, len(packed)), 30),
        ("new.mat", new, range(512, 512 + 600), 30),
        ("k.npy", npy, range(80), 25),
        ("k.npz", npz, range(len(npz)), 25),
        ("k.png", png(), range(8, len(png())), 25),
        ("k.csv", b"1,2,3\n4,5,6\n7,8,9\n" * 3, range(54), 25),
    ]
    paths = []
    for name, content, where, count in sources:
        for number in range(count):
            paths.append(folder / f"{number}-{name}")
            paths[-1].write_bytes(damaged(content, where, rng))
    return paths


def told_of(path: Path) -> str:
    """The sentence that a file gets, or nothing where it is still a kernel."""
    try:
        kernel = kernel_of(read_kernel_file(path))
    except BadInputError as error:
        return str(error)
    assert np.isfinite(kernel.taps).all()
    assert kernel.taps.sum() == pytest.approx(1)
    return ""


def test_more_than_a_hundred_damaged_files_each_get_a_sentence(tmp_path):
    paths = damaged_files(tmp_path)
    with ThreadPoolExecutor(2) as pool:
        told = dict(zip(paths, pool.map(told_of, paths), strict=True))
    said = {path: text for path, text in told.items() if text}
    assert len(said) >= 100
    for path, text in said.items():
        assert path.name in text
        assert text.endswith(".")
        assert "\n" not in text
    # The same damage in each format: none of them lets everything through.
    for name in ("plain.mat", "packed.mat", "new.mat", "k.npy", "k.npz", "k.png", "k.csv"):
        assert sum(path.name.endswith(name) for path in said) >= 5, name


def fake_decoder(monkeypatch, tmp_path, text: str, *, starts: bool = True) -> Path:
    """Let another module decode, and write a file for it."""
    says = f"import sys\nsys.stdout.buffer.write({STARTED!r})\nsys.stdout.flush()\n" if starts else ""
    (tmp_path / f"{FAKE}.py").write_text(says + text)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(mat_files, "DECODER", FAKE)
    path = tmp_path / "k.mat"
    path.write_bytes(matlab_5())
    return path


@pytest.mark.parametrize("harm", HARMFUL.values(), ids=HARMFUL)
def test_a_decoder_that_breaks_takes_nothing_with_it(monkeypatch, tmp_path, harm):
    path = fake_decoder(monkeypatch, tmp_path, harm)
    with pytest.raises(BadInputError, match=r"k.mat broke its decoder"):
        read_kernel_file(path)


@pytest.mark.parametrize(
    ("limit", "loop", "told"),
    [
        ("PROCESSOR_LIMIT_S", "pass", "takes more than 1 s to decode"),
        ("WAIT_LIMIT_S", "time.sleep(1)", "not decoded within 1 s"),
    ],
    ids=["computes", "waits"],
)
def test_a_decoder_that_hangs_is_ended(monkeypatch, tmp_path, limit, loop, told):
    path = fake_decoder(monkeypatch, tmp_path, f"import time\nwhile True: {loop}")
    monkeypatch.setattr(guarded_process, limit, 1.0)
    with pytest.raises(BadInputError, match=told):
        read_kernel_file(path)
    running = [process.info["cmdline"] or [] for process in psutil.process_iter(["cmdline"])]
    assert not [command for command in running if FAKE in command]


def test_a_decoder_that_a_busy_machine_starts_late_still_gets_the_whole_file(monkeypatch, tmp_path):
    late = "import json, sys, time\ntime.sleep(2)\nprint(json.dumps({'problem': len(sys.stdin.buffer.read())}))"
    path = fake_decoder(monkeypatch, tmp_path, late)
    path.write_bytes(bytes(2_345_678))  # more than a pipe holds
    monkeypatch.setattr(guarded_process, "PROCESSOR_LIMIT_S", 1.9)
    with pytest.raises(BadInputError, match="2345678"):
        read_kernel_file(path)


def test_a_decoder_that_takes_all_memory_is_ended(monkeypatch, tmp_path):
    path = fake_decoder(monkeypatch, tmp_path, "import time\nheld = bytearray(b'x') * 120_000_000\ntime.sleep(60)")
    monkeypatch.setattr(guarded_process, "MEMORY_LIMIT_BYTES", 100_000_000)
    with pytest.raises(BadInputError, match=r"more than 0.1 GB of memory"):
        read_kernel_file(path)


def test_a_decoder_that_cannot_start_is_a_failure_that_says_what_else_to_do(monkeypatch, tmp_path):
    path = fake_decoder(monkeypatch, tmp_path, "")
    monkeypatch.setattr("sys.executable", str(tmp_path / "no-python"))
    with pytest.raises(FailureError, match=r"could not be started .*no-python.*\.npy or \.csv"):
        read_kernel_file(path)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("raise SystemExit('zssr-studio: no such option: -m')", "exit code 1: zssr-studio: no such option: -m"),
        ("import nothing_that_is_there", "No module named 'nothing_that_is_there'"),
        ("raise SystemExit(2)", r"exit code 2\)"),
    ],
    ids=["another program", "a part is missing", "silence"],
)
def test_a_decoder_that_never_ran_is_not_taken_for_one_that_a_file_broke(monkeypatch, tmp_path, text, why):
    path = fake_decoder(monkeypatch, tmp_path, text, starts=False)
    with pytest.raises(FailureError, match=f"could not be started .*{why}"):
        read_kernel_file(path)


def test_modules_in_the_working_folder_are_not_imported(monkeypatch, tmp_path):
    (tmp_path / "numpy.py").write_text("raise SystemExit('harm')")
    (tmp_path / "json.py").write_text("raise SystemExit('harm')")
    path = tmp_path / "k.mat"
    path.write_bytes(matlab_5())
    monkeypatch.chdir(tmp_path)
    np.testing.assert_allclose(read_kernel_file(path).pick(), TAPS)


def test_a_header_that_promises_terabytes_is_refused(tmp_path):
    header = numpy_file(np.save).replace(b"(5, 3), ", b"(500000000, 3000), ")
    path = tmp_path / "vast.npy"
    path.write_bytes(header)
    with pytest.raises(BadInputError, match=r"vast.npy"):
        read_kernel_file(path).pick()
