#!/usr/bin/env bash
# Tries the two commands in a bare Debian 12 made for it: bash packaging/bare_debian.sh [FOLDER]
# Needs root, and mmdebstrap or debootstrap. ZSSR_CHROOT_PREPARE, if set, is a command that is given the folder before
# anything is installed in it, such as one that copies a proxy's settings there.
set -euo pipefail

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=${1:-$(mktemp -d /var/tmp/zssr-debian.XXXXXX)}
mirror=${ZSSR_DEBIAN_MIRROR:-http://deb.debian.org/debian}

if [ ! -e "$folder/etc/debian_version" ]; then
    if command -v mmdebstrap >/dev/null; then
        mmdebstrap --variant=minbase --include=ca-certificates,python3 bookworm "$folder" "$mirror"
    else
        debootstrap --variant=minbase --include=ca-certificates,python3 bookworm "$folder" "$mirror"
    fi
fi
if [ -n "${ZSSR_CHROOT_PREPARE:-}" ]; then $ZSSR_CHROOT_PREPARE "$folder"; fi

cleanup() { for mount in dev proc; do umount "$folder/$mount" 2>/dev/null || true; done; }
trap cleanup EXIT
mount -t proc proc "$folder/proc"
mount --bind /dev "$folder/dev"
rm -rf "$folder/root/zssr-studio"
git clone --quiet "$project" "$folder/root/zssr-studio"
inside() { chroot "$folder" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 "$@"; }

inside bash /root/zssr-studio/packaging/run.sh
inside bash /root/zssr-studio/packaging/test.sh -q
echo "Both commands work in the bare Debian $(cat "$folder/etc/debian_version") in $folder."
