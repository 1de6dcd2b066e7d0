#!/usr/bin/env bash
# NOT TRIED yet: makes an AppImage: bash packaging/linux/appimage.sh APPIMAGETOOL [FOLDER]    (dist/)
# packages.sh comes first, whose tree it takes; the tool comes from https://github.com/AppImage/appimagetool/releases.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
tool=$(realpath "$1")
out=$(realpath -m "${2:-$root/dist}")
work=$(realpath "${ZSSR_BUILD:-$root/build/bundle}")
id=io.github.zssr_studio.ZssrStudio
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' "$root/zssr_studio/__init__.py")
folder=$work/AppDir

rm -rf "$folder"
mkdir -p "$folder"
cp -al "$work/tree/usr" "$folder/usr"
cp "$folder/usr/share/applications/$id.desktop" "$folder/usr/share/icons/hicolor/256x256/apps/$id.png" "$folder/"
mv "$folder/usr/share/metainfo/$id.metainfo.xml" "$folder/usr/share/metainfo/$id.appdata.xml"
ln -s usr/bin/zssr-studio "$folder/AppRun"
ARCH=x86_64 "$tool" --appimage-extract-and-run "$folder" "$out/zssr-studio-$version-x86_64.AppImage"
