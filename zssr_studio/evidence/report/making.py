"""Makes the report on a result: of a run that is at hand, or of a file with a record."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.engine.maps import Maps
from zssr_studio.engine.metrics import psnr_db
from zssr_studio.errors import BadInputError
from zssr_studio.evidence.colours import MapKind, full_of
from zssr_studio.evidence.map_files import DISAGREEMENT, WHITE, map_path
from zssr_studio.evidence.record_files import read_record
from zssr_studio.evidence.recorded_job import job_of, source_page, source_path
from zssr_studio.evidence.report.curves import curve_picture
from zssr_studio.evidence.report.page import Report
from zssr_studio.evidence.report.pictures import enlarged_like, small, small_map
from zssr_studio.imaging.metadata.derivation import file_sha256
from zssr_studio.imaging.read import read_picture
from zssr_studio.methods.consistency import consistency_maps

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from zssr_studio.evidence.report.pictures import Small
    from zssr_studio.imaging.picture import Picture
    from zssr_studio.job import Job
    from zssr_studio.record.plain import Plain

SUFFIXES = (".pdf", ".html")
# Of a file that cannot be compared with its source.
NO_CONSISTENCY = Maps(np.zeros((0, 0), np.float32), np.zeros((0, 0), np.bool_), None)


def check_report_name(path: Path) -> None:
    """Refuse a name that says no kind of report.

    Raises
    ------
    BadInputError
    """
    if path.suffix.lower() not in SUFFIXES:
        raise BadInputError(f"{path.name} is no name for a report. End it in .pdf or .html.")


def report_on_file(result: Path, source: Path | None, maps: Path | None) -> Report:
    """Report on a file that holds the record of its run.

    The map of disagreement is in no such file: it is taken from the folder of maps, where there is one.

    Parameters
    ----------
    result : Path
    source : Path or None
        By default the picture of the record's name beside the result.
    maps : Path or None
        The folder to which `--maps` wrote.

    Raises
    ------
    BadInputError
        With a sentence for a person.
    """
    found = read_record(result)
    if found.result is None:
        raise BadInputError(f"{result.name} is a record, and the report is on a result. Give the picture's file.")
    record = found.record
    picture = read_picture(source_path(record, result, source), source_page(record))
    job = job_of(_without_weights(record), picture)
    made = read_picture(result)
    maps_of_file = consistency_maps(job, made)
    # The record tells of the run; the file may have been changed since.
    file_psnr_db = None if maps_of_file is None else _psnr_db(maps_of_file)
    if maps is not None:
        deviation = _read_deviation(map_path(maps, result.stem, DISAGREEMENT), job.out_size)
        maps_of_file = NO_CONSISTENCY if maps_of_file is None else maps_of_file
        maps_of_file = replace(maps_of_file, deviation=deviation)
    report = report_of(job, record, made, maps_of_file, result.name, file_sha256=file_sha256(result))
    return replace(report, file_psnr_db=file_psnr_db)


def _psnr_db(maps: Maps) -> float:
    """Return what a consistency map comes to, in dB."""
    return psnr_db(math.sqrt(float(np.mean(np.square(maps.error, dtype=np.float64)))))


def report_of(
    job: Job,
    record: Plain,
    result: Picture,
    maps: Maps | None,
    name: str,
    *,
    file_sha256: str | None = None,
) -> Report:
    """Report on a result.

    Parameters
    ----------
    job : Job
    record : dict
        Of its run.
    result : Picture
    maps : Maps or None
    name : str
        Of the result.
    file_sha256 : str or None
        Of the result's file, where there is one.
    """
    after = small(result)
    consistency, disagreement = (
        None if maps is None else small_map(maps, kind, result, full_of(kind, job.damage))
        for kind in (MapKind.CONSISTENCY, MapKind.DISAGREEMENT)
    )
    before = enlarged_like(job.source, after)
    return Report(name, job, record, before, after, consistency, disagreement, curves_of(record), file_sha256)


def curves_of(record: Plain) -> Small | None:
    """Draw the course of training; None where a record of before November 2026 tells none.

    Raises
    ------
    BadInputError
        If it is damaged.
    """
    losses = record["run"].get("losses")
    if losses is None:
        return None
    try:
        return curve_picture(losses["steps"], losses["values"])
    except (KeyError, TypeError, ValueError) as error:
        raise BadInputError(
            f"The record is damaged: its course of training makes no sense ({type(error).__name__}). Take another copy "
            "of the file."
        ) from error


def _without_weights(record: Plain) -> Plain:
    """Return a record as of a run that began with no weights: nothing is trained for a report."""
    settings = {**record["settings"], "init": None}
    return {**record, "settings": settings}


def _read_deviation(path: Path, size: tuple[int, int]) -> NDArray[np.float16]:
    """Read a map of disagreement that `--maps` wrote.

    Raises
    ------
    BadInputError
        If it is none of this result.
    """
    pixels = read_picture(path).pixels
    if pixels.shape != (*size, 1):
        raise BadInputError(f"{path} is no map of this result: it has another size. Give the folder that --maps wrote.")
    deviation: NDArray[np.float16] = (pixels[..., 0] * np.float32(WHITE)).astype(np.float16)
    return deviation
