"""What is written beside a result: weights, the run's record, PREMIS, and a signature that does not go inside."""

from __future__ import annotations

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
    from zssr_studio.job import Outcome
    from zssr_studio.record.plain import Plain


def write_beside(prepared: Prepared, outcome: Outcome, record: Plain, output: Path) -> list[KeptElsewhereError]:
    """Write all that is asked for beside a result; what does not come to its place keeps nothing else from its own.

    Returns
    -------
    list of KeptElsewhereError
        What could not be written as it was asked for.
    """
    order = prepared.order
    wanted: list[Callable[[], object]] = []
    if order.save_weights is not None and outcome.weights is not None:
        wanted.append(lambda: _write_weights(prepared, outcome))
    if prepared.signature is not None and prepared.is_signed_beside:
        wanted.append(lambda: _sign_beside(prepared, record, output))
    if order.record is not None:
        place = order.record
        wanted.append(lambda: write_record_file(record, output, place, overwrite=order.overwrite))
    if order.premis is not None:
        wanted.append(lambda: _write_premis(prepared, record, output))
    elsewhere = []
    for write in wanted:
        try:
            write()
        except KeptElsewhereError as error:
            elsewhere.append(error)
    return elsewhere


def _write_weights(prepared: Prepared, outcome: Outcome) -> None:
    from zssr_studio.imaging.weight_files import write_weight_file

    order, weights = prepared.order, outcome.weights
    assert order.save_weights is not None
    assert weights is not None
    write_weight_file(weights.arrays, weights.metadata, order.save_weights, overwrite=order.overwrite)


def _sign_beside(prepared: Prepared, record: Plain, output: Path) -> None:
    order = prepared.order
    assert prepared.signature is not None
    try:
        write_sidecar(
            prepared.signature, prepared.job, prepared.export, order.image, record, output, overwrite=order.overwrite
        )
    except SealError as error:
        told = f"{output.with_suffix(SIDECAR_SUFFIX)} was not written: {error}."
        raise KeptElsewhereError(told, output) from error


def _write_premis(prepared: Prepared, record: Plain, output: Path) -> None:
    order = prepared.order
    assert order.premis is not None
    is_signed, detail = prepared.signature is not None, prepared.job.settings_line
    write_premis(record, detail, output, order.premis, is_signed=is_signed, overwrite=order.overwrite)
