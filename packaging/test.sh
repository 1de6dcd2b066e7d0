#!/usr/bin/env bash
# Makes .venv, installs ZSSR Studio with the test tools and runs all tests: bash packaging/test.sh [ARGUMENTS OF pytest]
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# Second programs that read back what the studio writes, a display and its hands; their tests are skipped, with a
# reason, where they are missing.
# ImageMagick is known by `identify`: `convert` may be another program's, and only version 7 has `magick`.
second_programs=(exiftool=libimage-exiftool-perl tiffinfo=libtiff-tools identify=imagemagick vips=libvips-tools djxl=libjxl-tools
    cjpeg=libjpeg-turbo-progs avifenc=libavif-bin heif-enc=libheif-examples cwebp=webp pdfinfo=poppler-utils qpdf=qpdf
    Xvfb=xvfb xdotool=xdotool lua5.3=lua5.3 groff=groff-base desktop-file-validate=desktop-file-utils
    appstreamcli=appstream shellcheck=shellcheck)
# A press profile, for pictures in its inks.
press_profile=/usr/share/color/icc/ghostscript/default_cmyk.icc

install_second_programs() {
    local pair missing=()
    for pair in "${second_programs[@]}"; do
        command -v "${pair%%=*}" >/dev/null || missing+=("${pair#*=}")
    done
    [ -e "$press_profile" ] || missing+=(libgs-common)
    [ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}" ||
        say "Not installed: ${missing[*]}; the tests that need them are skipped."
}

# The test on a display needs what a real X window does; all others run offscreen, so nothing stops without it.
install_xcb_libraries() {
    [ "$(uname -s)" = Linux ] || return 0
    local missing
    missing=$(missing_libraries "${xcb_libraries[@]}")
    # shellcheck disable=SC2086
    [ -z "$missing" ] || install_packages $missing ||
        say "Not installed: $missing; the test on a display is skipped."
}

install_second_programs
set_up "[dev]"
install_xcb_libraries
cd "${root:?}"
export QT_QPA_PLATFORM=offscreen
run_tests() { "$venv/bin/python" -m pytest "$@"; }

if [ $# -gt 0 ]; then
    run_tests "$@"
    exit
fi
# A process on each core, each computing with one thread, since two that share a core hold each other up; then the tests
# that need the machine for themselves.
failed=0
OMP_NUM_THREADS=1 run_tests -n logical --maxprocesses 4 --dist worksteal -m "not alone" || failed=$?
run_tests -m alone || failed=$?
exit "$failed"
