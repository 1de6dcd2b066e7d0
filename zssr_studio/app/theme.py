"""Colours, type and spacing: neutral around the picture, one accent, a grid of 8 pixels."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from zssr_studio.resource import resource_path

FONT_FILES = ("fonts/Inter-Regular.otf", "fonts/Inter-SemiBold.otf")
# Text is never smaller than this, and as large as the system asks for.
LEAST_FONT_PT = 10.0
LEAST_FIELD_PX = 28


class Theme(StrEnum):
    """Which colours to show."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one theme. The surround is neutral, so that it tints no picture."""

    window: str
    field: str
    raised: str
    line: str
    text: str
    faint: str
    surround: str
    accent: str
    accent_text: str
    accent_line: str
    warning: str
    warning_text: str
    second_curve: str


LIGHT = Colours(
    window="#f3f3f3", field="#ffffff", raised="#e6e6e6", line="#c9c9c9", text="#1d1d1d", faint="#5c5c5c",
    surround="#c4c4c4", accent="#206cc8", accent_text="#ffffff", accent_line="#1a66c2",
    warning="#fbe3df", warning_text="#7a1f12", second_curve="#a8480c",
)  # fmt: skip
DARK = Colours(
    window="#2a2a2a", field="#1f1f1f", raised="#393939", line="#484848", text="#ececec", faint="#b0b0b0",
    surround="#1b1b1b", accent="#2872cc", accent_text="#ffffff", accent_line="#6cb0ff",
    warning="#4a2420", warning_text="#ffd9d2", second_curve="#ffab5e",
)  # fmt: skip


def colours_of(theme: Theme) -> Colours:
    """Return a theme's colours; the system's choice is asked where it leads."""
    if theme is Theme.SYSTEM:
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return DARK if dark else LIGHT
    return DARK if theme is Theme.DARK else LIGHT


def load_fonts() -> str:
    """Load the typeface that ships with the program and return its family."""
    family = ""
    for name in FONT_FILES:
        identity = QFontDatabase.addApplicationFont(str(resource_path(name)))
        families = QFontDatabase.applicationFontFamilies(identity)
        family = family or (families[0] if families else "")
    return family


def font_size_pt() -> float:
    """Return the size of text that the system asks for; a person with weak eyes has set it larger there."""
    return max(LEAST_FONT_PT, QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF())


def text_scale() -> float:
    """Return how many times larger than the least size text is."""
    return font_size_pt() / LEAST_FONT_PT


def give_height(field: QWidget) -> None:
    """Let no layout press a field below what its text needs."""
    field.setMinimumHeight(max(LEAST_FIELD_PX, field.sizeHint().height()))


def apply(application: QApplication, theme: Theme, family: str) -> Colours:
    """Dress the whole application."""
    colours = colours_of(theme)
    application.setStyle(QStyleFactory.create("Fusion"))
    font = QFont(family) if family else application.font()
    font.setPointSizeF(font_size_pt())
    application.setFont(font)
    application.setPalette(_palette(colours))
    application.setStyleSheet(_style_sheet(colours, font_size_pt()))
    return colours


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for key, value in {
        role.Window: colours.window,
        role.Base: colours.field,
        role.AlternateBase: colours.raised,
        role.Button: colours.raised,
        role.ToolTipBase: colours.raised,
        role.WindowText: colours.text,
        role.Text: colours.text,
        role.ButtonText: colours.text,
        role.ToolTipText: colours.text,
        role.PlaceholderText: colours.faint,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.accent_text,
        role.Mid: colours.line,
    }.items():
        palette.setColor(key, QColor(value))
    disabled = QPalette.ColorGroup.Disabled
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(disabled, key, QColor(colours.faint))
    palette.setColor(disabled, role.Highlight, QColor(colours.line))
    return palette


def _style_sheet(colours: Colours, text_pt: float) -> str:
    return f"""
    QMainWindow, QDialog {{ background: {colours.window}; }}
    QMainWindow::separator {{ background: {colours.line}; width: 1px; height: 1px; }}
    QToolBar {{ border: none; border-bottom: 1px solid {colours.line}; padding: 4px 8px; spacing: 4px; }}
    QToolBar::separator {{ background: {colours.line}; width: 1px; margin: 6px 4px; }}
    QToolBar QToolButton {{ padding: 6px 8px; border: 1px solid transparent; border-radius: 4px;
        color: {colours.text}; }}
    QToolBar QToolButton:hover {{ background: {colours.raised}; }}
    QToolBar QToolButton:checked {{ background: {colours.raised}; border-color: {colours.accent_line}; }}
    QToolBar QToolButton:focus {{ border: 2px solid {colours.accent_line}; padding: 5px 7px; }}
    QToolBar QToolButton#qt_toolbar_ext_button {{ padding: 0; }}
    QToolBar QToolButton:disabled {{ color: {colours.faint}; }}
    QToolBar QToolButton#primary:enabled, QPushButton#primary:enabled {{
        background: {colours.accent}; color: {colours.accent_text}; font-weight: 600; }}
    QToolBar QToolButton#primary:enabled:focus, QPushButton#primary:enabled:focus {{
        border: 2px solid {colours.text}; }}
    QPushButton#primary:enabled:focus {{ padding: 5px 11px; }}
    QFrame#strip {{ background: {colours.window}; border: none; border-bottom: 1px solid {colours.line}; }}
    QFrame#strip QToolButton, QToolButton#plain {{ padding: 4px 8px; border: 1px solid transparent; border-radius: 4px;
        color: {colours.text}; }}
    QToolButton#plain {{ border-color: {colours.line}; background: {colours.raised}; padding: 6px 12px; }}
    QFrame#strip QToolButton:hover {{ background: {colours.raised}; }}
    QFrame#strip QToolButton:checked {{ background: {colours.raised}; border-color: {colours.accent_line}; }}
    QToolButton#plain:hover {{ border-color: {colours.accent_line}; }}
    QFrame#strip QToolButton:focus {{ border: 2px solid {colours.accent_line}; padding: 3px 7px; }}
    QToolButton#plain:focus {{ border: 2px solid {colours.accent_line}; padding: 5px 11px; }}
    QToolButton#plain:checked {{ border-color: {colours.accent_line}; }}
    QToolButton#plain:disabled {{ color: {colours.faint}; background: {colours.window}; }}
    QToolButton#small {{ padding: 2px 8px; border: 1px solid {colours.line}; border-radius: 4px;
        background: {colours.raised}; color: {colours.text}; }}
    QToolButton#small:hover, QToolButton#small:checked {{ border-color: {colours.accent_line}; }}
    QToolButton#small:focus {{ border: 2px solid {colours.accent_line}; padding: 1px 7px; }}
    QToolButton#small:disabled {{ color: {colours.faint}; background: {colours.window}; }}
    QListView#film {{ border: 1px solid transparent; background: {colours.window}; outline: none; }}
    QListView#film:focus {{ border-color: {colours.accent_line}; }}
    QListView#film::item {{ border: 2px solid transparent; border-radius: 4px; padding: 2px; }}
    QListView#film::item:hover {{ background: {colours.raised}; }}
    QListView#film::item:selected {{ border-color: {colours.accent_line}; color: {colours.text};
        background: {colours.raised}; }}
    QTableView#runs {{ border: 1px solid {colours.line}; background: {colours.window}; outline: none;
        selection-background-color: {colours.raised}; selection-color: {colours.text}; }}
    QTableView#runs:focus {{ border-color: {colours.accent_line}; }}
    QTableView#runs::item {{ padding: 2px 8px; }}
    QTableView#runs QHeaderView::section {{ background: {colours.window}; color: {colours.faint}; border: none;
        border-bottom: 1px solid {colours.line}; padding: 2px 11px; }}
    QFrame#palette {{ background: {colours.window}; border: 1px solid {colours.faint}; }}
    QTreeWidget#commands {{ border: none; background: {colours.window}; outline: none; }}
    QTreeView::item, QListWidget#licences::item {{ padding: 4px 8px; }}
    QTreeWidget#commands::item {{ padding: 5px 8px; }}
    QTreeWidget#commands::item:hover {{ background: {colours.raised}; }}
    QTreeWidget#commands::item:selected {{ background: {colours.accent}; color: {colours.accent_text}; }}
    QToolButton#recent {{ padding: 4px 12px; border: 1px solid transparent; border-radius: 4px;
        color: {colours.text}; }}
    QToolButton#recent:hover, QToolButton#recent:focus {{ background: {colours.raised};
        border-color: {colours.accent_line}; }}
    QTreeWidget#shortcuts QHeaderView::section {{ background: {colours.window}; color: {colours.faint}; border: none;
        border-bottom: 1px solid {colours.line}; padding: 4px 11px; }}
    QScrollArea#text {{ border: 1px solid transparent; }}
    QTreeWidget#shortcuts, QListWidget#licences, QPlainTextEdit#licence {{ border: 1px solid {colours.line}; }}
    QScrollArea#text:focus, QTreeWidget#shortcuts:focus, QListWidget#licences:focus, QPlainTextEdit#licence:focus {{
        border: 2px solid {colours.accent_line}; }}
    QTabWidget::pane {{ border: none; border-top: 1px solid {colours.line}; }}
    QTabBar::tab {{ padding: 4px 12px; border: none; border-bottom: 2px solid transparent; color: {colours.faint}; }}
    QTabBar::tab:selected {{ color: {colours.text}; border-bottom-color: {colours.accent_line}; }}
    QTabBar::tab:hover {{ color: {colours.text}; }}
    QTabBar:focus {{ border: 1px solid {colours.accent_line}; border-radius: 4px; }}
    QListView#results {{ border: 1px solid transparent; background: {colours.window}; outline: none; }}
    QListView#results:focus {{ border-color: {colours.accent_line}; }}
    QListView#results::item {{ border: 1px solid transparent; border-radius: 4px; padding-left: 6px; }}
    QListView#results::item:hover {{ background: {colours.raised}; }}
    QListView#results::item:selected {{ background: {colours.raised}; color: {colours.text};
        border-color: {colours.accent_line}; }}
    QPushButton {{ padding: 6px 12px; border: 1px solid {colours.line}; border-radius: 4px;
        background: {colours.raised}; }}
    QPushButton:hover {{ border-color: {colours.accent_line}; }}
    QPushButton:focus {{ border: 2px solid {colours.accent_line}; padding: 5px 11px; }}
    QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {colours.line}; }}
    QSlider::sub-page:horizontal {{ border-radius: 2px; background: {colours.accent_line}; }}
    QSlider::handle:horizontal {{ width: 12px; margin: -5px 0; border: 1px solid {colours.faint}; border-radius: 7px;
        background: {colours.field}; }}
    QSlider::handle:horizontal:hover {{ border-color: {colours.accent_line}; }}
    QSlider::handle:horizontal:focus {{ border-color: {colours.accent_line}; background: {colours.accent_line}; }}
    QSlider::sub-page:horizontal:disabled {{ background: {colours.line}; }}
    QSlider::handle:horizontal:disabled {{ border-color: {colours.line}; background: {colours.window}; }}
    QCheckBox {{ spacing: 8px; }}
    QCheckBox::indicator:unchecked {{ width: 12px; height: 12px; border: 1px solid {colours.faint};
        border-radius: 2px; background: {colours.field}; }}
    QDockWidget::title {{ padding: 8px; background: {colours.window}; }}
    QLabel#heading {{ font-weight: 600; }}
    QLabel#title {{ font-size: {2 * text_pt:g}pt; font-weight: 600; }}
    QLabel#faint {{ color: {colours.faint}; }}
    QLabel#problem {{ color: {colours.warning_text}; background: {colours.warning}; padding: 4px 8px;
        border-radius: 4px; }}
    QFrame#message {{ background: {colours.raised}; border-bottom: 1px solid {colours.line}; }}
    QFrame#message[kind="error"] {{ background: {colours.warning}; }}
    QFrame#message[kind="error"] QLabel {{ color: {colours.warning_text}; }}
    QFrame#rule {{ background: {colours.line}; max-height: 1px; border: none; }}
    QProgressBar {{ border: none; border-radius: 2px; background: {colours.raised}; max-height: 4px; }}
    QProgressBar::chunk {{ background: {colours.accent_line}; border-radius: 2px; }}
    QToolTip {{ color: {colours.text}; background: {colours.raised}; border: 1px solid {colours.line}; padding: 4px; }}
    """
