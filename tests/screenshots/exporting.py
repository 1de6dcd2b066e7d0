"""The export dialog: as it opens, and with the choices for the web."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.studio.studio_loop import click_tool, export_dialog, wait_for
from zssr_studio.app.models.files.export import PRINT, WEB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zssr_studio.app.studio import Studio


def exporting(studio: Studio) -> Iterator[str]:
    """Open the dialog of the current run, choose a preset, and leave it again."""
    click_tool(studio, "export")
    dialog = export_dialog()
    wait_for(lambda: "×" in dialog.size_label.text())
    yield "export"
    for purpose in (WEB, PRINT):
        dialog.purposes[purpose].click()
        wait_for(lambda: "×" in dialog.size_label.text())
        yield f"export-{purpose.lower()}"
    dialog.more_button.click()
    yield "export-more"
    dialog.reject()
    wait_for(lambda: studio.exports.dialog is None)
