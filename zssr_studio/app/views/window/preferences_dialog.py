"""What a person sets once: looks, screen, what the studio starts with, and shortcuts. It holds at once."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from zssr_studio.app.language import Language, marked, tr
from zssr_studio.app.plain_text import plain_tip
from zssr_studio.app.theme import Theme, give_height
from zssr_studio.app.views.fields.number_boxes import DecimalBox
from zssr_studio.app.views.run.settings_panel import MAX_SECONDS
from zssr_studio.app.views.widgets.elided_label import ElidedLabel
from zssr_studio.app.views.window.dialog_size import scrolling, start_size
from zssr_studio.app.views.window.shortcut_table import ShortcutTable
from zssr_studio.engine.config import PRESETS
from zssr_studio.words.presets import PRESET_TITLES

WIDTH_PX, HEIGHT_PX, LABEL_WIDTH_PX, FIELD_HEIGHT_PX = 600, 520, 112, 28
# Each language calls itself by its own name, so that a person who is lost finds it.
LANGUAGES = {Language.SYSTEM: marked("Follow the system"), Language.ENGLISH: "English", Language.GERMAN: "Deutsch"}
THEMES = {Theme.SYSTEM: marked("Follow the system"), Theme.LIGHT: marked("Light"), Theme.DARK: marked("Dark")}


class PreferencesDialog(QDialog):
    """Two tabs; nothing has to be confirmed.

    Signals
    -------
    theme_chosen(Theme)
    language_chosen(Language)
        The language of the next start.
    start_chosen(str, float)
        Preset and seconds of the next start; 0 seconds are the preset's own.
    methods_asked()
        Another folder of networks is to be chosen.
    signature_asked()
        Certificate and key to sign exports with are to be chosen.
    """

    theme_chosen = Signal(object)
    language_chosen = Signal(object)
    start_chosen = Signal(str, float)
    methods_asked = Signal()
    signature_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Preferences"))
        self.resize(start_size(self, WIDTH_PX, HEIGHT_PX))
        self.theme, self.language = QComboBox(), QComboBox()
        self.preset, self.seconds = QComboBox(), DecimalBox()
        self.screen_button, self.srgb_button = QPushButton(tr("Choose…")), QPushButton(tr("Use sRGB"))
        self.forget_button = QPushButton(tr("Forget everything"))
        self.methods_button, self.no_methods_button = QPushButton(tr("Choose…")), QPushButton(tr("No folder"))
        self.sign_button, self.no_sign_button = QPushButton(tr("Choose…")), QPushButton(tr("Do not sign"))
        self.close_button = QPushButton(tr("Close"))
        self._screen_name, self._remembered, self._methods = ElidedLabel(), QLabel(), ElidedLabel()
        self._signature = ElidedLabel()
        self.tabs, self.shortcuts = QTabWidget(), ShortcutTable()
        self._fill()
        self._lay_out()
        self.theme.activated.connect(self._on_theme)
        self.language.activated.connect(self._on_language)
        self.preset.activated.connect(self._on_start)
        self.seconds.valueChanged.connect(self._on_start)
        self.methods_button.clicked.connect(self.methods_asked)
        self.sign_button.clicked.connect(self.signature_asked)
        self.close_button.clicked.connect(self.accept)

    def set_theme(self, theme: Theme) -> None:
        """Show which theme is on."""
        self.theme.setCurrentIndex(self.theme.findData(theme))

    def set_language(self, language: Language) -> None:
        """Show which language the studio starts in."""
        self.language.setCurrentIndex(self.language.findData(language))

    def set_start(self, preset: str, seconds: float | None) -> None:
        """Show what the studio starts with."""
        self.seconds.blockSignals(True)
        self.preset.setCurrentIndex(self.preset.findData(preset))
        self.seconds.setValue(seconds or 0)
        self.seconds.blockSignals(False)

    def set_screen(self, name: str) -> None:
        """Show the name of the screen's profile; an empty one is sRGB."""
        self._screen_name.setText(name or tr("sRGB, an ordinary screen"))
        # A long name is cut short here.
        self._screen_name.setToolTip(self._screen_name.text())
        self.srgb_button.setEnabled(bool(name))

    def set_methods(self, folder: str) -> None:
        """Show where networks to compare with are looked for; an empty text is nowhere."""
        self._methods.setText(folder or tr("no folder"))
        self._methods.setToolTip(plain_tip(self._methods.text()))
        self.no_methods_button.setEnabled(bool(folder))

    def set_signature(self, certificate: str) -> None:
        """Show by which certificate exports are signed; an empty text is by none."""
        self._signature.setText(certificate or tr("no certificate"))
        self._signature.setToolTip(plain_tip(self._signature.text()))
        self.no_sign_button.setEnabled(bool(certificate))

    def set_remembered(self, count: int) -> None:
        """Say how many pictures the list of the last ones holds."""
        self._remembered.setText({0: tr("None"), 1: tr("1 picture")}.get(count, tr("{count} pictures", count=count)))
        self.forget_button.setEnabled(bool(count))

    def _fill(self) -> None:
        for theme, title in THEMES.items():
            self.theme.addItem(tr(title), theme)
        for language, title in LANGUAGES.items():
            self.language.addItem(tr(title) if language is Language.SYSTEM else title, language)
        for name in PRESETS:
            self.preset.addItem(tr(PRESET_TITLES[name]), name)
        self.seconds.setDecimals(0)
        self.seconds.setRange(0, MAX_SECONDS)
        self.seconds.setSpecialValueText(tr("Automatic"))
        self.seconds.setSuffix(" s")
        self.seconds.setKeyboardTracking(False)
        give_height(self.seconds)
        for widget, tip in (
            (self.theme, tr("Colours of the window; the surround of the picture is neutral in each.")),
            (self.language, tr("The language of the window from the next start on.")),
            (
                self.screen_button,
                tr("Choose the ICC profile that was made for this screen, so that colours look right."),
            ),
            (self.srgb_button, tr("Show colours for an ordinary screen again.")),
            (self.preset, tr("The recipe that is set when the studio starts.")),
            (self.seconds, tr("The time that is set when the studio starts; longer is sharper, by less and less.")),
            (self.methods_button, tr("Choose a folder of networks that others trained; each file is looked into.")),
            (self.no_methods_button, tr("Look through no folder any more.")),
            (
                self.sign_button,
                tr("Choose a certificate and its key, both PEM; each export is signed by them (C2PA)."),
            ),
            (self.no_sign_button, tr("Sign exports no more.")),
            (self.forget_button, tr("Forget which pictures were opened; the files stay.")),
        ):
            widget.setToolTip(tip)

    def _lay_out(self) -> None:
        general = QWidget()
        form = QFormLayout(general)
        form.setContentsMargins(0, 16, 0, 0)
        form.setSpacing(12)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        _add(form, tr("Theme"), self.theme, self.theme)
        _add(form, tr("Language"), self.language, self.language)
        _add(form, tr("Screen"), _beside(self._screen_name, self.screen_button, self.srgb_button), self.screen_button)
        _add(form, tr("Preset at the start"), self.preset, self.preset)
        _add(form, tr("Time at the start"), self.seconds, self.seconds)
        note = QLabel(
            tr("Language, preset and time are those of the next start. The settings on the right stay as they are.")
        )
        note.setObjectName("faint")
        note.setWordWrap(True)
        form.addRow("", note)
        _add(form, tr("Recent pictures"), _beside(self._remembered, self.forget_button), self.forget_button)
        methods = _beside(self._methods, self.methods_button, self.no_methods_button)
        _add(form, tr("Networks to compare with"), methods, self.methods_button)
        signature = _beside(self._signature, self.sign_button, self.no_sign_button)
        _add(form, tr("Sign exports by"), signature, self.sign_button)
        self.tabs.addTab(scrolling(general, tr("General")), tr("General"))
        self.tabs.addTab(self.shortcuts, tr("Shortcuts"))
        for button in (
            self.screen_button,
            self.srgb_button,
            self.forget_button,
            self.methods_button,
            self.no_methods_button,
            self.sign_button,
            self.no_sign_button,
        ):
            button.setAutoDefault(False)
        # Enter belongs to the fields: it must not close the dialog in the middle of a number.
        self.close_button.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        column.addWidget(self.tabs)
        column.addLayout(buttons)

    @Slot()
    def _on_theme(self) -> None:
        self.theme_chosen.emit(Theme(self.theme.currentData()))

    @Slot()
    def _on_language(self) -> None:
        self.language_chosen.emit(Language(self.language.currentData()))

    @Slot()
    def _on_start(self) -> None:
        self.start_chosen.emit(self.preset.currentData(), self.seconds.value())


def _add(form: QFormLayout, title: str, field: QWidget, named: QWidget) -> None:
    label = QLabel(title)
    label.setMinimumWidth(LABEL_WIDTH_PX)
    label.setBuddy(named)
    if isinstance(named, QPushButton):
        # Three of them choose: by its own words a screen reader tells none from the others.
        named.setAccessibleName(f"{title}: {named.text()}")
    named.setMinimumHeight(FIELD_HEIGHT_PX)
    form.addRow(label, field)


def _beside(label: QLabel, *buttons: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    # A long name must not widen the dialog.
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    row.addWidget(label, stretch=1)
    for button in buttons:
        row.addWidget(button)
    return holder
