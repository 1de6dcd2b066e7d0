"""Does a command of the terminal in the process of the tests, where torch is loaded."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from unittest.mock import patch

from zssr_studio.cli.app import main
from zssr_studio.cli.signals import ending_signals


def zssr(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Do a command in this process."""
    out, errors, code = io.StringIO(), io.StringIO(), 0
    command = ["zssr-studio", *map(str, arguments)]
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, *ending_signals())}
    with patch.object(sys, "argv", command), redirect_stdout(out), redirect_stderr(errors):
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
    for number, handler in handlers.items():
        signal.signal(number, handler)
    return subprocess.CompletedProcess(command, code, out.getvalue(), errors.getvalue())
