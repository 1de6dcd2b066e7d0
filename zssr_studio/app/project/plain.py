"""Small frozen values to plain ones, as JSON has them, and back; what does not fit raises ValueError or KeyError."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from zssr_studio.app.models.run.settings import Settings
from zssr_studio.engine.config import Scale
from zssr_studio.engine.damage import ColouredNoise, Damage, Noise
from zssr_studio.engine.kernels.kernel import Kernel
from zssr_studio.engine.kernels.shapes import Shape
from zssr_studio.imaging.picture import Crop
from zssr_studio.jpeg_tables import JpegTables

if TYPE_CHECKING:
    from zssr_studio.engine.kernels.choice import KernelChoice

Plain = dict[str, Any]
SHARED = ("preset", "seed", "seconds", "steps", "device")


def plain_settings(settings: Settings) -> Plain:
    """Take settings apart."""
    return {
        **{name: getattr(settings, name) for name in SHARED},
        "scale": list(settings.scale.factors),
        "kernel": plain_kernel(settings.kernel),
        "damage": plain_damage(settings.damage),
        "print_ppi": settings.print_ppi,
        "kernel_by_hand": settings.kernel_by_hand,
        "noise_by_hand": settings.noise_by_hand,
        "wanted_px": settings.wanted_px and list(settings.wanted_px),
    }


def settings_from(plain: Plain) -> Settings:
    """Put settings together."""
    return Settings(
        **{name: plain[name] for name in SHARED},
        scale=Scale(*plain["scale"]),
        kernel=kernel_from(plain["kernel"]),
        damage=damage_from(plain["damage"]),
        print_ppi=plain["print_ppi"],
        # Where an older project does not say it, kernel and noise belong to its picture.
        kernel_by_hand=bool(plain.get("kernel_by_hand", False)),
        noise_by_hand=bool(plain.get("noise_by_hand", False)),
        # A project of November 2026 has none.
        wanted_px=None if plain.get("wanted_px") is None else (int(plain["wanted_px"][0]), int(plain["wanted_px"][1])),
    )


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
    taps = np.array(plain["taps"], np.float64)
    # Only what normalising would leave alone is taken as it is.
    checked = Kernel.from_array(taps, str(plain["name"]), plain["doubt"])
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
