#!/bin/sh
# Puts ZSSR Studio into the menu of who runs this, and `zssr-studio` into ~/.local/bin; the program stays in this folder.
#   sh install.sh            again after this folder was moved
#   sh install.sh --remove   takes all of it away again; pictures, settings and saved work stay
set -eu
here=$(cd "$(dirname "$0")" && pwd)
share=${XDG_DATA_HOME:-$HOME/.local/share}
bin=$HOME/.local/bin
id=io.github.zssr_studio.ZssrStudio

files() { (cd "$here/share" && find . -type f | sed 's|^\./||'); }
# Where the shells look for what a user has; man and desktops look where packages would install, below another root.
target() {
    case $1 in
    fish/vendor_completions.d/*) echo "$share/fish/vendor_completions.d/${1##*/}" ;;
    zsh/vendor-completions/*) echo "$share/zsh/site-functions/${1##*/}" ;;
    *) echo "$share/$1" ;;
    esac
}

refresh() {
    # Not every desktop has all of them, and each looks by itself in the end.
    if command -v update-desktop-database >/dev/null; then update-desktop-database -q "$share/applications" || true; fi
    if command -v update-mime-database >/dev/null && [ -d "$share/mime/packages" ]; then
        update-mime-database "$share/mime" || true
    fi
    if command -v gtk-update-icon-cache >/dev/null; then gtk-update-icon-cache -qtf "$share/icons/hicolor" || true; fi
}

remove() {
    files | while read -r file; do rm -f "$(target "$file")"; done
    if [ "$(readlink "$bin/zssr-studio" 2>/dev/null)" = "$here/zssr-studio" ]; then rm -f "$bin/zssr-studio"; fi
    refresh
    echo "ZSSR Studio is no longer in the menu. To remove it altogether, delete $here."
}

case ${1:-} in
--remove) remove; exit ;;
"") ;;
*) echo "install.sh: $1 is no option; --remove is the only one." >&2; exit 2 ;;
esac

if [ -e "$bin/zssr-studio" ] && [ ! -L "$bin/zssr-studio" ]; then
    echo "install.sh: $bin/zssr-studio is a file of somebody else's. Move it away, then run this again." >&2
    exit 1
fi
files | while read -r file; do
    mkdir -p "$(dirname "$(target "$file")")"
    cp "$here/share/$file" "$(target "$file")"
done
# By its path, since a desktop need not look into ~/.local/bin; blanks and the like are quoted as the format asks.
quoted=$(printf '%s' "$here/zssr-studio" | sed 's/[\\"`$]/\\\\&/g; s/%/%%/g')
escaped=$(printf '%s' "$quoted" | sed 's/[\\&|]/\\&/g')
sed -i "s|^Exec=zssr-studio|Exec=\"$escaped\"|; /^TryExec=/d" "$share/applications/$id.desktop"
mkdir -p "$bin"
ln -sfn "$here/zssr-studio" "$bin/zssr-studio"
refresh
echo "ZSSR Studio is in the menu. In a terminal: zssr-studio --help"
case :$PATH: in *":$bin:"*) ;; *) echo "($bin is not in the PATH; start a new session, or call $bin/zssr-studio.)" ;; esac
