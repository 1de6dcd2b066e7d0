"""An order that can be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.batch.one_file.order import Order
    from zssr_studio.evidence.record import Told
    from zssr_studio.evidence.signing import Signature
    from zssr_studio.imaging.export import ExportOptions
    from zssr_studio.imaging.metadata.blocks import Derivation
    from zssr_studio.job import Job


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
    told : Told
        What the run's record says of it before it begins.
    signature : Signature or None
        With what the result is signed.
    is_signed_beside : bool
        Whether it is signed in a file beside it.
    """

    order: Order
    job: Job
    output: Path
    export: ExportOptions
    derivation: Derivation
    told: Told
    signature: Signature | None = None
    is_signed_beside: bool = False
