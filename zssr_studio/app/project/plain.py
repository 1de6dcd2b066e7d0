"""The settings to plain values, as JSON has them, and back; what does not fit raises ValueError or KeyError."""

from __future__ import annotations

from zssr_studio.app.models.run.settings import Settings
from zssr_studio.engine.config import Scale
from zssr_studio.record.plain import Plain, damage_from, kernel_from, plain_damage, plain_kernel

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
