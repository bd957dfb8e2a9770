#!/usr/bin/env bash
# Packs dist/retailsim-VERSION.tar.gz: what the instance of infra/aws/retailsim.yaml installs.
#
#   tools/pack_release.sh [FOLDER]     writes to FOLDER (default: dist) and prints the name
#   RETAILSIM=PROGRAM tools/pack_release.sh     packs another program than bin/retailsim
#
# bin/retailsim of the archive starts the program with every library it needs, from lib/: it was
# built on Debian 12, and runs on any Linux of the same processor family, Amazon Linux included.
# Exit codes: 0 packed, 1 something is missing, 2 wrong usage.
set -euo pipefail
cd "$(dirname "$0")/.."

case ${1:-} in
  -h | --help)
    sed -n '2,/^set -e/{/^#/s/^# \{0,1\}//p}' "$0"
    exit 0
    ;;
  -*)
    echo "pack: error: unknown option \"$1\"; see tools/pack_release.sh --help" >&2
    exit 2
    ;;
esac
out=${1:-dist}
binary=${RETAILSIM:-bin/retailsim}
[ -x "$binary" ] || {
  printf 'pack: error: there is no %s\n  hint: make build\n' "$binary" >&2
  exit 1
}

name=retailsim-$(cat VERSION)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/$name
mkdir -p "$root/bin" "$root/lib" "$out"

# The program, its libraries, and the loader that goes with their C library.
install -m 755 "$(readlink -f "$binary")" "$root/lib/retailsim"
listed=$(ldd "$root/lib/retailsim")
if grep -q 'not found' <<<"$listed"; then
  printf 'pack: error: libraries are missing:\n%s\n' "$(grep 'not found' <<<"$listed")" >&2
  exit 1
fi
while read -r library; do
  cp -L "$library" "$root/lib/"
done < <(grep -oE '/[^ ]+' <<<"$listed" | sort -u)
loader=$(basename "$(grep -oE '/[^ ]*/ld-linux[^ ]*' <<<"$listed" | head -n 1)")
cat >"$root/bin/retailsim" <<END
#!/bin/sh
here=\$(dirname "\$(readlink -f "\$0")")/..
exec "\$here/lib/$loader" --library-path "\$here/lib" "\$here/lib/retailsim" "\$@"
END
chmod 755 "$root/bin/retailsim"

for part in scenarios sql airflow dashboard infra/aws docs/aws.md VERSION LICENSE requirements*.txt; do
  [ -e "$part" ] || continue
  # Files of the repository alone, or a cache of Python's would come along.
  git ls-files -z -- "$part" | xargs -0r cp --parents -t "$root"
done

archive=$out/$name.tar.gz
tar -C "$work" --owner=0 --group=0 --numeric-owner --sort=name -czf "$archive.part" "$name"
mv "$archive.part" "$archive"
echo "$archive"
