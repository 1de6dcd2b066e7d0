"""The language of the window: every text that a person sees goes through `tr`, and Qt's translator answers."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

# One context for the whole window: `lupdate` gives it to each call of `tr` that is no method.
CONTEXT = ""


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


def marked(text: str) -> str:
    """Mark a text of a table for `lupdate`; it is said in the language of the window where it goes through `tr`."""
    return text
