"""Colours, type and spacing: neutral around the picture, one accent, a grid of 8 pixels."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QStyleFactory, QWidget

from zssr_studio.resource import resource_path

FONT_FILES = ("fonts/Inter-Regular.otf", "fonts/Inter-SemiBold.otf")
# Text is never smaller than this, and as large as the system asks for.
LEAST_FONT_PT = 10.0
LEAST_FIELD_PX = 28
# As far in as a style sheet's padding puts the text of other fields.
SPIN_INSET_PX = 5
# Border and padding of a spin box, left and right, less what its text may use of the room for the arrows.
EDGE_PX = 6
# What grows with the text: icons, the arrows of fields and the room for them, check marks, scroll bars, sliders.
# Chosen, such that an icon is as high as a line of text.
_SIZES_PX = {
    "icon_px": 18,
    "tool_px": 20,
    "arrow_px": 12,
    "drop_px": 20,
    "check_px": 14,
    "check_inner_px": 12,
    "scroll_px": 12,
    "slider_px": 16,
    "handle_px": 12,
    "handle_out_px": 5,
    # Qt paints a corner square that is rounder than half of the handle.
    "handle_round_px": 6,
}


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
    edge: str
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
    window="#f3f3f3", field="#ffffff", raised="#e6e6e6", line="#c9c9c9", edge="#828282", text="#1d1d1d",
    faint="#5c5c5c", surround="#c4c4c4", accent="#206cc8", accent_text="#ffffff", accent_line="#1a66c2",
    warning="#fbe3df", warning_text="#7a1f12", second_curve="#a8480c",
)  # fmt: skip
DARK = Colours(
    window="#2a2a2a", field="#1f1f1f", raised="#393939", line="#484848", edge="#858585", text="#ececec",
    faint="#b0b0b0", surround="#1b1b1b", accent="#2872cc", accent_text="#ffffff", accent_line="#6cb0ff",
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
    """Let no layout press a field below what its text needs; a spin box's text stands as far in as that of others."""
    if isinstance(field, QAbstractSpinBox) and (line := field.findChild(QLineEdit)) is not None:
        line.setTextMargins(SPIN_INSET_PX, 0, 0, 0)
    field.setMinimumHeight(max(LEAST_FIELD_PX, field.sizeHint().height()))


def give_width(field: QAbstractSpinBox, text: str) -> None:
    """Let no layout press a spin box below what a text in it needs."""
    around_px = SPIN_INSET_PX + EDGE_PX + round(_SIZES_PX["drop_px"] * text_scale())
    field.setMinimumWidth(field.fontMetrics().horizontalAdvance(text) + around_px)


def set_typeface(application: QApplication, family: str) -> None:
    """Give the application what widgets measure themselves with as they are made."""
    application.setStyle(QStyleFactory.create("Fusion"))
    application.setFont(_font(application, family))


def apply(application: QApplication, theme: Theme, family: str) -> Colours:
    """Dress the whole application.

    A widget that changes its place while there is a style sheet is dressed again, with all that is in it: to dress the
    window once it is laid out saves half of the time that it takes to make one. For the same reason what is dressed
    already is undressed first: another theme takes a fifth of the time.
    """
    colours = colours_of(theme)
    sheet = _style_sheet(colours, font_size_pt())
    if application.styleSheet() != sheet or application.font() != _font(application, family):
        application.setStyleSheet("")
        set_typeface(application, family)
        application.setPalette(_palette(colours))
        application.setStyleSheet(sheet)
    return colours


def _font(application: QApplication, family: str) -> QFont:
    font = QFont(family) if family else application.font()
    font.setPointSizeF(font_size_pt())
    return font


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
        role.Link: colours.accent_line,
    }.items():
        palette.setColor(key, QColor(value))
    disabled = QPalette.ColorGroup.Disabled
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(disabled, key, QColor(colours.faint))
    palette.setColor(disabled, role.Highlight, QColor(colours.line))
    return palette


def _radio_sizes(side_px: int) -> dict[str, int]:
    """Return what keeps a radio button round, and as large when it is checked as when it is not."""
    ring_px = side_px // 4 + 1
    return {
        "radio_round_px": side_px // 2 + 1,
        "radio_ring_px": ring_px,
        "radio_dot_px": side_px - 2 * (ring_px - 1),
    }


def _style_sheet(colours: Colours, text_pt: float) -> str:
    template = Template(resource_path("style.qss").read_text(encoding="utf-8"))
    scale = text_pt / LEAST_FONT_PT
    sizes = {name: round(least_px * scale) for name, least_px in _SIZES_PX.items()}
    sizes |= _radio_sizes(sizes["handle_px"])
    controls = resource_path("icons/controls").as_posix()
    return template.substitute(asdict(colours) | sizes, title_pt=f"{2 * text_pt:g}", controls=controls)
