"""The language of the window: every text that a person sees goes through `tr`, and Qt's translator answers."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLibraryInfo, QLocale, QTranslator

from zssr_studio.resource import resource_path
from zssr_studio.words.say import marked as marked  # for the tables of the window

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtCore import QSettings

# One context for the whole window: `lupdate` gives it to each call of `tr` that is no method.
CONTEXT = ""
TRANSLATIONS = "translations"
_LANGUAGE = "window/language"


class Language(StrEnum):
    """Which language to speak: that of the system where there is a translation, or always the same."""

    SYSTEM = "system"
    ENGLISH = "en"
    GERMAN = "de"


def tr(text: str, meant: str = "", /, **values: object) -> str:
    """Say a text in the language of the window.

    Parameters
    ----------
    text : str
        In English, with `{name}` where a value stands; a literal, so that `lupdate` finds it, or one that is `marked`.
    meant : str
        What is meant, where one English word has two meanings.
    **values
        What stands at the names.
    """
    said = QCoreApplication.translate(CONTEXT, text, meant or None)
    return said.format(**values) if values else said


def day_text(moment: datetime) -> str:
    """Say a day as the language of the window does, whatever language the system speaks."""
    locale = QLocale(tr("en", "the code of the language, for the names of the months"))
    day = QDate(moment.year, moment.month, moment.day)
    return locale.toString(day, tr("d MMMM", "a day, as Qt writes formats"))


def kept_language(settings: QSettings) -> Language:
    """Return the language that a person chose."""
    kept = str(settings.value(_LANGUAGE, Language.SYSTEM))
    return Language(kept) if kept in [*Language] else Language.SYSTEM


def keep_language(settings: QSettings, language: Language) -> None:
    """Remember a language for the next start."""
    settings.setValue(_LANGUAGE, str(language))


def speak(application: QCoreApplication, language: Language) -> list[QTranslator]:
    """Let the application speak a language, the dialogs that Qt makes included, before its first widget is made.

    Returns
    -------
    list of QTranslator
        What was installed; nothing for English, or where there is no translation.
    """
    locale = QLocale.system() if language is Language.SYSTEM else QLocale(language)
    if _is_english(locale):
        return []
    folder = str(resource_path(TRANSLATIONS))
    own = QTranslator(application)
    if not own.load(locale, "zssr_studio", "_", folder):
        return []
    qt = QTranslator(application)
    found = [own, qt] if qt.load(locale, "qtbase", "_", _qt_folder()) else [own]
    for translator in found:
        application.installTranslator(translator)
    if language is not Language.SYSTEM:
        # Numbers that are typed follow the language that was chosen.
        QLocale.setDefault(locale)
    return found


def _is_english(locale: QLocale) -> bool:
    # A person who put English before German in the system's list wants English.
    first = next(iter(locale.uiLanguages()), "en")
    return first.split("-")[0] in ("en", "C")


def _qt_folder() -> str:
    return QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
