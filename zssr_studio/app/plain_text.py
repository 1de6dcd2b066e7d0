"""Texts from outside as they are: Qt takes what looks like HTML for HTML, unless it is told otherwise."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel


def plain_labels(*labels: QLabel) -> None:
    """Let labels that show names or sentences with names in them take no text for markup."""
    for label in labels:
        label.setTextFormat(Qt.TextFormat.PlainText)


def plain_tip(text: str) -> str:
    """Return a tool tip that shows a text as it is; they have no format of their own."""
    return f"<span>{html.escape(text)}</span>" if "<" in text else text


def plain_title(text: str) -> str:
    """Return a window's title that shows a text as it is; Qt takes `[*]` for the place of a mark."""
    return text.replace("[*]", "[*][*]")
