#!/usr/bin/env bash
# Makes .deb, .rpm and .tar.zst of the bundle: bash packaging/linux/packages.sh [FOLDER]    (dist/)
# packaging/bundle.sh comes first; ZSSR_BUILD is the folder that it worked in. Needs dpkg-deb and zstd.
# ZSSR_QUICK=1 packs in a third of the time, and larger by a tenth, for a trial.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(realpath "${ZSSR_BUILD:-$root/build/bundle}")
out=$(realpath -m "${1:-$root/dist}")
here=$root/packaging/linux
export ZSSR_PYTHON=$work/venv/bin/python PATH=$work/venv/bin:$PATH
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct)}
export SOURCE_DATE_EPOCH
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' "$root/zssr_studio/__init__.py")
tree=$work/tree
if [ -n "${ZSSR_QUICK:-}" ]; then zstd_level=13 xz_level=1; else zstd_level=19 xz_level=6; fi
# The C library of the system that the bundle was made on is the oldest that it starts with.
glibc=$(getconf GNU_LIBC_VERSION | cut -d' ' -f2)
date=$(date -u -R -d "@$SOURCE_DATE_EPOCH")
mkdir -p "$out"
bash "$here/tree.sh" "$work/dist/zssr-studio" "$tree"

archive() {
    local name=zssr-studio-$version-linux-x86_64 folder
    folder=$work/archive/$name
    rm -rf "$work/archive"
    mkdir -p "$folder"
    cp -al "$tree/usr/lib/zssr-studio/." "$folder"
    cp -a "$tree/usr/share" "$folder/share"
    rm -r "$folder/share/doc"
    install -m755 "$here/install.sh" "$folder/install.sh"
    touch --date="@$SOURCE_DATE_EPOCH" "$folder/install.sh" "$folder"
    tar --create --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" --directory "$work/archive" "$name" |
        zstd --quiet --threads=0 --long=27 -"$zstd_level" --force -o "$out/$name.tar.zst"
}

deb() {
    local folder=$work/deb
    rm -rf "$folder"
    mkdir -p "$folder/DEBIAN"
    cp -al "$tree/usr" "$folder/usr"
    local doc=$folder/usr/share/doc/zssr-studio
    printf 'zssr-studio (%s) stable; urgency=medium\n\n  * See CHANGELOG.md of the program.\n\n -- %s  %s\n' \
        "$version" "The ZSSR Studio founders <noreply@zssr-studio.github.io>" "$date" | gzip -9n >"$doc/changelog.gz"
    install -Dm644 "$here/lintian-overrides" "$folder/usr/share/lintian/overrides/zssr-studio"
    sed -e "s/@VERSION@/$version/" -e "s/@GLIBC@/$glibc/" -e "s/@SIZE@/$(du -sk "$folder/usr" | cut -f1)/" \
        "$here/control" >"$folder/DEBIAN/control"
    (cd "$folder" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum) >"$folder/DEBIAN/md5sums"
    find "$folder" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
    # xz: Debian 12 installs zstd too, but its archive and lintian do not take it.
    dpkg-deb --root-owner-group -Zxz -z"$xz_level" --build "$folder" "$out/zssr-studio_${version}_amd64.deb" >/dev/null
}

rpm() {
    VERSION=$version GLIBC=$glibc TREE=$tree nfpm package --packager rpm --config "$here/nfpm.yaml" \
        --target "$out/zssr-studio-$version-1.x86_64.rpm" >/dev/null
}

archive
deb
rpm
ls -l "$out"
