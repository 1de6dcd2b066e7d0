"""What is known of a picture before methods enlarge it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zssr_studio.batch.one_file.choices import chosen_damage, estimated_kernel, named_kernel
from zssr_studio.batch.one_file.options import AUTO, NONE, is_estimated
from zssr_studio.cli.compare.work import Case
from zssr_studio.cli.streams import tell_notes, tell_sentence
from zssr_studio.engine.config import PRESETS
from zssr_studio.engine.kernels.choice import IDEAL
from zssr_studio.errors import BadInputError
from zssr_studio.job import Job
from zssr_studio.methods.zssr import Zssr

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.engine.config import Scale
    from zssr_studio.methods.method import Method


@dataclass(frozen=True, slots=True)
class Undoing:
    """What ZSSR is to undo, as the terminal says it; None finds it out, as `upscale` does.

    Parameters
    ----------
    kernel, clean : str or None
    """

    kernel: str | None = None
    clean: str | None = None

    def found(self, case: Case, methods: list[Method]) -> tuple[Case, list[Method]]:
        """Find out what is to be undone of a picture, and tell it to the methods that undo anything.

        The kernel is also what the consistency of all results is judged by.
        """
        presets = [PRESETS[one.preset] for one in methods if isinstance(one, Zssr)]
        if not presets:
            return case, methods
        finds = any(preset.finds_damage for preset in presets)
        clean = self.clean or (AUTO if finds else NONE)
        damage = chosen_damage(clean, 0.0, None, case.picture, tell_sentence)
        kernel = case.kernel
        if is_estimated(self.kernel or (AUTO if finds else IDEAL)):
            kernel = estimated_kernel(Job(case.picture, case.scale, damage=damage), None, tell_sentence)
        told: list[Method] = []
        for one in methods:
            if isinstance(one, Zssr):
                # The paper's presets keep its ideal case unless they are told otherwise.
                looks = PRESETS[one.preset].finds_damage
                own = replace(one, kernel=kernel) if looks or self.kernel else one
                told.append(replace(own, damage=damage) if looks or self.clean else own)
            else:
                told.append(one)
        return replace(case, kernel=kernel), told


def read_case(image: Path, truth: Path | None, scale: Scale, undoing: Undoing) -> Case:
    """Read a picture and what its enlargement should be.

    Raises
    ------
    BadInputError
    """
    from zssr_studio.imaging.read import read_picture

    picture = read_picture(image)
    tell_notes(picture.notes)
    wanted = None if truth is None else read_picture(truth)
    size = scale.out_size(picture.height, picture.width)
    if wanted is not None and (wanted.height, wanted.width) != size:
        raise BadInputError(
            f"{truth} has {wanted.width} x {wanted.height} pixels, and {image.name} by {scale} has {size[1]} x "
            f"{size[0]}. Give the picture that the result should be."
        )
    kernel = named_kernel(undoing.kernel or IDEAL, None, scale)
    return Case(image, picture, scale, kernel, wanted, image.stem)
