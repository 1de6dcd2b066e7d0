"""The documents: links lead somewhere, commands exist, and code and documents use the words of the glossary."""

from __future__ import annotations

import ast
import importlib.util
import re
import shlex
import tokenize
from functools import cache
from pathlib import Path

import pytest
import typer

from tests.benchmarks.__main__ import BENCHMARKS
from zssr_studio.cli.app import app

PROJECT = Path(__file__).resolve().parents[2]
PACKAGE = PROJECT / "zssr_studio"
DOCS = PROJECT / "docs"
DOCUMENTS = sorted(
    path.relative_to(PROJECT).as_posix()
    for path in (*(PROJECT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")), *DOCS.rglob("*.md"))
)
DECISIONS = [name for name in DOCUMENTS if name.startswith("docs/adr/")]
README_LINES, DECISION_LINES, LINE_LENGTH = 110, 80, 120

# Words that stand in no name of the code, whole and in any spelling of capitals: the last column of the glossary.
AVOIDED = (
    *("alert", "backprojection", "cloud", "doubt", "doubtful", "epoch", "epochs", "foresee", "foresight"),
    *("foretell", "foretells", "foretold", "health", "lean", "leaning", "leans", "likeness", "probe", "probes"),
    *("psf", "rim", "rims", "roi", "shaken", "slab", "snapshot", "snapshots", "spoil", "spoiled", "spoils", "tta"),
    *("wave", "waves"),
)
# These still do; each fails here as soon as it is gone, and then leaves this list.
STILL_USED: tuple[str, ...] = ()
# A phase belongs to a frequency or to a sampling grid, so only these rooms have one.
ROOMS_OF_PHASES = ("engine/estimation/", "engine/degradation/")
# Where the documents speak of the avoided words themselves.
ABOUT_WORDS = ("docs/glossary.md", "docs/adr/0007-folders-and-words.md", "CHANGELOG.md")
# A rim of a disc and a soft wave are no names of ours; old options are told of in letters of code.
PROSE_AVOIDED = tuple(word for word in AVOIDED if word not in ("rim", "rims", "shaken", "health", "lean", "leans"))

# What the documents name and others are building; each fails here as soon as it is there, and then leaves this list.
NOT_BUILT_YET: tuple[str, ...] = ()

_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]*`")
_LINK = re.compile(r"!?\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(([^()\s]+)\)")
_HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


@cache
def text_of(name: str) -> str:
    return (PROJECT / name).read_text(encoding="utf-8")


def prose(text: str) -> str:
    """A document without what stands in letters of code."""
    return _CODE.sub("", _FENCE.sub("", text))


def fenced(text: str) -> list[str]:
    """The lines of the blocks of code, those that end in a backslash joined with the next."""
    blocks = [block.split("\n", 1)[1].rsplit("\n", 1)[0] for block in _FENCE.findall(text)]
    return "\n".join(blocks).replace("\\\n", " ").splitlines()


def anchors(text: str) -> set[str]:
    """The anchors that GitHub gives to headings: small letters, hyphens for spaces, a number where one is there."""
    found: set[str] = set()
    for heading in _HEADING.findall(_FENCE.sub("", text)):
        shown = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        slug = "".join(c for c in shown if c.isalnum() or c in "-_ ").replace(" ", "-")
        count = 0
        while (named := f"{slug}-{count}" if count else slug) in found:
            count += 1
        found.add(named)
    return found


def broken_links(name: str, text: str) -> list[str]:
    """The relative links of a document that lead nowhere."""
    broken = []
    for link in _LINK.findall(_CODE.sub("``", _FENCE.sub("", text))):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (PROJECT / name).parent / path if path else PROJECT / name
        if target.resolve().relative_to(PROJECT).as_posix() in NOT_BUILT_YET:
            continue
        is_there = target.exists()
        if is_there and anchor:
            is_there = anchor in anchors(target.read_text(encoding="utf-8") if path else text)
        if not is_there:
            broken.append(link)
    return broken


def tables(text: str) -> list[list[str]]:
    """The rows of all tables, without their lines of dashes."""
    lines = [line for line in text.splitlines() if line.startswith("|") and not re.match(r"^\|[-|: ]+\|$", line)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name):
    assert broken_links(name, text_of(name)) == []


def test_a_broken_link_is_found():
    text = "# A title\n[a](#a-title) [b](#no-title) [c](README.md) [d](nowhere.md) `[e](code.md)` ![f](docs/none.png)"
    assert broken_links("CONTRIBUTING.md", text) == ["#no-title", "nowhere.md", "docs/none.png"]


def test_anchors_are_githubs():
    text = "# Which blur, which noise?\n## `fast` & *more*\n## Misses\n## Misses\n```\n# no heading\n```\n"
    assert anchors(text) == {"which-blur-which-noise", "fast--more", "misses", "misses-1"}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_has_a_title(name):
    assert re.match(r"# \S", text_of(name))
    assert len(re.findall(r"^# ", _FENCE.sub("", text_of(name)), re.MULTILINE)) == 1


def test_the_readme_is_short():
    lines = text_of("README.md").splitlines()
    assert len(lines) <= README_LINES
    assert [line for line in lines if len(line) > LINE_LENGTH] == []


@pytest.mark.parametrize("name", DECISIONS)
def test_a_decision_is_one_page(name):
    assert len(text_of(name).splitlines()) <= DECISION_LINES


def test_what_waits_is_not_there_yet():
    assert [name for name in NOT_BUILT_YET if (PROJECT / name).exists()] == []


@cache
def words_of_code() -> dict[str, set[str]]:
    """Each word of the names in the code, in small letters, with the files that have it."""
    found: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        with path.open("rb") as file:
            names = {token.string for token in tokenize.tokenize(file.readline) if token.type == tokenize.NAME}
        for word in {word.lower() for name in names for word in _WORDS.findall(name)}:
            found.setdefault(word, set()).add(path.relative_to(PACKAGE).as_posix())
    return found


@pytest.mark.parametrize(
    "word",
    [
        pytest.param(word, marks=pytest.mark.xfail(strict=True) if word in STILL_USED else ())
        for word in sorted(AVOIDED)
    ],
)
def test_the_code_avoids(word):
    assert sorted(words_of_code().get(word, ())) == []


def test_names_are_split_into_words():
    names = ["find_rim", "WavesOfBlocks", "LEAST_PSF", "aPSFTap", "_foretold2"]
    words = [[word.lower() for word in _WORDS.findall(name)] for name in names]
    assert words == [["find", "rim"], ["waves", "of", "blocks"], ["least", "psf"], ["a", "psf", "tap"], ["foretold"]]


def test_the_glossary_has_the_avoided_words():
    rows = [row for row in tables(text_of("docs/glossary.md")) if len(row) == 4]
    assert {word for row in rows for word in re.findall(r"`(\w+)`", row[3])} == set(AVOIDED)


def test_a_phase_belongs_to_a_frequency():
    users = words_of_code().get("phase", set()) | words_of_code().get("phases", set())
    assert [file for file in sorted(users) if not file.startswith(ROOMS_OF_PHASES)] == []


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name not in ABOUT_WORDS])
def test_the_documents_avoid_the_words_too(name):
    words = {word.lower() for word in _WORDS.findall(prose(text_of(name)))}
    assert sorted(words & set(PROSE_AVOIDED)) == []


@pytest.mark.parametrize("name", ["docs/glossary.md", "docs/architecture.md"])
def test_files_that_are_named_exist(name):
    paths = re.findall(r"`([\w/]+\.py)`", text_of(name))
    named = {path if path.startswith(("zssr_studio/", "tests/")) else f"zssr_studio/{path}" for path in paths}
    assert named
    assert sorted(path for path in named - set(NOT_BUILT_YET) if not (PROJECT / path).exists()) == []


def questions() -> list[tuple[str, str, str]]:
    """The rows of the architecture's last table: question, file in the package, name in it."""
    rows = tables(text_of("docs/architecture.md").split("## Where does it happen?")[1])[1:]
    assert len(rows) >= 15
    return [(row[0], row[1].strip("`"), row[2].strip("`")) for row in rows]


def defined(path: Path) -> set[str]:
    """The names that a module defines, those of a class's body with a dot behind the class."""
    found: set[str] = set()

    def collect(body: list[ast.stmt], owner: str) -> None:
        for node in body:
            match node:
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    found.add(owner + node.name)
                case ast.ClassDef():
                    found.add(owner + node.name)
                    collect(node.body, f"{owner}{node.name}.")
                case ast.AnnAssign(target=ast.Name(id=name)):
                    found.add(owner + name)
                case ast.Assign(targets=targets):
                    names = [name for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)]
                    found.update(owner + name.id for name in names)

    collect(ast.parse(path.read_text(encoding="utf-8")).body, "")
    return found


@pytest.mark.parametrize(
    ("file", "name"),
    [
        pytest.param(
            file,
            name,
            id=question,
            marks=pytest.mark.xfail(strict=True) if f"zssr_studio/{file}" in NOT_BUILT_YET else (),
        )
        for question, file, name in questions()
    ],
)
def test_it_happens_where_the_architecture_says(file, name):
    assert name in defined(PACKAGE / file)


def commands(start: str) -> list[tuple[str, list[str]]]:
    """The command lines of all documents that begin so, without comments, with the document that has them."""
    lines = [(name, line.strip()) for name in DOCUMENTS for line in fenced(text_of(name))]
    inline = [(name, code.strip("`")) for name in DOCUMENTS for code in _CODE.findall(_FENCE.sub("", text_of(name)))]
    found = [(name, line) for name, line in (*lines, *inline) if f"{line} ".startswith(f"{start} ")]
    return [(f"{name}: {line}", shlex.split(line, comments=True)[len(start.split()) :]) for name, line in found]


def unknown_parts(words: list[str]) -> list[str]:
    """What of a command line of `zssr-studio` the terminal does not know."""
    group = typer.main.get_command(app)
    known, rest = group, words
    if words and not words[0].startswith("-"):
        if words[0] == "COMMAND":
            return []
        if words[0] not in group.commands:
            return [words[0]]
        known, rest = group.commands[words[0]], words[1:]
    options = {option for parameter in known.params for option in (*parameter.opts, *parameter.secondary_opts)}
    options |= {"-h", "--help"}
    return [word for word in rest if re.match(r"--?[a-z]", word) and word.split("=")[0] not in options]


@pytest.mark.parametrize(
    "words",
    [pytest.param(words, id=where) for where, words in (*commands("zssr-studio"), *commands("bash packaging/run.sh"))],
)
def test_a_command_of_the_terminal_exists(words):
    assert unknown_parts(words) == []


def test_an_unknown_command_is_found():
    assert unknown_parts(["enlarge", "a.png"]) == ["enlarge"]
    assert unknown_parts(["upscale", "a.png", "-o", "b.png", "--kernel-sureness", "1"]) == ["--kernel-sureness"]


def test_options_of_upscale_are_all_told():
    told = set(re.findall(r"--[a-z-]+", text_of("docs/terminal.md")))
    upscale = typer.main.get_command(app).commands["upscale"]
    assert (
        sorted({option for parameter in upscale.params for option in parameter.opts if option[:2] == "--"} - told) == []
    )


@pytest.mark.parametrize("words", [pytest.param(words, id=where) for where, words in commands("python -m")])
def test_a_module_that_is_run_exists(words):
    module, arguments = words[0], words[1:]
    if module == "venv":
        return
    assert importlib.util.find_spec(module) is not None
    if module == "tests.benchmarks" and arguments:
        assert arguments[0] in BENCHMARKS
        sources = "".join(path.read_text(encoding="utf-8") for path in (PROJECT / "tests" / "benchmarks").rglob("*.py"))
        assert [word for word in arguments if word.startswith("--") and f'"{word}"' not in sources] == []
