"""The picture that is open, and the crop drawn on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from pathlib import Path

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
        self._path: Path | None = None
        self._page = 1
        self._crop: Crop | None = None
        self._aspect: float | None = None

    @property
    def picture(self) -> Picture | None:
        """The open picture."""
        return self._picture

    @property
    def path(self) -> Path | None:
        """The file that the picture was read from."""
        return self._path

    @property
    def page(self) -> int:
        """Which page of the file it is, from 1."""
        return self._page

    @property
    def crop(self) -> Crop | None:
        """The part to enlarge; None is the whole picture."""
        return self._crop

    @property
    def aspect(self) -> float | None:
        """Width over height that a drawn or resized crop keeps; None is free."""
        return self._aspect

    def open(self, picture: Picture, path: Path, page: int = 1) -> None:
        """Take another picture in."""
        self._picture, self._path, self._page, self._crop = picture, path, page, None
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
