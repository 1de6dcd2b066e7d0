"""Processes of the program's own, from source and as a bundle starts them."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from zssr_studio.host.subprogram import RUN_MODULE, STARTED, module_command, release_library_path

DECODER = "zssr_studio.imaging.kernels.mat_decoder"


def answer_of(command: list[str]) -> dict[str, object]:
    done = subprocess.run(command, input=b"no MATLAB file", capture_output=True, check=False)
    assert done.stdout.startswith(STARTED)
    return json.loads(done.stdout.removeprefix(STARTED))


def test_a_module_runs_alike_from_source_and_as_a_bundle_asks_for_it(monkeypatch):
    expected = answer_of(module_command(DECODER, "64", "2"))
    assert "problem" in expected

    monkeypatch.setattr(sys, "frozen", True, raising=False)
    program, *asked = module_command(DECODER, "64", "2")
    assert asked == [RUN_MODULE, DECODER, "64", "2"]
    # What the bundle's program does with these words, done by the program from source.
    assert answer_of([program, "-m", "zssr_studio", *asked]) == expected


def test_only_modules_of_the_program_are_run():
    command = [sys.executable, "-m", "zssr_studio", RUN_MODULE, "http.server"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "--run-module" in done.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only on Linux a bundle sets this")
def test_programs_of_the_system_do_not_get_the_libraries_of_a_bundle(monkeypatch):
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/bundle")
    release_library_path()  # from source it is a person's own
    assert os.environ["LD_LIBRARY_PATH"] == "/opt/bundle"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/opt/person")
    release_library_path()
    told = subprocess.run(["env"], capture_output=True, text=True, check=True).stdout.splitlines()
    assert "LD_LIBRARY_PATH=/opt/person" in told
    assert not [line for line in told if "/opt/bundle" in line or "_ORIG" in line]
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/bundle")
    release_library_path()
    assert "LD_LIBRARY_PATH" not in os.environ
