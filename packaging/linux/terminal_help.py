"""`python packaging/linux/terminal_help.py SHARE` writes man pages and shell completion from the command line's help.

SHARE is laid out as /usr/share is: man/man1, bash-completion, zsh, fish.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer.main

from zssr_studio import __version__
from zssr_studio.cli.app import app

if TYPE_CHECKING:
    from typer import Context
    from typer.core import TyperCommand

PROGRAM = "zssr-studio"
# Where each shell of a Debian looks for what packages bring.
COMPLETION = {
    "bash": f"bash-completion/completions/{PROGRAM}",
    "zsh": f"zsh/vendor-completions/_{PROGRAM}",
    "fish": f"fish/vendor_completions.d/{PROGRAM}.fish",
}
EXIT_CODES = (
    ("0", "Done."),
    ("1", "A failure: a full disk, too little memory, a missing library."),
    ("2", "Bad input: a file or an option that cannot be used as it is."),
    ("130", "Interrupted; the best result so far is kept where the command says so."),
)


def escaped(text: str) -> str:
    """Return a text in which nothing is a command of troff."""
    text = text.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq").replace("`", r"\(ga")
    return re.sub(r"(?m)^([.'])", r"\\&\1", text)


def page(name: str, summary: str, sections: dict[str, str], date: str) -> str:
    """Return a man page of section 1."""
    title = f'.TH "{name.upper()}" 1 "{date}" "ZSSR Studio {__version__}" "User Commands"'
    body = "\n".join(f".SH {heading}\n{text}" for heading, text in sections.items() if text)
    return f"{title}\n.SH NAME\n{escaped(name)} \\- {escaped(summary.rstrip('.'))}\n{body}\n"


def paragraphs(text: str) -> str:
    """Return paragraphs that are parted by empty lines."""
    parts = re.split(r"\n\s*\n", text.strip())
    return "\n.PP\n".join(escaped(" ".join(part.split())) for part in parts)


def listed(records: list[tuple[str, str]]) -> str:
    """Return terms, each with what it means."""
    return "\n".join(f".TP\n.B {escaped(term)}\n{escaped(' '.join(text.split()))}" for term, text in records)


def records_of(command: TyperCommand, context: Context, kind: str) -> list[tuple[str, str]]:
    """Return what the help says of a command's arguments or options."""
    found = [one.get_help_record(context) for one in command.get_params(context) if one.param_type_name == kind]
    return [record for record in found if record is not None]


def page_of(command: TyperCommand, context: Context, date: str, also: list[str]) -> str:
    """Return the man page of the program or of one of its commands."""
    path = str(context.command_path)
    usage = " ".join([path, *command.collect_usage_pieces(context)])
    help_text = (command.help or "").split("\f")[0]
    sections = {
        "SYNOPSIS": f".B {escaped(usage)}",
        "DESCRIPTION": paragraphs(help_text),
        "ARGUMENTS": listed(records_of(command, context, "argument")),
        "OPTIONS": listed(records_of(command, context, "option")),
        "COMMANDS": listed(commands_of(command, context)),
        "EXIT STATUS": listed(list(EXIT_CODES)),
        "SEE ALSO": ",\n".join(rf"\fB{escaped(one)}\fR(1)" for one in also),
    }
    return page(path.replace(" ", "-"), command.get_short_help_str(limit=200), sections, date)


def commands_of(command: TyperCommand, context: Context) -> list[tuple[str, str]]:
    """Return the commands of the program, each with its sentence."""
    if not hasattr(command, "list_commands"):
        return []
    named = [(name, command.get_command(context, name)) for name in command.list_commands(context)]
    return [(name, one.get_short_help_str(limit=200)) for name, one in named]


def pages(date: str) -> dict[str, str]:
    """Return all man pages by their names."""
    program = typer.main.get_command(app)
    context = program.make_context(PROGRAM, [], resilient_parsing=True)
    names = program.list_commands(context)
    made = {PROGRAM: page_of(program, context, date, [f"{PROGRAM}-{name}" for name in names])}
    for name in names:
        command = program.get_command(context, name)
        below = command.context_class(command, info_name=name, parent=context)
        made[f"{PROGRAM}-{name}"] = page_of(command, below, date, [PROGRAM])
    return made


def completion(shell: str) -> str:
    """Return the script by which a shell asks the program what could come next."""
    # The program is asked as a shell does, under the name that it is installed by.
    words = [
        sys.executable,
        "-c",
        f"import sys; sys.argv = [{PROGRAM!r}]; from zssr_studio.cli.app import main; main()",
    ]
    asked = {**os.environ, "_ZSSR_STUDIO_COMPLETE": f"source_{shell}"}
    script = subprocess.run(words, env=asked, capture_output=True, text=True, check=True).stdout.strip() + "\n"
    # zsh runs a file that it finds by its name to complete the first time, and wants its first line to say for what.
    return f'{script}\n_zssr_studio_completion "$@"\n' if shell == "zsh" else script


def main() -> None:
    """Write all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("share", type=Path)
    share = parser.parse_args().share
    made = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", datetime.now(UTC).timestamp())), UTC)
    files = {f"man/man1/{name}.1": text for name, text in pages(f"{made:%Y-%m-%d}").items()}
    files |= {path: completion(shell) for shell, path in COMPLETION.items()}
    for path, text in files.items():
        target = share / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
