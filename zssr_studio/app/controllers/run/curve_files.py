"""The curves of a run as a file: a table that any spreadsheet reads, or the picture that is on the screen."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from zssr_studio.app.models.run.history import History

COLUMNS = ("step", "seconds", "training_loss", "learning_rate", "reconstruction_rmse", "mark")


def table_of(history: History) -> bytes:
    """Write the curves as CSV: a line for each step at which anything is known, an empty cell where it is not."""
    lines: dict[float, dict[str, str]] = {}

    def put(column: str, steps: list[float], values: list[float] | list[str]) -> None:
        for step, value in zip(steps, values, strict=True):
            text = value if isinstance(value, str) else f"{value:.9g}"
            lines.setdefault(step, {"step": f"{step:.9g}"})[column] = text

    put("seconds", history.seconds.steps, history.seconds.values)
    put("training_loss", history.losses.steps, history.losses.values)
    put("learning_rate", history.rates.steps, history.rates.values)
    put("reconstruction_rmse", history.reconstructions.steps, history.reconstructions.values)
    put("mark", [float(mark.step) for mark in history.marks], [mark.text for mark in history.marks])
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(lines[step] for step in sorted(lines))
    return text.getvalue().encode()


def png_of(image: QImage) -> bytes:
    """Write an image as PNG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
