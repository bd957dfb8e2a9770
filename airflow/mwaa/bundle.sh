#!/usr/bin/env bash
# Packs bin/retailsim with every library it needs, the C library too, into one archive that runs on
# any Linux of the same processor: the workers of MWAA are no Debian.
#
#   airflow/mwaa/bundle.sh [ARCHIVE]        default build/retailsim-bundle.tar.gz
set -euo pipefail
cd "$(dirname "$0")/../.."

archive=${1:-build/retailsim-bundle.tar.gz}
binary=${RETAILSIM:-bin/retailsim}
if [ ! -x "$binary" ]; then
  printf 'bundle: error: there is no %s\n  hint: make build\n' "$binary" >&2
  exit 1
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/bin" "$work/lib" "$(dirname "$archive")"
cp -L "$binary" "$work/lib/retailsim"
ldd "$binary" | awk '/=> \// {print $3} /^[[:space:]]*\// {print $1}' |
  xargs -I{} cp -L {} "$work/lib/"
loader=$(basename "$(find "$work/lib" -name 'ld-linux*' -print -quit)")
cat >"$work/bin/retailsim" <<EOF
#!/bin/sh
lib=\$(dirname "\$(readlink -f "\$0")")/../lib
exec "\$lib/$loader" --library-path "\$lib" "\$lib/retailsim" "\$@"
EOF
chmod +x "$work/bin/retailsim"
"$work/bin/retailsim" --version
tar -czf "$archive" -C "$work" bin lib
printf 'bundle: %s, %s\n' "$archive" "$(du -h "$archive" | cut -f1)"
