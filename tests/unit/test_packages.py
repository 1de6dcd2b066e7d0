"""What packages bring beside the program: man pages, completion, desktop files, and what is in the wheel."""

from __future__ import annotations

import os
import plistlib
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from configparser import ConfigParser
from email.parser import Parser
from pathlib import Path

import pytest
from lxml import etree

from zssr_studio import __version__
from zssr_studio.app.main import DESKTOP_ID
from zssr_studio.app.project.store import SUFFIX
from zssr_studio.cli.app import app

PROJECT = Path(__file__).resolve().parents[2]
LINUX, DESKTOP = PROJECT / "packaging" / "linux", PROJECT / "packaging" / "desktop"
PROGRAM = "zssr-studio"
MADE_AT = "1790000000"  # a moment of 2026


def run(*command: object, **options) -> str:
    words = [str(word) for word in command]
    # A locale that is named and not installed is complained of.
    env = {**options.pop("env", os.environ), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=env, **options)
    assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def needed(tool: str) -> str:
    found = shutil.which(tool)
    if found is None:
        pytest.skip(f"{tool} is not installed")
    return found


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("share")
    environment = {**os.environ, "SOURCE_DATE_EPOCH": MADE_AT}
    run(sys.executable, LINUX / "terminal_help.py", folder, env=environment, cwd=PROJECT)
    return folder


def test_each_command_has_a_man_page_that_says_each_option(share):
    commands = [one.name for one in app.registered_commands]
    pages = {path.stem: path.read_text() for path in (share / "man" / "man1").iterdir()}
    assert set(pages) == {PROGRAM, *(f"{PROGRAM}-{name}" for name in commands)}
    for name, page in pages.items():
        assert page.startswith(f'.TH "{name.upper()}" 1 "2026-09-21" "ZSSR Studio {__version__}"')
        for section in ("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS", "SEE ALSO"):
            assert f".SH {section}\n" in page, name
    assert r"\-\-kernel\-uncertainty" in pages[f"{PROGRAM}-upscale"]
    assert r".B \-o, \-\-output" in pages[f"{PROGRAM}-estimate-kernel"]
    for command in commands:
        assert f".B {command}".replace("-", r"\-") in pages[PROGRAM]


def test_man_pages_render_without_a_complaint(share):
    groff = needed("groff")
    for path in sorted((share / "man" / "man1").iterdir()):
        said = run(groff, "-man", "-Tutf8", "-ww", "-z", path)
        assert said == "", f"{path.name}: {said}"


@pytest.fixture
def installed(tmp_path: Path) -> dict[str, str]:
    """An environment in which the program has its name, as a package or a virtual environment gives it."""
    program = tmp_path / "bin" / PROGRAM
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -c "import sys; sys.argv[0] = \'{PROGRAM}\'\n{START}" "$@"\n')
    program.chmod(0o755)
    return {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}", "PYTHONPATH": str(PROJECT)}


START = f"import sys; sys.argv[0] = '{PROGRAM}'; from zssr_studio.__main__ import main; main()"
ASK_BASH = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
complete -p zssr-studio >/dev/null && _zssr_studio_completion zssr-studio && printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["up"], {"upscale"}),
        (["upscale", "--metadata", ""], {"all", "none", "no-place"}),
        (["info", "--js"], {"--json"}),
    ],
)
def test_bash_completes_commands_options_and_choices(share, installed, typed, offered):
    bash = needed("bash")
    script = share / "bash-completion" / "completions" / PROGRAM
    told = run(bash, "-c", ASK_BASH, "bash", script, PROGRAM, *typed, env=installed)
    assert set(told.split()) == offered


def test_zsh_and_fish_read_their_scripts(share):
    zsh = share / f"zsh/vendor-completions/_{PROGRAM}"
    fish = share / f"fish/vendor_completions.d/{PROGRAM}.fish"
    assert zsh.read_text().startswith(f"#compdef {PROGRAM}\n")
    assert fish.read_text().startswith(f"complete --command {PROGRAM} ")
    for shell, script in (("zsh", zsh), ("fish", fish)):
        if shutil.which(shell):
            run(shell, "-n", script)


def test_the_menu_entry_opens_what_the_program_reads():
    entry = ConfigParser(interpolation=None)
    entry.optionxform = str
    entry.read(DESKTOP / f"{DESKTOP_ID}.desktop", encoding="utf-8")
    main = entry["Desktop Entry"]
    assert main["Exec"] == f"{PROGRAM} open %F"
    assert main["Icon"] == DESKTOP_ID
    kinds = main["MimeType"].strip(";").split(";")
    assert {"image/png", "image/jxl", "image/x-adobe-dng", "application/x-zssr-project"} <= set(kinds)
    project = etree.parse(DESKTOP / f"{DESKTOP_ID}.mime.xml").getroot()[0]
    assert project.get("type") in kinds
    assert [one.get("pattern") for one in project if one.tag.endswith("glob")] == [f"*{SUFFIX}"]


def test_the_page_of_software_centres_fits_the_program():
    component = etree.parse(DESKTOP / f"{DESKTOP_ID}.metainfo.xml").getroot()
    assert component.findtext("id") == DESKTOP_ID
    assert component.findtext("launchable") == f"{DESKTOP_ID}.desktop"
    assert component.find("releases/release").get("version") == __version__
    pictures = [one.text.rsplit("/", 1)[-1] for one in component.iter("image")]
    assert pictures
    for name in pictures:
        assert (PROJECT / "docs" / "images" / name).is_file()


@pytest.mark.parametrize(
    ("tool", "words", "suffix"),
    [("desktop-file-validate", [], "desktop"), ("appstreamcli", ["validate", "--no-net"], "metainfo.xml")],
)
def test_desktop_files_pass_their_validators(tool, words, suffix):
    run(needed(tool), *words, DESKTOP / f"{DESKTOP_ID}.{suffix}")


def test_scripts_of_packages_pass_their_linter():
    scripts = [*(PROJECT / "packaging").rglob("*.sh"), PROJECT / ".ci" / "run"]
    run(needed("shellcheck"), "-x", *scripts, cwd=PROJECT)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """What is uploaded to PyPI, made twice."""
    folders = [tmp_path_factory.mktemp("published") for _ in range(2)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": MADE_AT}
    for folder in folders:
        run(sys.executable, "-m", "hatchling", "build", "-d", folder, cwd=PROJECT, env=environment)
    return folders


def test_the_same_source_gives_the_same_bytes(published):
    first, second = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in published)
    assert set(first) == {f"zssr_studio-{__version__}-py3-none-any.whl", f"zssr_studio-{__version__}.tar.gz"}
    assert first == second


def test_the_wheel_holds_the_program_its_resources_and_licences(published):
    (wheel,) = published[0].glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        info = f"zssr_studio-{__version__}.dist-info"
        metadata = Parser().parsestr(archive.read(f"{info}/METADATA").decode())
        commands = archive.read(f"{info}/entry_points.txt").decode()
    sources = {path.relative_to(PROJECT).as_posix() for path in (PROJECT / "zssr_studio").rglob("*.py")}
    resources = {
        f"zssr_studio/{path.relative_to(PROJECT).as_posix()}"
        for path in (PROJECT / "resources").rglob("*")
        if path.is_file()
    }
    assert sources | resources <= names
    assert {"zssr_studio/py.typed", "zssr_studio/__init__.pyi", f"{info}/licenses/LICENSE"} <= names
    assert "zssr_studio/resources/translations/zssr_studio_de.qm" in names
    assert not [name for name in names if not name.startswith(("zssr_studio/", info))]
    assert metadata["Version"] == __version__
    extras = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert set(metadata.get_all("Provides-Extra")) == set(extras)
    assert f"{PROGRAM} = zssr_studio.__main__:main" in commands


def test_the_page_on_pypi_leads_nowhere_that_is_not_there(published):
    """The page shows the README alone, without the files beside it."""
    (wheel,) = published[0].glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        metadata = Parser().parsestr(archive.read(f"zssr_studio-{__version__}.dist-info/METADATA").decode())
    page = metadata.get_payload()
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert "# ZSSR Studio" in page
    assert "## Honest limits" in page
    assert re.findall(r"\]\((?!https://)[^)]*\)", page) == []
    # Where a link stood, the file is named, and it is in the archive of the source.
    named = set(re.findall(r"`([\w./-]+\.md)`", page))
    assert {"docs/manual.md", "docs/terminal.md", "CONTRIBUTING.md"} <= named
    assert [name for name in named if not (PROJECT / name).is_file()] == []


def test_the_source_archive_builds_the_same_program(published):
    (archive,) = published[0].glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    assert {"LICENSE", "README.md", "pyproject.toml", "resources/sample.png", "packaging/bundle.sh"} <= names
    assert {path.relative_to(PROJECT).as_posix() for path in (PROJECT / "zssr_studio").rglob("*.py")} <= names


def test_recipes_for_other_systems_pass_their_linters():
    """What cannot be run on Linux is at least read by the tools that would."""
    workflow = PROJECT / ".github" / "workflows" / "packages.yml"
    if shutil.which("actionlint"):
        run("actionlint", workflow)
    if shutil.which("makensis"):
        assert "script builds" in run("bash", PROJECT / "packaging" / "windows" / "dry_build.sh")
    entitlements = plistlib.loads((PROJECT / "packaging" / "macos" / "entitlements.plist").read_bytes())
    assert set(entitlements.values()) == {True}
    for name in ("packaging/macos/dmg.sh", "packaging/linux/appimage.sh", "packaging/windows/installer.nsi"):
        assert "NOT TRIED" in (PROJECT / name).read_text()
