"""The widget: a layer, a scale and a preset. Its annotations are types, not texts, since magicgui reads them."""

import numpy as np
from magicgui import magic_factory
from napari.layers import Image
from napari.qt.threading import FunctionWorker, thread_worker
from napari.types import LayerDataTuple

from napari_zssr_studio.enlarging import enlarged

SCALES = {"widget_type": "FloatSpinBox", "min": 1.0, "max": 8.0, "step": 0.5}
PRESETS = {"choices": ["fast", "best"]}


@magic_factory(call_button="Enlarge", scale=SCALES, preset=PRESETS)
def enlarge_widget(layer: Image, scale: float = 2.0, preset: str = "fast") -> FunctionWorker[LayerDataTuple]:
    """Enlarge a layer in the background, and lay the result over it."""

    @thread_worker(start_thread=True)
    def enlarge() -> LayerDataTuple:
        return laid_over(layer, enlarged(layer.data, scale, preset))

    return enlarge()


def laid_over(layer: Image, pixels: np.ndarray) -> LayerDataTuple:
    """Return a layer whose pixels cover what those of `layer` do."""
    rows, columns = (old / new for old, new in zip(layer.data.shape[:2], pixels.shape[:2], strict=True))
    finer = tuple(step * share for step, share in zip(layer.scale[-2:], (rows, columns), strict=True))
    # The centre of a layer's first pixel lies at its place; a smaller pixel's lies nearer to the corner.
    place = tuple(
        begin + (small - large) / 2
        for begin, small, large in zip(layer.translate[-2:], finer, layer.scale[-2:], strict=True)
    )
    options = {"name": f"{layer.name} enlarged", "scale": finer, "translate": place, "rgb": layer.rgb}
    return LayerDataTuple((pixels, options, "image"))
