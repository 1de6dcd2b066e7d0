"""Compare with: other methods tick by tick, run like runs, judged beside them; with real events in a real window."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.e2e.gestures import message, opened
from tests.samples.made_networks import Edsr
from tests.studio.comparing import add_file, click_row, enlarge, keys, shown_names, tile
from tests.studio.studio_loop import PATIENCE_S, answer_file_dialog, click_tool, export_dialog, wait_for
from zssr_studio.app.controllers.compare import compare_with
from zssr_studio.app.models.compare.entry import Kind
from zssr_studio.app.models.run.made_by import MadeBy
from zssr_studio.app.models.run.run import RunState
from zssr_studio.app.project.record import read_project, write_project
from zssr_studio.app.project.store import Store
from zssr_studio.app.views.canvas.scene import panes
from zssr_studio.app.views.compare.compare_with_dialog import CompareWithDialog
from zssr_studio.engine.events import Enlarging, Started
from zssr_studio.engine.weights import LearnedFrom
from zssr_studio.imaging.read import read_picture
from zssr_studio.job import Result
from zssr_studio.methods.interpolation import Interpolation, Rule

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QTreeWidgetItem

    from zssr_studio.app.models.compare.methods import Offer
    from zssr_studio.app.studio import Studio


@pytest.fixture
def networks(tmp_path: Path) -> Path:
    """A folder as people have them: a network, one of another scale, and files that are none."""
    folder = tmp_path / "networks"
    folder.mkdir()
    torch.save(Edsr(scale=2).state_dict(), folder / "edsr_x2.pt")
    torch.save(Edsr(scale=3).state_dict(), folder / "edsr_x3.pt")
    (folder / "letter.pth").write_bytes(b"Dear Sir or Madam")
    return folder


def open_dialog(studio: Studio) -> CompareWithDialog:
    studio.window.actions_by_name["compare_with"].trigger()
    wait_for(lambda: isinstance(QApplication.activeModalWidget(), CompareWithDialog))
    return QApplication.activeModalWidget()


def line_of(dialog: CompareWithDialog, start: str) -> QTreeWidgetItem:
    lines = [dialog.list.topLevelItem(index) for index in range(dialog.list.topLevelItemCount())]
    return next(line for line in lines if start in line.text(0))


def tick(dialog: CompareWithDialog, start: str) -> None:
    """Click the box of a line, as a person does."""
    line = line_of(dialog, start)
    dialog.list.scrollToItem(line)
    place = dialog.list.visualItemRect(line)
    was = line.checkState(0)
    for x in range(place.left(), place.left() + 40, 4):
        QTest.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, place.center().y()))
        if line.checkState(0) is not was:
            return
    raise AssertionError(f"{start} cannot be ticked")


def choose_folder(dialog: CompareWithDialog, folder: Path) -> None:
    QTest.mouseClick(dialog.folder_button, Qt.MouseButton.LeftButton)
    answer_file_dialog(folder)
    wait_for(lambda: "recognised" in status(dialog))


def status(dialog: CompareWithDialog) -> str:
    return dialog._status.text()


def start(studio: Studio, dialog: CompareWithDialog) -> None:
    QTest.mouseClick(dialog.start_button, Qt.MouseButton.LeftButton)
    wait_for(lambda: studio.compare_with.dialog is None)


def settled(studio: Studio) -> bool:
    return not studio.run.is_running and not studio.queue.waiting and not studio.tasks.is_busy


def keys_by_name(studio: Studio) -> dict[str, int]:
    wait_for(lambda: all(studio.displays.shown(entry.key) is not None for entry in studio.results.entries))
    return {entry.name: entry.key for entry in studio.results.entries}


def names(studio: Studio) -> list[str]:
    return [entry.name for entry in studio.results.entries]


def test_methods_and_a_run_are_compared_under_one_camera_with_a_truth(compared, networks, tmp_path):
    """Rules, a network of a file and a run, one after the other; their scores and consistencies stand beside them."""
    studio = compared
    dialog = open_dialog(studio)
    assert not dialog.start_button.isEnabled()
    choose_folder(dialog, networks)
    assert "2 of 3 files were recognised" in status(dialog)
    assert line_of(dialog, "edsr_x2.pt").text(3) == "learned from outside pictures"
    assert line_of(dialog, "Lanczos").text(3) == "from this picture alone"
    for start_of, why in (("edsr_x3.pt", "enlarges by 3 only"), ("letter.pth", "letter.pth")):
        line = line_of(dialog, start_of)
        assert why in line.child(0).text(0)
        # It has no box.
        assert line.data(0, Qt.ItemDataRole.CheckStateRole) is None
    for name in ("Nearest", "Lanczos", "edsr_x2.pt"):
        tick(dialog, name)
    start(studio, dialog)
    wait_for(lambda: settled(studio))
    assert names(studio) == ["Input", "Bicubic", "Run 1", "Nearest neighbour", "Lanczos", names(studio)[-1]]
    network = studio.results.entries[-1]
    assert "edsr_x2.pt" in network.name
    assert network.finished.made_by.learned_from is LearnedFrom.OUTSIDE_PICTURES
    assert "learned from outside pictures" in tile(studio, network.name).spoken
    assert "from this picture alone" in tile(studio, "Lanczos").spoken

    notes = {name: studio.displays.shown(key).note for name, key in keys_by_name(studio).items() if name != "Input"}
    assert notes["Run 1"].startswith("consistency")
    assert notes["Lanczos"].startswith("consistency")

    # The truth: the run's own result, in a file, a little darker.
    pixels = studio.results.entries[2].picture.pixels * 0.98
    Image.fromarray(np.rint(pixels.clip(0, 1) * 255).astype(np.uint8)).save(tmp_path / "truth.png")
    add_file(studio, tmp_path / "truth.png")
    click_row(studio, "truth.png")
    studio.window.actions_by_name["truth"].trigger()
    results = [entry for entry in studio.results.entries if entry.kind in (Kind.BICUBIC, Kind.RUN)]
    wait_for(lambda: all(studio.results.get(entry.key).score is not None for entry in results))
    scores = {entry.name: entry.score.psnr_db for entry in studio.results.entries if entry.score is not None}
    assert scores["Run 1"] > scores["Lanczos"] > scores["Nearest neighbour"]
    consistencies = {e.name: e.finished.outcome.psnr_consistency_db for e in results if e.finished is not None}
    # Weights that were drawn invent, and the consistency shows it.
    assert consistencies["Lanczos"] > consistencies[network.name] + 10

    # One camera for all of them, and the figures on the pictures.
    click_tool(studio, "side_by_side")
    canvas = studio.window.canvas
    for name in ("Nearest neighbour", "Lanczos", network.name):
        click_row(studio, name, box=True)
    assert {"Run 1", "Lanczos", "Nearest neighbour", network.name} <= set(shown_names(studio))
    divided = panes(canvas.scene, canvas.size().toSizeF())
    points = [pane.topLeft() + QPointF(0.4 * pane.width(), 0.6 * pane.height()) for pane in divided]
    places = [canvas.to_picture(point) for point in points]
    assert all(place == pytest.approx(places[0]) for place in places)
    notes = {one.name: one.note for one in canvas.scene.shown}
    assert "dB" in notes["Lanczos"]
    assert notes["Run 1"].endswith("★")

    # The table says the same of all.
    rows = {row.cells[0]: row.cells for row in studio.window.run_panel.runs._rows}
    assert rows["Lanczos"][6] == "from this picture alone"
    assert rows[network.name][6] == "learned from outside pictures"
    assert rows["Run 1"][3].endswith("dB")
    assert rows["Lanczos"][2].split(" dB")[0] == tile(studio, "Lanczos").detail.split(" dB")[0]
    assert "SSIM" in rows["Lanczos"][2]


def test_what_is_unticked_while_a_folder_is_looked_through_stays_so(compared, networks, monkeypatch):
    goes_on, found_in = threading.Event(), compare_with._found_in
    dialog = open_dialog(compared)
    tick(dialog, "Lanczos")
    tick(dialog, "Nearest")
    start(compared, dialog)
    wait_for(lambda: settled(compared))

    def slow(*words: object) -> tuple[Offer, ...]:
        assert goes_on.wait(PATIENCE_S)
        return found_in(*words)

    monkeypatch.setattr(compare_with, "_found_in", slow)
    dialog = open_dialog(compared)
    QTest.mouseClick(dialog.folder_button, Qt.MouseButton.LeftButton)
    answer_file_dialog(networks)
    wait_for(lambda: "Looking into" in status(dialog))
    tick(dialog, "Nearest")
    goes_on.set()
    wait_for(lambda: "recognised" in status(dialog))
    assert [offer.title for offer in dialog.ticked] == ["Lanczos"]
    dialog.reject()


def test_methods_wait_behind_a_run_and_stop_ends_one_of_them(studio, photo):
    opened(studio, photo)
    settings = studio.settings.value
    studio.settings.set_value(type(settings)(scale=settings.scale, steps=100_000, device="cpu"))
    click_tool(studio, "start")
    wait_for(lambda: studio.run.step is not None)
    dialog = open_dialog(studio)
    for name in ("Nearest", "Lanczos"):
        tick(dialog, name)
    start(studio, dialog)
    wait_for(lambda: len(studio.queue.waiting) == 2)
    rows = [row.cells[:2] for row in studio.window.run_panel.runs._rows]
    assert rows[1:] == [("Nearest neighbour", "waiting"), ("Lanczos", "waiting")]
    # What waits is no run of this program that a project could go on with.
    assert studio._work.now().waiting == ()
    click_tool(studio, "stop")
    wait_for(lambda: settled(studio))
    assert names(studio) == ["Input", "Bicubic", "Run 1", "Nearest neighbour", "Lanczos"]


@dataclass(frozen=True)
class Endless:
    """A method that goes on until somebody stops it."""

    key: str = "endless"
    name: str = "Endless"
    learned_from: LearnedFrom = LearnedFrom.OUTSIDE_PICTURES

    def check(self, picture, scale):
        pass

    def enlarge(self, picture, scale, allowance=None):
        yield Started("cpu", 2 * picture.height, 2 * picture.width, 0, 0)
        for number in count(1):
            time.sleep(0.01)
            yield Enlarging(0, 0.4, 0.01 * number, 9.0)


def test_a_method_shows_its_progress_is_halted_and_stopped_and_the_next_one_begins(studio, photo):
    opened(studio, photo)
    strip, actions = studio.window.status_strip, studio.window.actions_by_name
    job = studio.settings.value.job(studio.document.picture, None)
    studio.runs.compare(job, [Endless(), Interpolation(Rule.LANCZOS)])
    wait_for(lambda: "about" in strip.text)
    assert strip.text.startswith("Enlarging by Endless · ")
    assert any(row.name == "Endless" and row.progress is not None for row in studio.window.results_panel.list.rows)
    assert "a project does not keep it" in " ".join(studio._guard._lost())
    click_tool(studio, "pause")
    wait_for(lambda: studio.run.state is RunState.PAUSED)
    assert "what waits goes on" in actions["stop"].statusTip()
    click_tool(studio, "stop")
    wait_for(lambda: settled(studio))
    assert names(studio) == ["Input", "Bicubic", "Lanczos"]


def test_a_method_that_fails_says_so_and_the_others_go_on(studio, photo, networks):
    torch.save(Edsr(scale=2).state_dict(), networks / "a_net.pt")
    opened(studio, photo)
    dialog = open_dialog(studio)
    choose_folder(dialog, networks)
    for name in ("a_net.pt", "edsr_x2.pt"):
        tick(dialog, name)
    (networks / "a_net.pt").write_bytes(b"Another file by now")
    start(studio, dialog)
    wait_for(lambda: settled(studio))
    assert [name for name in names(studio) if ".pt" in name] == [names(studio)[-1]]
    assert "edsr_x2.pt" in names(studio)[-1]
    assert "a_net.pt" in message(studio)
    assert studio.run.state is RunState.FINISHED


def test_the_work_with_its_methods_is_kept_and_comes_back(compared, tmp_path):
    studio = compared
    dialog = open_dialog(studio)
    tick(dialog, "Lanczos")
    start(studio, dialog)
    wait_for(lambda: settled(studio))
    store = Store(tmp_path / "kept")
    write_project(studio._work.now(), store)
    project = read_project(tmp_path / "kept", "kept")
    entry = project.entries[-1]
    before = studio.results.entries[-1]
    assert (entry.name, entry.finished.made_by) == ("Lanczos", before.finished.made_by)
    np.testing.assert_array_equal(entry.picture.pixels, before.picture.pixels)
    assert project.entries[-2].finished.made_by is None
    # What was ticked is ticked again the next time.
    dialog = open_dialog(studio)
    assert [offer.title for offer in dialog.ticked] == ["Lanczos"]
    dialog.reject()
    wait_for(lambda: studio.compare_with.dialog is None)


def test_a_file_says_what_its_result_knows(studio, photo, networks, tmp_path):
    opened(studio, photo)
    enlarge(studio)
    dialog = open_dialog(studio)
    choose_folder(dialog, networks)
    tick(dialog, "edsr_x2.pt")
    start(studio, dialog)
    wait_for(lambda: settled(studio))
    network = studio.results.entries[-1]
    click_row(studio, network.name)
    click_tool(studio, "export")
    dialog = export_dialog()
    assert "zssr" not in dialog.path.name
    assert "edsr_x2.pt" in dialog.path.name
    target = tmp_path / "out.png"
    dialog.set_path(target)
    dialog.accept()
    wait_for(lambda: target.exists() and studio.results.get(network.key).finished.exported)
    xmp = read_picture(target).metadata.xmp.decode()
    assert "learned from outside pictures" in xmp
    assert "zero-shot" not in xmp


def test_what_learned_to_please_the_eye_is_labelled_so(compared, tmp_path):
    """Where nobody looks at the field, too; a person may still say otherwise."""
    studio = compared
    entry = studio.results.entries[-1]
    pleasing = MadeBy("srgan:net.pth", "SRGAN (net.pth)", LearnedFrom.OUTSIDE_TO_PLEASE)
    outcome = replace(entry.finished.outcome, weights=None)
    made = Result(entry.picture, studio.results.get(entry.finished.bicubic).picture, outcome)
    made_key = studio.results.add_run(entry.finished.job, made, None, None, pleasing).key
    wait_for(lambda: studio.displays.shown(made_key) is not None)
    click_row(studio, pleasing.name)
    assert "may invent detail" in tile(studio, pleasing.name).spoken
    click_tool(studio, "export")
    dialog = export_dialog()
    assert dialog.options.digital_source_type == "compositeWithTrainedAlgorithmicMedia"
    target = tmp_path / "out.tif"
    dialog.set_path(target)
    dialog.accept()
    wait_for(lambda: target.exists() and studio.results.get(made_key).finished.exported)
    xmp = read_picture(target).metadata.xmp.decode()
    assert "compositeWithTrainedAlgorithmicMedia" in xmp
    assert "may invent detail" in xmp


def test_without_a_picture_or_at_scale_1_there_is_nothing_to_compare(studio, photo):
    action = studio.window.actions_by_name["compare_with"]
    assert not action.isEnabled()
    opened(studio, photo)
    assert action.isEnabled()
    settings = studio.settings.value
    studio.settings.set_value(type(settings)(scale=type(settings.scale)(1, 1)))
    assert not action.isEnabled()
    assert keys(studio, Kind.RUN) == []
