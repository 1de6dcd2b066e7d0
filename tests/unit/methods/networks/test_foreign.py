"""Networks of ncnn, ONNX and spandrel, where their packages are installed; what is refused without them."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

import zssr_studio
from tests.runs import returned
from tests.samples import made_networks as made
from tests.samples.released_networks import set5_db, shared
from zssr_studio.engine.config import Scale
from zssr_studio.engine.events import Notice, NoticeKind
from zssr_studio.errors import BadInputError, FailureError, StudioError
from zssr_studio.host.subprogram import STARTED
from zssr_studio.imaging.picture import Picture
from zssr_studio.methods.method import Allowance
from zssr_studio.methods.networks.blocks import plan
from zssr_studio.methods.networks.foreign import trial
from zssr_studio.methods.networks.foreign.ncnn_files import described
from zssr_studio.methods.networks.foreign.onnx_fields import counted_weights
from zssr_studio.methods.networks.recognition import method_of_file

WIDTH = 8


def picture(height: int = 21, width: int = 34) -> torch.Tensor:
    return torch.rand((1, 3, height, width), generator=torch.Generator().manual_seed(3))


def exported(module: nn.Module, path: Path, side: int | None = None) -> Path:
    """Write a network as ONNX: for pictures of any size, or of one."""
    pytest.importorskip("onnxruntime", reason="onnxruntime is not installed")
    pytest.importorskip("onnx", reason="onnx, which writes such files, is not installed")
    free = {2: "height", 3: "width"}
    axes = {"dynamic_axes": {"picture": free, "result": free}} if side is None else {}
    names = {"input_names": ["picture"], "output_names": ["result"]}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the older way to write them, which needs no further package
        torch.onnx.export(module, (torch.rand(1, 3, side or 20, side or 20),), path, dynamo=False, **names, **axes)
    return path


def small() -> nn.Sequential:
    layers = [made.conv(3, WIDTH), nn.ReLU(), made.conv(WIDTH, 12), nn.PixelShuffle(2)]
    return made.drawn(nn.Sequential(*layers))


def written_ncnn(module: nn.Sequential, folder: Path) -> Path:
    """Write `small` in ncnn's form, with weights of 32 bits."""
    first, second = (module[number] for number in (0, 2))
    text = (
        "7767517\n5 5\nInput data 0 1 data\n"
        f"Convolution one 1 1 data a 0={WIDTH} 1=3 4=1 5=1 6={first.weight.numel()}\nReLU act 1 1 a b\n"
        f"Convolution two 1 1 b c 0=12 1=3 4=1 5=1 6={second.weight.numel()}\nPixelShuffle up 1 1 c output 0=2\n"
    )
    parts = []
    for layer in (first, second):
        parts += [struct.pack("<I", 0), layer.weight.detach().numpy().tobytes(), layer.bias.detach().numpy().tobytes()]
    (folder / "net.param").write_text(text)
    (folder / "net.bin").write_bytes(b"".join(parts))
    return folder / "net.param"


def test_a_network_of_ncnn_gives_what_it_gives_in_torch(tmp_path):
    pytest.importorskip("ncnn", reason="ncnn is not installed")
    module = small()
    method = method_of_file(written_ncnn(module, tmp_path))
    assert (method.network.kind, method.scale, method.parameters) == ("ncnn", 2, 27 * WIDTH + 9 * WIDTH * 12)
    assert method.network.halo_px == 2
    with torch.no_grad():
        torch.testing.assert_close(method.network(picture()), module(picture()), atol=1e-4, rtol=1e-3)


def test_weights_of_ncnn_that_are_cut_short_are_refused(tmp_path):
    pytest.importorskip("ncnn", reason="ncnn is not installed")
    path = written_ncnn(small(), tmp_path)
    path.write_text(path.read_text().replace("PixelShuffle up 1 1 c output 0=2", "Softmax up 1 1 c output 0=0"))
    with pytest.raises(BadInputError, match="no network that enlarges"):
        method_of_file(path)
    path.with_suffix(".bin").write_bytes(bytes(1500))
    path.write_text(path.read_text().replace("0=12 1=3 4=1 5=1", "0=100000 1=3 4=1 5=1"))
    with pytest.raises(StudioError, match=r"net\.param"):
        method_of_file(path)


def test_a_description_of_ncnn_is_read_without_ncnn():
    text = (
        "7767517\n3 3\nInput i 0 1 data\nConvolution c 1 1 data a 0=64 1=3 2=2 4=1 5=1 6=1728\n"
        "Pooling p 1 1 a out 0=1\n"
    )
    told = described("a.param", text, 5000)
    assert (told.layers, told.weights, told.widest, told.halo_px) == (3, 1728, 64, None)
    assert described("a.param", text.replace("Pooling", "Sigmoid"), 5000).halo_px == 2
    assert not told.is_generative
    halves = ("Interp p 1 1 a out 0=2 1=5.000000e-01 2=5.000000e-01", "Interp p 1 1 a out 0=2 3=16 4=16")
    larger = "Interp p 1 1 a out 0=1 1=2.000000e+00 2=2.000000e+00"
    shrinking = [text.replace("Pooling p 1 1 a out 0=1", one) for one in halves]
    shrinking.append(text.replace("Pooling", "Sigmoid").replace("2=2 4=1", "3=2 4=1"))
    # A layer of half the size looks twice as far: blocks with the halo of kernels alone had seams.
    assert [described("a.param", one, 5000).halo_px for one in shrinking] == [None] * 3
    assert described("a.param", text.replace("Pooling p 1 1 a out 0=1", larger), 5000).halo_px == 2
    assert described("a.param", text.replace("Pooling", "Interp"), 5000).is_generative


def test_a_network_of_onnx_gives_what_it_gives_in_torch(tmp_path):
    module = made.Edsr(2)
    method = method_of_file(exported(module, tmp_path / "net.onnx"))
    assert (method.network.kind, method.scale) == ("onnx", 2)
    with torch.no_grad():
        torch.testing.assert_close(method.network(picture()), module(picture()), atol=1e-4, rtol=1e-4)


def test_a_network_of_onnx_for_one_size_enlarges_pictures_of_all_sizes(tmp_path):
    module = small()
    method = method_of_file(exported(module, tmp_path / "net.onnx", side=32))
    assert plan(method.network, (50, 70), 1.0, 1e9).side_px == 24
    source = picture(50, 70)
    pixels = source[0].permute(1, 2, 0).contiguous().numpy()
    events, result = returned(method.enlarge(Picture(pixels), Scale(2, 2), Allowance(device="cpu")))
    with torch.no_grad():
        wanted = module(source)[0].permute(1, 2, 0).clamp(0, 1).numpy()
    # What lies around each block is more than this network looks at.
    np.testing.assert_allclose(result.pixels[4:-4, 4:-4], wanted[4:-4, 4:-4], atol=1e-4)
    assert Notice(NoticeKind.BLOCKS_DIFFER) in events


def test_the_weights_of_an_onnx_file_are_counted_without_loading_it(tmp_path):
    module = small()
    content = exported(module, tmp_path / "net.onnx").read_bytes()
    counted = counted_weights("net.onnx", content)
    assert counted >= sum(value.numel() for value in module.parameters())
    assert counted < 1.1 * sum(value.numel() for value in module.parameters())


def test_what_is_no_enlarger_in_onnx_is_refused(tmp_path):
    path = exported(nn.Sequential(made.conv(3, 5)), tmp_path / "net.onnx")
    with pytest.raises(BadInputError, match="no network that enlarges"):
        method_of_file(path)


def fake_trial(monkeypatch, tmp_path, text: str) -> None:
    """Let another module try networks."""
    says = f"import sys\nsys.stdout.buffer.write({STARTED!r})\nsys.stdout.flush()\n"
    (tmp_path / "fake_trial.py").write_text(says + text)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(trial, "TRIAL", "fake_trial")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"missing": "No module named 'ncnn'"}, r"pip install zssr-studio\[ncnn\]"),
        ({"problem": "it is upside down"}, "cannot be used \\(it is upside down\\)"),
        ({"into": "a", "out": "b", "channels": 3, "tried": 32, "given": [3, 48, 48]}, "no network that enlarges"),
        ({"into": "a", "out": "b", "channels": 3, "tried": 32, "given": [85, 32]}, "no network that enlarges"),
    ],
)
def test_what_the_trial_tells_becomes_a_sentence(tmp_path, monkeypatch, answer, said):
    fake_trial(monkeypatch, tmp_path, f"print({json.dumps(json.dumps(answer))})")
    with pytest.raises(StudioError, match=said):
        trial.answer_of("ncnn", tmp_path / "a.param")


def test_a_library_that_a_file_crashes_takes_nothing_with_it(tmp_path, monkeypatch):
    fake_trial(monkeypatch, tmp_path, "import os\nos.abort()")
    with pytest.raises(BadInputError, match="broke what runs such networks"):
        trial.answer_of("ncnn", tmp_path / "a.param")


def test_a_package_that_is_missing_is_named_with_the_command_that_installs_it(tmp_path, monkeypatch):
    command = [sys.executable, "-P", "-S", "-m", trial.TRIAL, "onnx", "a.onnx"]
    environment = {**os.environ, "PYTHONPATH": str(Path(zssr_studio.__file__).parents[1])}
    done = subprocess.run(command, capture_output=True, check=False, env=environment)
    assert "No module named" in json.loads(done.stdout.removeprefix(STARTED))["missing"]
    assert "zssr-studio[onnx]" in str(trial.needed(tmp_path / "a.onnx", "onnx", "No module named 'onnxruntime'"))
    assert isinstance(trial.needed(tmp_path / "a.onnx", "onnx", "x"), FailureError)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert "pipx install zssr-studio[onnx]" in str(trial.needed(tmp_path / "a.onnx", "onnx", "x"))


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        ("ImportError('No module named spandrel')", r"is not installed .* pip install zssr-studio\[spandrel\]"),
        ("RuntimeError('operator torchvision::nms does not exist')", "torchvision beside it is of another build"),
    ],
)
def test_a_spandrel_that_is_missing_and_one_that_does_not_load_want_different_things(
    failure, said, tmp_path, monkeypatch
):
    (tmp_path / "spandrel.py").write_text(f"raise {failure}", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "spandrel", raising=False)
    torch.save({"unheard.of.weight": torch.zeros(2, 3, 4)}, tmp_path / "net.pth")
    with pytest.raises(BadInputError, match=said):
        method_of_file(tmp_path / "net.pth")


@pytest.mark.parametrize(
    ("package", "name", "scale", "wanted_db"),
    [
        ("ncnn", "ncnn/spanx2_ch48.param", 2, 38.07),
        ("ncnn", "ncnn/realesr-general-x4v3.param", 4, 26.64),
        ("spandrel", "DCTLSA_x2.pt", 2, 38.25),
    ],
)
def test_released_weights_reach_their_figures(package, name, scale, wanted_db):
    shared()
    pytest.importorskip(package, reason=f"{package} is not installed", exc_type=(ImportError, RuntimeError))
    assert set5_db(name, scale) == pytest.approx(wanted_db, abs=0.03)


def test_released_weights_give_the_same_as_onnx(tmp_path):
    own = method_of_file(shared() / "models" / "EDSR-8-x2.safetensors").network
    path = exported(_InPictures(own), tmp_path / "edsr.onnx")
    with torch.no_grad():
        torch.testing.assert_close(method_of_file(path).network(picture()), own(picture()), atol=1e-3, rtol=0)


class _InPictures(nn.Module):
    """A network with the way from pictures in [0, 1] and back, as one module."""

    def __init__(self, network) -> None:
        super().__init__()
        self.module, self.network = network.module, network

    def forward(self, x):
        return self.network.values.given(self.module(self.network.values.taken(x)))
