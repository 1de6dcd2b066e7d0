"""What is shown of a result beside its file, in the terminal: the options about it, and what it says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zssr_studio.cli.streams import console, shown
from zssr_studio.words.maps import change_sentence, consistency_sentence, disagreement_sentence, members_sentence

if TYPE_CHECKING:
    from zssr_studio.batch.one_file.work import Written
    from zssr_studio.job import Job

MapsOption = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="Write maps of the result into this folder, as 16-bit gray PNG: NAME_consistency (the result downscaled "
        "against the input), NAME_beyond (where that is more than noise, compression and rounding explain), "
        "NAME_disagreement (deviation of the flips and rotations, or where the blur allows none of the network and its "
        "earlier states) and, with --members, NAME_members. White is 16 of 255 levels, and in NAME_beyond yes.",
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
SignCertOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Sign the result with content credentials (C2PA) by this chain of certificates, PEM, the signer's own "
        "first. It takes the extra c2pa; nothing goes over the network.",
    ),
]
SignKeyOption = Annotated[
    Path | None, typer.Option(metavar="FILE", help="The private key to it, PEM (PKCS #8), without a password.")
]


def tell(job: Job, written: Written) -> None:
    """Say on standard error what the maps, other seeds and other kernels came to."""
    told, figures = written.shown.figures, written.outcome.figures
    sentences = []
    if figures is not None:
        sentences += [consistency_sentence(figures), disagreement_sentence(figures, job.out_size)]
    if written.shown.members is not None:
        sentences.append(members_sentence(written.shown.members, told["members"]["count"], job.out_size))
    sentences += [
        change_sentence(change["factor"], change["rms"], change["changed_share"])
        for change in told.get("kernel_off", ())
    ]
    if "files" in told:
        sentences.append(f"Maps: {', '.join(told['files'].values())}")
    for sentence in sentences:
        console(errors=True).print(shown(sentence))
