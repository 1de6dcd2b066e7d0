"""Networks of others, told by their tensors whatever they are called, and run as they are meant."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from tests.runs import returned
from tests.samples import made_networks as made
from zssr_studio.engine.config import Scale
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.picture import Picture
from zssr_studio.methods.names import scale_of_name
from zssr_studio.methods.networks.recognition import method_of_file, recognised
from zssr_studio.methods.registry import method_named, methods_in


def picture(channels: int = 3, height: int = 22, width: int = 18) -> torch.Tensor:
    return torch.rand((1, channels, height, width), generator=torch.Generator().manual_seed(7))


def other_names(state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """EDSR's tensors under the names of BasicSR, which keeps no mean."""
    named = {}
    for name, value in state.items():
        parts = name.split(".")
        if "mean" in name:
            continue
        if parts[0] == "head":
            named[f"conv_first.{parts[-1]}"] = value
        elif parts[0] == "body" and len(parts) > 3:
            named[f"body.{parts[1]}.conv{1 + int(parts[3]) // 2}.{parts[-1]}"] = value
        elif parts[0] == "body":
            named[f"conv_after_body.{parts[-1]}"] = value
        elif parts[1] == "0":
            named[f"upsample.{parts[2]}.{parts[-1]}"] = value
        else:
            named[f"conv_last.{parts[-1]}"] = value
    return named


MADE = {
    "edsr x2": (made.Edsr(2), "edsr", 2),
    "edsr x3": (made.Edsr(3), "edsr", 3),
    "edsr x4": (made.Edsr(4), "edsr", 4),
    "edsr of 0 to 1": (made.Edsr(2, span=1.0), "edsr", 2),
    "edsr, 11 blocks": (made.Edsr(2, blocks=11), "edsr", 2),
    "srgan": (made.Srgan(), "srgan", 4),
    "srresnet without norms": (made.Modified(), "srgan", 4),
    "rrdb x4": (made.Rrdb(), "rrdb", 4),
    "rrdb x2": (made.Rrdb(unshuffle=2), "rrdb", 2),
    "compact x4": (made.Compact(4), "compact", 4),
    "compact x2": (made.Compact(2), "compact", 2),
    "vdsr": (made.Vdsr(), "vdsr", None),
    "srcnn 9-5-5": (made.Srcnn(5), "srcnn", None),
    "srcnn 9-1-5": (made.Srcnn(1), "srcnn", None),
}


@pytest.mark.parametrize("name", MADE)
def test_each_network_is_told_and_gives_what_its_authors_gives(name):
    module, kind, scale = MADE[name]
    network = recognised(module.state_dict())
    assert (network.kind, network.scale) == (kind, scale)
    x = picture(network.channels)
    with torch.no_grad():
        wanted = module(x)
        given = network.module(x) if kind == "srgan" else network(x)
    torch.testing.assert_close(given, wanted, atol=1e-4, rtol=1e-4)


def test_the_widest_edsr_adds_a_tenth_of_each_block():
    module = made.Edsr(2, width=256, blocks=2, share=0.1)
    x = picture()
    with torch.no_grad():
        torch.testing.assert_close(recognised(module.state_dict())(x), module(x), atol=1e-4, rtol=1e-4)


def test_edsr_without_its_mean_takes_that_of_its_authors():
    module = made.Edsr(2)
    network = recognised(other_names(module.state_dict()))
    x = picture()
    with torch.no_grad():
        torch.testing.assert_close(network(x), module(x), atol=1e-4, rtol=1e-4)


def test_srgan_is_known_by_other_names():
    module = made.Srgan()
    network = recognised(made.other_names_of_srgan(module.state_dict()))
    x = picture()
    with torch.no_grad():
        torch.testing.assert_close(network.module(x), module(x), atol=1e-4, rtol=1e-4)


def test_what_a_training_keeps_beside_the_network_is_left_out(tmp_path):
    module = made.Compact(2)
    state = {f"generator.{name}": value for name, value in module.state_dict().items()}
    torch.save({"state_dict": {**state, "discriminator.0.weight": torch.ones(4, 3, 3, 3)}}, tmp_path / "n.ckpt")
    assert method_of_file(tmp_path / "n.ckpt").network.kind == "compact"


@pytest.mark.parametrize("unshuffle", [1, 2])
def test_the_first_names_of_esrgan_are_known(unshuffle):
    module = made.Rrdb(unshuffle)
    network = recognised(module.state_of_2018())
    x = picture()
    with torch.no_grad():
        torch.testing.assert_close(network(x), module(x), atol=1e-4, rtol=1e-4)


@pytest.mark.parametrize("wrapper", ["params_ema", "state_dict", "model", "generator", "params"])
@pytest.mark.parametrize("prefix", ["", "module.", "_orig_mod.", "module.generator."])
def test_what_wraps_a_network_is_taken_off(tmp_path, wrapper, prefix):
    module = made.Compact(2)
    state = {f"{prefix}{name}": value for name, value in module.state_dict().items()}
    torch.save({wrapper: state, "iteration": 7, "optimizer": {"lr": 0.1}}, tmp_path / "n.pth")
    method = method_of_file(tmp_path / "n.pth")
    x = picture()
    with torch.no_grad():
        torch.testing.assert_close(method.network(x), module(x))


def test_averaged_weights_are_taken_before_the_last_ones(tmp_path):
    averaged, last = made.drawn(made.Compact(2), seed=1), made.drawn(made.Compact(2), seed=2)
    torch.save({"params": last.state_dict(), "params_ema": averaged.state_dict()}, tmp_path / "n.pth")
    x = picture()
    with torch.no_grad():
        torch.testing.assert_close(method_of_file(tmp_path / "n.pth").network(x), averaged(x))


@pytest.mark.parametrize("spoil", ["one tensor more", "one less", "a wrong shape", "a wrong width"])
@pytest.mark.parametrize("name", MADE)
def test_a_network_that_differs_is_none_of_these(name, spoil):
    state = dict(MADE[name][0].state_dict())
    last = [one for one in state if one.endswith("weight") and state[one].ndim == 4][-1]
    match spoil:
        case "one tensor more":
            state["extra.attention.weight"] = torch.zeros(4, 4)
        case "one less":
            del state[last]
        case "a wrong shape":
            state[last] = torch.zeros((*state[last].shape[:2], 2, 2))
        case _:
            state[last] = torch.cat([state[last], state[last]], dim=1)
    assert recognised(state) is None


def test_a_folder_is_listed_with_what_each_file_is_or_why_not(tmp_path):
    (tmp_path / "inner").mkdir()
    torch.save(made.Vdsr().state_dict(), tmp_path / "inner" / "deep.pth")
    torch.save(made.Compact(2).state_dict(), tmp_path / "a.pth")
    (tmp_path / "b.pth").write_bytes(b"nothing")
    (tmp_path / "readme.txt").write_text("no weights")
    found = methods_in(tmp_path)
    assert [one.path.name for one in found] == ["a.pth", "b.pth", "deep.pth"]
    assert [one.method and one.method.network.kind for one in found] == ["compact", None, "vdsr"]
    assert found[0].method.network.parameters == sum(v.numel() for v in made.Compact(2).state_dict().values())
    assert "b.pth is damaged" in found[1].problem
    assert list(found[0].method.network.module.parameters()) == []
    source = Picture(np.random.default_rng(0).random((9, 7, 3), dtype=np.float32))
    results = [
        returned(one.enlarge(source, Scale(2, 2)))[1] for one in (found[0].method, method_of_file(found[0].path))
    ]
    np.testing.assert_array_equal(results[0].pixels, results[1].pixels)


def test_files_are_named_with_and_without_their_kind(tmp_path):
    path = tmp_path / "net_x2.pth"
    torch.save(made.Compact(2).state_dict(), path)
    assert method_named(str(path)).key == f"compact:{path}"
    assert method_named(f"srvgg:{path}").network.kind == "compact"
    assert method_named(f"compact:{path}+").is_ensemble
    assert method_named(f"compact:{path}+").key.endswith("+")
    with pytest.raises(BadInputError, match="is no vdsr"):
        method_named(f"vdsr:{path}")


@pytest.mark.parametrize(
    ("name", "scale"),
    [
        ("SRCNN_9-5-5_x3", 3),
        ("RealESRGAN_x4plus", None),
        ("4x-Ultra", 4),
        ("net2x", None),
        ("x2 and x3", None),
        ("X4", 4),
    ],
)
def test_a_name_tells_a_scale_where_it_is_one(name, scale):
    assert scale_of_name(name) == scale


def test_a_missing_folder_is_said():
    with pytest.raises(BadInputError, match="no folder"):
        methods_in(Path("nowhere at all"))
