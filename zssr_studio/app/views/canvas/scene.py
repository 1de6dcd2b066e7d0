"""What the canvas shows, as a frozen value, and where it lies. No events, no state, no painting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF

from zssr_studio.app.language import marked, tr
from zssr_studio.app.models.compare.comparison import Mode

if TYPE_CHECKING:
    from zssr_studio.app.qimage import Pyramid
    from zssr_studio.app.views.canvas.camera import Camera
    from zssr_studio.imaging.picture import Crop

PANE_GAP_PX = 2
MIDDLE = 0.5  # where the slider stands at first
KEYS = marked(
    "Arrow keys move the slider, the region or the picture; plus and minus zoom. Tab hides the panels, F6 goes on."
)
# The line keeps so far from the edge of the view that its handle is seen whole.
LINE_MARGIN_PX = 18
SLIDER = marked("Comparison slider at {share:.0%}: {first} to the left, {second} to the right.")
LEVEL_SLIDER = marked("Comparison slider at {share:.0%}: {first} above, {second} below.")


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """A picture and the rectangle that it covers, in pixels of the input picture (x is the column).

    A blended one lies with `share` of its strength over what is `under` it; a map of it lies `over` it.
    """

    pyramid: Pyramid
    rect: QRectF
    under: Layer | None = None
    share: float = 1.0
    over: Layer | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A picture that is looked at, by its name.

    `letter` is its place among those that are compared, and `note` what is known of it, such as its score.
    """

    name: str
    layer: Layer
    letter: str = ""
    note: str = ""

    @property
    def label(self) -> str:
        """What is written on it."""
        return "   ".join(text for text in (self.letter, self.name, self.note) if text)


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
    one_row: bool = False
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


def described(scene: Scene, share: float) -> str:
    """Say for screen readers where the slider is (`share` of the compared part), or what the keys do."""
    if not scene.has_slider:
        return tr(KEYS)
    first, second = (one.name for one in scene.shown)
    return tr(LEVEL_SLIDER if scene.level_line else SLIDER, share=share, first=first, second=second)


def pixels_per_input(scene: Scene) -> float:
    """How many pixels of the finest picture shown stand for one of the input."""
    return max((one.layer.pyramid.width / one.layer.rect.width() for one in scene.shown), default=1.0)


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


def line_px(scene: Scene, camera: Camera, view: QSizeF) -> float:
    """Column of the view at which the slider's line stands; its row where the line is level.

    The line follows the picture, but not out of the view: whatever is seen lies on the side that its name says.
    """
    start, stop, whole = _extent(scene, camera, view)
    place = start + scene.split * (stop - start)
    first = start if start >= 0 else LINE_MARGIN_PX
    last = stop if stop <= whole else whole - LINE_MARGIN_PX
    return min(max(place, first), last) if first <= last else place


def split_seen(scene: Scene, camera: Camera, view: QSizeF) -> float:
    """Share of the compared part at which the line is seen, which may be held by the edge of the view."""
    start, stop, _ = _extent(scene, camera, view)
    return min(1.0, max(0.0, (line_px(scene, camera, view) - start) / (stop - start)))


def parting_px(scene: Scene, camera: Camera, view: QSizeF) -> float:
    """Where what is dropped goes to the first or to the second place: at the slider's line, or else in the middle."""
    if scene.has_slider:
        return line_px(scene, camera, view)
    return (view.height() if scene.level_line else view.width()) / 2


def split_at(scene: Scene, row: float, column: float) -> float:
    """Share at which the slider's line goes through a point of the picture."""
    rect = compared_rect(scene)
    share = (row - rect.top()) / rect.height() if scene.level_line else (column - rect.left()) / rect.width()
    return min(1.0, max(0.0, share))


def panes(scene: Scene, view: QSizeF) -> list[QRectF]:
    """Divide the view into parts of one size: one for each picture side by side, or a single one.

    The grid is that in which the pictures are largest.
    """
    count = len(scene.shown) if scene.mode is Mode.SIDE_BY_SIDE else 1
    if count < 2:
        return [QRectF(QPointF(), view)]
    columns = count if scene.one_row else _best_columns(scene, count, view)
    cell = _cell(count, columns, view)
    return [
        QRectF(
            QPointF(index % columns * (cell.width() + PANE_GAP_PX), index // columns * (cell.height() + PANE_GAP_PX)),
            cell,
        )
        for index in range(count)
    ]


def _extent(scene: Scene, camera: Camera, view: QSizeF) -> tuple[float, float, float]:
    """Where the compared part begins and ends in the view, and the view's size, across the line."""
    target = camera.rect_to_view(compared_rect(scene), view)
    if scene.level_line:
        return target.top(), target.bottom(), view.height()
    return target.left(), target.right(), view.width()


def _best_columns(scene: Scene, count: int, view: QSizeF) -> int:
    rect = scene.shown[0].layer.rect if scene.base is None else scene.base.rect

    def worth(columns: int) -> tuple[float, int]:
        cell = _cell(count, columns, view)
        # Of two that show the pictures equally large, the one with fewer empty places.
        return min(cell.width() / rect.width(), cell.height() / rect.height()), -(-count % columns)

    return max(range(count, 0, -1), key=worth)


def _cell(count: int, columns: int, view: QSizeF) -> QSizeF:
    rows = -(-count // columns)
    return QSizeF(
        (view.width() - PANE_GAP_PX * (columns - 1)) / columns, (view.height() - PANE_GAP_PX * (rows - 1)) / rows
    )
