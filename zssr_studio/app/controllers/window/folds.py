"""Sections of the settings are open or folded at the next start as they were left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QSettings

    from zssr_studio.app.views.window.folded_section import FoldedSection

_OPEN = "settings/open/{name}"


class FoldsController(QObject):
    """Sections by name to what is remembered, and back."""

    def __init__(self, kept: QSettings, sections: Mapping[str, FoldedSection]) -> None:
        super().__init__()
        for name, section in sections.items():
            key = _OPEN.format(name=name)
            section.set_open(bool(kept.value(key, False, type=bool)))
            section.toggled.connect(lambda wanted, key=key: kept.setValue(key, wanted))
