#!/usr/bin/env bash
# Tries the packages in a bare Debian 12 made for it: bash packaging/linux/try_packages.sh FOLDER-OF-PACKAGES [CHROOT]
# Installs the .deb, opens its window under Xvfb and clicks from a picture to an exported file, uses the terminal, removes
# it; then the same with the archive, as a user. Needs root, mmdebstrap, Xvfb, xdotool and the .venv of the tests.
# ZSSR_CHROOT_PREPARE, if set, is a command that is given the folder, such as one that copies a proxy's settings there.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
packages=$(realpath "$1")
chroot=$(realpath -m "${2:-$(mktemp -d /var/tmp/zssr-packages.XXXXXX)}")
python=${ZSSR_PYTHON:-$root/.venv/bin/python}
id=io.github.zssr_studio.ZssrStudio
tests=$(mktemp -d /var/tmp/zssr-window.XXXXXX)
# The user of the archive reads there too.
chmod 755 "$tests"

failed() { echo "try_packages.sh: $*" >&2; exit 1; }
[ -e "$chroot/etc/debian_version" ] ||
    mmdebstrap --variant=minbase --include=ca-certificates bookworm "$chroot" "${ZSSR_DEBIAN_MIRROR:-http://deb.debian.org/debian}"
if [ -n "${ZSSR_CHROOT_PREPARE:-}" ]; then $ZSSR_CHROOT_PREPARE "$chroot"; fi

cleanup() { for mount in "$tests" /tmp/.X11-unix /dev /proc; do umount "$chroot$mount" 2>/dev/null || true; done; }
trap cleanup EXIT
mkdir -p "$chroot$tests" "$chroot/tmp/.X11-unix" /tmp/.X11-unix
mount -t proc proc "$chroot/proc"
mount --bind /dev "$chroot/dev"
mount --bind /tmp/.X11-unix "$chroot/tmp/.X11-unix"
mount --bind "$tests" "$chroot$tests"
inside() { chroot "$chroot" /usr/bin/env -i HOME="${home:-/root}" PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }

# The files of a system, but for what is known to change by itself.
files() { (cd "$chroot" && find usr etc opt -not -name '*.pyc' | grep -vE '^etc/(ld.so.cache|mtab)|share/(mime|doc|man)/|icon-theme.cache|mimeinfo.cache' | sort); }

# window PROGRAM: from the start to the exported file, by keyboard and mouse.
window() {
    [ -e /tmp/.X11-unix ] || failed "there is no folder for displays"
    (cd "$root" && ZSSR_STUDIO_COMMAND="chroot $chroot $1" "$python" -m pytest -q --basetemp "$tests/run" \
        tests/e2e/window/test_xdotool.py -k from_the_start_to_the_file) || failed "the window of $1 does not work"
}

inside python3 --version 2>/dev/null && failed "this system has Python, so it proves nothing"
cp "$root/packaging/bundle_check.sh" "$root/resources/sample.png" "$chroot/root/"

echo "== .deb"
inside apt-get update -qq
before=$(files)
cp "$packages"/zssr-studio_*_amd64.deb "$chroot/root/zssr-studio.deb"
begin=$SECONDS
inside apt-get install -y -qq --no-install-recommends /root/zssr-studio.deb >/dev/null
echo "installed in $((SECONDS - begin)) s"
grep -q "^Exec=zssr-studio open %F" "$chroot/usr/share/applications/$id.desktop" || failed "no menu entry"
[ -e "$chroot/usr/share/icons/hicolor/48x48/apps/$id.png" ] || failed "no icon"
inside bash /root/bundle_check.sh zssr-studio /root/sample.png
# Each library finds those that it needs, in the bundle or in what the package depends on.
missing=$(find "$chroot/usr/lib/zssr-studio" -name '*.so*' -type f -print0 | sed -z "s|^$chroot||" |
    inside env LD_LIBRARY_PATH=/usr/lib/zssr-studio/_internal xargs -0 ldd 2>/dev/null | grep "not found" | sort | uniq -c || true)
[ -z "$missing" ] || failed "libraries are missing: $missing"
window zssr-studio
inside apt-get purge -y -qq zssr-studio >/dev/null
inside apt-get autoremove -y -qq --purge >/dev/null
rest=$(comm -13 <(echo "$before") <(files) || true)
[ -z "$rest" ] || failed "removal left: $rest"

echo "removed, and nothing of it is left in usr, etc and opt"

echo "== .tar.zst, as a user"
inside apt-get install -y -qq --no-install-recommends zstd libegl1 libfontconfig1 libgl1 >/dev/null
inside useradd --create-home person 2>/dev/null || true
home=/home/person
begin=$SECONDS
zstd -dc "$packages"/zssr-studio-*-linux-x86_64.tar.zst | inside tar -C "$home" -x
folder=$(basename "$chroot$home"/zssr-studio-*)
inside chown -R person "$home"
as_person() { inside su person -s /bin/bash -c "$*"; }
as_person sh "'$home/$folder/install.sh'"
echo "unpacked and installed in $((SECONDS - begin)) s"
entry=$chroot$home/.local/share/applications/$id.desktop
grep -qF "Exec=\"$home/$folder/zssr-studio\" open %F" "$entry" || failed "the menu entry is $(cat "$entry")"
cp "$chroot/root/sample.png" "$chroot/root/bundle_check.sh" "$chroot$tests/"
as_person bash "$tests/bundle_check.sh" "$home/.local/bin/zssr-studio" "$tests/sample.png"
window "$home/.local/bin/zssr-studio"
as_person sh "'$home/$folder/install.sh'" --remove
rest=$(find "$chroot$home/.local" -name '*zssr*' -not -path '*/share/zssr-studio*')
[ -z "$rest" ] || failed "removal left: $rest"
echo "Both packages work in the bare Debian $(cat "$chroot/etc/debian_version") in $chroot."
