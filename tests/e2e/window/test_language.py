"""The language of the window: nothing goes by the translation, and the German one is whole, compiled and has room."""

from __future__ import annotations

import ast
import re
import shutil
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageFilter
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget

import zssr_studio
from tests.e2e.gestures import CTRL, a_photo, opened, pick
from tests.studio.for_everyone import clipped, nameless
from tests.studio.languages import OPEN, Brackets, installed, texts, words
from tests.studio.studio_loop import click_tool, look_over, open_studio, pause, wait_for
from tests.studio.walk import states
from tests.translations import FOLDER, compile_to, update
from zssr_studio.app.language import Language, kept_language, speak, tr
from zssr_studio.app.models.box.state import PictureState
from zssr_studio.app.models.run.history import Moment
from zssr_studio.app.theme import LIGHT
from zssr_studio.app.user_settings import user_settings
from zssr_studio.app.views.box import menu as box_menu
from zssr_studio.app.views.box.row import BoxRow
from zssr_studio.app.views.compare import result_menu
from zssr_studio.app.views.compare.result_row import Row
from zssr_studio.app.views.run.log_axis import DecadeAxis, StepAxis
from zssr_studio.app.views.run.loss_plot import legend_text
from zssr_studio.engine.config import PRESETS
from zssr_studio.engine.events import Death, NoticeKind
from zssr_studio.engine.kernels.estimate import Finding
from zssr_studio.resource import SAMPLE_PHOTO, resource_path
from zssr_studio.words.findings import FINDING_TEXTS
from zssr_studio.words.kernel_shapes import FAMILY_MEANINGS, FAMILY_TITLES, PARAMETER_TITLES
from zssr_studio.words.notices import DEATH_TEXTS, NOTICE_TEXTS
from zssr_studio.words.presets import PRESET_SUMMARIES, PRESET_TITLES

if TYPE_CHECKING:
    from collections.abc import Iterator

GERMAN = FOLDER / "zssr_studio_de.ts"
# Names, figures, what the engine says, and a language by its own name: the same in every language.
SAME = re.compile(
    r".*ZSSR Studio( \d.*)?|[\d.,]+ ([GM]B|dB)|cpu|Processor \(.*|English|Deutsch"
    r"|/.* is no picture\. Choose another file\."
    # The folder of the results of a box.
    r"|.*[/\\]enlarged"
    # Said where something else runs beside the tests.
    r"|Other programs keep the processor busy.*"
)


def messages() -> list[tuple[str, str]]:
    """All texts of the German translation, in English and in German."""
    found = ET.parse(GERMAN).getroot().iter("message")
    return [(str(one.findtext("source")), str(one.findtext("translation"))) for one in found]


def is_english_figure(kind: str, text: str) -> bool:
    """Tell whether decimals stand behind a point; the tips show how numbers may be typed."""
    return not kind.startswith("tip") and re.search(r"\d\.\d", text) is not None


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    with installed(qapp, speak(qapp, Language.GERMAN)):
        yield


def test_the_translation_is_whole(tmp_path: Path) -> None:
    """Nothing was forgotten: taking the texts of the window again changes nothing, and each has its translation."""
    again = shutil.copy(GERMAN, tmp_path / GERMAN.name)
    update(again)
    assert again.read_text("utf-8") == GERMAN.read_text("utf-8"), "run python -m tests.translations"
    assert "unfinished" not in GERMAN.read_text("utf-8")
    assert [source for source, translation in messages() if not translation.strip()] == []


def test_no_text_stands_where_lupdate_does_not_look() -> None:
    """Texts inside of an f-string are not found: they would stay in English, and nobody would miss them."""
    hidden = []
    for path in (Path(zssr_studio.__file__).parent / "app").rglob("*.py"):
        for outer in ast.walk(ast.parse(path.read_text("utf-8"))):
            calls = ast.walk(outer) if isinstance(outer, ast.JoinedStr) else ()
            hidden += [f"{path.name}: {ast.unparse(call)}" for call in calls if is_text(call)]
    assert hidden == []


def is_text(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("tr", "marked")
        and isinstance(node.args[0], ast.Constant)
    )


def test_the_compiled_translation_is_that_of_the_file(tmp_path: Path) -> None:
    compile_to(GERMAN, tmp_path / "again.qm")
    assert (tmp_path / "again.qm").read_bytes() == GERMAN.with_suffix(".qm").read_bytes(), (
        "run python -m tests.translations"
    )


def test_values_stand_in_the_translation_as_in_the_text() -> None:
    """The same values with the same formats, and a mnemonic where there is one."""
    differing = [
        (source, translation)
        for source, translation in messages()
        if sorted(re.findall(r"{[^}]*}", source)) != sorted(re.findall(r"{[^}]*}", translation))
        or len(re.findall(r"&\w", source)) != len(re.findall(r"&\w", translation))
    ]
    assert differing == []


def test_texts_of_the_engine_are_in_the_table() -> None:
    """The engine knows no Qt; what of it stands in the window is marked in a table."""
    assert PRESET_TITLES.keys() == PRESET_SUMMARIES.keys() == PRESETS.keys()
    assert [*NOTICE_TEXTS] == [*NoticeKind]
    assert [*DEATH_TEXTS] == [*Death]
    assert [*FINDING_TEXTS] == [*Finding]
    shown = {*PRESET_TITLES.values(), *PRESET_SUMMARIES.values(), *NOTICE_TEXTS.values(), *DEATH_TEXTS.values()}
    shown |= {*FINDING_TEXTS.values(), *FAMILY_TITLES.values(), *FAMILY_MEANINGS.values(), *PARAMETER_TITLES.values()}
    assert shown <= {source for source, _ in messages()}


@pytest.mark.looks
def test_no_text_goes_by_the_translation(qapp: QApplication) -> None:
    """With a translation that puts brackets round each text, a text without them was forgotten."""
    bare = set()
    with installed(qapp, [Brackets()]), open_studio(qapp) as studio:
        for name, window in states(studio):
            pause(30)
            bare |= {
                f"{name}: {kind} {text!r}"
                for kind, text in texts(window)
                if re.search("[A-Za-z]{2}", words(text)) and OPEN not in text and not SAME.fullmatch(words(text))
            }
    assert sorted(bare) == []


@pytest.mark.looks
@pytest.mark.usefixtures("german")
def test_the_studio_in_german_has_room_and_no_english(qapp: QApplication) -> None:
    """All windows in German: nothing is cut off, nothing lacks a name, and nothing is still in English."""
    english = {words(source) for source, translation in messages() if source != translation}
    german = {words(translation) for _, translation in messages()}
    problems = []
    with open_studio(qapp) as studio:
        for name, window in states(studio):
            pause(50)
            problems += [f"{name}: {problem}" for problem in (*clipped(window), *nameless(window))]
            left = {(kind, words(text)) for kind, text in texts(window)}
            problems += [f"{name}: {kind} {text!r}" for kind, text in left if text in english - german]
            if not name.startswith("about"):  # where versions stand
                problems += [f"{name}: {kind} {text!r}" for kind, text in left if is_english_figure(kind, text)]
        assert not problems, "\n".join(problems)
        assert studio.window.actions_by_name["start"].text() == "2× &vergrößern"
        studio.window.resize(studio.window.minimumSizeHint())
        pause(50)
        # So many that the run is seen going on.
        studio.settings.set_value(replace(studio.settings.value, steps=1_000_000))
        click_tool(studio, "start")
        wait_for(lambda: studio.run.is_running)
        mnemonics = [action.text().split("&")[1][0].lower() for action in studio.window.menuBar().actions()]
        assert len(set(mnemonics)) == len(mnemonics)


@pytest.mark.parametrize("language", ["english", "german"])
def test_each_menu_has_a_mnemonic_of_its_own_for_each_line(
    qapp: QApplication, request: pytest.FixtureRequest, language: str
) -> None:
    if language == "german":
        request.getfixturevalue("german")
    with open_studio(qapp) as studio:
        holder = QWidget(studio.window)
        pictures = BoxRow((), (), PictureState.WAITING, 0.0, is_ticked=True, is_open=False, spoken="")
        context = [result_menu.menu_of(Row(0, ""), holder, print), box_menu.menu_of([pictures], holder, print)]
        for menu in (*(action.menu() for action in studio.window.menuBar().actions()), *context):
            marked = [
                one.text().replace("&&", "").split("&")[1][0].lower() for one in menu.actions() if "&" in one.text()
            ]
            assert sorted(set(marked)) == sorted(marked), menu.title()


@pytest.mark.usefixtures("german")
def test_qts_own_dialogs_speak_german_too(qapp: QApplication) -> None:
    """The buttons that Qt names come from its own translation."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, "", "", QMessageBox.StandardButton.Cancel)
    assert box.button(QMessageBox.StandardButton.Cancel).text().replace("&", "") == "Abbrechen"
    box.deleteLater()


def test_a_language_is_chosen_in_the_preferences_and_spoken_from_the_next_start_on(
    qapp: QApplication, tmp_path: Path
) -> None:
    with open_studio(qapp) as studio:
        QTest.keyClick(studio.window, Qt.Key.Key_Comma, CTRL)
        wait_for(lambda: studio.preferences.dialog is not None and studio.preferences.dialog.isVisible())
        dialog = studio.preferences.dialog
        assert any("next start" in label.text() for label in dialog.findChildren(QLabel))
        pick(dialog.language, "Deutsch")
        assert dialog.close_button.text() == "Close"
        dialog.reject()
    chosen = kept_language(user_settings())
    assert chosen is Language.GERMAN
    with installed(qapp, speak(qapp, chosen)), open_studio(qapp) as studio:
        opened(studio, a_photo(tmp_path))
        assert studio.results.entries[0].name == "Eingabe"
        assert studio.window.run_panel.tabs.tabText(0) == "Kurven"


def test_english_needs_no_translation(qapp: QApplication) -> None:
    assert speak(qapp, Language.ENGLISH) == []
    assert tr("Run {number}", number=3) == "Run 3"


@pytest.mark.looks
@pytest.mark.usefixtures("german")
def test_what_an_estimate_finds_is_said_in_german(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "soft.png"
    with Image.open(resource_path(SAMPLE_PHOTO)) as image:
        image.filter(ImageFilter.GaussianBlur(1.1)).save(path)
    with open_studio(qapp) as studio:
        opened(studio, path)
        look_over(studio)
        studio.window.settings_panel.degradation.estimate_button.click()
        wait_for(lambda: "Außerdem gefunden" in studio.window.message_bar.text)
        told, found = studio.window.message_bar.text, studio.window.settings_panel.damage.told.text()
    assert re.match(r"Um etwa 2,\d x 2,\d Pixel des Ergebnisses unscharf \(Standardabweichungen", told)
    assert "weder Rauschen noch Kompression" in told
    assert found == "Gefunden: weder Rauschen noch Kompression, die zu bereinigen sich lohnte."


@pytest.mark.usefixtures("german")
def test_the_curves_write_numbers_as_the_locale_does() -> None:
    assert DecadeAxis("left").tickStrings([-2.0, -1.0, 0.0, 1.0], 1.0, 1.0) == ["0,01", "0,1", "1", "10"]
    assert StepAxis("bottom").tickStrings([0.0, 2.5, 12_000.0], 1.0, 2.5) == ["0", "2,5", "12000"]
    moment = Moment(step=3, elapsed_s=1.5, loss=0.02, learning_rate=0.001, rmse=0.0125)
    told = legend_text(moment, LIGHT)
    assert "0,0125" in told
    assert "0.0" not in told
