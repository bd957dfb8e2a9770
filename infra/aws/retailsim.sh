#!/usr/bin/env bash
# The program of this release as the instance's services call it: of two simulations, which write
# one feed folder, the second waits until the first has ended.
set -euo pipefail
program=$(dirname "$(readlink -f "$0")")/../../bin/retailsim
if [ "${1-}" = simulate ]; then
  exec flock --no-fork "$RETAILSIM_DATA.lock" "$program" "$@"
fi
exec "$program" "$@"
