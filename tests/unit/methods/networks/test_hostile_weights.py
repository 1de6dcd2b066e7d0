"""Files that are damaged or made to do harm: a sentence for each, nothing run, no memory taken."""

from __future__ import annotations

import io
import json
import os
import pickle
import struct
import sys
import zipfile
from typing import TYPE_CHECKING

import numpy as np
import pytest
import safetensors.torch
import torch
from scipy.io import savemat

from tests.samples import made_networks as made
from zssr_studio.cli.compare.peak import PeakMemory
from zssr_studio.errors import StudioError
from zssr_studio.methods.networks.recognition import method_of_file
from zssr_studio.methods.registry import methods_in

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 400_000_000
GIGA = 10**9


class Runs:
    """What runs code where a file is read."""

    def __init__(self, function, *arguments) -> None:
        self.told = (function, arguments)

    def __reduce__(self):
        return self.told


def saved(value: object, **options: object) -> bytes:
    content = io.BytesIO()
    torch.save(value, content, **options)
    return content.getvalue()


STATE = made.Compact(2).state_dict()
GOOD = saved(STATE)
GOOD_SAFE = safetensors.torch.save(dict(STATE))


def changed(**values: torch.Tensor) -> dict[str, torch.Tensor]:
    return {**STATE, **{name.replace("__", "."): value for name, value in values.items()}}


def bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/data.pkl", pickle.dumps({}, 2))
        with archive.open("archive/data/0", "w", force_zip64=True) as part:
            for _ in range(200):
                part.write(bytes(10_000_000))
        archive.writestr("archive/version", "3\n")
    return content.getvalue()


def zipped(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, value in parts.items():
            archive.writestr(f"archive/{name}", value)
    return content.getvalue()


def safe(header: object, data: bytes = b"", length: int | None = None) -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text) if length is None else length) + text + data


def entry(kind: str = "F32", shape: tuple = (2,), offsets: tuple = (0, 8)) -> dict:
    return {"dtype": kind, "shape": list(shape), "data_offsets": list(offsets)}


def mat(**arrays: np.ndarray) -> bytes:
    content = io.BytesIO()
    savemat(content, arrays)
    return content.getvalue()


def cycle() -> dict:
    wrapper: dict = {}
    wrapper["model"] = wrapper
    return wrapper


def mark(folder: Path) -> str:
    return f"{sys.executable} -c \"open({str(folder / 'RUN')!r}, 'w')\""


def field(number: int, value: bytes | int) -> bytes:
    """A field of a protocol buffer."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def varint(value: int) -> bytes:
    written = bytearray()
    while value > 127:
        written.append(value & 127 | 128)
        value >>= 7
    return bytes(written) + bytes([value])


def onnx(*weights: bytes) -> bytes:
    return field(1, 8) + field(7, b"".join(field(5, one) for one in weights))


ELSEWHERE = field(13, field(1, b"location") + field(2, b"../../../etc/passwd")) + field(14, 1)
PARAM = (
    "7767517\n3 3\nInput in 0 1 data\nConvolution c 1 1 data a 0=12 1=3 4=1 5=1 6={count}\n"
    "PixelShuffle p 1 1 a out 0=2\n"
)

FILES: dict[str, bytes] = {
    "empty.pth": b"",
    "one-byte.pth": b"\x80",
    "noise.pth": np.random.default_rng(1).bytes(5000),
    "text.pth": b"<html>404 not found</html>" * 20,
    "half.pth": GOOD[: len(GOOD) // 2],
    "end-missing.pth": GOOD[:-80],
    "begin-missing.pth": GOOD[500:],
    "flipped.pth": GOOD[:200] + bytes(255 - value for value in GOOD[200:900]) + GOOD[900:],
    "no-pickle.pth": zipped(version=b"3\n"),
    "empty-pickle.pth": zipped(**{"data.pkl": b"", "version": b"3\n"}),
    "no-zip-end.pth": GOOD.replace(b"PK\x05\x06", b"PK\x05\x07"),
    "whole-module.pth": saved(made.Compact(2)),
    "list.pth": saved([torch.ones(3)]),
    "number.pth": saved(7),
    "nothing.pth": saved(None),
    "one-tensor.pth": saved(torch.ones(3)),
    "no-tensors.pth": saved({"epoch": 3}),
    "cycle.pth": saved(cycle()),
    "deep.pth": saved({"model": {"model": {"model": {"model": {}}}}}),
    "not-a-number.pth": saved(changed(body__0__bias=torch.full((8,), float("nan")))),
    "infinite.pth": saved(changed(body__0__bias=torch.full((8,), float("inf")))),
    "whole-numbers.pth": saved({name: value.long() for name, value in STATE.items()}),
    "complex.pth": saved({name: value.to(torch.complex64) for name, value in STATE.items()}),
    "sparse.pth": saved({name: value.to_sparse() for name, value in STATE.items()}),
    "meta.pth": saved({name: value.to("meta") for name, value in STATE.items()}),
    "wrong-shape.pth": saved(changed(body__0__weight=torch.ones(8, 5, 3, 3))),
    "no-sides.pth": saved(changed(body__0__weight=torch.ones(0, 3, 3, 3))),
    "even-taps.pth": saved(changed(body__0__weight=torch.ones(8, 3, 4, 4))),
    "seven-axes.pth": saved(changed(body__0__weight=torch.ones(1, 1, 1, 1, 1, 1, 8))),
    "huge-view.pth": saved(changed(body__0__weight=torch.zeros(1).expand(GIGA, 3, 3, 3))),
    "strange-names.pth": saved({7: torch.ones(3), ("a", "b"): torch.ones(3), "": torch.ones(3)}),
    "old-form-half.pth": saved(STATE, _use_new_zipfile_serialization=False)[:2000],
    "old-form-huge.pth": saved({"a": torch.zeros(5)}, _use_new_zipfile_serialization=False).replace(
        b"K\x05N", b"\x8a\x05\x00\xe4\x0b\x54\x02N"
    ),
    "empty.safetensors": b"",
    "short.safetensors": b"\x08\x00",
    "claims-10-GB.safetensors": safe({}, length=10 * GIGA),
    "no-json.safetensors": safe(b"[}"),
    "no-object.safetensors": safe([1, 2]),
    "beyond.safetensors": safe({"a": entry(offsets=(0, 800), shape=(200,))}, bytes(8)),
    "overlap.safetensors": safe({"a": entry(), "b": entry()}, bytes(8)),
    "hole.safetensors": safe({"a": entry(offsets=(8, 16))}, bytes(16)),
    "no-such-kind.safetensors": safe({"a": entry(kind="F7")}, bytes(8)),
    "larger-than-bytes.safetensors": safe({"a": entry(shape=(GIGA, GIGA))}, bytes(8)),
    "negative.safetensors": safe({"a": entry(shape=(-2,))}, bytes(8)),
    "metadata-only.safetensors": safe({"__metadata__": {"a": "b"}}),
    "half.safetensors": GOOD_SAFE[: len(GOOD_SAFE) // 2],
    "nan.safetensors": safetensors.torch.save(changed(body__0__bias=torch.full((8,), float("nan")))),
    "deep.safetensors": safe(b'{"a":' * 100_000),
    "empty.mat": b"",
    "noise.mat": np.random.default_rng(2).bytes(5000),
    "half.mat": mat(weights_conv1=np.ones((81, 64)))[:300],
    "kernel.mat": mat(Kernel=np.ones((15, 15))),
    "layer-missing.mat": mat(weights_conv1=np.ones((81, 8)), biases_conv1=np.ones((8, 1)), biases_conv3=np.ones((1,))),
    "wrong-taps.mat": mat(weights_conv1=np.ones((80, 8)), biases_conv1=np.ones((8, 1))),
    "nan.mat": mat(weights_conv1=np.full((81, 1), np.nan), biases_conv1=np.ones((1, 1))),
    "empty.onnx": b"",
    "noise.onnx": np.random.default_rng(3).bytes(5000),
    "cut-short.onnx": onnx(field(1, 5))[:-1],
    "claims-10-GB.onnx": onnx(b"".join(field(1, 10**5) for _ in range(2)) + field(2, 1)),
    "elsewhere.onnx": onnx(field(1, 3) + ELSEWHERE),
    "endless-number.onnx": b"\xff" * 40,
    "no-weights-beside.param": PARAM.format(count=324).encode(),
    "empty.param": b"",
    "noise.param": np.random.default_rng(4).bytes(3000),
    "no-magic.param": PARAM.format(count=324).encode()[3:],
    "absurd-weights.param": PARAM.format(count=10**12).encode(),
    "negative-weights.param": PARAM.format(count=-(10**12)).encode(),
    "absurd-layers.param": PARAM.format(count=324).replace("3 3", "2000000000 2000000000").encode(),
    "absurd-blobs.param": PARAM.format(count=324).replace("c 1 1 data", "c 999999999 1 data").encode(),
    "absurd-memory.param": b"7767517\n1 1\nMemoryData m 0 1 a 0=100000 1=100000 2=100000\n",
    "no-layer.param": b"7767517\n1 1\nwhat\n",
}  # fmt: skip
WITH_WEIGHTS = [name for name in FILES if name.endswith(".param") and not name.startswith("no-weights")]


def code_that_runs(folder: Path) -> dict[str, bytes]:
    """Files that run a command where they are read without care."""
    command = mark(folder)
    runs = {"system": Runs(os.system, command), "eval": Runs(eval, f"__import__('os').system({command!r})")}
    runs["within"] = {"state_dict": {"a.weight": Runs(os.system, command)}}
    files = {}
    for name, value in runs.items():
        pickled = pickle.dumps(value, 2)
        files[f"{name}.pth"] = pickled
        files[f"{name}-in-zip.pt"] = zipped(**{"data.pkl": pickled, "version": b"3\n", "byteorder": b"little"})
    files["memory.pth"] = pickle.dumps(Runs(bytearray, 60 * GIGA), 2)
    return files


def refusal(path: Path) -> str:
    peak = PeakMemory()
    before = peak.held_bytes
    with pytest.raises(StudioError) as caught:
        method_of_file(path)
    assert peak.held_bytes - before < MOST_BYTES
    text = str(caught.value)
    assert path.name in text
    assert len(text) < 700
    assert text.endswith((".", "]"))
    return text


def test_there_are_enough_of_them():
    assert len(FILES) + 8 >= 60


@pytest.mark.parametrize("name", FILES)
def test_a_broken_file_gets_a_sentence(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(FILES[name])
    if name in WITH_WEIGHTS:
        path.with_suffix(".bin").write_bytes(bytes(1400))
    refusal(path)


def test_a_file_of_two_gigabytes_of_zeros_gets_a_sentence(tmp_path):
    # Not among the others: to pack it takes as long as they do together.
    path = tmp_path / "bomb.pth"
    path.write_bytes(bomb())
    refusal(path)


def test_code_in_files_does_not_run(tmp_path):
    for name, content in code_that_runs(tmp_path).items():
        (tmp_path / name).write_bytes(content)
        assert "objects of Python" in refusal(tmp_path / name), name
    assert not (tmp_path / "RUN").exists()


def test_the_command_would_run_if_it_were_let(tmp_path):
    pickle.loads(code_that_runs(tmp_path)["system.pth"])
    assert (tmp_path / "RUN").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are made otherwise there")
def test_what_is_no_file_gets_a_sentence(tmp_path):
    (tmp_path / "folder.pth").mkdir()
    (tmp_path / "loop.pth").symlink_to(tmp_path / "loop.pth")
    (tmp_path / "nowhere.safetensors").symlink_to(tmp_path / "gone")
    os.mkfifo(tmp_path / "pipe.pth")
    os.mkfifo(tmp_path / "pipe.bin")
    (tmp_path / "pipe.param").write_text(PARAM.format(count=324))
    (tmp_path / "device.pth").symlink_to("/dev/zero")
    names = ("folder.pth", "loop.pth", "nowhere.safetensors", "pipe.pth", "device.pth")
    for name in names:
        with pytest.raises(StudioError, match=name):
            method_of_file(tmp_path / name)
    with pytest.raises(StudioError, match=r"pipe\.bin is a pipe"):
        method_of_file(tmp_path / "pipe.param")
    assert {one.path.name for one in methods_in(tmp_path)} == {*names, "pipe.param"}


@pytest.mark.parametrize("seed", range(4))
def test_flipped_bytes_never_pass_for_anything_else_than_a_network_or_a_sentence(tmp_path, seed):
    generator = np.random.default_rng(seed)
    for number, content in enumerate((GOOD, GOOD_SAFE, FILES["wrong-taps.mat"])):
        damaged = bytearray(content)
        for place in generator.integers(0, len(content), 30):
            damaged[place] = generator.integers(256)
        path = tmp_path / f"{number}{('.pth', '.safetensors', '.mat')[number]}"
        path.write_bytes(damaged)
        (found,) = methods_in(tmp_path)
        assert path.name in found.problem or found.method.network.kind == "compact"
        path.unlink()
