"""What the studio remembers from one start to the next, in a file of the user's configuration."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths


def user_settings() -> QSettings:
    """Open the settings of this user; `QSettings.setPath` lays them elsewhere."""
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "ZSSR Studio", "studio")


def pasted_folder() -> Path:
    """Where pictures that were pasted, and had no file, are kept."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)) / "pasted"
