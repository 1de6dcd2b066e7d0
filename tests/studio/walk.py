"""Through all of the studio as a person goes, for the tests that look at each window on the way."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.studio.boxes import open_box, scans
from tests.studio.studio_loop import click_tool, export_dialog, look_over, open_details, unfold, wait_for
from zssr_studio.app.actions import MAPS
from zssr_studio.app.models.degradation.found import Found
from zssr_studio.app.models.degradation.trial import TileState
from zssr_studio.app.models.run.run import RunState
from zssr_studio.engine.config import Scale
from zssr_studio.engine.damage import Damage, Noise
from zssr_studio.engine.kernels.estimate import Estimate, Finding
from zssr_studio.engine.kernels.shapes import Shape
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.picture import Crop
from zssr_studio.jpeg_tables import JpegTables
from zssr_studio.resource import resource_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QDialog, QWidget

    from zssr_studio.app.studio import Studio


def states(studio: Studio) -> Iterator[tuple[str, QWidget]]:
    """Go through the studio as a person would; at each state give its name and the window that is in front."""
    window = studio.window
    yield "start", window
    yield from _preferences(studio)
    yield from _palette(studio)
    studio.pictures.on_sample()
    wait_for(lambda: studio.document.picture is not None)
    yield "picture", window
    yield from _seen(studio)
    yield from _asked(studio, "info")
    yield from _recovery(studio)
    studio.document.set_crop(Crop(60, 110, 48, 64))
    studio.settings.set_kernel(Shape.parse("gaussian:1.4,0.8,30"))
    yield "region and kernel", window
    yield from _trial(studio)
    studio.settings.set_value(type(studio.settings.value)(scale=Scale(2, 2), steps=20))
    click_tool(studio, "start")
    wait_for(lambda: studio.run.state is RunState.FINISHED)
    yield "comparing", window
    for name in MAPS:
        window.actions_by_name[name].trigger()
        yield name, window
    window.actions_by_name["disagreement_map"].trigger()
    yield from _compare_with(studio)
    open_details(studio)
    for tab in (0, 1, 2):
        window.run_panel.tabs.setCurrentIndex(tab)
        yield window.run_panel.tabs.tabText(tab), window
    click_tool(studio, "details")
    for mode in ("side_by_side", "flip", "difference"):
        click_tool(studio, mode)
        yield mode, window
    click_tool(studio, "export")
    dialog = export_dialog()
    wait_for(lambda: "×" in dialog.size_label.text())
    yield "export", dialog
    dialog.reject()
    wait_for(lambda: studio.exports.dialog is None)
    yield from _asked(studio, "train_on")
    yield from _about(studio)
    window.settings_panel.size_fields.scale.setEditText("none")
    studio.tasks.start(_fail())
    wait_for(lambda: window.message_bar.isVisible())
    yield "error", window
    studio.results.mark_exported(studio.results.current)
    yield from _box(studio)


def _box(studio: Studio) -> Iterator[tuple[str, QWidget]]:
    """Open some scans at once, one of which cannot be read."""
    window = studio.window
    window.message_bar.dismiss()
    for entry in studio.results.entries:
        studio.results.mark_exported(entry.key)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bad = folder / "z.png"
        bad.write_bytes(b"no picture at all")
        open_box(studio, [*scans(folder, 3), bad], 4)
        wait_for(lambda: not studio.box.looking.is_looking)
        yield "box", window
        window.box_views.show_page()
        wait_for(window.box_views.page.isVisible)
        yield "box, page", window
        window.actions_by_name["box_close"].trigger()
        wait_for(lambda: not studio.tasks.is_busy)


def _compare_with(studio: Studio) -> Iterator[tuple[str, QWidget]]:
    """Let another method enlarge the picture, too."""
    dialog = _opened(studio, "compare_with")
    wait_for(lambda: not studio.compare_with.is_looking)
    yield "compare with", dialog
    dialog.list.topLevelItem(0).setCheckState(0, Qt.CheckState.Checked)
    dialog.start_button.click()
    wait_for(lambda: studio.results.has_methods and not studio.run.is_running)
    yield "compared with", studio.window


async def _fail() -> None:
    raise BadInputError(f"{resource_path('SOURCES.md')} is no picture. Choose another file.")


def _seen(studio: Studio) -> Iterator[tuple[str, QWidget]]:
    """Show what would be found of a damaged picture, and all that is folded away."""
    look_over(studio)
    show_damage(studio)
    yield "what I see", studio.window
    unfold(studio)
    yield "all settings", studio.window


def show_damage(studio: Studio) -> None:
    """Show what would be found of a picture that is soft, noisy and compressed."""
    shape = Shape.parse("gaussian:2.8,2.6,30")
    kernel = replace(shape.kernel((2.0, 2.0)), name=f"estimated {shape}")
    estimate = Estimate(Finding.GAUSSIAN, kernel, (2.8, 2.6), 30.0, 0.15)
    damage = Damage(Noise.even(0.02, 3), JpegTables.of_quality(70))
    studio.look.kernels.take(Found(damage, estimate, (2.0, 2.0)), asked=True)


def _trial(studio: Studio) -> Iterator[tuple[str, QWidget]]:
    trial = studio.trial
    trial.on_open()
    wait_for(lambda: trial.dialog is not None and trial.dialog.isVisible())
    yield "trial", trial.dialog
    trial.dialog.start_button.click()
    wait_for(lambda: trial.model.is_running and trial.model.tiles[0].state is TileState.TRAINING)
    trial.dialog.stop_button.click()
    wait_for(lambda: not trial.model.is_running)
    yield "trial, tried", trial.dialog
    trial.dialog.reject()
    wait_for(lambda: trial.dialog is None)


def _about(studio: Studio) -> Iterator[tuple[str, QWidget]]:
    about = _opened(studio, "about")
    wait_for(lambda: about.names.count() > 0)
    for tab in range(about.tabs.count()):
        about.tabs.setCurrentIndex(tab)
        yield f"about, {tab}", about
    _close(about)


def _preferences(studio: Studio) -> Iterator[tuple[str, QWidget]]:
    dialog = _opened(studio, "preferences")
    for tab in range(dialog.tabs.count()):
        dialog.tabs.setCurrentIndex(tab)
        yield f"preferences, {tab}", dialog
    _close(dialog)


def _palette(studio: Studio) -> Iterator[tuple[str, QWidget]]:
    studio.window.actions_by_name["palette"].trigger()
    palette = studio.commands.palette
    wait_for(palette.isVisible)
    yield "palette", palette
    QTest.keyClick(palette.line, Qt.Key.Key_Escape)
    wait_for(lambda: not palette.isVisible())
    studio.window.activateWindow()


def _asked(studio: Studio, action: str) -> Iterator[tuple[str, QWidget]]:
    dialog = _opened(studio, action)
    yield action, dialog
    _close(dialog)


def _opened(studio: Studio, action: str) -> QDialog:
    studio.window.actions_by_name[action].trigger()
    wait_for(lambda: QApplication.activeModalWidget() is not None)
    return QApplication.activeModalWidget()


def _close(dialog: QDialog) -> None:
    dialog.reject()
    wait_for(lambda: QApplication.activeModalWidget() is None)


def _recovery(studio: Studio) -> Iterator[tuple[str, QWidget]]:
    """Leave the work of another studio behind, as a power cut does."""
    wait_for(lambda: studio.autosave.folder is not None and not studio.tasks.is_busy)
    folder = studio.autosave.folder
    shutil.copytree(folder, folder.with_name("19070615-101500-1"))
    studio.recovery.offer()
    yield "recovery", studio.window
    studio.recovery._forget(studio.recovery._left[0])
