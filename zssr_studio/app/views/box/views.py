"""All that the window shows of a box: its strip, and its page among the details."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio.app.views.box.items import BoxItems
from zssr_studio.app.views.box.page import BoxPage
from zssr_studio.app.views.box.strip import BoxStrip

if TYPE_CHECKING:
    from collections.abc import Callable

    from zssr_studio.app.actions import Actions


class BoxViews:
    """Strip and page, which show the same; without a box neither is there.

    Attributes
    ----------
    items : BoxItems
    strip : BoxStrip
    page : BoxPage
    """

    def __init__(self, actions: Actions) -> None:
        self.items = BoxItems()
        self.strip, self.page = BoxStrip(actions, self.items), BoxPage(actions, self.items)
        self._offer_page: Callable[[bool], None] = _nowhere
        self._go_to_page: Callable[[], None] = _nowhere

    def stand_in(self, offer_page: Callable[[bool], None], go_to_page: Callable[[], None]) -> None:
        """Take how the page is offered among the details, or not, and how they are opened with it."""
        self._offer_page, self._go_to_page = offer_page, go_to_page
        self.set_shown(shown=False)

    def set_shown(self, *, shown: bool) -> None:
        """Show both, or neither."""
        self.strip.setVisible(shown)
        self.strip.updateGeometry()
        self._offer_page(shown)

    def show_page(self) -> None:
        """Open the details with the page of the box."""
        self._go_to_page()


def _nowhere(*_wanted: bool) -> None:
    raise RuntimeError("the views of the box stand in no window")
