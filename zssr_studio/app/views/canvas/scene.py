"""What the canvas shows, as a frozen value, and where it lies. No events, no state, no painting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF

from zssr_studio.app.language import marked, tr
from zssr_studio.app.models.compare.comparison import Mode

if TYPE_CHECKING:
    from zssr_studio.app.qimage import Pyramid
    from zssr_studio.imaging.picture import Crop

PANE_GAP_PX = 2
GRID_COLUMNS = 2
MIDDLE = 0.5  # where the slider stands at first
KEYS = marked(
    "Arrow keys move the slider, the region or the picture; plus and minus zoom. Tab hides the panels, F6 goes on."
)
SLIDER = marked("Comparison slider at {share:.0%}: {first} to the left, {second} to the right.")
LEVEL_SLIDER = marked("Comparison slider at {share:.0%}: {first} above, {second} below.")


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """A picture and the rectangle that it covers, in pixels of the input picture (x is the column).

    A blended one lies with `share` of its strength over what is `under` it.
    """

    pyramid: Pyramid
    rect: QRectF
    under: Layer | None = None
    share: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A picture that is looked at, by its name."""

    name: str
    layer: Layer


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """All that is painted."""

    base: Layer | None = None
    preview: Layer | None = None
    mode: Mode = Mode.SINGLE
    shown: tuple[Shown, ...] = ()
    loupe: tuple[Shown, ...] = ()  # what is shown large under the pointer
    split: float = MIDDLE  # share of the compared part that shows the first picture
    level_line: bool = False
    grid: bool = False
    gain: int = 1
    crop: Crop | None = None
    crop_editable: bool = True
    aspect: float | None = None  # width over height that a drawn or resized crop keeps

    @property
    def after(self) -> Layer | None:
        """The last of the pictures that are compared; None where nothing is."""
        return None if self.mode is Mode.SINGLE or not self.shown else self.shown[-1].layer

    @property
    def has_slider(self) -> bool:
        """Whether there is a line to move."""
        return self.mode is Mode.SLIDER and len(self.shown) == 2


def described(scene: Scene) -> str:
    """Say for screen readers where the slider is, or what the keys do."""
    if not scene.has_slider:
        return tr(KEYS)
    first, second = (one.name for one in scene.shown)
    return tr(LEVEL_SLIDER if scene.level_line else SLIDER, share=scene.split, first=first, second=second)


def crop_rect(crop: Crop) -> QRectF:
    """Return the rectangle of a crop."""
    return QRectF(crop.left, crop.top, crop.width, crop.height)


def compared_rect(scene: Scene) -> QRectF:
    """Return the part of the input that all the shown pictures cover; where there is none, what the last one covers."""
    rects = [one.layer.rect for one in scene.shown]
    common = rects[0]
    for rect in rects[1:]:
        common = common.intersected(rect)
    return common if not common.isEmpty() else rects[-1]


def line_place(scene: Scene) -> float:
    """Column of the picture at which the slider's line stands; its row where the line is level."""
    rect = compared_rect(scene)
    if scene.level_line:
        return rect.top() + scene.split * rect.height()
    return rect.left() + scene.split * rect.width()


def split_at(scene: Scene, row: float, column: float) -> float:
    """Share at which the slider's line goes through a point of the picture."""
    rect = compared_rect(scene)
    share = (row - rect.top()) / rect.height() if scene.level_line else (column - rect.left()) / rect.width()
    return min(1.0, max(0.0, share))


def panes(scene: Scene, view: QSizeF) -> list[QRectF]:
    """Divide the view into parts of one size: one for each picture side by side, or a single one."""
    count = len(scene.shown) if scene.mode is Mode.SIDE_BY_SIDE else 1
    if count < 2:
        return [QRectF(QPointF(), view)]
    columns = count
    if scene.grid:
        columns = GRID_COLUMNS if count > 2 else 1
    rows = -(-count // columns)
    width = (view.width() - PANE_GAP_PX * (columns - 1)) / columns
    height = (view.height() - PANE_GAP_PX * (rows - 1)) / rows
    return [
        QRectF(index % columns * (width + PANE_GAP_PX), index // columns * (height + PANE_GAP_PX), width, height)
        for index in range(count)
    ]
