"""Opens the preferences, and joins them to what they set."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio.app.actions import SPECS
from zssr_studio.app.controllers.window.ask import finished, pick_file, pick_folder
from zssr_studio.app.language import Language, keep_language, kept_language, tr
from zssr_studio.app.models.compare.methods import keep_folder, kept_folder
from zssr_studio.app.models.files.signature import keep_signature, kept_signature
from zssr_studio.app.models.run.settings import keep_start, start_settings
from zssr_studio.app.theme import Theme
from zssr_studio.app.views.window.preferences_dialog import PreferencesDialog
from zssr_studio.app.views.window.shortcut_table import ShortcutRow
from zssr_studio.errors import BadInputError
from zssr_studio.evidence.signing import Signature, check_signature

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from zssr_studio.app.controllers.window.display_profile import DisplayProfileController
    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.files.recent import RecentModel
    from zssr_studio.app.models.window.shortcuts import ShortcutsModel
    from zssr_studio.app.views.window.commands import Command


class PreferencesController(QObject):
    """One dialog at a time; what it changes holds at once.

    Parameters
    ----------
    commands : callable
        Lists all that the menus offer.

    Attributes
    ----------
    dialog : PreferencesDialog or None
        While it is open.
    """

    def __init__(
        self,
        settings: QSettings,
        shortcuts: ShortcutsModel,
        recent: RecentModel,
        screen: DisplayProfileController,
        commands: Callable[[], list[Command]],
        actions: Mapping[str, QAction],
        parent: QWidget,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._settings, self._shortcuts, self._recent = settings, shortcuts, recent
        self._screen, self._commands, self._actions = screen, commands, actions
        self._parent, self._tasks = parent, tasks
        self.dialog: PreferencesDialog | None = None
        self._actions["preferences"].triggered.connect(self.on_open)
        for signal in (shortcuts.changed, recent.changed, screen.changed):
            signal.connect(self._show)
        for theme in Theme:
            self._actions[f"theme_{theme}"].toggled.connect(self._show)

    @Slot()
    def on_open(self) -> None:
        """Open the dialog."""
        if self.dialog is None:
            self._tasks.start(self._open())

    async def _open(self) -> None:
        self.dialog = dialog = PreferencesDialog(self._parent)
        dialog.theme_chosen.connect(self._on_theme)
        dialog.language_chosen.connect(self._on_language)
        dialog.start_chosen.connect(self._on_start)
        dialog.screen_button.clicked.connect(self._actions["screen_profile"].trigger)
        dialog.srgb_button.clicked.connect(self._actions["screen_srgb"].trigger)
        dialog.forget_button.clicked.connect(self._actions["clear_recent"].trigger)
        dialog.methods_asked.connect(self._on_methods)
        dialog.no_methods_button.clicked.connect(self._on_no_methods)
        dialog.signature_asked.connect(self._on_signature)
        dialog.no_sign_button.clicked.connect(self._on_no_signature)
        dialog.shortcuts.given.connect(self._on_given)
        dialog.shortcuts.reset_asked.connect(self._on_reset)
        dialog.shortcuts.reset_all_asked.connect(self._on_reset_all)
        self._show()
        try:
            await finished(dialog)
        finally:
            self.dialog = None
            dialog.deleteLater()

    @Slot()
    def _show(self) -> None:
        dialog = self.dialog
        if dialog is None:
            return
        theme = next((one for one in Theme if self._actions[f"theme_{one}"].isChecked()), Theme.SYSTEM)
        start = start_settings(self._settings)
        dialog.set_theme(theme)
        dialog.set_language(kept_language(self._settings))
        dialog.set_start(start.preset, start.seconds)
        dialog.set_screen(self._screen.profile_name)
        dialog.set_remembered(len(self._recent.paths))
        dialog.set_methods(str(kept_folder(self._settings) or ""))
        signature = kept_signature(self._settings)
        dialog.set_signature("" if signature is None else str(signature.certificate))
        dialog.shortcuts.set_rows(self._rows(), self._shortcuts.has_own)

    def _rows(self) -> list[ShortcutRow]:
        """List what can have keys: all of the table, in the order and with the names of the menus."""
        known = {spec.name for spec in SPECS}
        listed = [(one.action.objectName(), one) for one in self._commands()]
        model = self._shortcuts
        return [
            ShortcutRow(name, one.name, one.menu, model.keys(name), model.is_own(name))
            for name, one in listed
            if name in known
        ]

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        self._actions[f"theme_{theme}"].trigger()

    @Slot(object)
    def _on_language(self, language: Language) -> None:
        keep_language(self._settings, language)

    @Slot(str, float)
    def _on_start(self, preset: str, seconds: float) -> None:
        keep_start(self._settings, preset, seconds or None)

    @Slot()
    def _on_methods(self) -> None:
        self._tasks.start(self._choose_methods())

    @Slot()
    def _on_no_methods(self) -> None:
        keep_folder(self._settings, None)
        self._show()

    async def _choose_methods(self) -> None:
        if self.dialog is None:
            return
        folder = await pick_folder(self.dialog, tr("Folder of networks"), kept_folder(self._settings))
        if folder is not None:
            keep_folder(self._settings, folder)
            self._show()

    @Slot()
    def _on_signature(self) -> None:
        self._tasks.start(self._choose_signature())

    @Slot()
    def _on_no_signature(self) -> None:
        keep_signature(self._settings, None)
        self._show()

    async def _choose_signature(self) -> None:
        """Ask for a certificate and its key, and keep them if they can sign."""
        if self.dialog is None:
            return
        files = tr("Certificates and keys (*.pem *.crt *.cer *.key);;All files (*)")
        certificate = await pick_file(self.dialog, tr("Chain of certificates, your own first"), files, None)
        if certificate is None or self.dialog is None:
            return
        key = await pick_file(self.dialog, tr("The private key to it"), files, certificate.parent)
        if key is None:
            return
        signature = Signature(certificate, key)
        await asyncio.to_thread(check_signature, signature)
        keep_signature(self._settings, signature)
        self._show()

    @Slot(str, str)
    def _on_given(self, name: str, keys: str) -> None:
        self._told(lambda: self._shortcuts.give(name, keys))

    @Slot(str)
    def _on_reset(self, name: str) -> None:
        self._told(lambda: self._shortcuts.reset(name))

    @Slot()
    def _on_reset_all(self) -> None:
        self._told(self._shortcuts.reset_all)

    def _told(self, change: Callable[[], None]) -> None:
        """Make a change, or say why it cannot be made."""
        problem = ""
        try:
            change()
        except BadInputError as error:
            problem = str(error)
        if self.dialog is not None:
            self.dialog.shortcuts.set_problem(problem)
