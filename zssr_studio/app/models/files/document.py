"""The picture that is open, and the crop drawn on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.app.models.files.source_file import SourceFile
    from zssr_studio.imaging.picture import Crop, Picture


class DocumentModel(QObject):
    """Holds one picture, where it is from, and the crop.

    Signals
    -------
    picture_changed()
        Another picture is open; the crop is gone.
    crop_changed()
        The crop was drawn, moved or removed.
    aspect_changed()
        A crop that is drawn or resized keeps another shape from now on.
    """

    picture_changed = Signal()
    crop_changed = Signal()
    aspect_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._picture: Picture | None = None
        self._source: SourceFile | None = None
        self._crop: Crop | None = None
        self._aspect: float | None = None

    @property
    def picture(self) -> Picture | None:
        """The open picture."""
        return self._picture

    @property
    def source(self) -> SourceFile | None:
        """What the file told that the picture was read from."""
        return self._source

    @property
    def path(self) -> Path | None:
        """The file that the picture was read from."""
        return None if self._source is None else self._source.path

    @property
    def page(self) -> int:
        """Which page of the file it is, from 1."""
        return 1 if self._source is None else self._source.page

    @property
    def crop(self) -> Crop | None:
        """The part to enlarge; None is the whole picture."""
        return self._crop

    @property
    def aspect(self) -> float | None:
        """Width over height that a drawn or resized crop keeps; None is free."""
        return self._aspect

    def open(self, picture: Picture, source: SourceFile) -> None:
        """Take another picture in."""
        self._picture, self._source, self._crop = picture, source, None
        self.picture_changed.emit()
        self.crop_changed.emit()

    def set_crop(self, crop: Crop | None) -> None:
        """Draw, move or remove the crop; one that does not lie inside the picture is an error of the caller."""
        if self._picture is None or crop == self._crop:
            return
        if crop is not None and not crop.fits(self._picture.height, self._picture.width):
            raise ValueError(f"{crop} does not lie inside the picture")
        self._crop = crop
        self.crop_changed.emit()

    def set_aspect(self, aspect: float | None) -> None:
        """Let crops that are drawn or resized keep a shape; the crop that there is stays as it is."""
        if aspect != self._aspect:
            self._aspect = aspect
            self.aspect_changed.emit()

    def source_size(self) -> tuple[int, int] | None:
        """Rows and columns of what would be enlarged."""
        if self._picture is None:
            return None
        if self._crop is not None:
            return self._crop.height, self._crop.width
        return self._picture.height, self._picture.width
