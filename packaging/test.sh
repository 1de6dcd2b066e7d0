#!/usr/bin/env bash
# Makes .venv, installs ZSSR Studio with the test tools and runs all tests: bash packaging/test.sh [ARGUMENTS OF pytest]
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# Second programs that read back what the studio writes, a display and its hands; their tests are skipped, with a reason, where they are missing.
second_programs=(exiftool=libimage-exiftool-perl tiffinfo=libtiff-tools convert=imagemagick vips=libvips-tools djxl=libjxl-tools
    Xvfb=xvfb xdotool=xdotool)

install_second_programs() {
    local pair missing=()
    for pair in "${second_programs[@]}"; do
        command -v "${pair%%=*}" >/dev/null || missing+=("${pair#*=}")
    done
    [ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}" ||
        say "Not installed: ${missing[*]}; the tests that need them are skipped."
}

install_second_programs
set_up "[dev]"
cd "${root:?}"
export QT_QPA_PLATFORM=offscreen
exec "$venv/bin/python" -m pytest "$@"
