#!/usr/bin/env bash
# Makes dist/zssr-studio, a folder with the program, Python and all that it needs: bash packaging/bundle.sh
# ZSSR_BUILD is the folder to work in (build/bundle). It fetches PyTorch, takes minutes and about 4 GB of disk.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
work=${ZSSR_BUILD:-$root/build/bundle}
venv=$work/venv
mkdir -p "$work"
export PYTHONHASHSEED=0 PYTHONDONTWRITEBYTECODE=
# The same source gives the same bytes, whenever it is built.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct)}
export SOURCE_DATE_EPOCH

if [ -x "$venv/bin/python" ]; then python=$venv/bin/python; else python=$(find_python); fi
if [ "$(uname -s)" = Linux ]; then
    command -v objdump >/dev/null || install_packages binutils || stop "objdump and strip are missing: install binutils."
    # Debian's Python has its library in a package of its own, without which no bundle can be made.
    "$python" -c 'import sysconfig, sys; sys.exit(not sysconfig.get_config_var("Py_ENABLE_SHARED"))' ||
        ldconfig -p | grep -q libpython3 || install_packages "libpython3.$("$python" -c 'import sys; print(sys.version_info[1])')" ||
        stop "the shared library of Python is missing: install libpython3."
    ensure_libraries "${qt_libraries[@]}" "${xcb_libraries[@]}"
fi
ensure_venv
# Windows has another name for it.
programs=$venv/bin
[ -d "$programs" ] || programs=$venv/Scripts
say "Installing what is bundled into $venv ..."
"$programs/python" -m pip install --quiet --disable-pip-version-check -r "$root/packaging/bundle/tools.txt" "$root"

"$programs/python" -c 'import sys, torch; sys.exit(torch.version.cuda is not None)' ||
    stop "this PyTorch brings CUDA, several GB of it. Run this with PIP_EXTRA_INDEX_URL=https://download.pytorch.org/whl/cpu."

cd "$work"
"$programs/pyinstaller" --noconfirm --log-level WARN --distpath dist --workpath pyinstaller "$root/packaging/bundle/zssr-studio.spec"
bundle=$work/dist/zssr-studio
if [ "$(uname -s)" = Linux ]; then
    # Names of functions, which nobody looks up. Only here: the libraries of some wheels are patched and break by it.
    strip --strip-unneeded "$bundle"/_internal/torch/lib/libtorch_{cpu,python}.so "$bundle"/_internal/libpython3*.so*
fi
"$programs/python" "$root/packaging/bundle/parts.py" "$bundle"
if [ "$(uname -s)" = Linux ]; then find "$bundle" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +; fi
say "$bundle: $(du -sm "$bundle" | cut -f1) MB"
