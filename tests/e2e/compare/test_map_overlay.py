"""The maps over a run in the real window, by their keys, and in a project that is opened again."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.studio.comparing import press
from tests.studio.studio_loop import click_tool, wait_for
from zssr_studio.app.models.compare.entry import Kind
from zssr_studio.app.project.project import Project
from zssr_studio.app.project.record import read_project, write_project
from zssr_studio.app.project.store import Store
from zssr_studio.evidence.colours import MapKind


def over_the_run(studio):
    """Return the map that lies over the run, or None."""
    shown = {one.name: one.layer for one in studio.window.canvas.scene.shown}
    return shown["Run 1"].over


def test_a_key_lays_a_map_over_the_run_and_takes_it_away(compared):
    legend, actions = compared.window.picture_page.legend, compared.window.actions_by_name
    assert actions["disagreement_map"].isEnabled()
    assert legend.isHidden()
    press(compared, Qt.Key.Key_K)
    wait_for(lambda: over_the_run(compared) is not None)
    source = compared.document.picture
    assert (over_the_run(compared).pyramid.height, over_the_run(compared).pyramid.width) == (
        source.height,
        source.width,
    )
    assert legend.isVisible()
    assert "Consistency" in legend.text
    press(compared, Qt.Key.Key_M)
    assert not actions["consistency_map"].isChecked()
    assert "Disagreement" in legend.text
    press(compared, Qt.Key.Key_M)
    assert legend.isHidden()
    assert over_the_run(compared) is None


def test_a_difference_has_no_map(compared):
    press(compared, Qt.Key.Key_K)
    wait_for(lambda: over_the_run(compared) is not None)
    click_tool(compared, "difference")
    assert over_the_run(compared) is None
    assert "difference" in compared.window.picture_page.legend.text


def test_the_details_have_the_figures(compared):
    values = compared.window.run_panel.figures.values
    assert values["Not consistent"].endswith("%")
    assert "Unstable" in values


def test_a_project_keeps_the_maps_and_their_figures(compared, tmp_path):
    store = Store(tmp_path / "store")
    document, results = compared.document, compared.results
    project = Project(
        picture=document.picture,
        source=document.source,
        crop=None,
        settings=compared.settings.value,
        entries=results.entries,
        current=results.current,
        truth=None,
        runs=1,
        waiting=(),
        training=None,
    )
    write_project(project, store)
    again = read_project(tmp_path / "store", "project")
    mine, kept = (next(e for e in one.entries if e.kind is Kind.RUN).finished for one in (project, again))
    np.testing.assert_array_equal(mine.maps.error, kept.maps.error)
    np.testing.assert_array_equal(mine.maps.beyond, kept.maps.beyond)
    assert (mine.maps.deviation is None) == (kept.maps.deviation is None)
    assert kept.outcome.figures == mine.outcome.figures
    assert compared.comparison.value.map in (None, *MapKind)


def test_a_closer_look_says_what_it_takes_and_marks_where_other_seeds_differ(compared):
    actions = compared.window.actions_by_name
    assert not actions["members_map"].isEnabled()
    actions["look_closer"].trigger()
    wait_for(lambda: compared.closer.dialog is not None and compared.closer.dialog.isVisible())
    dialog = compared.closer.dialog
    dialog.count.setValue(2)
    dialog.kernel.setChecked(True)
    dialog.percent.setValue(20)
    QTest.mouseClick(dialog.start_button, Qt.MouseButton.LeftButton)
    wait_for(lambda: "2 seeds" in dialog.answers)
    assert "1.2 times as wide" in dialog.answers
    assert "0.8 times as wide" in dialog.answers
    QTest.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    wait_for(lambda: compared.closer.dialog is None)
    actions["members_map"].trigger()
    wait_for(lambda: over_the_run(compared) is not None)
    assert "Other seeds" in compared.window.picture_page.legend.text


def test_a_closer_look_ends_when_it_is_stopped_and_leaves_nothing_behind(compared):
    compared.window.actions_by_name["look_closer"].trigger()
    wait_for(lambda: compared.closer.dialog is not None and compared.closer.dialog.isVisible())
    dialog = compared.closer.dialog
    dialog.count.setValue(16)
    QTest.mouseClick(dialog.start_button, Qt.MouseButton.LeftButton)
    assert not dialog.count.isEnabled()
    QTest.mouseClick(dialog.stop_button, Qt.MouseButton.LeftButton)
    wait_for(lambda: "stopped" in dialog.answers)
    assert dialog.start_button.isEnabled()
    assert not compared.window.actions_by_name["members_map"].isEnabled()
    dialog.reject()
    wait_for(lambda: compared.closer.dialog is None)
