"""What the front door gives back: the enlarged picture, with a record of how it was made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from zssr_studio.words.findings import damage_text
from zssr_studio.words.say import decibels_text

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from zssr_studio.engine.config import Scale
    from zssr_studio.engine.damage import Damage
    from zssr_studio.engine.kernels.kernel import Kernel
    from zssr_studio.engine.maps import Maps
    from zssr_studio.engine.weights import Weights
    from zssr_studio.imaging.metadata.blocks import Derivation
    from zssr_studio.imaging.picture import Crop, Picture
    from zssr_studio.job import Job, Outcome

Pixels = TypeVar("Pixels")
IDEAL = "bicubic"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a result was made with; `print` shows it in a line.

    Parameters
    ----------
    scale : Scale
        Vertical and horizontal enlargement.
    preset : str
    kernel : str
        Name of the blur that was undone; `bicubic` is ordinary downscaling.
    cleaned : str
        Noise and compression that were cleaned, and how much of them came back, in words; empty for none.
    grain, grain_colour : float
        Shares of the cleaned grain that came back, 0 to 1: of its brightness, and of its colour.
    crop : Crop or None
        The part that was enlarged, in pixels of the source; None is all of it.
    seed : int
    steps : int
        Training steps done.
    seconds : float
        Seconds of training done.
    device : str
        Such as `cpu`.
    """

    scale: Scale
    preset: str
    kernel: str
    cleaned: str
    grain: float
    grain_colour: float
    crop: Crop | None
    seed: int
    steps: int
    seconds: float
    device: str

    @classmethod
    def of(cls, job: Job, outcome: Outcome) -> Settings:
        """Take them from what was asked for and what became of it."""
        return cls(
            scale=job.scale,
            preset=job.preset,
            kernel=kernel_words(job.kernel),
            cleaned=damage_text(job.damage) if job.damage else "",
            grain=job.damage.kept[0],
            grain_colour=job.damage.kept[1],
            crop=job.crop,
            seed=job.seed,
            steps=outcome.steps,
            seconds=outcome.training_s,
            device=outcome.device,
        )

    def __str__(self) -> str:
        told = [
            f"scale {self.scale}",
            f"preset {self.preset}",
            f"kernel {self.kernel}",
            f"cleaned {self.cleaned or 'nothing'}",
            f"seed {self.seed}",
            f"{self.steps} steps in {self.seconds:.1f} s on {self.device}",
        ]
        if self.crop is not None:
            told.insert(0, f"crop {self.crop.top}, {self.crop.left}, {self.crop.height}, {self.crop.width}")
        return "; ".join(told)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Result(Generic[Pixels]):
    """An enlarged picture. It shows itself in a notebook.

    Parameters
    ----------
    pixels : ndarray or PIL.Image.Image
        The result as the source came: an array of the same dtype, dimensions and channels, or a PIL image of the same
        mode. Of a path or a `Picture` it is an array in the source's depth (uint8, uint16 or float32), of shape (H, W)
        for gray without alpha, else (H, W, C) with alpha last.
    picture : Picture
        The same as float32 in [0, 1], with profile, resolution and metadata.
    settings : Settings
        What it was made with.
    consistency_db : float
        PSNR of the result downscaled again with the assumed kernel against the source, in dB; inf if they are equal. It
        tells that the result fits the source, not that its details are true.
    kernel : Kernel or None
        The blur that was undone; None is antialiased bicubic downscaling.
    damage : Damage
        The noise and compression that were cleaned.
    notices : tuple of str
        What a person should know of how it was made, in whole sentences.
    weights : Weights or None
        What the network learned; `upscale(..., init=result.weights)` starts from it. None where nothing was trained.
    maps : Maps or None
        Where it is not consistent with the source (`error`, `beyond`: of the source's size), and where the passes of
        the self-ensemble, or the network and its earlier states, deviate (`deviation`: of the result's size, or None),
        in [0, 1] of the value range; None for a copy.
    source : Path or None
        The file that it was made from, which `save` never replaces.
    record : dict
        All that is known of how it came about, as plain values for JSON; `save` writes it into the file's XMP, and
        `zssr_studio.reproduce` does it again.
    """

    pixels: Pixels
    picture: Picture
    settings: Settings
    consistency_db: float
    kernel: Kernel | None
    damage: Damage
    notices: tuple[str, ...] = ()
    weights: Weights | None = None
    maps: Maps | None = None
    source: Path | None = None
    record: dict[str, Any] = field(default_factory=dict)
    _derivation: Derivation | None = field(default=None)

    def save(self, path: str | os.PathLike[str], *, overwrite: bool = False) -> tuple[str, ...]:
        """Write the result to a file, with the source's profile and metadata; whole or not at all.

        For other choices, such as a depth or a quality, call `zssr_studio.write` with `result.picture`.

        Parameters
        ----------
        path : str or path
            Ends in .png, .tif, .jpg, .webp, .avif or .jxl.
        overwrite : bool
            Whether an existing file may be replaced. The source never is.

        Returns
        -------
        tuple of str
            What the format could not keep, in whole sentences.

        Raises
        ------
        BadInputError, FailureError
            With a sentence for a person; a file that was there is as it was.

        Examples
        --------
        >>> import tempfile
        >>> from pathlib import Path
        >>> import numpy as np
        >>> import zssr_studio as zs
        >>> result = zs.upscale(np.full((12, 12), 0.5), steps=2, kernel="bicubic", cleaning="none")
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     notes = result.save(Path(folder) / "twice.tif")
        ...     zs.read(Path(folder) / "twice.tif").pixels.shape
        (24, 24, 1)
        """
        from zssr_studio.door.files import written
        from zssr_studio.imaging.export import ExportOptions

        return written(
            self.picture, path, ExportOptions(), overwrite=overwrite, source=self.source, derivation=self._derivation
        )

    def __repr__(self) -> str:
        kind = {1: "gray", 3: "RGB"}[self.picture.channels] + (" with alpha" if self.picture.alpha is not None else "")
        size = f"{self.picture.height} x {self.picture.width} pixels, {kind}"
        return f"<Result of {size}; {self.settings}; consistency {decibels_text(self.consistency_db)}>"

    def _repr_png_(self) -> bytes:
        from zssr_studio.door.notebook import preview_png

        return preview_png(self.picture)

    def _repr_html_(self) -> str:
        from zssr_studio.door.notebook import html_of

        return html_of(self.picture, str(self.settings), self.consistency_db, self.notices)


def kernel_words(kernel: Kernel | None) -> str:
    """Name a kernel."""
    return IDEAL if kernel is None else kernel.name
