"""From an order to a job: what can be refused is refused before anything is looked for that takes seconds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.batch.one_file import choices
from zssr_studio.batch.one_file.evidence import check_evidence
from zssr_studio.batch.one_file.options import is_estimated
from zssr_studio.batch.one_file.prepared import Prepared
from zssr_studio.batch.one_file.values import read_bytes, read_crop, read_scale
from zssr_studio.engine.config import Scale
from zssr_studio.engine.kernels.choice import resolved
from zssr_studio.errors import BadInputError
from zssr_studio.evidence.credentials import SIDECAR_SUFFIX
from zssr_studio.evidence.premis import check_premis_file
from zssr_studio.evidence.record import Told, source_facts
from zssr_studio.evidence.record_files import check_record_file
from zssr_studio.evidence.signing import is_beside, signature_of
from zssr_studio.imaging.metadata.derivation import derivation_of
from zssr_studio.imaging.picture import Picture
from zssr_studio.imaging.saving.places import check_place
from zssr_studio.job import Job
from zssr_studio.record.plain import damage_from, kernel_from
from zssr_studio.record.settings_record import settings_record
from zssr_studio.record.weights import read_weights
from zssr_studio.target_size import parse_pixels, parse_print

if TYPE_CHECKING:
    from collections.abc import Callable

    from zssr_studio.batch.one_file.options import Options
    from zssr_studio.batch.one_file.order import Order
    from zssr_studio.evidence.signing import Signature
    from zssr_studio.imaging.export import ExportOptions
    from zssr_studio.imaging.picture import Crop


@dataclass(frozen=True, slots=True)
class _Checked:
    """What follows from an order and a file's header."""

    scale: Scale
    crop: Crop | None
    output: Path
    export: ExportOptions
    signature: Signature | None


def prepared(order: Order, tell: Callable[[str], object] | None = None) -> Prepared:
    """Read the picture of an order, and find out what its options leave open.

    Parameters
    ----------
    order : Order
    tell : callable or None
        Takes each sentence about what was found.

    Raises
    ------
    BadInputError, FailureError
        With a sentence for a person.
    """
    checked, found = _checked(order), []

    def keep(sentence: str) -> None:
        found.append(sentence)
        if tell is not None:
            tell(sentence)

    job = found_out(read_job(order, checked.scale, checked.crop, checked.output, checked.export), order, keep)
    source_type = None if job.scale.is_copy else checked.export.digital_source_type
    derivation = derivation_of(order.image, job.settings_line, source_type, settings_record(job))
    options, is_copy = order.options, job.scale.is_copy
    told = Told(
        source=source_facts(order.image, derivation.source_sha256, options.page),
        found=found,
        is_kernel_found=is_estimated(options.kernel_text(is_copy=is_copy)),
        is_damage_found=is_estimated(options.clean_text(is_copy=is_copy)),
        export=checked.export,
    )
    beside = checked.signature is not None and is_beside(job, checked.export)
    if beside:
        sidecar = checked.output.with_suffix(SIDECAR_SUFFIX)
        check_place(sidecar, overwrite=order.overwrite)
        if tell is not None:
            tell(f"The result is too large to be signed in memory; its signature is written beside it: {sidecar.name}.")
    return Prepared(order, job, checked.output, checked.export, derivation, told, checked.signature, beside)


def _checked(order: Order) -> _Checked:
    """Refuse what the header of the file, the options and the place of the output refuse."""
    from zssr_studio.imaging.read import read_info
    from zssr_studio.imaging.weight_files import check_weight_file
    from zssr_studio.imaging.write import check_writable

    options = order.options
    header = read_info(order.image, options.page)
    part_size, crop = (header.height, header.width), None
    if options.crop is not None:
        crop = read_crop(options.crop)
        crop.check_fits(*part_size)
        part_size = crop.height, crop.width
    sizes = (options.scale, options.size, options.print_size, options.dpi)
    scale, print_dpi = choices.chosen_scale(part_size, *sizes)
    output = choices.chosen_output(order.image, order.output, str(scale))
    check_writable(output, overwrite=order.overwrite)
    if order.save_weights is not None:
        if scale.is_copy:
            raise BadInputError("A scale of 1 trains nothing, so there are no weights to save.")
        check_weight_file(order.save_weights, overwrite=order.overwrite)
    refuse_source(order.image, output)
    check_evidence(order, scale, output)
    if order.record is not None:
        check_record_file(order.record, order.image, output, overwrite=order.overwrite)
    if order.premis is not None:
        check_premis_file(order.premis, overwrite=order.overwrite)
    export = choices.export_options(output, options, print_dpi)
    # Behind all that is refused without torch, which takes seconds to load.
    from zssr_studio.engine.runtime.device import choose_device

    choose_device(options.device)
    return _Checked(scale, crop, output, export, signature_of(order.sign_cert, order.sign_key))


def read_job(order: Order, scale: Scale, crop: Crop | None, output: Path, export: ExportOptions) -> Job:
    """Read the picture of an order into a job that its output's format can hold.

    Raises
    ------
    BadInputError
    """
    from zssr_studio.imaging.read import read_picture
    from zssr_studio.imaging.write import check_picture

    job = _job_of(order.options, read_picture(order.image, order.options.page), scale, crop, order.image.name)
    check_picture(job.enlarged_header, job.out_size, output, export)
    return job


def _job_of(options: Options, picture: Picture, scale: Scale, crop: Crop | None, name: str) -> Job:
    text = options.kernel_text(is_copy=scale.is_copy)
    return Job(
        picture=picture,
        scale=scale,
        preset=options.preset,
        crop=crop,
        kernel=choices.named_kernel(text, options.kernel_uncertainty, scale),
        seed=options.seed,
        seconds=options.seconds,
        steps=options.steps,
        device=options.device,
        threads=options.threads,
        least_gain_db=options.least_gain_db,
        memory_bytes=None if options.memory is None else read_bytes(options.memory),
        init=None if options.init is None else read_weights(Path(options.init)),
        name=name,
    )


def check_options(options: Options) -> None:
    """Refuse options under which no picture could be enlarged, before the first of many is looked at.

    What depends on the picture, such as whether a crop lies inside it, is told of each.

    Raises
    ------
    BadInputError
    """
    scale = Scale(2, 2)
    if options.size is not None:
        parse_pixels(options.size)
    elif options.print_size is not None:
        parse_print(options.print_size, options.dpi or choices.DEFAULT_PRINT_DPI)
    else:
        scale = read_scale(options.scale or "2")
    if options.crop is not None:
        read_crop(options.crop)
    if options.init is not None:
        # Whether they fit depends on the picture's channels.
        read_weights(Path(options.init))
    picture = Picture(np.zeros((1, 1, 3), np.float32))
    _job_of(replace(options, init=None), picture, scale, None, "")
    choices.check_grain(options.grain, options.grain_colour)
    clean = options.clean_text(is_copy=scale.is_copy)
    if not is_estimated(clean):
        choices.chosen_damage(clean, options.grain, options.grain_colour, picture)
    # TIFF holds whatever can be asked for.
    choices.export_options(Path("any.tif"), options, None)


def found_out(job: Job, order: Order, tell: Callable[[str], object]) -> Job:
    """Find in a picture what the options leave open: its damage first, since it hides the blur.

    Noise and compression are the whole picture's, which has more flat parts to tell them by; so is the blur, where its
    parts agree about it.
    """
    options, is_copy = order.options, job.scale.is_copy
    given = options.given or {}
    if "damage" in given:
        damage = choices.fitting_damage(damage_from(given["damage"]), job.source.channels)
    else:
        clean = options.clean_text(is_copy=is_copy)
        damage = choices.chosen_damage(clean, options.grain, options.grain_colour, job.picture, tell)
    job = replace(job, damage=damage)
    if "kernel" in given:
        return replace(job, kernel=resolved(kernel_from(given["kernel"]), job.scale.factors))
    if not is_estimated(options.kernel_text(is_copy=is_copy)):
        return job
    return replace(job, kernel=choices.estimated_kernel(job, options.kernel_uncertainty, tell))


def refuse_source(image: Path, output: Path) -> None:
    """Refuse an output that is the source, by whatever name.

    Raises
    ------
    BadInputError
    """
    if output.exists() and image.exists() and output.samefile(image):
        raise BadInputError(f"{output} is the source, which is never overwritten. Give another name with -o.")
