"""What is to be made of one file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zssr_studio.batch.one_file.options import Options

if TYPE_CHECKING:
    from zssr_studio.batch.one_file.options import Plain

_PATHS = ("image", "output", "save_weights", "record", "maps", "premis", "sign_cert", "sign_key")


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made of one file.

    Parameters
    ----------
    image : Path
    output : Path or None
        None names it after the image and puts it beside.
    options : Options
    overwrite : bool
        Whether an output that is there may be replaced; the image never is.
    save_weights : Path or None
        Where to write what the network learned.
    record : Path or None
        Where to write the record of the run.
    maps : Path or None
        The folder for the maps of the result.
    members : int
        Networks of so many seeds are compared, that of the run included.
    kernel_off_percent : float or None
        How the result would be with a kernel that is so much wider, and narrower, is found out.
    premis : Path or None
        Where to write PREMIS of the run.
    sign_cert, sign_key : Path or None
        Chain of certificates, and private key, to sign the result with.
    """

    image: Path
    output: Path | None
    options: Options
    overwrite: bool = False
    save_weights: Path | None = None
    record: Path | None = None
    maps: Path | None = None
    members: int = 1
    kernel_off_percent: float | None = None
    premis: Path | None = None
    sign_cert: Path | None = None
    sign_key: Path | None = None

    def plain(self) -> Plain:
        """Take the order apart, as JSON has it."""
        paths = {name: None if (path := getattr(self, name)) is None else str(path) for name in _PATHS}
        others = {name: getattr(self, name) for name in ("overwrite", "members", "kernel_off_percent")}
        return {**paths, "options": self.options.plain(), **others}

    @classmethod
    def from_plain(cls, plain: Plain) -> Order:
        """Put an order together that `plain` took apart.

        Raises
        ------
        ValueError, TypeError, KeyError
            If it is none.
        """
        paths = {name: None if plain.get(name) is None else Path(plain[name]) for name in _PATHS}
        image = paths["image"]
        if image is None:
            raise ValueError("an order without an image")
        further: Plain = {name: paths[name] for name in _PATHS[2:]}
        further |= {name: plain[name] for name in ("members", "kernel_off_percent")}
        return cls(image, paths["output"], Options.from_plain(plain["options"]), plain["overwrite"], **further)
