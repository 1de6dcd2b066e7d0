"""Looks at the pictures of the box one after the other, behind everything else that the machine does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio.app.controllers.box.work.background import BackgroundEvents
from zssr_studio.app.language import tr
from zssr_studio.app.models.box.picture import BoxPicture, Looked
from zssr_studio.app.models.degradation.found import Found
from zssr_studio.errors import StudioError
from zssr_studio.imaging.read import read_info, read_picture

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence, Set
    from pathlib import Path

    from PySide6.QtGui import QAction

    from zssr_studio.app.models.box.box import BoxModel
    from zssr_studio.app.models.run.settings import SettingsModel
    from zssr_studio.app.views.window.message_bar import MessageBar
    from zssr_studio.engine.config import Factors

_GRAY = ("gray",)


@dataclass(frozen=True, slots=True, eq=False)
class LookedAt:
    """What a look at one picture brought: what is known of it, or why it cannot be read."""

    path: Path
    looked: Looked | None
    sentence: str = ""


class BoxLookController(QObject):
    """Files to model. All headers are read first, so that sizes are soon known."""

    def __init__(self, box: BoxModel, settings: SettingsModel, action: QAction, messages: MessageBar) -> None:
        super().__init__()
        self._box, self._settings, self._action, self._messages = box, settings, action, messages
        self._work = BackgroundEvents(is_gentle=True)
        self._work.came.connect(self._on_came)
        self._work.ended.connect(self._on_ended)
        self._is_wanted = False
        box.reset.connect(self._on_box)
        action.toggled.connect(self.set_looking)

    @property
    def is_looking(self) -> bool:
        """Whether pictures are being looked at."""
        return self._work.is_running

    @Slot(bool)
    def set_looking(self, wanted: bool) -> None:
        """Look at what nobody has looked at, or stop behind the picture that is being looked at."""
        self._is_wanted = wanted
        if not wanted:
            self._work.stop()
        elif not self._work.is_running:
            self._begin()

    async def end(self) -> None:
        """Stop, and wait until nothing is looked at any more."""
        self._is_wanted = False
        self._work.stop()
        await self._work.wait()

    @Slot()
    def _on_box(self) -> None:
        # Pictures that came are looked at too; of those that went nothing is taken.
        self._action.setEnabled(self._box.is_open)
        was_looking = self._work.is_running
        self._action.setChecked(self._box.is_open)
        if was_looking:
            # The look at a picture that went ends with it; then those are looked at that are there.
            self._work.stop()
        elif self._box.is_open and not self._work.is_running:
            self._begin()

    def _begin(self) -> None:
        open_ = [one for one in self._box.pictures if _is_unknown(one)]
        if not open_:
            self._action.setChecked(False)
            return
        paths, factors = [one.path for one in open_], self._settings.value.scale.factors
        known = frozenset(one.path for one in open_ if one.looked is not None)
        self._work.start(lambda: looks(paths, known, factors))

    @Slot(object)
    def _on_came(self, events: list[LookedAt]) -> None:
        for event in events:
            place = self._box.place_of(event.path)
            if place is None:
                continue
            if event.looked is not None:
                self._box.change(place, looked=event.looked)
            else:
                self._box.change(place, is_unreadable=True, sentence=event.sentence)

    @Slot(object)
    def _on_ended(self, sentence: str) -> None:
        if sentence:
            self._messages.show_error(sentence)
        elif self._is_wanted and any(_is_unknown(one) for one in self._box.pictures):
            self._begin()
            return
        self._action.setChecked(False)


def _is_unknown(picture: BoxPicture) -> bool:
    return not picture.is_unreadable and (picture.looked is None or picture.looked.found is None)


def looks(paths: Sequence[Path], known: Set[Path], factors: Factors) -> Generator[LookedAt]:
    """Read the headers of all pictures, then look at each; one that cannot be read has a sentence.

    Parameters
    ----------
    paths : sequence of Path
    known : set of Path
        Of these the headers were read before.
    factors : tuple of float
        The scale for which the kernel is looked for.
    """
    readable = []
    for path in paths:
        if path in known:
            readable.append(path)
            continue
        try:
            header = read_info(path)
        except StudioError as error:
            yield LookedAt(path, None, str(error))
            continue
        readable.append(path)
        yield LookedAt(path, Looked(header.height, header.width, 1 if header.colours in _GRAY else 3))
    for path in readable:
        try:
            yield LookedAt(path, _looked(path, factors))
        except (StudioError, MemoryError) as error:
            yield LookedAt(path, None, str(error) or tr("The memory is not enough to look at it."))


def _looked(path: Path, factors: Factors) -> Looked:
    # The fit comes with scipy, which takes a moment to load.
    from zssr_studio.engine.estimation.inspection import find_damage
    from zssr_studio.engine.estimation.kernel_estimate import estimate_kernel

    picture = read_picture(path)
    damage = find_damage(picture.pixels, picture.jpeg)
    found = Found(damage, estimate_kernel(picture.pixels, factors, damage), factors)
    return Looked(picture.height, picture.width, picture.channels, picture.jpeg is not None, found)
