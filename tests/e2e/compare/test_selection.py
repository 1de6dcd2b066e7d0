"""One selection: what is shown is what is exported, also when a run ends meanwhile; with real events."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.studio.comparing import click_row, keys, shown_names, tile
from tests.studio.studio_loop import click_tool, export_dialog, pause, steps_of, wait_for
from zssr_studio.app.models.compare.comparison import Mode
from zssr_studio.app.models.compare.entry import Kind
from zssr_studio.app.models.run.settings import Settings
from zssr_studio.engine.config import Scale

# Far longer than a busy machine takes for a test, which stops the run.
UNTIL_STOPPED_S = 3600.0


def exported(studio) -> str:
    """What the dialog of Export says that it writes."""
    click_tool(studio, "export")
    dialog = export_dialog()
    title = dialog.windowTitle()
    dialog.reject()
    wait_for(lambda: studio.exports.dialog is None)
    # As a window manager does after a dialog.
    studio.window.activateWindow()
    wait_for(studio.window.isActiveWindow)
    return title


def start(studio, **settings) -> None:
    studio.settings.set_value(Settings(scale=Scale(2, 2), device="cpu", **settings))
    click_tool(studio, "start")
    pause(20)


def test_a_run_that_ends_leaves_what_is_looked_at_and_what_is_exported(compared):
    """The dot moved to each run that ended, so that Export wrote what nobody saw."""
    start(compared, seconds=UNTIL_STOPPED_S)
    wait_for(lambda: steps_of(compared) > 2)
    rows = compared.window.results_panel.list
    wait_for(lambda: rows.rows[-1].name == "Run 2" and rows.rows[-1].detail.endswith("%"))
    assert rows.rows[-1].progress is not None
    start(compared, steps=3, seed=7)
    click_row(compared, "Run 1")
    assert shown_names(compared) == ["Run 1"]
    click_tool(compared, "stop")
    wait_for(lambda: len(keys(compared, Kind.RUN)) == 3 and not compared.run.is_running)
    wait_for(lambda: len(compared.displays.pictures()) == 5)
    assert shown_names(compared) == ["Run 1"]
    assert compared.results.current_run.name == "Run 1"
    assert exported(compared) == "Export Run 1"
    # That they are done stands on their thumbnails, until they are looked at.
    assert [tile(compared, f"Run {number}").is_new for number in (1, 2, 3)] == [False, True, True]
    assert "not looked at yet" in tile(compared, "Run 3").spoken
    click_row(compared, "Run 3")
    assert exported(compared) == "Export Run 3"
    assert [tile(compared, f"Run {number}").is_new for number in (1, 2, 3)] == [False, True, False]
    assert [row.name for row in compared.window.results_panel.list.rows if row.is_exported] == ["Run 3"]
    # Of two runs under the slider it is the one that was gone to; what is flipped to is exported as well.
    for name in ("Bicubic", "Run 2", "Run 3"):
        click_row(compared, name, box=True)
    click_tool(compared, "slider")
    assert shown_names(compared) == ["Run 2", "Run 3"]
    assert compared.results.current_run.name == "Run 3"
    click_tool(compared, "flip")
    seen = []
    for _ in range(3):
        assert [compared.results.current_run.name] == shown_names(compared)
        seen += shown_names(compared)
        QTest.keyClick(compared.window.canvas, Qt.Key.Key_X)
    assert sorted(seen) == ["Run 1", "Run 2", "Run 3"]
    # The table of runs shows and selects the same one.
    click_row(compared, "Run 2")
    table = compared.window.run_panel.runs
    compared.window.run_panel.tabs.setCurrentIndex(2)
    item = table.table.item(0, 0)
    QTest.mouseClick(table.table.viewport(), Qt.MouseButton.LeftButton, pos=table.table.visualItemRect(item).center())
    assert shown_names(compared) == ["Run 1"]
    click_row(compared, "Run 3")
    assert table.table.selectionModel().selectedRows()[0].row() == 2


def test_who_waits_for_a_run_at_the_input_is_shown_it(compared):
    start(compared, steps=3, seed=5)
    wait_for(lambda: compared.comparison.value.mode is Mode.SLIDER)
    assert shown_names(compared) == ["Bicubic", "Run 2"]
    assert compared.results.current_run.name == "Run 2"
    assert not tile(compared, "Run 2").is_new
