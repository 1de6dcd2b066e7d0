"""What the canvas shows, worked out from the models: one pure function, which needs no window."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from zssr_studio.app.models.compare.comparison import LETTERS, Mode
from zssr_studio.app.views.canvas.scene import MIDDLE, Scene

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zssr_studio.app.models.compare.comparison import Comparison
    from zssr_studio.app.views.canvas.scene import Layer, Shown
    from zssr_studio.imaging.picture import Crop


@dataclass(frozen=True, slots=True, eq=False)
class SceneState:
    """All that decides what is shown, as it stands.

    Parameters
    ----------
    comparison : Comparison
        What is looked at, and how.
    pictures : mapping of int to Shown
        What can be shown by now, by the keys of the list's entries; a display copy that is still being made is missing.
    maps : mapping of int to Layer
        What lies over these, where a map is shown.
    crop : Crop or None
        The part to enlarge, in pixels of the input.
    aspect : float or None
        Width over height that a drawn or resized crop keeps; None is free.
    is_running : bool
        Whether a run goes on.
    preview : Layer or None
        The newest preview of the run.
    frame : Shown or None
        A frame of a film, or what was tried in place: it covers the input while that is looked at alone.
    is_drawing : bool
        Whether the crop tool is taken up.
    split : float
        Where the slider stands: share of the compared part that shows the first picture, 0 to 1.
    """

    comparison: Comparison
    pictures: Mapping[int, Shown]
    maps: Mapping[int, Layer] = field(default_factory=dict)
    crop: Crop | None = None
    aspect: float | None = None
    is_running: bool = False
    preview: Layer | None = None
    frame: Shown | None = None
    is_drawing: bool = False
    split: float = MIDDLE


def resolve_scene(state: SceneState) -> Scene:
    """Work out what the canvas shows.

    A preview is shown while its run goes on. While a run trains the crop belongs to the next run, and is left alone
    unless the crop tool is taken up.
    """
    value = state.comparison
    base = None if value.input is None else state.pictures.get(value.input)
    return Scene(
        base=None if base is None else base.layer,
        preview=state.preview if state.is_running else None,
        mode=value.mode,
        shown=_shown(state),
        loupe=_loupe(state),
        split=state.split,
        level_line=value.level_line,
        one_row=value.one_row,
        gain=value.gain,
        crop=state.crop,
        crop_editable=value.shows_input and state.frame is None and (state.is_drawing or not state.is_running),
        aspect=state.aspect,
    )


def _shown(state: SceneState) -> tuple[Shown, ...]:
    """Return what lies over the input: the pictures that are looked at, or a frame over the input alone."""
    if not state.comparison.shows_input:
        return _ready(state, state.comparison.shown)
    return () if state.frame is None else (state.frame,)


def _loupe(state: SceneState) -> tuple[Shown, ...]:
    """Return what is shown large under the pointer: all that are compared, or what is looked at alone."""
    value = state.comparison
    if not value.loupe:
        return ()
    return _ready(state, value.chosen if value.can_compare and not value.shows_input else value.shown)


def _ready(state: SceneState, keys: tuple[int, ...]) -> tuple[Shown, ...]:
    """Return what can be shown of these, each with its letter among those that are compared."""
    return tuple(_picture(state, key) for key in keys if key in state.pictures)


def _picture(state: SceneState, key: int) -> Shown:
    """Return what is shown of an entry: with its letter, and the map over it, which is in nobody's difference."""
    one, value = state.pictures[key], state.comparison
    if key in value.chosen:
        one = replace(one, letter=LETTERS[value.chosen.index(key)])
    if key in state.maps and value.mode is not Mode.DIFFERENCE:
        one = replace(one, layer=replace(one.layer, over=state.maps[key]))
    return one
