#!/usr/bin/env bash
# Tries a bundle or an installed program, without Python: bash packaging/bundle_check.sh PROGRAM PICTURE
# PICTURE is resources/sample.png. Needs bash and the usual small programs only, so it runs in a bare system.
set -euo pipefail
program=$1 picture=$(realpath "$2")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export XDG_DATA_HOME=$folder/data XDG_CONFIG_HOME=$folder/config LC_ALL=C.UTF-8
cd "$folder"

failed() { echo "bundle_check.sh: $*" >&2; exit 1; }
# `upscale` of a small part, for a few steps.
enlarged() { "$program" upscale "$@" --steps 3 --crop 100,100,48,64 --threads 1 --device cpu >"$folder/said" 2>&1 || failed "$* ended with $?: $(cat "$folder/said")"; }
copied() { "$program" upscale "$@" --scale 1 >"$folder/said" 2>&1 || failed "$* ended with $?: $(cat "$folder/said")"; }
size_of() { "$program" info "$1" --json | tr -d ' ' | grep -oE '"(width|height)":[0-9]+' | head -2 | tr '\n' ' '; }

"$program" --version
"$program" presets >/dev/null
"$program" devices

enlarged "$picture" -o first.png
echo "terminal: $(size_of first.png)"
for suffix in png jpg tif webp avif jxl; do
    # Out in each format, and in again; a scale of 1 copies.
    copied "$picture" -o "one.$suffix" --crop 100,100,48,64
    copied "one.$suffix" -o "two-$suffix.png"
    [ "$(size_of "two-$suffix.png")" = "$(size_of one.png)" ] || failed "one.$suffix became $(size_of "two-$suffix.png")"
    echo "$suffix: written and read"
done

# A kernel of MATLAB: a process of the program's own reads it. Version 5, little endian, [[1 2 1]] as doubles.
{
    printf '%-116sZ' 'MATLAB 5.0 MAT-file' | tr Z ' ' | head -c 116
    printf '\0\0\0\0\0\0\0\0\0\1IM'
    printf '\16\0\0\0\110\0\0\0'                                # a matrix of 72 bytes
    printf '\6\0\0\0\10\0\0\0\6\0\0\0\0\0\0\0'                    # doubles
    printf '\5\0\0\0\10\0\0\0\1\0\0\0\3\0\0\0'                    # 1 x 3
    printf '\1\0\1\0k\0\0\0'                                      # called k
    printf '\11\0\0\0\30\0\0\0'                                   # 24 bytes
    printf '\0\0\0\0\0\0\360\77\0\0\0\0\0\0\0\100\0\0\0\0\0\0\360\77'
} >kernel.mat
enlarged "$picture" -o kernel.png --kernel kernel.mat
head -c 150 kernel.mat >broken.mat
code=0
"$program" upscale "$picture" -o broken.png --kernel broken.mat --crop 100,100,48,64 >said 2>&1 || code=$?
if [ "$code" != 2 ] || ! grep -q 'broken.mat' said; then failed "a broken .mat ended with $code: $(cat said)"; fi
echo "mat: read, and a broken one refused"

window() {
    # Without a screen: it saves its work by itself once the picture is open, and leaves at SIGTERM.
    QT_QPA_PLATFORM=offscreen "$program" open "$picture" >window 2>&1 &
    local window=$!
    for _ in $(seq 600); do
        if compgen -G "$XDG_DATA_HOME/zssr-studio/sessions/*/project.json" >/dev/null; then break; fi
        kill -0 "$window" 2>/dev/null || failed "the window ended: $(cat window)"
        sleep 0.2
    done
    kill -TERM "$window"
    wait "$window" || failed "the window ended with $?: $(cat window)"
    if grep -E 'Traceback|Error|Warning' window; then failed "the window complained"; fi
    echo "window: opened the picture, saved its work and left"
}
# Only there the work lies where XDG_DATA_HOME says.
if [ "$(uname -s)" = Linux ]; then window; fi

home=$(dirname "$(realpath "$(command -v "$program")")")
for part in zssr-studio torch PySide6_Essentials numpy; do
    [ -s "$home/licences/$part.txt" ] || failed "the licence of $part is missing"
    folder_name=$(echo "$part" | tr 'A-Z-' 'a-z_')
    compgen -G "$home/_internal/$folder_name-*.dist-info/METADATA" >/dev/null || failed "About cannot name $part"
done
grep -q '"bomFormat": *"CycloneDX"' "$home/bom.cdx.json" || failed "the bill of materials is missing"
echo "licences: $(find "$home/licences" -name '*.txt' | wc -l) parts"
