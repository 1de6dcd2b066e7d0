"""Binds the region to its numbers and its shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio.app.language import tr
from zssr_studio.app.models.degradation.region import FREE, aspect_of
from zssr_studio.app.views.canvas.crop_edit import shaped
from zssr_studio.imaging.picture import Crop

if TYPE_CHECKING:
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.views.degradation.region_panel import RegionPanel


class RegionController(QObject):
    """Numbers and shape to model and back."""

    def __init__(self, document: DocumentModel, panel: RegionPanel) -> None:
        super().__init__()
        self._document, self._panel = document, panel
        self._text = tr(FREE)
        self._panel.edited.connect(self._on_edited)
        self._panel.aspect_edited.connect(self._on_aspect)
        document.crop_changed.connect(self._show)
        document.aspect_changed.connect(self._show)
        document.picture_changed.connect(self._on_picture)
        self._show()

    @property
    def _size(self) -> tuple[int, int] | None:
        picture = self._document.picture
        return None if picture is None else (picture.height, picture.width)

    @Slot(object)
    def _on_edited(self, crop: Crop) -> None:
        whole = self._size is not None and crop == Crop(0, 0, *self._size)
        self._document.set_crop(None if whole else crop)
        # What was typed may have had to give way to the picture or to the shape.
        self._show()

    @Slot(str)
    def _on_aspect(self, text: str) -> None:
        size = self._size
        if size is None:
            return
        try:
            aspect = aspect_of(text, size)
        except ValueError as error:
            self._panel.set_problem(tr("{error} The shape stays {text}.", error=error, text=self._text))
            return
        self._panel.set_problem("")
        if text == self._text:
            return
        self._text = text
        self._document.set_aspect(aspect)
        crop = self._document.crop
        if crop is not None and aspect is not None:
            self._document.set_crop(shaped(crop, aspect, *size))

    @Slot()
    def _on_picture(self) -> None:
        """Another picture has another original shape."""
        size = self._size
        if size is not None:
            self._document.set_aspect(aspect_of(self._text, size))
        self._show()

    @Slot()
    def _show(self) -> None:
        self._panel.set_region(self._document.crop, self._size, self._document.aspect)
