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
enlarged() { "$program" upscale "$@" --steps "${steps:-3}" --crop 100,100,48,64 --threads 1 --device cpu >"$folder/said" 2>&1 || failed "$* ended with $?: $(cat "$folder/said")"; }
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

# What may be relied on, the same pixels again, and a page on it. With fewer steps there is but one pass to map.
steps=12 enlarged "$picture" -o mapped.png --maps maps --record mapped.json
for map in consistency beyond disagreement; do
    [ -s "maps/mapped_$map.png" ] || failed "there is no map of $map, but $(ls maps)"
done
"$program" reproduce mapped.png --source "$picture" --json >said 2>&1 || failed "reproduce ended with $?: $(cat said)"
grep -q '"pixels_equal": true' said || failed "reproduce said $(cat said)"
"$program" reproduce mapped.json --source "$picture" >said 2>&1 || failed "reproduce of a record ended with $?: $(cat said)"
echo "reproduce: the same pixels, from the result and from its record"
for suffix in pdf html; do
    "$program" report mapped.png -o "page.$suffix" --source "$picture" --maps maps >said 2>&1 ||
        failed "report as $suffix ended with $?: $(cat said)"
done
[ "$(head -c 5 page.pdf)" = %PDF- ] || failed "the report begins with $(head -c 5 page.pdf)"
grep -q 'disagree' page.html || failed "the report does not tell where the passes disagree"
echo "report: PDF of $(wc -c <page.pdf) and HTML of $(wc -c <page.html) bytes"

# A batch of two workers, killed in the middle with all that it had in hand; the same command does the rest.
mkdir box
for number in 1 2 3 4; do copied "$picture" -o "box/$number.png" --crop "$((40 * number)),100,48,64"; done
batch=("$program" batch box -o large --workers 2 --steps 500 --device cpu --json)
counted() { "$program" batch --status large --json | grep -oE "\"$1\": [0-9]+" | grep -oE '[0-9]+$'; }
# Processes of the program, told by the kernel, since a bare system has no other way to list them.
running() {
    local own one
    own=$(realpath "$(command -v "$program")")
    for one in /proc/[0-9]*/exe; do if [ "$(readlink "$one")" = "$own" ]; then echo "$one"; fi; done
}
"${batch[@]}" >said 2>&1 &
killed=$!
for _ in $(seq 3000); do
    if compgen -G 'large/*_zssr2x.png' >/dev/null; then break; fi
    kill -0 "$killed" 2>/dev/null || failed "the batch ended before a picture was done: $(cat said)"
    sleep 0.1
done
sleep 0.5 # for the journal, which is written once the file is there
kill -KILL "$killed"
wait "$killed" 2>/dev/null || true
done_before=$(counted "done")
if [ "$done_before" -lt 1 ] || [ "$done_before" -gt 3 ]; then failed "of 4 pictures $done_before were done when the batch was killed"; fi
sleep 1
[ -z "$(running)" ] || failed "workers of the killed batch go on: $(running)"
"${batch[@]}" >said 2>&1 || failed "the batch that goes on ended with $?: $(cat said)"
[ "$(counted "done")" = 4 ] || failed "the batch that went on said $(cat said)"
grep -q "$done_before done before" said || failed "what was done was not passed over: $(cat said)"
for number in 1 2 3 4; do
    [ "$(size_of "large/${number}_zssr2x.png")" = '"width":128 "height":96 ' ] || failed "result $number is $(size_of "large/${number}_zssr2x.png")"
done
[ "$(grep -c zssr2x large/batch.csv)" = 4 ] || failed "the report of the batch is $(cat large/batch.csv)"
echo "batch: killed after $done_before of 4, and went on with two workers"

# Other methods beside it.
"$program" compare box/1.png --with zssr --with bicubic --steps 3 -o compared >said 2>&1 || failed "compare ended with $?: $(cat said)"
[ -s compared/1_sheet.png ] || failed "compare wrote $(ls compared)"
echo "compare: two methods and their sheet"

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
