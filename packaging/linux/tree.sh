#!/usr/bin/env bash
# Lays out what a Linux package installs: bash packaging/linux/tree.sh BUNDLE TREE
# TREE is then what / is on the machine of a user; .deb, .rpm, AppImage and the archive are made of it.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
bundle=$(realpath "$1") tree=$2
python=${ZSSR_PYTHON:-$root/.venv/bin/python}
id=io.github.zssr_studio.ZssrStudio
share=$tree/usr/share

rm -rf "$tree"
mkdir -p "$tree/usr/lib" "$tree/usr/bin" "$share"
cp -a "$bundle" "$tree/usr/lib/zssr-studio"
ln -s ../lib/zssr-studio/zssr-studio "$tree/usr/bin/zssr-studio"

desktop=$root/packaging/desktop
install -Dm644 "$desktop/$id.desktop" "$share/applications/$id.desktop"
install -Dm644 "$desktop/$id.metainfo.xml" "$share/metainfo/$id.metainfo.xml"
install -Dm644 "$desktop/$id.mime.xml" "$share/mime/packages/$id.xml"
for size in 16 24 32 48 64 128 256 512; do
    install -Dm644 "$root/resources/app-icon/$size.png" "$share/icons/hicolor/${size}x$size/apps/$id.png"
done
install -Dm644 "$root/resources/app-icon/zssr-studio.svg" "$share/icons/hicolor/scalable/apps/$id.svg"

PYTHONPATH=$root "$python" "$root/packaging/linux/terminal_help.py" "$share"
gzip -9n "$share"/man/man1/*.1

# The licences of all parts lie in the bundle; here is the program's own, and where the others are.
install -Dm644 "$root/packaging/linux/copyright" "$share/doc/zssr-studio/copyright"
find "$tree" -type d -exec chmod 755 {} +
# A library is read, not run.
find "$tree/usr/lib" -type f -name '*.so*' -exec chmod 644 {} +
find "$tree" -exec touch --no-dereference --date="@${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct)}" {} +
