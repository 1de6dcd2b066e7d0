"""What is written beside a result: weights, the run's record, PREMIS, and a signature that does not go inside."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from zssr_studio.evidence.credentials import SIDECAR_SUFFIX
from zssr_studio.evidence.premis import write_premis
from zssr_studio.evidence.record_files import write_record_file
from zssr_studio.evidence.signing import write_sidecar
from zssr_studio.imaging.saving.kept import KeptElsewhereError
from zssr_studio.imaging.saving.sealed import SealError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from zssr_studio.batch.one_file.prepared import Prepared
    from zssr_studio.engine.weights import Weights
    from zssr_studio.evidence.signing import Signature
    from zssr_studio.job import Outcome
    from zssr_studio.record.plain import Plain


def write_beside(prepared: Prepared, outcome: Outcome, record: Plain, output: Path) -> list[KeptElsewhereError]:
    """Write all that is asked for beside a result; what does not come to its place keeps nothing else from its own.

    Returns
    -------
    list of KeptElsewhereError
        What could not be written as it was asked for.
    """
    order, signature, weights = prepared.order, prepared.signature, outcome.weights
    wanted: list[Callable[[], object]] = []
    if order.save_weights is not None and weights is not None:
        wanted.append(partial(_write_weights, weights, order.save_weights, overwrite=order.overwrite))
    if signature is not None and prepared.is_signed_beside:
        wanted.append(partial(_sign_beside, signature, prepared, record, output))
    if order.record is not None:
        wanted.append(partial(write_record_file, record, output, order.record, overwrite=order.overwrite))
    if order.premis is not None:
        flags = {"is_signed": signature is not None, "overwrite": order.overwrite}
        wanted.append(partial(write_premis, record, prepared.job.settings_line, output, order.premis, **flags))
    elsewhere = []
    for write in wanted:
        try:
            write()
        except KeptElsewhereError as error:
            elsewhere.append(error)
    return elsewhere


def _write_weights(weights: Weights, path: Path, *, overwrite: bool) -> None:
    # Behind the run, as the format's library need not be loaded before.
    from zssr_studio.imaging.weight_files import write_weight_file

    write_weight_file(weights.arrays, weights.metadata, path, overwrite=overwrite)


def _sign_beside(signature: Signature, prepared: Prepared, record: Plain, output: Path) -> None:
    order = prepared.order
    try:
        write_sidecar(signature, prepared.job, prepared.export, order.image, record, output, overwrite=order.overwrite)
    except SealError as error:
        told = f"{output.with_suffix(SIDECAR_SUFFIX)} was not written: {error}."
        raise KeptElsewhereError(told, output) from error
