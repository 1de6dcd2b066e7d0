"""Shows the box as a strip and as a table, and does what a person asks of its pictures."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QTime, QTimer, Signal, Slot

from zssr_studio.app.controllers.box.rows import counts_text, row_of
from zssr_studio.app.controllers.export.folder import show_in_folder
from zssr_studio.app.language import tr
from zssr_studio.app.models.box.box import BoxState
from zssr_studio.app.models.box.left import left_s
from zssr_studio.app.models.box.state import PictureState
from zssr_studio.app.views.box.row import BoxRequest
from zssr_studio.errors import FailureError
from zssr_studio.words.say import duration_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from zssr_studio.app.models.box.box import BoxModel
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.settings import SettingsModel
    from zssr_studio.app.views.box.row import BoxRow
    from zssr_studio.app.views.box.views import BoxViews
    from zssr_studio.app.views.window.message_bar import MessageBar

# Figures of the whole are worked out at most so often. Chosen; nobody reads faster.
TELL_MS = 200


class BoxController(QObject):
    """Model to views, and requests back.

    Parameters
    ----------
    workers : callable
        How many pictures are done at once.

    Signals
    -------
    open_asked(int)
        A person wants to see the picture in this place.
    again_asked()
        What failed is to be tried again.
    """

    open_asked = Signal(int)
    again_asked = Signal()

    def __init__(
        self,
        box: BoxModel,
        document: DocumentModel,
        settings: SettingsModel,
        views: BoxViews,
        messages: MessageBar,
        workers: Callable[[], int],
    ) -> None:
        super().__init__()
        self._box, self._document, self._settings = box, document, settings
        self._views, self._items, self._strip, self._page = views, views.items, views.strip, views.page
        self._messages, self._workers = messages, workers
        self._opened: int | None = None
        self._scale = settings.value.scale
        self._is_over = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TELL_MS)
        self._timer.timeout.connect(self._tell)
        box.reset.connect(self._on_box)
        box.changed.connect(self._on_changed)
        box.state_changed.connect(self._on_state)
        document.picture_changed.connect(self._on_picture)
        settings.changed.connect(self._on_settings)
        views.items.tick_asked.connect(self._on_tick)
        for view in (views.strip.list, views.page.table):
            view.asked.connect(self.ask)
        self._on_box()

    @Slot()
    def end(self) -> None:
        """Tell nothing any more."""
        self._is_over = True
        self._timer.stop()

    @Slot(int)
    def _on_tick(self, place: int) -> None:
        self.ask(BoxRequest.TICK, [place])

    @Slot(object, object)
    def ask(self, request: BoxRequest, places: list[int]) -> None:
        """Do what a person asks of some pictures."""
        if request in (BoxRequest.TICK, BoxRequest.REMOVE, BoxRequest.AGAIN) and self._box.is_working:
            self._messages.show_notice(
                tr("What the box holds stays as it is while it is being worked on. Stop it, or wait for its end.")
            )
            return
        match request:
            case BoxRequest.OPEN:
                self.open_asked.emit(places[0])
            case BoxRequest.TICK:
                self._tick(places)
            case BoxRequest.REVEAL:
                one = self._box.get(places[0])
                self.reveal(one.result or one.path)
            case BoxRequest.AGAIN:
                self._try_again(places)
            case BoxRequest.REMOVE:
                self._remove(places)

    def reveal(self, path: Path) -> None:
        """Show the folder of a file; where that fails, say so."""
        try:
            show_in_folder(path)
        except FailureError as error:
            self._messages.show_error(str(error))

    def _tick(self, places: list[int]) -> None:
        wanted = not all(self._box.get(place).is_ticked for place in places)
        for place in places:
            self._box.change(place, is_ticked=wanted)

    def _try_again(self, places: list[int]) -> None:
        for place in places:
            if self._box.get(place).shown_state is PictureState.FAILED:
                self._box.change(place, state=PictureState.WAITING, sentence="", is_unreadable=False, is_ticked=True)
        self.again_asked.emit()

    def _remove(self, places: list[int]) -> None:
        self._box.remove(places)
        if self._box.is_open:
            self._strip.list.go_to(min(places[0], len(self._box.pictures) - 1))

    @Slot()
    def _on_box(self) -> None:
        is_open = self._box.is_open
        self._opened = self._box.place_of(self._document.path)
        self._items.set_rows([self._row(place) for place in range(len(self._box.pictures))])
        self._views.set_shown(shown=is_open)
        self._tell()

    @Slot(int)
    def _on_changed(self, place: int) -> None:
        self._items.set_row(place, self._row(place))
        if not self._timer.isActive() and not self._is_over:
            self._timer.start()

    @Slot()
    def _on_state(self) -> None:
        self._page.fields.set_enabled(not self._box.is_working)
        self._tell()

    @Slot()
    def _on_picture(self) -> None:
        before, self._opened = self._opened, self._box.place_of(self._document.path)
        for place in {before, self._opened} - {None}:
            if place is not None and place < len(self._box.pictures):
                self._items.set_row(place, self._row(place))
        if self._opened is not None:
            self._strip.list.go_to(self._opened)

    @Slot()
    def _on_settings(self) -> None:
        # Of the settings only the scale is said of each picture.
        if self._settings.value.scale != self._scale:
            self._scale = self._settings.value.scale
            for place in range(len(self._box.pictures)):
                self._items.set_row(place, self._row(place))

    def _row(self, place: int) -> BoxRow:
        return row_of(self._box.get(place), self._settings.value.scale, is_open=place == self._opened)

    @Slot()
    def _tell(self) -> None:
        """Say how far the whole is."""
        box = self._box
        if not box.is_open:
            return
        counts = box.counts
        text = counts_text(counts)
        if box.state is BoxState.PAUSED:
            text = tr("Paused: {counts}", counts=text)
        elif box.state in (BoxState.ENDING, BoxState.STOPPING):
            text = tr("Ending: {counts}", counts=text)
        left = left_s(box.pictures, self._workers()) if box.state is BoxState.WORKING else None
        short = tr("{done} of {count}", done=counts[PictureState.DONE], count=len(box.pictures))
        if left:
            clock = clock_text(left)
            duration = duration_text(left, tr)
            text += " · " + tr("about {time}, until {clock}", time=duration, clock=clock)
            short = tr("{short}, until {clock}", short=short, clock=clock)
        is_over = counts[PictureState.DONE] + counts[PictureState.FAILED]
        share = sum(one.share for one in box.pictures if one.state is PictureState.WORKING)
        self._page.set_told(text, (is_over + share) / max(1, box.wanted) if box.is_working else None)
        self._strip.set_told(short, text)


def clock_text(seconds: float) -> str:
    """Say what time it will be in so many seconds."""
    until = datetime.now().astimezone() + timedelta(seconds=seconds)
    return QLocale().toString(QTime(until.hour, until.minute), QLocale.FormatType.ShortFormat)
