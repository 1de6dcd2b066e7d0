"""What is shown of a result beside its file, in the terminal: the options about it, and what it says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zssr_studio.cli.streams import console, shown
from zssr_studio.engine.maps import UNSTABLE_STD
from zssr_studio.words.maps import consistency_sentence, disagreement_sentence

if TYPE_CHECKING:
    from zssr_studio.batch.one_file.work import Written
    from zssr_studio.job import Job

MapsOption = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="Write maps of the result into this folder, as 16-bit gray PNG: NAME_consistency (the result downscaled "
        "against the input), NAME_beyond (where that is more than noise, compression and rounding explain), "
        "NAME_disagreement (deviation of the flips and rotations) and, with --members, NAME_members. White is 16 of "
        "255 levels, and in NAME_beyond yes.",
    ),
]
MembersOption = Annotated[
    int,
    typer.Option(
        metavar="N",
        help="Train networks of N seeds in all, each as long as the run, and tell how far their results differ.",
    ),
]
KernelOffOption = Annotated[
    float | None,
    typer.Option(
        metavar="PERCENT",
        help="Tell how the result would change if the blur were so much wider, or narrower, such as 10: the network is "
        "trained on under each for an eighth of its steps.",
    ),
]
LEVELS = 255


def tell(job: Job, written: Written) -> None:
    """Say on standard error what the maps, other seeds and other kernels came to."""
    told, figures = written.shown.figures, written.outcome.figures
    sentences = []
    if figures is not None:
        sentences += [consistency_sentence(figures), disagreement_sentence(figures, job.out_size)]
    members = told.get("members")
    if members is not None:
        share, levels = 100 * members["share"], LEVELS * members["above_std"]
        sentences.append(
            f"Networks of {members['count']} seeds deviate by more than {levels:.0f} of {LEVELS} levels at "
            f"{share:.1f} % of the picture, by {LEVELS * members['median_std']:.2f} in the median."
        )
    for change in told.get("kernel_off", ()):
        sentences.append(
            f"Under a kernel {change['factor']:g} times as wide the result changes by {LEVELS * change['rms']:.1f} of "
            f"{LEVELS} levels (root mean square), and {100 * change['changed_share']:.1f} % of its pixels by more than "
            f"{LEVELS * UNSTABLE_STD:.0f}."
        )
    if "files" in told:
        sentences.append(f"Maps: {', '.join(told['files'].values())}")
    for sentence in sentences:
        console(errors=True).print(shown(sentence))
