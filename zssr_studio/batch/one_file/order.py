"""What is to be made of one file, and that it can be done."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zssr_studio.batch.one_file.options import Options

if TYPE_CHECKING:
    from zssr_studio.batch.one_file.options import Plain
    from zssr_studio.imaging.export import ExportOptions
    from zssr_studio.imaging.metadata.blocks import Derivation
    from zssr_studio.job import Job

_PATHS = ("image", "output", "save_weights")


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
    """

    image: Path
    output: Path | None
    options: Options
    overwrite: bool = False
    save_weights: Path | None = None

    def plain(self) -> Plain:
        """Take the order apart, as JSON has it."""
        paths = {name: None if (path := getattr(self, name)) is None else str(path) for name in _PATHS}
        return {**paths, "options": self.options.plain(), "overwrite": self.overwrite}

    @classmethod
    def from_plain(cls, plain: Plain) -> Order:
        """Put an order together that `plain` took apart.

        Raises
        ------
        ValueError, TypeError, KeyError
            If it is none.
        """
        paths = {name: None if plain[name] is None else Path(plain[name]) for name in _PATHS}
        image = paths["image"]
        if image is None:
            raise ValueError("an order without an image")
        options = Options.from_plain(plain["options"])
        return cls(image, paths["output"], options, plain["overwrite"], paths["save_weights"])


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """An order that can be done.

    Parameters
    ----------
    order : Order
    job : Job
        With the damage and the kernel that were named or found.
    output : Path
    export : ExportOptions
    derivation : Derivation
        Of the source as it was when it was read.
    """

    order: Order
    job: Job
    output: Path
    export: ExportOptions
    derivation: Derivation
