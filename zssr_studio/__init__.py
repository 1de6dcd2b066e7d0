"""ZSSR Studio enlarges one picture by training a small network on that picture alone.

The front door, for scripts and notebooks. Nothing is loaded before a name is asked for.

>>> import zssr_studio as zs
>>> result = zs.upscale(zs.resource_path("sample.png"), scale=2, crop=(100, 120, 24, 32), steps=2, device="cpu")
>>> result.pixels.shape
(48, 64, 3)

`__init__.pyi` beside this file tells type checkers what each name is; docs/api.md tells people.
"""

from importlib import import_module

__version__ = "0.1.0"

_HOMES = {
    "upscale": "zssr_studio.door.enlarge",
    "run": "zssr_studio.door.enlarge",
    "estimate_kernel": "zssr_studio.door.findings",
    "find_damage": "zssr_studio.door.findings",
    "reproduce": "zssr_studio.door.reproduce",
    "read": "zssr_studio.door.files",
    "write": "zssr_studio.door.files",
    "resource_path": "zssr_studio.resource",
    "Result": "zssr_studio.door.result",
    "Settings": "zssr_studio.door.result",
    "Reproduction": "zssr_studio.evidence.reproduce",
    "Job": "zssr_studio.job",
    "Scale": "zssr_studio.engine.config",
    "Kernel": "zssr_studio.engine.kernels.kernel",
    "Damage": "zssr_studio.engine.damage",
    "Noise": "zssr_studio.engine.damage",
    "Crop": "zssr_studio.imaging.picture",
    "Picture": "zssr_studio.imaging.picture",
    "StudioError": "zssr_studio.errors",
    "BadInputError": "zssr_studio.errors",
    "FailureError": "zssr_studio.errors",
}
__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> object:
    """Load a name where it is asked for (PEP 562), so that the import itself costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Name what can be asked for, loaded or not."""
    return sorted({*globals(), *_HOMES})
