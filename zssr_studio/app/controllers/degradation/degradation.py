"""Binds the degradation to its panel, and reads kernel files."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio.app.controllers.window.ask import pick_file
from zssr_studio.app.language import tr
from zssr_studio.engine.kernels.choice import resolved
from zssr_studio.engine.kernels.shapes import bicubic_kernel
from zssr_studio.words.findings import damage_text, kernel_finding_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from zssr_studio.app.controllers.degradation.look import LookController
    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.degradation.degradation import DegradationModel
    from zssr_studio.app.models.degradation.found import Found
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.settings import SettingsModel
    from zssr_studio.app.views.degradation.damage_panel import DamagePanel
    from zssr_studio.app.views.degradation.degradation_panel import DegradationPanel
    from zssr_studio.app.views.window.message_bar import MessageBar
    from zssr_studio.engine.kernels.choice import KernelChoice


class DegradationController(QObject):
    """Panel to model and back; kernels from their files."""

    def __init__(
        self,
        model: DegradationModel,
        settings: SettingsModel,
        document: DocumentModel,
        look: LookController,
        panel: DegradationPanel,
        damage_panel: DamagePanel,
        messages: MessageBar,
        parent: QWidget,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._model, self._settings, self._document, self._tasks = model, settings, document, tasks
        self._panel, self._damage, self._messages, self._parent = panel, damage_panel, messages, parent
        self._look, self._step = look, ""
        self._panel.chosen.connect(self._on_chosen)
        self._panel.number_chosen.connect(self._on_number)
        self._panel.open_button.clicked.connect(self._on_open)
        self._panel.estimate_button.clicked.connect(self._on_estimate)
        self._damage.noise_chosen.connect(model.choose_noise)
        self._damage.jpeg_chosen.connect(model.choose_jpeg)
        self._damage.colour_kept.connect(model.set_grain_colour)
        look.stepped.connect(self._on_step)
        look.found.connect(self._on_found)
        document.picture_changed.connect(self._allow_estimate)
        self._allow_estimate()
        model.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        model = self._model
        self._panel.set_choices(model.choices(), model.current)
        self._panel.set_file(model.file, model.number)
        picture = self._document.picture
        has_colours = picture is not None and picture.channels > 1
        self._damage.set_damage(self._settings.value.damage, model.found, has_colours=has_colours)
        self._panel.set_kernel(resolved(model.current, model.scale) or bicubic_kernel(model.scale), model.scale)
        self._panel.set_estimating(self._step or None)

    @Slot(object)
    def _on_chosen(self, choice: KernelChoice) -> None:
        self._model.choose_kernel(choice)

    @Slot(int)
    def _on_number(self, number: int) -> None:
        self._tasks.start(self._pick(number))

    @Slot()
    def _on_open(self) -> None:
        self._tasks.start(self._open())

    @Slot()
    def _on_estimate(self) -> None:
        if self._look.is_looking:
            self._look.drop()
        else:
            self._look.look_again()

    @Slot(str)
    def _on_step(self, step: str) -> None:
        self._step = step
        self._show()

    @Slot(object)
    def _on_found(self, found: Found) -> None:
        self._messages.show_notice(
            tr(
                "{sentence} Found besides: {damage}.",
                sentence=kernel_finding_text(found.estimate, tr),
                damage=damage_text(found.damage, tr),
            )
        )

    @Slot()
    def _allow_estimate(self) -> None:
        self._panel.estimate_button.setEnabled(self._document.picture is not None)

    async def _pick(self, number: int) -> None:
        try:
            self._model.pick(number)
        finally:
            self._show()

    async def _open(self) -> None:
        # What decodes files takes a moment to load, and the window shows before that.
        from zssr_studio.imaging.kernels.kernel_files import KERNEL_SUFFIXES, read_kernel_file

        here = None if self._document.path is None else self._document.path.parent
        patterns = " ".join(f"*{suffix}" for suffix in KERNEL_SUFFIXES)
        path = await pick_file(
            self._parent, tr("Open a blur kernel"), tr("Kernels ({patterns});;All files (*)", patterns=patterns), here
        )
        if path is not None:
            self._model.open(await asyncio.to_thread(read_kernel_file, path))
            self._messages.dismiss()
