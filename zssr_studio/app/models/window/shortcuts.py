"""Which keys take which action: the program's own choice, and what a person made of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from zssr_studio.app.language import tr
from zssr_studio.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QSettings

_OWN = "shortcuts/own"
# Alone or with Shift these mean something in lists, fields, dialogs and on the picture.
_BOUND = frozenset("Esc Tab Backtab Return Enter Space Left Right Up Down Home End PgUp PgDown Backspace Del".split())


class ShortcutsModel(QObject):
    """Holds keys by the name of their action, as portable text; an empty one is none.

    Parameters
    ----------
    settings : QSettings
        Where a person's own are kept.
    defaults : mapping
        The program's own keys by action.
    titles : mapping
        What a person calls each action.
    menus : mapping
        The menu that keys open, by the keys.

    Signals
    -------
    changed()
    """

    changed = Signal()

    def __init__(
        self,
        settings: QSettings,
        defaults: Mapping[str, str],
        titles: Mapping[str, str],
        menus: Mapping[str, str],
    ) -> None:
        super().__init__()
        self._settings, self._titles, self._menus = settings, titles, menus
        self._defaults = {name: portable(keys) for name, keys in defaults.items()}
        self._own: dict[str, str] = {}
        self._read()

    def keys(self, name: str) -> str:
        """Return the keys of an action."""
        return self._own.get(name, self._defaults[name])

    def is_own(self, name: str) -> bool:
        """Tell whether a person chose the keys of an action."""
        return name in self._own

    @property
    def has_own(self) -> bool:
        """Whether a person chose any."""
        return bool(self._own)

    def give(self, name: str, keys: str) -> None:
        """Let keys take an action.

        Raises
        ------
        BadInputError
            If they mean something else already, with a sentence; nothing is changed then.
        """
        keys = portable(keys)
        if keys == self.keys(name):
            return
        refusal = self._refusal(name, keys)
        if refusal:
            raise BadInputError(refusal)
        self._own[name] = keys
        if keys == self._defaults[name]:
            del self._own[name]
        self._keep()

    def reset(self, name: str) -> None:
        """Give an action the program's own keys again.

        Raises
        ------
        BadInputError
            If another action has them by now.
        """
        self.give(name, self._defaults[name])

    def reset_all(self) -> None:
        """Give all actions the program's own keys again."""
        self._own.clear()
        self._keep()

    def _refusal(self, name: str, keys: str) -> str:
        """Say why an action cannot have keys; empty where it can."""
        if not keys:
            return ""
        told = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        if _is_bound(keys) and keys != self._defaults[name]:
            return tr(
                "{told} alone is needed in lists, in fields and on the picture. Add Ctrl, or choose another key.",
                told=told,
            )
        if keys in self._menus:
            return tr("{told} opens the menu {menu}. Choose other keys.", told=told, menu=self._menus[keys])
        other = next((one for one in self._defaults if one != name and self.keys(one) == keys), None)
        if other is not None:
            return tr(
                "{told} is the shortcut of “{title}”. Choose other keys, or change that one first.",
                told=told,
                title=self._titles[other],
            )
        return ""

    def _keep(self) -> None:
        self._settings.setValue(_OWN, json.dumps(self._own))
        self.changed.emit()

    def _read(self) -> None:
        """Take what still makes sense: the file may come from another version, or from a person's hand."""
        try:
            record = json.loads(str(self._settings.value(_OWN, "{}")))
        except json.JSONDecodeError:
            return
        if not isinstance(record, dict):
            return
        wanted = {name: portable(str(keys)) for name, keys in record.items() if name in self._defaults}
        # Keys may have changed hands: what is taken is judged with all of them in place.
        self._own = dict(wanted)
        for name, keys in wanted.items():
            if self._refusal(name, keys):
                del self._own[name]


def portable(keys: str) -> str:
    """Write keys in the one way that files and comparisons use."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)


def _is_bound(keys: str) -> bool:
    return keys.removeprefix("Shift+").removeprefix("Num+") in _BOUND
