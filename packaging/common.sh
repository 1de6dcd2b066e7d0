# Shared by run.sh and test.sh: finds Python, makes .venv and installs the project into it.
# shellcheck shell=bash
# shellcheck disable=SC2034  # run.sh uses what is set here
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
venv=$root/.venv

say() { printf '%s\n' "$*" >&2; }
stop() { say "zssr-studio: $*"; exit 1; }

# Prints the command that may install Debian packages, or nothing.
installer() {
    command -v apt-get >/dev/null || return 0
    if [ "$(id -u)" = 0 ]; then
        echo "apt-get"
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        echo "sudo -n apt-get"
    fi
}

# install_packages PACKAGE...: installs them where that is allowed; fails where it is not.
install_packages() {
    local apt
    apt=$(installer)
    [ -n "$apt" ] || return 1
    say "Installing $* ..."
    $apt update -qq >&2
    DEBIAN_FRONTEND=noninteractive $apt install -y -qq --no-install-recommends "$@" >/dev/null
}

# Prints a Python of version 3.11 or later.
find_python() {
    local candidate
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$candidate" >/dev/null &&
            "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    stop "Python 3.11 or later is needed and was not found. Install it (Debian 12 and Ubuntu 24.04: apt-get install python3)."
}

# missing_libraries LIBRARY=PACKAGE...: prints the packages of the shared libraries that the system lacks.
missing_libraries() {
    "$python" - "$@" <<'PYTHON'
import ctypes
import sys

missing = []
for pair in sys.argv[1:]:
    library, package = pair.split("=")
    try:
        ctypes.CDLL(library)
    except OSError:
        missing.append(package)
print(" ".join(missing))
PYTHON
}

# What PySide6 links against and a bare system lacks; a missing xcb library would abort the program.
qt_libraries=(libGL.so.1=libgl1 libEGL.so.1=libegl1 libglib-2.0.so.0=libglib2.0-0 libdbus-1.so.3=libdbus-1-3
    libfontconfig.so.1=libfontconfig1 libxkbcommon.so.0=libxkbcommon0)
xcb_libraries=(libxkbcommon-x11.so.0=libxkbcommon-x11-0 libxcb-cursor.so.0=libxcb-cursor0
    libxcb-icccm.so.4=libxcb-icccm4 libxcb-keysyms.so.1=libxcb-keysyms1 libxcb-shape.so.0=libxcb-shape0)

# ensure_libraries LIBRARY=PACKAGE...
ensure_libraries() {
    [ "$(uname -s)" = Linux ] || return 0
    local missing
    missing=$(missing_libraries "$@")
    [ -n "$missing" ] || return 0
    # shellcheck disable=SC2086
    install_packages $missing || true
    missing=$(missing_libraries "$@")
    [ -z "$missing" ] || stop "the window needs libraries that are missing here. Install them, then run this again:
    sudo apt-get install $missing
(on a system without apt, the packages that hold the same libraries)"
}

ensure_venv() {
    if ! "$venv/bin/python" -c 'import pip' 2>/dev/null; then
        if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
            local package
            package=$("$python" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])')
            install_packages python3-venv || install_packages "$package" ||
                stop "Python's venv is missing. Install it, then run this again:
    sudo apt-get install python3-venv"
        fi
        say "Making $venv ..."
        rm -rf "$venv"
        "$python" -m venv "$venv"
    fi
}

# install_project EXTRAS: installs the project once for each state of pyproject.toml.
install_project() {
    local extras=$1 stamp wanted known
    stamp=$venv/.installed$extras
    wanted=$(cksum <"$root/pyproject.toml")
    # Whatever was installed with extras serves without them.
    for known in "$stamp" "$venv/.installed[dev]"; do
        if [ "$(cat "$known" 2>/dev/null)" = "$wanted" ]; then return; fi
    done
    say "Installing ZSSR Studio into .venv; the first time this fetches up to a few GB and takes minutes ..."
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --editable "$root$extras"
    printf '%s\n' "$wanted" >"$stamp"
}

# set_up EXTRAS: everything up to a program that starts.
set_up() {
    if [ -x "$venv/bin/python" ]; then python=$venv/bin/python; else python=$(find_python); fi
    ensure_libraries "${qt_libraries[@]}"
    [ "$python" != "$venv/bin/python" ] || "$python" -c '' 2>/dev/null || python=$(find_python)
    ensure_venv
    install_project "$1"
}
