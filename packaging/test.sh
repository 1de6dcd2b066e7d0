#!/usr/bin/env bash
# Makes .venv, installs ZSSR Studio with the test tools and runs all tests: bash packaging/test.sh [ARGUMENTS OF pytest]
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

set_up "[dev]"
cd "${root:?}"
export QT_QPA_PLATFORM=offscreen
exec "$venv/bin/python" -m pytest "$@"
