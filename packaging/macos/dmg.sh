#!/usr/bin/env bash
# NOT TRIED yet: makes a signed and notarised .dmg on macOS: bash packaging/macos/dmg.sh [FOLDER]    (dist/)
# packaging/bundle.sh comes first; ZSSR_BUILD is the folder that it worked in. To be signed and notarised it needs
#   APPLE_IDENTITY   such as "Developer ID Application: Name (TEAM)", in the keychain
#   APPLE_PROFILE    of `xcrun notarytool store-credentials`
# Without them the image is unsigned, and macOS opens it only by a right click.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=${ZSSR_BUILD:-$root/build/bundle}
out=${1:-$root/dist}
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' "$root/zssr_studio/__init__.py")
app="$work/dist/ZSSR Studio.app"
image=$out/zssr-studio-$version-macos-$(uname -m).dmg
mkdir -p "$out" "$work/image"

if [ -n "${APPLE_IDENTITY:-}" ]; then
    # From the inside out: a signature covers what is signed before it.
    find "$app" -type f \( -name '*.so' -o -name '*.dylib' \) -print0 |
        xargs -0 codesign --force --timestamp --options runtime --sign "$APPLE_IDENTITY"
    codesign --force --timestamp --options runtime --entitlements "$root/packaging/macos/entitlements.plist" \
        --sign "$APPLE_IDENTITY" "$app"
    codesign --verify --deep --strict "$app"
fi

rm -rf "$work/image"
mkdir -p "$work/image"
cp -R "$app" "$work/image/"
ln -s /Applications "$work/image/Applications"
hdiutil create -volname "ZSSR Studio" -srcfolder "$work/image" -format UDZO -ov "$image"

if [ -n "${APPLE_IDENTITY:-}" ] && [ -n "${APPLE_PROFILE:-}" ]; then
    codesign --timestamp --sign "$APPLE_IDENTITY" "$image"
    xcrun notarytool submit "$image" --keychain-profile "$APPLE_PROFILE" --wait
    xcrun stapler staple "$image"
fi
echo "$image"
