"""What a person chooses of an enlargement, as it is written on the command line: frozen, and as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from zssr_studio.engine.config import PRESETS
from zssr_studio.engine.kernels.choice import ESTIMATE, IDEAL
from zssr_studio.imaging.export import DEFAULT_QUALITY, Compression, ResolutionPolicy
from zssr_studio.imaging.metadata.blocks import MetadataPolicy
from zssr_studio.job import DEFAULT_LEAST_GAIN_DB

if TYPE_CHECKING:
    from enum import StrEnum

AUTO, NONE = "auto", "none"
Plain = dict[str, Any]
_ENUMS: dict[str, type[StrEnum]] = {
    "metadata": MetadataPolicy,
    "resolution": ResolutionPolicy,
    "compression": Compression,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options of `upscale`, one field each, checked where they are used.

    Parameters
    ----------
    scale, size, print_size : str or None
        One of them says how large; 2 if none does.
    dpi : float or None
        Of `print_size`.
    page : int
        From 1.
    kernel, clean : str or None
        None takes what the preset does.
    crop, memory : str or None
        As `read_crop` and `read_bytes` read them.
    init : str or None
        The path of a file of weights.
    given : dict or None
        `kernel` and `damage` as `record.plain` has them, each in the place of what `kernel` and `clean` say: the window
        knows them as values, for which there is no option.

    Notes
    -----
    The others are those of `ExportOptions` and `Job`.
    """

    scale: str | None = None
    size: str | None = None
    print_size: str | None = None
    dpi: float | None = None
    page: int = 1
    bits: int | None = None
    colour: str = "keep"
    metadata: MetadataPolicy = MetadataPolicy.ALL
    resolution: ResolutionPolicy = ResolutionPolicy.SIZE
    quality: int = DEFAULT_QUALITY
    lossless: bool = False
    compression: Compression = Compression.DEFLATE
    source_type: str = "algorithmicallyEnhanced"
    preset: str = "fast"
    kernel: str | None = None
    kernel_uncertainty: float | None = None
    clean: str | None = None
    grain: float = 0.0
    grain_colour: float | None = None
    crop: str | None = None
    seconds: float | None = None
    steps: int | None = None
    least_gain_db: float = DEFAULT_LEAST_GAIN_DB
    seed: int = 0
    threads: int | None = None
    device: str = "auto"
    memory: str | None = None
    init: str | None = None
    given: Plain | None = None

    def plain(self) -> Plain:
        """Take the options apart, as JSON has them."""
        return asdict(self)

    @classmethod
    def from_plain(cls, plain: Plain) -> Options:
        """Put options together that `plain` took apart.

        Raises
        ------
        ValueError, TypeError
            If they are none.
        """
        enums = {name: kind(plain[name]) for name, kind in _ENUMS.items() if name in plain}
        return cls(**{**plain, **enums})

    def kernel_text(self, *, is_copy: bool) -> str:
        """Return the kernel that is asked for; what is not told follows from the preset."""
        return self.kernel or (AUTO if self._finds(is_copy=is_copy) else IDEAL)

    def clean_text(self, *, is_copy: bool) -> str:
        """Return what is to be cleaned; what is not told follows from the preset."""
        return self.clean or (AUTO if self._finds(is_copy=is_copy) else NONE)

    def _finds(self, *, is_copy: bool) -> bool:
        # The paper's ideal case is what its presets are for, and a copy is not to be changed.
        return self.preset in PRESETS and PRESETS[self.preset].finds_damage and not is_copy


def is_estimated(text: str) -> bool:
    """Tell whether the text asks for an estimate rather than naming a kernel."""
    return text.strip().lower() in (AUTO, ESTIMATE)
