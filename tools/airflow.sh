#!/usr/bin/env bash
# Starts Airflow on this machine's loopback with the DAGs of airflow/dags, for `make airflow`.
#
#   tools/airflow.sh            until Ctrl-C; prints the address, the user and the password
#
# From the environment, all optional: PORT (8080); AIRFLOW_HOME (build/airflow), where Airflow keeps
# everything of its own; AIRFLOW_VENV (.venv-airflow); AIRFLOW_VAR_RETAILSIM_LAKE (lake), _DATA
# (data_api), _SCENARIO (scenarios/live.toml, which has today) and the other settings of airflow/README.md.
# Exit codes: Airflow's own, 1 nothing to start, 2 wrong usage.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() { # fail CODE WHAT HINT
  printf 'airflow: error: %s\n  hint: %s\n' "$2" "$3" >&2
  exit "$1"
}
case ${1-} in
  '') ;;
  -h | --help)
    sed -n '2,/^set -e/{/^#/s/^# \{0,1\}//p}' "$0"
    exit 0
    ;;
  *) fail 2 "unknown argument \"$1\"" "it takes none; see tools/airflow.sh --help" ;;
esac

venv=$(realpath -sm "${AIRFLOW_VENV:-.venv-airflow}")
[ -x "$venv/bin/airflow" ] || fail 1 "there is no Airflow in $venv" "tools/setup.sh airflow"
port=${PORT:-8080}

export PATH="$venv/bin:$PATH"
export AIRFLOW_HOME="${AIRFLOW_HOME:-$PWD/build/airflow}"
# Readers and writers of SQLite wait for each other for a minute rather than five seconds.
export AIRFLOW__DATABASE__SQL_ALCHEMY_CONN="${AIRFLOW__DATABASE__SQL_ALCHEMY_CONN:-sqlite:///$AIRFLOW_HOME/airflow.db?timeout=60}"
export AIRFLOW__CORE__DAGS_FOLDER=$PWD/airflow/dags
export AIRFLOW__CORE__LOAD_EXAMPLES=False
export AIRFLOW__CORE__EXECUTION_API_SERVER_URL=http://127.0.0.1:$port/execution/
export AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE=$AIRFLOW_HOME/passwords.json
export AIRFLOW__API__HOST=127.0.0.1
export AIRFLOW__API__PORT=$port
export AIRFLOW__API__BASE_URL=http://127.0.0.1:$port
export AIRFLOW__API__WORKERS=1
export AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL=${AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL:-30}
export AIRFLOW__USAGE_DATA_COLLECTION__ENABLED=False
# Those that are set and empty stay so: a run then has to name its own.
export AIRFLOW_VAR_RETAILSIM_LAKE="${AIRFLOW_VAR_RETAILSIM_LAKE-$PWD/lake}"
export AIRFLOW_VAR_RETAILSIM_DATA="${AIRFLOW_VAR_RETAILSIM_DATA-$PWD/data_api}"
export AIRFLOW_VAR_RETAILSIM_SCENARIO="${AIRFLOW_VAR_RETAILSIM_SCENARIO-$PWD/scenarios/live.toml}"

mkdir -p "$AIRFLOW_HOME"
if [ ! -s "$AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE" ]; then
  (
    umask 077
    "$venv/bin/python" -c 'import json, secrets; print(json.dumps({"admin": secrets.token_urlsafe(12)}))' \
      >"$AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE"
  )
fi
password=$("$venv/bin/python" -c 'import json, sys; print(json.load(open(sys.argv[1]))["admin"])' \
  "$AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE")
airflow db migrate >"$AIRFLOW_HOME/db.log" 2>&1 ||
  fail 1 "airflow db migrate failed" "read $AIRFLOW_HOME/db.log"

# The parts of `airflow standalone`, but for its log servers: they would listen on every interface,
# and one machine reads its logs from the disk.
pids=()
end_all() {
  trap - INT TERM EXIT
  [ ${#pids[@]} -eq 0 ] || kill -TERM "${pids[@]}" 2>/dev/null || true
  wait || true
}
trap 'end_all; exit 130' INT TERM
trap end_all EXIT
start() { # start NAME COMMAND …
  "${@:2}" >"$AIRFLOW_HOME/$1.log" 2>&1 </dev/null &
  pids+=($!)
}
start api-server airflow api-server
start scheduler airflow scheduler --skip-serve-logs
start dag-processor airflow dag-processor

printf 'airflow: http://127.0.0.1:%s in half a minute, user admin, password %s\n' "$port" "$password"
printf 'airflow: the logs of its parts lie in %s; Ctrl-C ends them\n' "$AIRFLOW_HOME"
wait -n || true # none of the parts ends by itself
fail 1 "a part of Airflow has ended" "read the logs in $AIRFLOW_HOME"
