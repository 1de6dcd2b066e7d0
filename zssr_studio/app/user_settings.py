"""What the studio remembers from one start to the next: a file of the user's configuration, a folder of their data."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths


def user_settings() -> QSettings:
    """Open the settings of this user; `QSettings.setPath` lays them elsewhere."""
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "ZSSR Studio", "studio")


def user_data() -> Path:
    """Return the folder for what is a user's own: the work that saves itself, and pictures that were pasted."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)) / "zssr-studio"


def pasted_folder() -> Path:
    """Where pictures that were pasted, and had no file, are kept."""
    return user_data() / "pasted"
