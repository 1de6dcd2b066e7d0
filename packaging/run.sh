#!/usr/bin/env bash
# Makes .venv, installs ZSSR Studio and starts it: bash packaging/run.sh [ARGUMENTS OF zssr-studio]
# Without arguments: with a display the studio opens a sample photo, without one the photo is enlarged in the terminal.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

set_up ""
sample=$root/resources/sample.png

if [ $# -gt 0 ]; then
    # The window is the only command without a name; it and `open` need the libraries of a real screen.
    if [ "$1" = open ] && [ -n "${DISPLAY:-}" ]; then ensure_libraries "${xcb_libraries[@]}"; fi
    exec "$venv/bin/zssr-studio" "$@"
fi
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname -s)" = Darwin ]; then
    [ -z "${DISPLAY:-}" ] || ensure_libraries "${xcb_libraries[@]}"
    exec "$venv/bin/zssr-studio" open "$sample"
fi
say "There is no display, so the sample photo is enlarged here in the terminal (about a minute)."
mkdir -p "$root/zssr-output"
exec "$venv/bin/zssr-studio" upscale "$sample" -o "$root/zssr-output/sample_zssr2x.png" --overwrite
