"""What the studio remembers from one start to the next, in a file of the user's configuration."""

from __future__ import annotations

from PySide6.QtCore import QSettings


def user_settings() -> QSettings:
    """Open the settings of this user; `QSettings.setPath` lays them elsewhere."""
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "ZSSR Studio", "studio")
