"""The list of what was made, with real mouse and key events: lines, ticks, scores, blends, and what leaves it."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QSlider

from tests.studio.comparing import add_file, click_row, enlarge, keys, press, row_of, shown_names, tile
from tests.studio.studio_loop import answer_export, answer_question, click_tool, pause, wait_for
from zssr_studio.app.models.compare.comparison import Mode
from zssr_studio.app.models.compare.entry import Kind
from zssr_studio.engine.psnr_ssim import psnr_ssim
from zssr_studio.imaging.read import read_picture


def test_runs_are_kept_and_each_is_described(compared):
    enlarge(compared, seed=5)
    assert [entry.name for entry in compared.results.entries] == ["Input", "Bicubic", "Run 1", "Run 2"]
    assert compared.results.current == keys(compared, Kind.RUN)[1]
    assert [compared.results.get(key).finished.job.seed for key in keys(compared, Kind.RUN)] == [0, 5]
    view = compared.window.results_panel.list
    spoken = view.item(3).data(Qt.ItemDataRole.AccessibleTextRole)
    assert all(word in spoken for word in ("Run 2", "Fast", "192 × 160", "exported by Export", "in no file yet"))
    wait_for(lambda: all(row.thumbnail is not None for row in view.rows))


def test_the_strip_is_worked_by_keys(compared):
    view, run = compared.window.results_panel.list, keys(compared, Kind.RUN)[0]
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Home)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.key == keys(compared, Kind.BICUBIC)[0]
    # The arrows only go along: what is shown stays.
    assert shown_names(compared) == ["Bicubic", "Run 1"]
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert compared.comparison.value.chosen == (run,)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert shown_names(compared) == ["Bicubic"]
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_F2)
    wait_for(lambda: QApplication.activeModalWidget() is not None)
    line = QApplication.activeModalWidget().findChild(QLineEdit)
    line.selectAll()
    QTest.keyClicks(line, "With grain")
    QTest.keyClick(line, Qt.Key.Key_Return)
    wait_for(lambda: compared.results.get(run).name == "With grain")
    assert tile(compared, "With grain").name == "With grain"
    QTest.keyClick(view, Qt.Key.Key_Delete)
    answer_question("Keep it")
    assert compared.results.get(run) is not None


def test_a_ground_truth_gives_psnr_and_ssim_of_each(compared, tmp_path, photo):
    add_file(compared, photo)
    assert not compared.window.actions_by_name["truth"].isEnabled()
    with Image.open(photo) as image:
        image.resize((2 * image.width, 2 * image.height), Image.Resampling.LANCZOS).save(tmp_path / "original.png")
    add_file(compared, tmp_path / "original.png")
    press(compared, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    original = compared.results.truth
    assert original == keys(compared, Kind.FILE)[1]
    rivals = [*keys(compared, Kind.BICUBIC), *keys(compared, Kind.RUN)]
    wait_for(lambda: all(compared.results.get(key).score is not None for key in rivals))
    truth = read_picture(tmp_path / "original.png").pixels
    for key in rivals:
        entry = compared.results.get(key)
        assert entry.score == psnr_ssim(entry.picture.pixels, truth, 2)
        assert math.isfinite(entry.score.psnr_db)
        item = compared.window.results_panel.list.item(row_of(compared, entry.name))
        assert f"{entry.score.psnr_db:.2f} dB" in item.data(Qt.ItemDataRole.AccessibleTextRole)
        assert tile(compared, entry.name).detail == f"{entry.score.psnr_db:.2f} dB"
    best = max(rivals, key=lambda key: compared.results.get(key).score.psnr_db)
    assert [row.key for row in compared.window.results_panel.list.rows if row.is_best] == [best]
    assert [one.note.endswith("★") for one in compared.window.canvas.scene.shown] == [
        key == best for key in compared.comparison.value.shown
    ]
    assert compared.results.get(keys(compared, Kind.FILE)[0]).score is None


def test_a_blend_is_shown_and_exported_as_seen(compared, tmp_path):
    slider = compared.window.results_panel.findChild(QSlider)
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Home)
    for _ in range(4):
        QTest.keyClick(slider, Qt.Key.Key_PageUp)
    entry = compared.results.current_run
    assert entry.finished.blend == 0.4
    layer = compared.window.canvas.scene.shown[1].layer
    assert layer.under is not None
    assert layer.share == 0.4
    target = tmp_path / "blend.png"
    click_tool(compared, "export")
    answer_export(target)
    wait_for(lambda: compared.results.unexported == 0)
    bicubic = compared.results.under(entry).picture.pixels
    wanted = np.rint((bicubic + np.float32(0.4) * (entry.picture.pixels - bicubic)).clip(0, 1) * 255)
    with Image.open(target) as image:
        assert np.abs(np.asarray(image).astype(int) - wanted).max() <= 1
        assert not np.array_equal(np.asarray(image), np.rint(entry.picture.pixels * 255))
    # Another blend is another picture, which is in no file yet.
    QTest.keyClick(slider, Qt.Key.Key_PageUp)
    assert compared.results.unexported == 1


def test_a_run_is_removed_only_when_a_person_agrees(compared):
    view = compared.window.results_panel.list
    click_row(compared, "Run 1")
    QTest.keyClick(view, Qt.Key.Key_Delete)
    answer_question("Keep it")
    pause(50)
    assert keys(compared, Kind.RUN)
    QTest.keyClick(view, Qt.Key.Key_Delete)
    answer_question("Remove")
    wait_for(lambda: not keys(compared, Kind.RUN))
    assert [entry.name for entry in compared.results.entries] == ["Input"]
    assert compared.comparison.value.mode is Mode.SINGLE
    assert not compared.window.actions_by_name["export"].isEnabled()
    assert compared.window.canvas.scene.crop_editable


def test_old_runs_that_are_in_files_make_room(compared):
    compared.results.mark_exported(compared.results.current)
    compared.memory_limit.most_bytes = 1
    enlarge(compared, seed=5)
    assert [compared.results.get(key).name for key in keys(compared, Kind.RUN)] == ["Run 2"]
    assert "Run 1" in compared.window.message_bar.text
    enlarge(compared, seed=6)
    assert [compared.results.get(key).name for key in keys(compared, Kind.RUN)] == ["Run 2", "Run 3"]


def test_a_file_that_is_no_picture_is_not_added(compared, tmp_path):
    bad = tmp_path / "letter.png"
    bad.write_text("Dear Sir")
    compared.added_files.add(bad)
    wait_for(lambda: "letter.png" in compared.window.message_bar.text)
    assert not keys(compared, Kind.FILE)
