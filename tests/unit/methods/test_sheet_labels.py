"""The sheet of a comparison says of each result what it is, its figure, and which pictures it learned from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from PIL import Image

from tests.samples import made_networks as made
from zssr_studio.cli.compare import comparison
from zssr_studio.cli.compare.comparison import Comparison
from zssr_studio.cli.compare.preparation import Undoing
from zssr_studio.cli.compare.sheet import TEXT_LINES
from zssr_studio.engine.config import Scale
from zssr_studio.methods.interpolation import Interpolation, Rule
from zssr_studio.methods.method import Allowance
from zssr_studio.methods.networks.file_method import FileMethod
from zssr_studio.methods.networks.recognition import recognised


def test_each_result_is_labelled_on_the_sheet(tmp_path, monkeypatch):
    pixels = np.random.default_rng(0).integers(0, 255, (16, 20, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(tmp_path / "small.png")
    Image.fromarray(pixels.repeat(2, axis=0).repeat(2, axis=1)).save(tmp_path / "truth.png")
    shown = []

    def drawn_sheet(entries, _crops, _heading):
        shown.extend(entries)
        return Image.new("RGB", (8, 8))

    monkeypatch.setattr(comparison, "drawn_sheet", drawn_sheet)
    torch.manual_seed(0)
    networks = [
        FileMethod(Path(f"{one}.pth"), recognised(module().state_dict())) for one, module in made_kinds().items()
    ]
    methods = [Interpolation(Rule.NEAREST), *networks]
    work = Comparison(
        tmp_path / "out", methods, Allowance("cpu", 1), Undoing(None, None), lambda: False, overwrite=False
    )
    work.begin()
    work.take(tmp_path / "small.png", tmp_path / "truth.png", Scale(2, 2))
    assert [entry.title.partition(",")[0] for entry in shown][:2] == ["ground truth", "Nearest neighbour"]
    assert [entry.told[-1] for entry in shown[1:]] == [
        "from this picture",
        "from outside pictures",
        "from outside pictures, to please",
    ]
    assert all(entry.told[0].startswith("PSNR ") for entry in shown[1:])
    assert all(1 + len(entry.told) <= TEXT_LINES for entry in shown)


def made_kinds():
    return {"deep": made.Vdsr, "fine": lambda: made.Compact(2)}
