"""The report as a PDF of one page for archives (PDF/A-1b), written by Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
)

from zssr_studio.app.theme import load_fonts
from zssr_studio.errors import FailureError
from zssr_studio.evidence.report.page import TEXT_PT

if TYPE_CHECKING:
    from zssr_studio.evidence.report.page import Report
    from zssr_studio.words.say import Say

MARGIN_MM, DPI = 12, 300
# The text engine lays out in units of this; the page is painted larger by the ratio to the writer's dots.
LAYOUT_DPI = 96
# Pictures become smaller by this until all fits on one page. Chosen.
SHRUNK, LEAST_SHARE = 0.93, 0.3


def pdf_of(report: Report, say: Say, title: str) -> bytes:
    """Write a report as a PDF of one page.

    Needs a `QGuiApplication`; the offscreen platform does.

    Raises
    ------
    FailureError
        If Qt cannot write it.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPdfVersion(QPagedPaintDevice.PdfVersion.PdfVersion_A1b)
    writer.setTitle(title)
    writer.setCreator("ZSSR Studio")
    writer.setResolution(DPI)
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    layout = QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter
    )
    writer.setPageLayout(layout)
    zoom = DPI / LAYOUT_DPI
    page = QSizeF(writer.width() / zoom, writer.height() / zoom)
    document = _fitted(report, say, page)
    painter = QPainter()
    if not painter.begin(writer):
        raise FailureError("The report could not be written as a PDF. Write it as .html.")
    painter.scale(zoom, zoom)
    document.drawContents(painter)
    painter.end()
    return bytes(buffer.data().data())


def ensure_application() -> QGuiApplication:
    """Return the application that fonts and pictures need; in the terminal one without a screen."""
    existing = QGuiApplication.instance()
    if isinstance(existing, QGuiApplication):
        return existing
    return QGuiApplication(["zssr-studio", "-platform", "offscreen"])


def _fitted(report: Report, say: Say, page: QSizeF) -> QTextDocument:
    """Lay the report out on one page, with smaller pictures where it needs more."""
    family, share = load_fonts(), 1.0
    while True:
        document = QTextDocument()
        document.setDocumentMargin(0)
        font = QFont(family)
        font.setPointSizeF(TEXT_PT)
        document.setDefaultFont(font)
        document.setHtml(report.html(say, share))
        document.setTextWidth(page.width())
        if document.size().height() <= page.height() or share < LEAST_SHARE:
            return document
        share *= SHRUNK
