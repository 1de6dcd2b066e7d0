"""What all fields of the window do alike: numbers of any locale, the wheel, undo, and what is being typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QDoubleSpinBox, QSlider, QSpinBox, QWidget

from tests import piece_of_sample
from tests.studio.languages import OPEN, Brackets
from tests.studio.studio_loop import open_studio, pause, told_ahead, unfold, wait_for
from zssr_studio.app.language import number_text, read_number
from zssr_studio.app.views.fields.number_boxes import DecimalBox, WholeBox
from zssr_studio.engine.config import Scale

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def german():
    QLocale.setDefault(QLocale(QLocale.Language.German))
    yield
    QLocale.setDefault(QLocale.c())


@pytest.fixture
def opened(studio, tmp_path):
    path = piece_of_sample(tmp_path / "harbour.png", (120, 60, 420, 260))
    studio.pictures.open(path)
    # What is found and forecast makes lines of the settings longer, and moves what is below.
    wait_for(lambda: studio.document.path == path)
    told_ahead(studio)
    return studio


BOTH = [("1,5", 1.5), ("1.5", 1.5), ("12", 12), (" 1 500,25 ", 1500.25), ("1.500,25", 1500.25), ("1,500.25", 1500.25)]


@pytest.mark.parametrize(("text", "number"), [*BOTH, ("1.500", 1.5), ("1,500", 1500), ("1,234,567", 1234567)])
def test_numbers_in_english(text, number):
    assert read_number(text) == number


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(("text", "number"), [*BOTH, ("1.500", 1500), ("1,500", 1.5), ("1.234.567", 1234567)])
def test_numbers_in_german(text, number):
    assert read_number(text) == number
    assert number_text(1.5) == "1,5"


@pytest.mark.parametrize("text", ["", "-", "1,", ".", "1,5,3", "1.5.3", "12,34.5", "one", "1e5"])
def test_what_is_no_number(text):
    assert read_number(text) is None


@pytest.mark.usefixtures("german")
def test_thousands_are_none_where_none_can_be_meant():
    assert read_number("1.500", 8) == 1.5
    assert read_number("1.500", whole=True) == 1500


@pytest.mark.parametrize("text", ["1,5", "1.5"])
@pytest.mark.usefixtures("german")
def test_a_field_with_decimals_takes_both_marks(qtbot, text):
    box = DecimalBox()
    qtbot.addWidget(box)
    box.setDecimals(1)
    box.setRange(0, 100_000)
    box.setSuffix(" cm")
    box.selectAll()
    QTest.keyClicks(box, text)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert box.value() == 1.5
    assert box.text() == "1,5 cm"


@pytest.mark.parametrize(
    ("text", "number"), [("1.500", 1500), ("1,500", 1500), ("1500", 1500), ("1.5", 7), ("9999999", 999999)]
)
def test_a_field_for_whole_numbers_takes_thousands_and_no_half(qtbot, text, number):
    box = WholeBox()
    qtbot.addWidget(box)
    box.setRange(0, 2_000_000)
    box.setValue(7)
    box.setKeyboardTracking(False)
    box.selectAll()
    QTest.keyClicks(box, text)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert box.value() == number


def test_each_field_for_numbers_reads_them_alike(studio):
    boxes = studio.window.findChildren(QAbstractSpinBox)
    assert len(boxes) > 10
    assert [box for box in boxes if not isinstance(box, DecimalBox | WholeBox)] == []


def test_the_text_of_each_field_for_numbers_stands_clear_of_its_edge(studio):
    studio.window.actions_by_name["preferences"].trigger()
    wait_for(lambda: studio.preferences.dialog is not None and studio.preferences.dialog.isVisible())
    dialog = studio.preferences.dialog
    boxes = [*studio.window.findChildren(QAbstractSpinBox), *dialog.findChildren(QAbstractSpinBox)]
    assert dialog.seconds in boxes
    assert [box.accessibleName() for box in boxes if box.lineEdit().textMargins().left() < 4] == []
    dialog.reject()


def value_of(field):
    match field:
        case QSpinBox() | QDoubleSpinBox() | QSlider():
            return field.value()
        case QComboBox():
            return field.currentText()
    raise AssertionError(field)


def roll(field: QWidget) -> None:
    """Turn the wheel over the middle of a field by one notch towards the hand, as the system tells of it."""
    pause(1)  # What was changed before moves the fields once events pass.
    window = field.window()
    middle = field.mapTo(window, field.rect().center())
    QTest.wheelEvent(window.windowHandle(), QPointF(middle), QPoint(0, -120))
    pause(1)


def fields_of(window: QWidget) -> list[QWidget]:
    kinds = (QAbstractSpinBox, QComboBox, QSlider)
    return [field for kind in kinds for field in window.findChildren(kind) if field.isVisible() and field.isEnabled()]


def test_the_wheel_scrolls_the_settings_and_changes_none_of_them(opened):
    panel = opened.window.settings_panel
    unfold(opened)
    opened.window.resize(1280, 600)
    pause(20)
    fields, bar = fields_of(panel), panel.verticalScrollBar()
    assert len(fields) > 10
    opened.window.canvas.setFocus()
    before = [value_of(field) for field in fields]
    scrolled = []
    for field in fields:
        panel.ensureWidgetVisible(field)
        bar.setValue(bar.value() - 1)
        was = bar.value()
        roll(field)
        scrolled.append(bar.value() > was)
    assert [value_of(field) for field in fields] == before
    assert not any(field.hasFocus() for field in fields)
    assert all(scrolled)


def test_the_wheel_changes_nothing_in_a_dialog_either(opened):
    opened.window.actions_by_name["preferences"].trigger()
    wait_for(lambda: opened.preferences.dialog is not None and opened.preferences.dialog.isVisible())
    dialog = opened.preferences.dialog
    dialog.close_button.setFocus()
    fields = fields_of(dialog)
    assert len(fields) > 2
    before = [value_of(field) for field in fields]
    for field in fields:
        roll(field)
    assert [value_of(field) for field in fields] == before
    dialog.reject()


def test_a_field_that_is_in_use_goes_by_the_wheel(opened):
    panel = opened.window.settings_panel
    unfold(opened)
    panel.ensureWidgetVisible(panel.seconds)
    panel.seconds.setFocus()
    panel.seconds.setValue(9)
    roll(panel.seconds)
    assert opened.settings.value.seconds == 8


def test_undo_is_the_windows_with_the_focus_in_a_field(opened):
    fields = opened.window.settings_panel.size_fields
    fields.width_px.setFocus()
    fields.width_px.selectAll()
    QTest.keyClicks(fields.width_px, "750")
    QTest.keyClick(fields.width_px, Qt.Key.Key_Return)
    assert opened.settings.value.scale == Scale(2.5, 2.5)
    assert fields.width_px.hasFocus()
    QTest.keyClick(fields.width_px, Qt.Key.Key_Z, CONTROL)
    assert opened.settings.value.scale == Scale(2, 2)
    QTest.keyClick(fields.width_px, Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert opened.settings.value.scale == Scale(2.5, 2.5)


def test_undo_is_the_fields_own_while_something_is_being_typed(opened):
    width = opened.window.settings_panel.size_fields.width_px
    opened.window.settings_panel.seed.setValue(4)
    width.setFocus()
    width.selectAll()
    QTest.keyClicks(width, "75")
    QTest.keyClick(width, Qt.Key.Key_Z, CONTROL)
    assert opened.settings.value.seed == 4
    assert width.text() != "75"


def test_what_is_being_typed_counts_for_the_command(opened):
    width = opened.window.settings_panel.size_fields.width_px
    width.setFocus()
    width.selectAll()
    QTest.keyClicks(width, "750")
    assert opened.settings.value.scale == Scale(2, 2)
    opened.window.actions_by_name["fit"].trigger()
    assert opened.settings.value.scale == Scale(2.5, 2.5)


def test_refusals_speak_the_language_of_the_window(qapp):
    translator = Brackets()
    qapp.installTranslator(translator)
    try:
        with open_studio(qapp) as studio:
            fields = studio.window.settings_panel.size_fields
            for text in ("many", "9"):
                fields.scale.lineEdit().setFocus()
                fields.scale.lineEdit().selectAll()
                QTest.keyClicks(fields.scale.lineEdit(), text)
                said = fields.offer.problem.text()
                # Each of the two sentences went through the translator.
                assert said.count(OPEN) == 2, said
    finally:
        qapp.removeTranslator(translator)
