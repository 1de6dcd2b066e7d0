"""Plug-ins of other programs call this one by its command line; where they are not there, they are stood in for."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import types
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import tifffile

from tests import piece_of_sample

if TYPE_CHECKING:
    from types import ModuleType

INTEGRATIONS = Path(__file__).resolve().parents[2] / "integrations"
PROJECT = INTEGRATIONS.parent
# The program as it is, but for how long it trains.
PROGRAM = '#!/bin/sh\nexec {python} -m zssr_studio "$@" --steps 4 --device cpu\n'


@pytest.fixture(autouse=True)
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "bin" / "zssr-studio"
    path.parent.mkdir()
    path.write_text(PROGRAM.format(python=sys.executable))
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{path.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(PROJECT))
    return path


def module(path: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return piece_of_sample(tmp_path / "it's a photo.png", (120, 60, 168, 92))


def test_gimps_plug_in_enlarges_a_file_and_tells_that_it_goes_on(tmp_path, photo):
    enlarging = module(INTEGRATIONS / "gimp/zssr-studio/enlarging.py", "enlarging")
    told: list[bool] = []
    enlarging.enlarge(photo, tmp_path / "out.tif", 2.0, "fast", lambda: told.append(True))
    assert tifffile.imread(tmp_path / "out.tif").shape == (64, 96, 3)
    assert told


def test_gimps_plug_in_says_what_the_program_said(tmp_path, photo):
    enlarging = module(INTEGRATIONS / "gimp/zssr-studio/enlarging.py", "enlarging")
    with pytest.raises(enlarging.NotEnlargedError, match=r"'slow' is no preset|slow"):
        enlarging.enlarge(photo, tmp_path / "out.tif", 2.0, "slow", lambda: None)


class Gimp3(types.ModuleType):
    """The part of GIMP 3 that the plug-in asks for a picture: it is saved, and the enlarged one loaded."""

    PlugIn = type("PlugIn", (), {"__gtype__": None})
    Procedure = object
    RunMode = types.SimpleNamespace(NONINTERACTIVE=1)

    def __init__(self, photo: Path) -> None:
        super().__init__("Gimp")
        self.photo, self.flat, self.said = photo, [], []

    def main(self, *_given: object) -> None:
        """Nothing: the test calls what GIMP would."""

    def file_save(self, _mode: int, image: object, file: str, _options: None) -> None:
        self.flat.append(image)
        tifffile.imwrite(file, np.full((20, 30, 3), 90, np.uint8), photometric="rgb")

    def file_load(self, _mode: int, file: str) -> types.SimpleNamespace:
        return types.SimpleNamespace(pixels=tifffile.imread(file), set_file=self.said.append)

    def progress_init(self, text: str) -> None:
        self.said.append(text)

    def progress_pulse(self) -> None:
        self.said.append("pulse")


def test_gimps_plug_in_passes_a_flat_copy_through_the_program(monkeypatch, photo):
    gimp = Gimp3(photo)
    gio = types.SimpleNamespace(File=types.SimpleNamespace(new_for_path=str))
    repository = types.SimpleNamespace(Gimp=gimp, GimpUi=None, Gio=gio, GLib=None, GObject=None)
    monkeypatch.setitem(
        sys.modules, "gi", types.SimpleNamespace(require_version=lambda *_: None, repository=repository)
    )
    monkeypatch.setitem(sys.modules, "gi.repository", repository)
    folder = INTEGRATIONS / "gimp/zssr-studio"
    monkeypatch.syspath_prepend(str(folder))
    plug_in = module(folder / "zssr-studio.py", "gimps_plug_in")
    done: list[str] = []
    copy = types.SimpleNamespace(flatten=lambda: done.append("flattened"), delete=lambda: done.append("deleted"))
    loaded = plug_in._enlarged(types.SimpleNamespace(duplicate=lambda: copy), 1.5, "fast")
    assert loaded.pixels.shape == (30, 45, 3)
    assert gimp.flat == [copy]
    assert done == ["flattened", "deleted"]
    assert gimp.said[0].startswith("ZSSR Studio trains")
    assert gimp.said[-1] is None
    monkeypatch.delitem(sys.modules, "enlarging")


DARKTABLE = """
local called = { imported = {}, printed = {} }
local function widget(given) given.value = given[1]; return given end
package.loaded["darktable"] = {
  configuration = { running_os = "linux" },
  preferences = { register = function() end, read = function() return "" end },
  new_widget = function() return widget end,
  print = function(text) table.insert(called.printed, text) end,
  print_error = function(text) print("error " .. text) end,
  control = { execute = function(command) local _, _, code = os.execute(command .. " >&2"); return code end },
  database = { import = function(path) table.insert(called.imported, path) end },
  register_storage = function(name, title, store, finalize, supported)
    called.name, called.store, called.finalize, called.supported = name, store, finalize, supported
  end,
}
dofile(arg[1])
assert(called.name == "zssr_studio")
assert(called.supported(nil, { plugin_name = "tiff" }) and not called.supported(nil, { plugin_name = "pdf" }))
local image, extra = { path = arg[2], filename = arg[3] }, {}
for number = 4, #arg do called.store(nil, image, nil, arg[number], number - 3, #arg - 3, true, extra) end
called.finalize(nil, {}, extra)
for _, path in ipairs(called.imported) do print(path) end
print(called.printed[#called.printed])
"""


def test_darktables_script_enlarges_what_is_exported_and_imports_it(tmp_path, photo):
    lua = next((name for name in ("lua5.3", "lua5.4", "lua") if _is_there(name)), None)
    if lua is None:
        pytest.skip("lua is not installed")
    stand_in = tmp_path / "darktable.lua"
    stand_in.write_text(DARKTABLE)
    exported = [piece_of_sample(tmp_path / f"exported {number}.tif", (120, 60, 168, 92)) for number in range(2)]
    broken = tmp_path / "broken.tif"
    broken.write_bytes(b"no picture")
    script = INTEGRATIONS / "darktable" / "zssr_studio.lua"
    words = [lua, stand_in, script, tmp_path, photo.name, *exported, broken]
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    wanted = [tmp_path / "it's a photo_zssr2x.tif", tmp_path / "it's a photo_zssr2x_2.tif"]
    assert done.stdout.splitlines() == [
        f"error zssr-studio ended with code 2 on {photo.name}",
        *map(str, wanted),
        "ZSSR Studio: 2 enlarged",
    ]
    for path in wanted:
        assert tifffile.imread(path).shape == (64, 96, 3)
    assert not [path for path in (*exported, broken) if path.exists()]


def _is_there(name: str) -> bool:
    return any((Path(folder) / name).exists() for folder in os.environ["PATH"].split(os.pathsep))


@pytest.fixture
def napari_plugin(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(INTEGRATIONS / "napari"))
    return importlib.import_module("napari_zssr_studio.enlarging")


@pytest.mark.parametrize(
    ("shape", "dtype", "wanted"),
    [
        ((24, 30, 3), np.uint8, (48, 60, 3)),
        ((24, 30), np.uint16, (48, 60)),
        ((24, 30), np.float64, (48, 60)),
    ],
)
def test_naparis_plugin_keeps_bits_and_channels(napari_plugin, shape, dtype, wanted):
    pixels = np.random.default_rng(1).random(shape)
    given = pixels.astype(dtype) if dtype == np.float64 else (pixels * np.iinfo(dtype).max).astype(dtype)
    result = napari_plugin.enlarged(given, 2.0, "fast")
    assert result.shape == wanted
    assert result.dtype == (np.float32 if dtype == np.float64 else dtype)


def test_naparis_plugin_says_what_it_cannot_enlarge(napari_plugin):
    with pytest.raises(napari_plugin.NotEnlargedError, match=r"\(5, 8, 8\)"):
        napari_plugin.enlarged(np.zeros((5, 8, 8), np.uint8), 2.0, "fast")
    with pytest.raises(napari_plugin.NotEnlargedError, match="int32"):
        napari_plugin.enlarged(np.zeros((8, 8), np.int32), 2.0, "fast")


def test_napari_shows_the_result_over_its_layer(napari_plugin, qapp):
    napari = pytest.importorskip("napari", reason="napari is not installed")
    from npe2 import PluginManifest

    manifest = PluginManifest.from_file(INTEGRATIONS / "napari/napari_zssr_studio/napari.yaml")
    assert [one.display_name for one in manifest.contributions.widgets] == ["Enlarge with ZSSR Studio"]
    from napari_zssr_studio.widget import laid_over

    layer = napari.layers.Image(np.zeros((20, 30), np.uint8), scale=(2, 2), translate=(10, 0), name="cells")
    pixels, options, kind = laid_over(layer, np.zeros((40, 60), np.uint8))
    over = napari.layers.Image(pixels, **options)
    assert (kind, options["name"]) == ("image", "cells enlarged")
    # The same corners in the world: a pixel reaches half its size beyond its centre.
    for one, half in ((layer, 1.0), (over, 0.5)):
        assert np.allclose(one.extent.world[0] - (0, 0), one.translate), half
        assert np.allclose(np.asarray(one.translate) - half, (9, -1))
