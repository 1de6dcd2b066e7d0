"""Pictures whose file is changed, moved or removed while they are open, or before their project is opened again."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests import piece_of_sample
from tests.e2e.gestures import message
from tests.studio.comparing import enlarge
from tests.studio.studio_loop import answer_export, answer_file_dialog, click_tool, open_studio, wait_for
from zssr_studio.app.project.store import RECORD, Store
from zssr_studio.errors import BadInputError
from zssr_studio.evidence.record_files import read_record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from zssr_studio.app.studio import Studio


def changed(photo: Path) -> None:
    piece_of_sample(photo, (0, 0, 60, 50))


def removed(photo: Path) -> None:
    photo.unlink()


WAYS = pytest.mark.parametrize("way", [changed, removed])


def with_result(studio: Studio, photo: Path) -> None:
    studio.pictures.open(photo)
    wait_for(lambda: studio.document.path == photo)
    enlarge(studio)


def save(studio: Studio, target: Path) -> None:
    studio.window.actions_by_name["save_project"].trigger()
    answer_file_dialog(target)
    wait_for(lambda: f"Saved {target.name}" in message(studio))


def settled(studio: Studio) -> None:
    wait_for(lambda: not studio.tasks.is_busy and not studio.autosave._timer.isActive())


def kept_bytes(studio: Studio) -> bytes:
    """What the work that saves itself has of the picture's file."""
    folder = studio.autosave.folder
    record = json.loads((folder / RECORD).read_bytes())
    return (folder / record["source"]["file"]).read_bytes()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@WAYS
def test_a_result_is_exported_and_tells_of_the_file_as_it_was(
    studio: Studio, photo: Path, tmp_path: Path, way: Callable[[Path], None]
) -> None:
    before = photo.read_bytes()
    with_result(studio, photo)
    way(photo)
    click_tool(studio, "export")
    answer_export(tmp_path / "large.tif")
    wait_for(lambda: "Saved large.tif" in message(studio))
    source = read_record(tmp_path / "large.tif").record["source"]
    assert (source["name"], source["sha256"], source["bytes"]) == ("harbour.png", sha256(before), len(before))


@WAYS
def test_a_project_brings_its_picture_along(
    qapp: QApplication, photo: Path, tmp_path: Path, way: Callable[[Path], None]
) -> None:
    before, project, again = photo.read_bytes(), tmp_path / "work.zssr", tmp_path / "again.zssr"
    with open_studio(qapp) as studio:
        with_result(studio, photo)
        when = studio.document.source.when
        save(studio, project)
    way(photo)
    with open_studio(qapp) as studio:
        studio.pictures.open(project)
        wait_for(lambda: studio.results.current is not None)
        settled(studio)
        assert message(studio) == ""
        assert kept_bytes(studio) == before
        # It goes on: what follows is saved by itself, as a project, and as a result.
        enlarge(studio, seed=1)
        settled(studio)
        save(studio, again)
        click_tool(studio, "export")
        answer_export(tmp_path / "large.tif")
        wait_for(lambda: "Saved large.tif" in message(studio))
        source = read_record(tmp_path / "large.tif").record["source"]
        assert (source["name"], source["sha256"]) == ("harbour.png", sha256(before))
        assert studio.document.source.when == when


def test_what_a_crash_left_brings_its_picture_along(qapp: QApplication, photo: Path) -> None:
    before = photo.read_bytes()
    with open_studio(qapp) as first:
        with_result(first, photo)
        settled(first)
        # As if it had ended here.
        first.autosave._sessions.release()
        first.autosave._store = None
    photo.unlink()
    with open_studio(qapp) as studio:
        studio.recovery.offer()
        # Who clicks twice means it once.
        for _ in range(2):
            QTest.mouseClick(studio.window.recovery_bar.go_on_button, Qt.MouseButton.LeftButton)
        wait_for(lambda: not studio.window.recovery_bar.isVisible())
        settled(studio)
        assert message(studio) == ""
        assert kept_bytes(studio) == before
        assert studio.results.current is not None


def test_another_file_is_not_saved_for_the_one_that_was_opened(photo: Path, tmp_path: Path) -> None:
    before = sha256(photo.read_bytes())
    store = Store(tmp_path / "store")
    changed(photo)
    with pytest.raises(BadInputError, match="was changed since it was opened"):
        store.put_file("picture", photo, before)
    removed(photo)
    with pytest.raises(BadInputError, match="cannot be read"):
        store.put_file("picture", photo, before)
    assert list((tmp_path / "store").iterdir()) == []
