"""The language of the window: every text that a person sees goes through `tr`, and Qt's translator answers."""

from __future__ import annotations

import math
import re
import string
from enum import StrEnum
from typing import TYPE_CHECKING, Any

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
# How texts ask for a share.
PERCENT = ".0%"


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
    return _NUMBERS.vformat(said, (), values) if values else said


class _LocalNumbers(string.Formatter):
    """Writes the decimals of numbers behind the mark of the locale, however few of them a text wants."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == PERCENT:
            return percent_text(value)
        written = str(super().format_field(value, format_spec))
        return written.replace(".", QLocale().decimalPoint()) if isinstance(value, float) else written


_NUMBERS = _LocalNumbers()


def percent_text(share: float) -> str:
    """Write a share in percent as the language does."""
    return tr("{percent:.0f} %", percent=100.0 * share)


def day_text(moment: datetime) -> str:
    """Say a day as the language of the window does, whatever language the system speaks."""
    locale = QLocale(tr("en", "the code of the language, for the names of the months"))
    day = QDate(moment.year, moment.month, moment.day)
    return locale.toString(day, tr("d MMMM", "a day, as Qt writes formats"))


def number_text(value: float, decimals: int | None = None) -> str:
    """Write a number as the locale does, without separating thousands; None decimals are as few as it needs."""
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    if decimals is None:
        return locale.toString(float(value), "g", 6)
    return locale.toString(float(value), "f", decimals)


def read_number(text: str, most: float = math.inf, *, whole: bool = False) -> float | None:
    """Read a number as people write it: `1,5` and `1.5`, `1.500,5`, `1,500.5` and `1 500`.

    Where a mark could be either, as in `1.500`, it separates thousands if the locale does not write its decimals with
    it, and if a number that large can be meant at all.

    Parameters
    ----------
    text : str
        Without a unit.
    most : float
        The largest number that can be meant.
    whole : bool
        Whether only a whole number can be meant, so that three digits behind a mark are thousands.

    Returns
    -------
    float or None
        None if the text is no number, or not yet.
    """
    bare = re.sub(r"[\s'’]", "", text)
    if re.fullmatch(r"[+-]?\d*([.,]\d+)*", bare) is None or not any(one.isdigit() for one in bare):
        return None
    last = max(bare.rfind("."), bare.rfind(","))
    if last < 0:
        return float(bare)
    mark, before, behind = bare[last], bare[:last], bare[last + 1 :]
    if _is_grouped(bare, mark) and most >= 1000 and (bare.count(mark) > 1 or whole or mark != QLocale().decimalPoint()):
        return float(bare.replace(mark, ""))
    group = "," if mark == "." else "."
    if mark in before or (group in before and not _is_grouped(before, group)):
        return None
    return float(f"{before.replace(group, '') or '0'}.{behind}")


def _is_grouped(text: str, mark: str) -> bool:
    return re.fullmatch(rf"[+-]?[1-9]\d{{0,2}}({re.escape(mark)}\d{{3}})+", text) is not None


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
    if language is not Language.SYSTEM:
        # Numbers follow the language that was chosen.
        QLocale.setDefault(locale)
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
    return found


def _is_english(locale: QLocale) -> bool:
    # A person who put English before German in the system's list wants English.
    first = next(iter(locale.uiLanguages()), "en")
    return first.split("-")[0] in ("en", "C")


def _qt_folder() -> str:
    return QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
