"""The command that enlarges many pictures."""

from __future__ import annotations

import io
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zssr_studio.batch.one_file.options import Options  # noqa: TC001  # typer reads the annotations at run time
from zssr_studio.batch.request import Request
from zssr_studio.cli import evidence  # noqa: TC001  # typer reads the annotations at run time
from zssr_studio.cli.batch import tables
from zssr_studio.cli.batch.work import Where, do_batch, survey_batch
from zssr_studio.cli.options import taking_options
from zssr_studio.errors import BadInputError
from zssr_studio.evidence.signing import signature_of
from zssr_studio.host.machine import check_room

if TYPE_CHECKING:
    from collections.abc import Iterator

ImagesArgument = Annotated[
    list[str] | None,
    typer.Argument(help="Pictures, folders, or patterns such as 'box/*.tif'.", show_default=False),
]
OutputOption = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="DIR", help="The folder for the results and the journal.")
]
ListOption = Annotated[
    str | None,
    typer.Option("--list", metavar="FILE", help="Take a picture from each line of this file; - is standard input."),
]
NameOption = Annotated[
    str | None,
    typer.Option(
        help="How results are called: {stem} is the picture's name, {scale} the enlargement, {folder} the name of its "
        "folder. A suffix such as .tif says the format; else it is the picture's. By default {stem}_zssr{scale}x."
    ),
]
WorkersOption = Annotated[
    int | None,
    typer.Option(help="Pictures at once; by default one for each core, of one thread, or for each graphics card."),
]
EstimateOption = Annotated[
    bool,
    typer.Option(
        "--each-estimate/--one-estimate",
        help="Find the blur in each picture, or in the first that tells it and take that for all, as suits what one "
        "scanner made. Noise and compression are found in each.",
    ),
]
KinOption = Annotated[
    int,
    typer.Option(
        metavar="N",
        help="Learn from the first N pictures one after the other, and start all others from those weights. Each "
        "result then says that other pictures were used. 0 does not.",
    ),
]
ShardOption = Annotated[
    str | None,
    typer.Option(metavar="I/N", help="Do the I-th of N parts only, so that N machines share a batch."),
]
ClusterOption = Annotated[
    str | None,
    typer.Option(
        metavar="SCHEDULER",
        help="Let the workers of a Dask cluster do it: tls://host:8786, or local:4 for four on this machine.",
    ),
]
InsecureOption = Annotated[
    bool, typer.Option("--insecure-cluster", help="Allow a scheduler on another machine without TLS: see the manual.")
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Say what is found in each, how long it takes and how much room it needs.")
]
StatusOption = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Say how far the batch in a folder is; nothing is done.")
]


@taking_options
def batch_command(
    images: ImagesArgument = None,
    output: OutputOption = None,
    listed: ListOption = None,
    recursive: Annotated[bool, typer.Option("--recursive", "-r", help="Look into folders in folders.")] = False,
    name: NameOption = None,
    tree: Annotated[bool, typer.Option("--tree", help="Keep the folders of the pictures below DIR.")] = False,
    workers: WorkersOption = None,
    each_estimate: EstimateOption = True,
    kin: KinOption = 0,
    shard: ShardOption = None,
    cluster: ClusterOption = None,
    insecure_cluster: InsecureOption = False,
    retry: Annotated[bool, typer.Option("--retry", help="Try again what failed before.")] = False,
    dry_run: DryRunOption = False,
    status: StatusOption = None,
    reports: Annotated[
        bool, typer.Option("--report", help="With --status: write batch.csv and batch.html anew.")
    ] = False,
    *,
    options: Options,
    sign_cert: evidence.SignCertOption = None,
    sign_key: evidence.SignKeyOption = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace files that are no results of a batch. No source ever is.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object as the last line.")] = False,
) -> None:
    """Enlarge many pictures, and go on where that ended.

    Each is enlarged as `upscale` does it; the same command again does what is missing. A journal in DIR keeps what
    is done; what failed stands there with a sentence and stops nothing. Ctrl+C ends after the pictures in hand, a
    second one at once. Exit codes: 0 all done, 1 some failed, 2 nothing could begin, 130 interrupted.
    """
    if status is not None:
        tables.print_status(status, as_json=as_json, reports=reports)
        return
    if reports:
        raise BadInputError(
            "--report belongs to --status, such as --status DIR --report. A batch writes its report by itself."
        )
    if output is None:
        raise BadInputError("Name the folder for the results with -o.")
    check_room()
    if cluster is not None and sign_cert is not None:
        raise BadInputError("A private key is not sent to the workers of a cluster. Sign with --workers, or leave it.")
    request = Request(
        words=tuple(images or ()),
        folder=output,
        options=options,
        recursive=recursive,
        template=name,
        keeps_folders=tree,
        each_estimate=each_estimate,
        kin=kin,
        shard=shard,
        signature=signature_of(_absolute(sign_cert), _absolute(sign_key)),
        tries_failed_again=retry,
        overwrite=overwrite,
    )
    lines = None if listed is None else _lines(listed)
    if dry_run:
        survey_batch(request, lines, workers)
        return
    if cluster is not None and workers is not None:
        raise BadInputError("Give one of --workers and --cluster: a cluster has as many as were started.")
    where = Where(workers, cluster, insecure=insecure_cluster)
    sys.exit(do_batch(request, lines, where, as_json=as_json))


def _absolute(path: Path | None) -> Path | None:
    return None if path is None else path.absolute()


def _lines(name: str) -> Iterator[str]:
    """Yield the lines of a list.

    Raises
    ------
    BadInputError
    """
    if name == "-":
        if isinstance(sys.stdin, io.TextIOWrapper):
            # Names of files are bytes, and need be no text.
            sys.stdin.reconfigure(errors="surrogateescape")
        yield from sys.stdin
        return
    try:
        with closing(Path(name).open(encoding="utf-8", errors="surrogateescape")) as file:
            yield from file
    except OSError as error:
        raise BadInputError(f"{name} cannot be read ({error.strerror or error}). Name a text file of paths.") from error
