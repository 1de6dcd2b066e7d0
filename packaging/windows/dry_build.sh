#!/usr/bin/env bash
# Builds the installer for Windows around a stand-in for the program, to try its script: bash packaging/windows/dry_build.sh
# Needs makensis (Debian: nsis). What it makes is of no use to anybody.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/bundle/_internal" "$folder/bundle/licences"
for file in zssr-studio.exe bom.cdx.json _internal/python311.dll licences/torch.txt; do
    echo "stands in for $file" >"$folder/bundle/$file"
done
makensis -V2 -WX -DVERSION=0.0.1 "-DBUNDLE=$folder/bundle" "-DOUT=$folder/zssr-studio-0.0.1-setup.exe" "$here/installer.nsi"
[ "$(head -c 2 "$folder/zssr-studio-0.0.1-setup.exe")" = MZ ] && echo "the installer's script builds"
