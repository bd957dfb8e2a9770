#!/usr/bin/env bash
# Runs the four processes of Airflow and ends, with an error, as soon as one of them ends; systemd
# then starts all of them again.
set -euo pipefail
trap 'kill $(jobs -p) 2>/dev/null || true; wait' EXIT
trap 'exit 0' TERM INT # asked to stop: no failure

# No log servers: they would listen on every interface, and one machine reads logs from its disk.
airflow scheduler --skip-serve-logs &
airflow dag-processor &
airflow triggerer --skip-serve-logs &
airflow api-server --host 127.0.0.1 --port 8080 &
wait -n || true
echo "a process of Airflow ended" >&2
exit 1
