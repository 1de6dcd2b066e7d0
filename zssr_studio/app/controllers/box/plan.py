"""Where the results of a box go and how they are called: fields to model."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio.app.controllers.window.ask import pick_folder
from zssr_studio.app.language import tr
from zssr_studio.app.models.box.plan import keep_plan
from zssr_studio.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QWidget

    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.box.box import BoxModel
    from zssr_studio.app.models.box.order import Batches
    from zssr_studio.app.models.box.plan import BoxPlan
    from zssr_studio.app.models.run.settings import SettingsModel
    from zssr_studio.app.views.box.plan_fields import PlanFields
    from zssr_studio.app.views.window.message_bar import MessageBar


class BoxPlanController(QObject):
    """Fields to model and back, to be remembered; a name that is none is refused with a sentence."""

    def __init__(
        self,
        kept: QSettings,
        box: BoxModel,
        settings: SettingsModel,
        batches: Callable[[], Batches],
        fields: PlanFields,
        messages: MessageBar,
        parent: QWidget,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._kept, self._box, self._settings, self._batches, self._fields = kept, box, settings, batches, fields
        self._messages, self._parent, self._tasks = messages, parent, tasks
        fields.edited.connect(self._on_edited)
        fields.folder_asked.connect(self._on_folder_asked)
        box.plan_changed.connect(self._show)

    @Slot(object)
    def _on_edited(self, plan: BoxPlan) -> None:
        try:
            self._batches().outputs(self._box.pictures, plan, self._settings.value)
        except BadInputError as error:
            self._messages.show_error(str(error))
            self._show()
            return
        self._set(plan)

    @Slot()
    def _on_folder_asked(self) -> None:
        self._tasks.start(self._pick())

    async def _pick(self) -> None:
        plan = self._box.plan
        if plan is None:
            return
        folder = await pick_folder(self._parent, tr("Choose the folder of the results"), plan.folder.parent)
        # It was chosen for the box that was open then.
        if folder is not None and self._box.plan is not None and self._box.home == plan.home:
            self._set(replace(self._box.plan, folder=folder))

    def _set(self, plan: BoxPlan) -> None:
        self._box.set_plan(plan)
        keep_plan(self._kept, plan)

    @Slot()
    def _show(self) -> None:
        if self._box.plan is not None:
            self._fields.set_plan(self._box.plan)
