"""All methods by name, and what is in a folder of weights. Loads torch where a file is looked into."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from zssr_studio.engine.config import PRESETS
from zssr_studio.errors import BadInputError, StudioError
from zssr_studio.methods.interpolation import Interpolation, Rule
from zssr_studio.methods.names import ENSEMBLE_MARK, WEIGHT_SUFFIXES
from zssr_studio.methods.selfex.method import SelfExemplars
from zssr_studio.methods.zssr import KEY, Zssr

if TYPE_CHECKING:
    from zssr_studio.methods.method import Method
    from zssr_studio.methods.networks.file_method import FileMethod
    from zssr_studio.methods.networks.network import Network

# Of a folder no more files are looked into. Chosen: it takes some minutes.
MAX_FILES = 500


@dataclass(frozen=True, slots=True, eq=False)
class FoundFile:
    """A file of weights, and what it was recognised as.

    Parameters
    ----------
    path : Path
    method : FileMethod or None
        None where it was not recognised. It holds no weights until it enlarges.
    problem : str
        Why not, in whole sentences; else empty.
    """

    path: Path
    method: FileMethod | None
    problem: str = ""


def built_in() -> tuple[Method, ...]:
    """Return the methods that need no file, this program's own first."""
    return (Zssr(), SelfExemplars(), SelfExemplars(is_transformed=False), *(Interpolation(rule) for rule in Rule))


def method_named(text: str) -> Method:
    """Return the method that a text names.

    Parameters
    ----------
    text : str
        A key of `built_in`, `zssr:PRESET`, a file of weights, or `KIND:FILE`; a + behind a file asks for the
        self-ensemble.

    Raises
    ------
    BadInputError
        With a sentence that says what there is.

    Examples
    --------
    >>> method_named("lanczos").name
    'Lanczos'
    """
    wanted = text.strip()
    for method in built_in():
        if method.key == wanted.lower():
            return method
    kind, colon, rest = wanted.partition(":")
    if colon and kind.lower() == KEY:
        if rest not in PRESETS:
            raise BadInputError(f"There is no preset '{rest}'. Choose one of: {', '.join(PRESETS)}.")
        return Zssr(rest)
    if _is_file(wanted):
        return _of_file(wanted)
    if colon and _is_file(rest):
        return _of_kind(kind.lower(), _of_file(rest))
    keys = ", ".join(method.key for method in built_in())
    raise BadInputError(
        f"There is no method and no file '{text}'. Choose one of: {keys}, {KEY}:PRESET, or give a file of weights "
        f"({', '.join(WEIGHT_SUFFIXES)})."
    )


def methods_in(folder: Path) -> list[FoundFile]:
    """Look into each file of weights in a folder, and in folders inside it, in the order of their names.

    Raises
    ------
    BadInputError
        If the folder cannot be looked into.
    """
    from zssr_studio.methods.networks.recognition import method_of_file

    if not folder.is_dir():
        raise BadInputError(f"There is no folder {folder}. Check the name.")
    try:
        paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in WEIGHT_SUFFIXES)
    except OSError as error:
        raise BadInputError(f"{folder} cannot be looked into: {error.strerror or error}.") from error
    found = []
    for path in paths[:MAX_FILES]:
        try:
            found.append(FoundFile(path, method_of_file(path).at_rest(partial(_network_of, path))))
        except StudioError as error:
            found.append(FoundFile(path, None, str(error)))
    return found


def _network_of(path: Path) -> Network:
    from zssr_studio.methods.networks.recognition import method_of_file

    return method_of_file(path).network


def _is_file(text: str) -> bool:
    """Tell whether a text names something that is there, with or without the mark of the self-ensemble."""
    try:
        paths = (Path(text), Path(text.removesuffix(ENSEMBLE_MARK)))
        return any((path.exists() or path.is_symlink()) and not path.is_dir() for path in paths)
    except (OSError, ValueError):  # too long for a name, or with a byte that no name has
        return False


def _of_file(text: str) -> FileMethod:
    from zssr_studio.methods.networks.recognition import method_of_file

    path = Path(text)
    if path.exists():
        return method_of_file(path)
    return method_of_file(Path(text.removesuffix(ENSEMBLE_MARK))).with_ensemble


def _of_kind(kind: str, method: FileMethod) -> FileMethod:
    """Refuse a file that is of another kind than was said."""
    if kind not in method.kinds:
        raise BadInputError(
            f"{method.path.name} is no {kind}: it was recognised as {method.network.title}. Say "
            f"{method.network.kind}, or give the file alone."
        )
    return method
