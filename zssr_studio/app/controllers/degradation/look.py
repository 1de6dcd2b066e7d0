"""Looks at each picture as it opens: what was done to it is known before anything is asked."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from zssr_studio.app.controllers.window.tasks import Turns
from zssr_studio.app.language import tr
from zssr_studio.app.models.degradation.found import Found
from zssr_studio.engine.kernels.estimate import chosen_for_part

if TYPE_CHECKING:
    from collections.abc import Callable

    from zssr_studio.app.controllers.window.tasks import Tasks, Turn
    from zssr_studio.app.models.degradation.degradation import DegradationModel
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.settings import Settings
    from zssr_studio.engine.config import Factors
    from zssr_studio.engine.damage import Damage
    from zssr_studio.engine.kernels.estimate import Estimate
    from zssr_studio.imaging.picture import Picture


# A region is looked at once it stays as it is for so long: while it is drawn it changes with each frame. Chosen.
STAYS_S = 0.3


class LookController(QObject):
    """One look after the other, each beside whatever a person does.

    A thread cannot be ended, so no look is cancelled: each has its turn, and what one that is not the last finds is
    dropped. All of them are waited for before the studio is gone.

    Parameters
    ----------
    unrecorded : callable
        Makes a change that a person did not make, so that Undo does not take it back.

    Signals
    -------
    stepped(str)
        What is being looked for, in words; empty once a look is over.
    found(Found)
        What a person asked for was found.
    """

    stepped = Signal(str)
    found = Signal(object)

    def __init__(
        self,
        document: DocumentModel,
        kernels: DegradationModel,
        unrecorded: Callable[[Callable[[], None]], None],
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._document, self.kernels, self._tasks = document, kernels, tasks
        self._unrecorded = unrecorded
        self._looks = Turns()
        self._turn = asyncio.Lock()
        # What a person asked to be looked at, and what the whole picture tells.
        self._asked: Picture | None = None
        self._damage: Damage | None = None
        self._whole: tuple[Factors, Estimate] | None = None
        self._over = asyncio.Event()
        self._over.set()
        document.picture_changed.connect(self._on_picture)
        document.crop_changed.connect(self._on_crop)
        kernels.scale_changed.connect(self._on_scale)

    @property
    def is_looking(self) -> bool:
        """Whether a look goes on whose findings are waited for."""
        return self.kernels.is_looking

    async def looked(self) -> None:
        """Wait until the picture that is open was looked at."""
        await self._over.wait()

    @Slot()
    def look_again(self) -> None:
        """Find the region's blur, or the picture's where there is none, and undo all that is found.

        Noise and compression are the whole picture's, which has more flat parts to tell them by.
        """
        picture = self._document.picture
        if picture is not None:
            self._asked = picture.part(self._document.crop)
            self._begin(asked=True)

    @Slot()
    def drop(self) -> None:
        """Let go of what is being looked for; what was found before stays."""
        self._asked = None
        self._looks.begin()
        self._end()

    async def completed(self, settings: Settings) -> Settings:
        """Return settings with what is being looked for, once it is found; the settings' own scale counts."""
        if not self.is_looking:
            return settings
        await self.looked()
        found, picture = self.kernels.found, self._document.picture
        if found is None or picture is None or self._damage is None:
            return settings
        if found.scale != settings.scale.factors:
            estimate = await self._kernel(picture, settings.scale.factors, found.damage)
            found = Found(found.damage, estimate, settings.scale.factors)
        return self.kernels.completed(settings, found)

    @Slot()
    def _on_picture(self) -> None:
        picture = self._document.picture
        self._damage = self._whole = self._asked = None
        if picture is None:
            self.drop()
        else:
            self._begin(asked=False)

    @Slot()
    def _on_scale(self) -> None:
        """Find the kernel for the new scale; noise and compression are the picture's own."""
        if self.is_looking or self.kernels.found is not None:
            self._begin(asked=False)

    @Slot()
    def _on_crop(self) -> None:
        """Look at the region, once it stays as it is, unless all of the picture is blurred alike."""
        if self._whole is not None and not self._whole[1].is_blurred and self._asked is None:
            self._begin(asked=False, after_s=STAYS_S)

    def _begin(self, *, asked: bool, after_s: float = 0.0) -> None:
        look = self._looks.begin()
        self._over.clear()
        self.kernels.set_looking(True)
        self._tasks.start(self._look(look, after_s, asked=asked))

    def _end(self) -> None:
        self.kernels.set_looking(False)
        self._over.set()
        self.stepped.emit("")

    async def _look(self, look: Turn, after_s: float, *, asked: bool) -> None:
        if after_s:
            await asyncio.sleep(after_s)
        try:
            found = await self._find(look)
        except Exception:
            if look.is_last():
                self._end()
            raise
        if found is None or not look.is_last():
            return
        if asked:
            self.kernels.take(found, asked=True)
        else:
            self._unrecorded(lambda: self.kernels.take(found, asked=False))
        self._end()
        if asked:
            self.found.emit(found)

    async def _find(self, look: Turn) -> Found | None:
        """Find noise and compression, and with them the kernel; None where a later look has begun."""
        async with self._turn:
            picture = self._document.picture
            if not look.is_last() or picture is None:
                return None
            damage, scale = self._damage, self.kernels.scale
            if damage is None:
                self.stepped.emit(tr("Looking for noise and compression, 1 of 2…"))
                damage = await asyncio.to_thread(_find_damage, picture)
            if not look.is_last():
                return None
            self._damage = damage
            self.stepped.emit(tr("Looking for the blur, 2 of 2…"))
            return Found(damage, await self._kernel(picture, scale, damage), scale)

    async def _kernel(self, picture: Picture, scale: Factors, damage: Damage) -> Estimate:
        """Find the kernel of what a person asked for, else of the region, or of a picture that is blurred alike."""
        if self._asked is not None:
            return await asyncio.to_thread(_estimate, self._asked, scale, damage)
        known = self._whole
        if known is None or known[0] != scale:
            known = scale, await asyncio.to_thread(_estimate, picture, scale, damage)
        if self._document.picture is not picture:
            return known[1]
        self._whole, part = known, picture.part(self._document.crop)
        if known[1].is_blurred or part is picture:
            return known[1]
        return chosen_for_part(known[1], await asyncio.to_thread(_estimate, part, scale, damage))


def _find_damage(picture: Picture) -> Damage:
    # The fit comes with scipy, which takes a moment to load.
    from zssr_studio.engine.estimation.inspection import find_damage

    return find_damage(picture.pixels, picture.jpeg)


def _estimate(part: Picture, scale: Factors, damage: Damage) -> Estimate:
    from zssr_studio.engine.estimation.kernel_estimate import estimate_kernel

    return estimate_kernel(part.pixels, scale, damage)
