#!/usr/bin/env bash
# Brings the feed folder up to yesterday (UTC), or to the end of a scenario that is over by then.
# Today belongs to the daily run, which adds it once it has ended.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"
last=$(date --utc --date=yesterday +%F)
facts=$(../../bin/retailsim scenario check "$RETAILSIM_SCENARIO" --json)
[[ $facts =~ '"to": "'([0-9-]+)'"' ]] || { echo "no end of the scenario in: $facts" >&2 && exit 1; }
end=${BASH_REMATCH[1]}
[[ $end > $last ]] || last=$end
exec ../../bin/retailsim simulate "$RETAILSIM_SCENARIO" --out "$RETAILSIM_DATA" --to "$last"
