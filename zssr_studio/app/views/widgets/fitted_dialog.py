"""A dialog that is as high as what it shows, whose rows come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QScrollArea, QWidget


class FittedDialog(QDialog):
    """A dialog with a page that scrolls where the screen has no room for all of it.

    Parameters
    ----------
    parent : QWidget
    margin_px : int
        To the left and to the right of the page.
    """

    def __init__(self, parent: QWidget, margin_px: int) -> None:
        super().__init__(parent)
        self._margin_px, self._fitted = margin_px, QSize()

    def fit(self, page: QScrollArea) -> None:
        """Be as high as what is shown, as far as the screen has room."""
        self._fitted = self._needed(page).boundedTo(self.screen().availableSize())
        self.resize(self._fitted)

    def fit_again(self, page: QScrollArea) -> None:
        """Fit what is said by now, but take no room back from who has made it larger."""
        if self.size() == self._fitted:
            self.fit(page)
        else:
            self.resize(self._needed(page).expandedTo(self.size()).boundedTo(self.screen().availableSize()))

    def _needed(self, page: QScrollArea) -> QSize:
        rows, layout = page.widget(), self.layout()
        if rows is None:
            return self.size()
        # Rows that were shown or hidden just now count from the next time on that they are laid out.
        for one in (rows.layout(), layout):
            if one is not None:
                one.activate()
        width = max(self.width(), self.sizeHint().width(), rows.sizeHint().width() + 2 * self._margin_px)
        # Texts are broken by the width that there is.
        height = self.sizeHint().height() if layout is None else layout.totalHeightForWidth(width)
        # Qt remembers how large a page was that scrolls, and lets none ask for more than 24 lines.
        return QSize(width, height - page.sizeHint().height() + rows.sizeHint().height())
