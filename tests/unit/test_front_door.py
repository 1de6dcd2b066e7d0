"""The front door opens without a load and does what terminal and pipeline do."""

from __future__ import annotations

import ast
import doctest
import importlib
import inspect
import json
import os
import pkgutil
import re
import subprocess
import sys
from operator import attrgetter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import zssr_studio as zs
import zssr_studio.door
import zssr_studio.words
from tests.runs import returned
from zssr_studio import pipeline
from zssr_studio.engine.events import Death, Notice, NoticeKind, Preview, Reason, Started, Step
from zssr_studio.resource import resource_path
from zssr_studio.words.notices import notice_text

PROJECT = Path(__file__).resolve().parents[2]
API_PAGE = PROJECT / "docs" / "api.md"
MODULES = ["zssr_studio"] + [
    f"{room.__name__}.{module.name}"
    for room in (zssr_studio.door, zssr_studio.words)
    for module in pkgutil.iter_modules(room.__path__)
]
QUICK = {"steps": 2, "kernel": "bicubic", "cleaning": "none", "device": "cpu"}
SMALL = {"crop": (100, 120, 20, 24)}
SAMPLE = resource_path("sample.png")


def photo() -> np.ndarray:
    """Return a piece of the sample photo, (20, 24, 3), uint8."""
    return np.asarray(Image.open(SAMPLE).convert("RGB"))[100:120, 120:144]


def python(code: str, *arguments: object, **variables: str) -> str:
    """Run Python in a process of its own and return what it prints."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=PROJECT, env={**os.environ, **variables}
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_import_loads_nothing_and_a_name_loads_no_torch_and_no_qt():
    told = python(
        "import sys; before = set(sys.modules); import zssr_studio as zs; "
        "new = sorted(set(sys.modules) - before); dir(zs); print(new); "
        "[getattr(zs, name) for name in zs.__all__]; zs.read(zs.resource_path('sample.png')); "
        "print([name for name in ('torch', 'PySide6', 'pyqtgraph', 'typer') if name in sys.modules])"
    )
    new, heavy = map(ast.literal_eval, told.splitlines())
    assert [name for name in new if name.partition(".")[0] not in ("importlib", "warnings")] == ["zssr_studio"]
    assert heavy == []


def test_every_name_is_there_is_listed_and_is_known_to_type_checkers():
    assert set(zs.__all__) <= set(dir(zs))
    stub = ast.parse((PROJECT / "zssr_studio" / "__init__.pyi").read_text(encoding="utf-8"))
    imported = {node.names[0].asname: node.module for node in stub.body if isinstance(node, ast.ImportFrom)}
    assert set(imported) | {"__version__"} == set(zs.__all__)
    for name, home in imported.items():
        assert getattr(zs, name) is getattr(importlib.import_module(home), name)
    with pytest.raises(AttributeError, match="no attribute 'upscaled'"):
        zs.upscaled  # noqa: B018


def test_the_same_seed_and_steps_give_the_bits_of_the_pipeline_and_of_the_terminal(tmp_path):
    path, trained = tmp_path / "photo.png", {**QUICK, "steps": 48}
    zs.write(zs.read(SAMPLE).cropped(zs.Crop(100, 120, 36, 40)), path)
    result = zs.upscale(path, 1.5, **trained, seed=7)
    job = zs.Job(zs.read(path), zs.Scale(1.5, 1.5), steps=48, seed=7, device="cpu", name="photo.png")
    events, made = returned(zs.run(job))
    assert isinstance(events[0], Started)
    assert np.array_equal(made.picture.pixels, result.picture.pixels)
    assert made.outcome.psnr_consistency_db == result.consistency_db
    command = [sys.executable, "-m", "zssr_studio", "upscale", path, "-o", tmp_path / "out.png"]
    options = ["--scale", "1.5", "--steps", "48", "--seed", "7", "--device", "cpu", "--json"]
    done = subprocess.run([*map(str, command), *options], capture_output=True, text=True, check=True, cwd=PROJECT)
    with Image.open(tmp_path / "out.png") as image:
        assert np.array_equal(np.asarray(image), result.pixels)
    assert json.loads(done.stdout.splitlines()[-1])["psnr_consistency"] == pytest.approx(
        result.consistency_db, abs=1e-3
    )
    assert not np.array_equal(zs.upscale(path, 1.5, **trained, seed=8).pixels, result.pixels)


def test_a_run_can_be_stopped_and_gives_the_best_so_far():
    job = zs.Job(zs.read(resource_path("sample.png")), crop=zs.Crop(100, 120, 20, 24), steps=50, device="cpu")
    asked = iter([False] * 4)
    events, made = returned(zs.run(job, lambda: next(asked, True), previews=False))
    assert made.outcome.reason is Reason.STOPPED
    assert 1 <= sum(isinstance(event, Step) for event in events) < 50


def test_events_come_as_they_are_and_what_the_listener_raises_ends_the_run():
    events = []
    result = zs.upscale(SAMPLE, **QUICK, **SMALL, on_event=events.append)
    assert isinstance(events[0], Started)
    assert [event.step for event in events if isinstance(event, Step)] == [1, 2]
    assert any(isinstance(event, Preview) for event in events)
    assert np.array_equal(result.pixels, zs.upscale(SAMPLE, **QUICK, **SMALL).pixels)

    def interrupted(event):
        if isinstance(event, Step):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        zs.upscale(SAMPLE, **QUICK, **SMALL, on_event=interrupted)

    def broken(_event):
        raise RuntimeError("mine")

    with pytest.raises(RuntimeError, match=r"^mine$"):
        zs.upscale(SAMPLE, **QUICK, **SMALL, on_event=broken)


def test_notices_of_the_run_are_kept(monkeypatch):
    notice = Notice(NoticeKind.RESTARTED, {"death": Death.LOST})

    def noticing(job, *_arguments, **_options):
        yield notice
        return (yield from made(job, previews=False))

    made = pipeline.upscale
    monkeypatch.setattr(pipeline, "upscale", noticing)
    assert notice_text(notice) in zs.upscale(photo(), **QUICK).notices


def test_a_failure_of_the_engine_is_a_sentence(monkeypatch):
    def failing(*_arguments, **_options):
        raise RuntimeError("cuDNN")
        yield

    monkeypatch.setattr(pipeline, "_upscaled", failing)
    with pytest.raises(zs.FailureError, match=r"Training failed: cuDNN\. The picture is untouched\."):
        zs.upscale(photo(), **QUICK)


def test_the_examples_of_the_docstrings_are_true():
    examples = 0
    for name in MODULES:
        done = doctest.testmod(importlib.import_module(name))
        assert done.failed == 0, name
        examples += done.attempted
    assert examples >= 40


def test_the_examples_of_the_page_are_true():
    done = doctest.testfile(str(API_PAGE), module_relative=False)
    assert done.failed == 0
    assert done.attempted >= 18


def functions() -> dict[str, object]:
    """Return the functions of the front door."""
    named = {name: getattr(zs, name) for name in zs.__all__}
    return {name: value for name, value in named.items() if inspect.isfunction(value) and "door" in value.__module__}


def test_the_signatures_of_the_page_are_those_of_the_code():
    blocks = re.findall(r"```python signature\n(.*?)```", API_PAGE.read_text(encoding="utf-8"), re.DOTALL)
    written = re.findall(r"def ([\w.]+)(\(.*?\)) -> (\S.*?): \.\.\.", "\n".join(blocks), re.DOTALL)
    assert {name for name, _, _ in written} == {*functions(), "Result.save"}
    for name, parameters, returned_type in written:
        made: dict[str, object] = {}
        exec(f"def written{parameters}: ...", made)
        code = inspect.signature(attrgetter(name)(zs))
        bare = [parameter.replace(annotation=inspect.Parameter.empty) for parameter in code.parameters.values()]
        assert list(inspect.signature(made["written"]).parameters.values()) == bare, name
        assert str(code.return_annotation).replace("[Any]", "") == returned_type, name


def test_what_is_public_is_described_with_all_its_parameters():
    for name, function in {**functions(), "save": zs.Result.save}.items():
        told = inspect.getdoc(function)
        for section in ("Returns", "Raises", "Examples"):
            assert f"\n{section}\n---" in told, (name, section)
        parameters = set(inspect.signature(function).parameters) - {"self"}
        assert parameters == set(re.findall(r"^(\w+) : ", told, re.MULTILINE)), name


def test_the_example_runs_without_a_display(tmp_path):
    command = [sys.executable, "-W", "error", PROJECT / "examples" / "enlarge_a_crop.py"]
    options = ["--steps", "4", "--folder", tmp_path]
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    done = subprocess.run(
        [*map(str, command), *map(str, options)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**environment, "PYTHONPATH": str(PROJECT)},
    )
    assert done.returncode == 0, done.stderr
    assert "the result: (128, 160, 3) uint8" in done.stdout
    with Image.open(tmp_path / "coffee_twice.png") as image:
        assert image.size == (160, 128)
