"""Small frozen values to plain ones, as JSON has them, and back; what does not fit raises ValueError or KeyError."""

from __future__ import annotations

import base64
import zlib
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from zssr_studio.engine.damage import ColouredNoise, Damage, Noise
from zssr_studio.engine.kernels.kernel import MAX_SIZE, Kernel
from zssr_studio.engine.kernels.shapes import Shape
from zssr_studio.engine.maps import MapFigures, Unstable
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.picture import Crop
from zssr_studio.jpeg_tables import JpegTables

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zssr_studio.engine.kernels.choice import KernelChoice

Plain = dict[str, Any]


def plain_kernel(kernel: KernelChoice) -> Plain | None:
    """Take a kernel or a shape apart."""
    match kernel:
        case None:
            return None
        case Shape():
            return {"shape": str(kernel), "family": kernel.family, "values": list(kernel.values)}
        case Kernel():
            return {"taps": kernel.taps.tolist(), "name": kernel.name, "doubt": kernel.uncertainty}


def kernel_from(plain: Plain | None) -> KernelChoice:
    """Put a kernel or a shape together; taps come back to the bit."""
    if plain is None:
        return None
    if "family" in plain:
        return Shape(plain["family"], tuple(map(float, plain["values"])))
    return _as_it_was(np.array(plain["taps"], np.float64), str(plain["name"]), plain["doubt"])


def _as_it_was(taps: NDArray[np.float64], name: str, uncertainty: float) -> Kernel:
    """Check taps, and take them to the bit where normalising would leave them alone."""
    checked = Kernel.from_array(taps, name, uncertainty)
    return Kernel(taps, checked.name, checked.uncertainty) if np.allclose(taps, checked.taps, atol=1e-12) else checked


def plain_damage(damage: Damage) -> Plain:
    """Take noise and compression apart."""
    return asdict(damage)


def damage_from(plain: Plain) -> Damage:
    """Put noise and compression together."""
    noise, jpeg = plain["noise"], plain["jpeg"]
    return Damage(
        None if noise is None else _noise_from(noise),
        None if jpeg is None else JpegTables(tuple(jpeg["luma"]), tuple(jpeg["chroma"]), tuple(jpeg["subsampling"])),
        plain["grain"],
        # What was written until November 2026 has one share for all.
        plain.get("grain_colour"),
    )


def _noise_from(plain: Plain) -> Noise | ColouredNoise:
    if "power" not in plain:
        return Noise(tuple(plain["std"]), tuple(plain["gain"]))
    power = tuple(tuple(map(float, component)) for component in plain["power"])
    return ColouredNoise(power, tuple(map(float, plain["values"])), tuple(map(float, plain["gains"])))


def plain_crop(crop: Crop | None) -> list[int] | None:
    """Take a crop apart."""
    return None if crop is None else [crop.top, crop.left, crop.height, crop.width]


def crop_from(plain: list[int] | None) -> Crop | None:
    """Put a crop together."""
    return None if plain is None else Crop(*map(int, plain))


def packed_kernel(kernel: Kernel | None, scale: tuple[float, float], *, exact: bool = False) -> Plain | None:
    """Take a kernel apart for a file's metadata: a shape by its numbers, others as 32-bit numbers, deflated.

    Where it has to come back to the bit, as 64-bit numbers.
    """
    if kernel is None:
        return None
    try:
        shape = Shape.parse(kernel.name)
    except BadInputError:
        shape = None
    if shape is not None and np.array_equal(shape.kernel(scale).taps, kernel.taps) and not kernel.uncertainty:
        return {"family": shape.family, "values": list(shape.values)}
    taps = zlib.compress(kernel.taps.astype("<f8" if exact else "<f4").tobytes(), 9)
    return {
        **({"bits": 64} if exact else {}),
        "name": kernel.name,
        "uncertainty": kernel.uncertainty,
        "size": list(kernel.taps.shape),
        "taps": base64.b64encode(taps).decode("ascii"),
    }


def kernel_from_packed(plain: Plain | None) -> KernelChoice:
    """Put a kernel of a file's metadata together; taps come back as they were, or as 32-bit numbers hold them."""
    if plain is None or "family" in plain:
        return kernel_from(plain)
    rows, columns = (int(n) for n in plain["size"])
    if not (0 < rows <= MAX_SIZE and 0 < columns <= MAX_SIZE):
        raise ValueError(f"a kernel of {rows} x {columns} is none")
    is_exact = plain.get("bits") == 64
    try:
        most = (8 if is_exact else 4) * rows * columns
        content = zlib.decompressobj().decompress(base64.b64decode(plain["taps"]), most)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    taps = np.frombuffer(content, "<f8" if is_exact else "<f4").reshape(rows, columns).astype(np.float64)
    return _as_it_was(taps, str(plain["name"])[:200], float(plain["uncertainty"]))


def figures_from(plain: Plain | None) -> MapFigures | None:
    """Put the figures of the maps together that `asdict` took apart; what is from before there were maps has none."""
    if plain is None:
        return None
    unstable = plain["unstable"]
    part = None if unstable is None else tuple(int(n) for n in unstable["part"])
    return MapFigures(
        beyond_share=float(plain["beyond_share"]),
        expected_share=float(plain["expected_share"]),
        unstable=None if unstable is None else Unstable(**{**unstable, "part": part}),
        # Until November 2026 only passes were compared.
        by_states=bool(plain.get("by_states", False)),
    )
