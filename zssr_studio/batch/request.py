"""What a person asks of a batch, and how it becomes a journal with pictures that wait."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from zssr_studio.batch.inputs import below, inputs, listed
from zssr_studio.batch.kept.journal import SUFFIX, Journal
from zssr_studio.batch.kept.lock import journal_path, only_batch
from zssr_studio.batch.kept.resume import ask_for, settings_hash
from zssr_studio.batch.kin import Kin
from zssr_studio.batch.names import Shard, naming
from zssr_studio.batch.one_file.values import read_scale
from zssr_studio.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zssr_studio.batch.inputs import Input
    from zssr_studio.batch.one_file.options import Options
    from zssr_studio.evidence.signing import Signature

MOST_KIN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A batch as it is asked for.

    Parameters
    ----------
    words : tuple of str
        Files, folders and patterns.
    folder : Path
        For the results, the journal and the report.
    options : Options
        The same for all pictures.
    recursive : bool
        Whether folders in folders are looked into.
    template : str or None
        How results are called.
    keeps_folders : bool
        Whether they lie in the folders that their sources lay in.
    each_estimate : bool
        Whether the blur is found in each picture, or in the first for all.
    kin : int
        Number of pictures that the others learn from; 0 for none.
    shard : str or None
        Such as `1/4`.
    signature : Signature or None
        With what results are signed.
    tries_failed_again, overwrite : bool
        What `Coordinator` and `ask_for` take.
    """

    words: tuple[str, ...]
    folder: Path
    options: Options
    recursive: bool = False
    template: str | None = None
    keeps_folders: bool = False
    each_estimate: bool = True
    kin: int = 0
    shard: str | None = None
    signature: Signature | None = None
    tries_failed_again: bool = False
    overwrite: bool = False

    def found(self, lines: Iterable[str] | None) -> Iterator[Input]:
        """Find the pictures that are meant, those of a list behind the others."""
        named = inputs(self.words, recursive=self.recursive, left_out=self.folder)
        all_of_them = chain(named, () if lines is None else listed(lines, Path.cwd()))
        if self.shard is None:
            return all_of_them
        part = Shard.parse(self.shard)
        return (one for one in all_of_them if part.has(one))


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A batch whose journal is open and locked, and says what is to be done.

    Parameters
    ----------
    journal : Journal
    options : Options
        With absolute paths, so that they hold for workers wherever they run.
    kin : Kin or None
    folder : Path
        Of the results.
    stem : str
        What the names of the batch's own files begin with: those of shards lie in one folder.
    """

    journal: Journal
    options: Options
    kin: Kin | None
    folder: Path
    stem: str

    def beside(self, name: str) -> Path:
        """Return where a file of the batch's own lies, beside the results."""
        return self.folder / f"{self.stem}-{name}"


@contextmanager
def opened(request: Request, lines: Iterable[str] | None, folder: Path | None = None) -> Iterator[Opened]:
    """Open the journal of a batch, and write into it what is asked for.

    Parameters
    ----------
    request : Request
    lines : iterable of str or None
        A list of paths.
    folder : Path or None
        Where the journal is to lie instead of beside the results, for a look at what would be done.

    Raises
    ------
    BadInputError, FailureError
        With a sentence for a person; nothing was begun.
    """
    from zssr_studio.batch.one_file.preparation import check_options

    options = with_absolute_paths(request.options)
    names = naming(request.template, options, keeps_folders=request.keeps_folders)
    if not 0 <= request.kin <= MOST_KIN:
        raise BadInputError(f"--kin {request.kin}: give 0 to {MOST_KIN} pictures to learn from.")
    if request.kin:
        _check_kin(options)
    shard = None if request.shard is None else Shard.parse(request.shard)
    # Behind what the words alone contradict, since it reads the files that options name.
    check_options(options)
    if folder is None:
        _make(request.folder)
    path = journal_path(folder or request.folder, shard)
    with ExitStack() as stack:
        stack.enter_context(only_batch(path))
        journal = stack.enter_context(Journal(path))
        more = {"kin": request.kin, "each_estimate": request.each_estimate}
        settings = settings_hash(options, more, is_signed=request.signature is not None)
        ask_for(
            _without_results(request.found(lines), journal, request.folder),
            names,
            journal,
            request.folder,
            options,
            settings=settings,
            tries_failed_again=request.tries_failed_again,
            overwrite=request.overwrite,
        )
        where = request.folder.absolute(), path.name.removesuffix(SUFFIX)
        kin = Kin(*where, settings, request.kin) if request.kin else None
        yield Opened(journal, options, kin, *where)


def _without_results(found: Iterable[Input], journal: Journal, folder: Path) -> Iterator[Input]:
    """Leave out what an earlier batch wrote: where results lie among their sources, they would be enlarged again."""
    for one in found:
        inside = below(folder, one.image)
        row = None if inside is None else journal.row(inside)
        if row is None or not row.ours:
            yield one


def _check_kin(options: Options) -> None:
    """Refuse options under which no picture could start from what another one taught.

    Raises
    ------
    BadInputError
    """
    if options.init is not None:
        raise BadInputError("Give one of --kin and --init: both say which weights to start from.")
    if options.size is not None or options.print_size is not None:
        raise BadInputError("Weights fit one scale: --kin needs one --scale for all, not --size or --print.")
    if read_scale(options.scale or "2").is_copy:
        raise BadInputError("A scale of 1 trains nothing, so that no picture learns from others. Leave out --kin.")


def with_absolute_paths(options: Options) -> Options:
    """Return options whose files are named from the root on."""
    init, kernel = _absolute(options.init), _absolute(options.kernel)
    return replace(options, init=init, kernel=kernel, colour=_absolute(options.colour) or options.colour)


def _absolute(text: str | None) -> str | None:
    """Name a file from the root on, one with a number behind it too; what names no file stays."""
    path, mark, number = (text or "").partition("#")
    return f"{Path(path).absolute()}{mark}{number}" if text and Path(path).is_file() else text


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInputError(
            f"{folder} cannot be made ({error.strerror or error}). Give another folder with -o."
        ) from error
