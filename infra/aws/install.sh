#!/usr/bin/env bash
# Installs the release that this file lies in on Amazon Linux 2023, as root, at every boot of the
# instance. What is in place already stays. Settings come from the stack: /etc/retailsim/stack.env
# names it, SSM parameters and one secret hold the values.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
release=$PWD
: "${STACK:?from /etc/retailsim/stack.env}" "${TOPIC_ARN:?}" "${SECRET_ARN:?}" "${AWS_REGION:?}"
setting() { aws ssm get-parameter --name "/$STACK/$1" --query Parameter.Value --output text; }

# There when the services have to be restarted, also after an installation that failed half-way.
changed=/run/retailsim-changed
put() { # put FILE MODE OWNER: what comes in becomes FILE, as a whole, if it is not that already
  local text new
  IFS= read -rd '' text || true
  printf %s "$text" | cmp -s - "$1" && return
  new=$(mktemp "$1.XXXXXX")
  printf %s "$text" >"$new"
  chmod "$2" "$new"
  chown "$3" "$new"
  touch "$changed"
  mv "$new" "$1"
}

dnf install -y -q postgresql15-server python3.11 python3.11-pip tzdata

id retailsim >/dev/null 2>&1 ||
  useradd --system --home-dir /var/lib/retailsim --create-home --shell /sbin/nologin retailsim
if [ "$(readlink /opt/retailsim/current)" != "$release" ]; then
  touch "$changed"
  ln -sfn "$release" /opt/retailsim/current
fi

# --- PostgreSQL: over its socket only, the system's user is the database's user -----------------
[ -e /var/lib/pgsql/data/PG_VERSION ] || postgresql-setup --initdb
if ! grep -q "^listen_addresses = ''" /var/lib/pgsql/data/postgresql.conf; then
  echo "listen_addresses = ''" >>/var/lib/pgsql/data/postgresql.conf
  systemctl stop postgresql
fi
systemctl enable postgresql
systemctl start postgresql
as_postgres() { (cd / && runuser -u postgres -- psql -tAqc "$1"); }
[ "$(as_postgres "SELECT 1 FROM pg_roles WHERE rolname = 'retailsim'")" = 1 ] ||
  as_postgres 'CREATE ROLE retailsim LOGIN'
# The cluster's own encoding is that of the locale in which it was made, which may be ASCII.
[ "$(as_postgres "SELECT 1 FROM pg_database WHERE datname = 'airflow'")" = 1 ] ||
  as_postgres "CREATE DATABASE airflow OWNER retailsim ENCODING 'UTF8' LOCALE 'C' TEMPLATE template0"

# --- settings -----------------------------------------------------------------------------------
home=/var/lib/retailsim/airflow
[ -d "$home" ] || install -d -m 700 -o retailsim -g retailsim "$home"
scenario=/opt/retailsim/current/$(setting scenario)
lake=$(setting lake)
password=$(aws secretsmanager get-secret-value --secret-id "$SECRET_ARN" \
  --query SecretString --output text)
# One secret for the processes' tokens, made once; 64 letters, as their signature asks for.
[ -s /etc/retailsim/jwt ] || head -c 48 /dev/urandom | base64 | put /etc/retailsim/jwt 600 root:root
put /etc/retailsim/retailsim.env 600 root:root <<END
AWS_REGION=$AWS_REGION
AWS_DEFAULT_REGION=$AWS_REGION
AWS_CA_BUNDLE=/etc/pki/tls/certs/ca-bundle.crt
RETAILSIM_SCENARIO=$scenario
RETAILSIM_DATA=/var/lib/retailsim/data_api
RETAILSIM_LAKE=$lake
RETAILSIM_DASHBOARD_PYTHON=/opt/retailsim/venv-dashboard/bin/python
END
put /etc/retailsim/airflow.env 600 root:root <<END
PATH=/opt/retailsim/venv/bin:/usr/local/bin:/usr/bin:/bin
AIRFLOW_HOME=$home
AIRFLOW__API__BASE_URL=http://127.0.0.1:8080
AIRFLOW__API_AUTH__JWT_SECRET=$(cat /etc/retailsim/jwt)
AIRFLOW__CORE__DAGS_FOLDER=/opt/retailsim/current/airflow/dags
AIRFLOW__CORE__EXECUTION_API_SERVER_URL=http://127.0.0.1:8080/execution/
AIRFLOW__CORE__EXECUTOR=LocalExecutor
AIRFLOW__CORE__LOAD_EXAMPLES=False
AIRFLOW__CORE__PARALLELISM=8
AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS=admin:admin
AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE=$home/passwords.json
AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=postgresql+psycopg2://retailsim@/airflow?host=/var/run/postgresql
AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC=postgresql+asyncpg://retailsim@/airflow?host=/var/run/postgresql
AIRFLOW__USAGE_DATA_COLLECTION__ENABLED=False
AIRFLOW_VAR_RETAILSIM_BINARY=/opt/retailsim/current/bin/retailsim
AIRFLOW_VAR_RETAILSIM_SCENARIO=$scenario
AIRFLOW_VAR_RETAILSIM_DATA=/var/lib/retailsim/data_api
AIRFLOW_VAR_RETAILSIM_LAKE=$lake
AIRFLOW_VAR_RETAILSIM_SNS_TOPIC=$TOPIC_ARN
AIRFLOW_CONN_RETAILSIM_LAKE='{"conn_type": "aws", "extra": {"region_name": "$AWS_REGION"}}'
END
put "$home/passwords.json" 600 retailsim:retailsim <<<"{\"admin\": \"$password\"}"

# --- Airflow and the dashboard; a stamp says what an environment was made from ------------------
environment() { # environment FOLDER REQUIREMENTS …
  local venv=$1 wanted
  shift
  wanted=$(cat "$@" | sha256sum)
  [ "$(cat "$venv/.made-from" 2>/dev/null)" != "$wanted" ] || return 0
  touch "$changed"
  rm -rf "$venv"
  python3.11 -m venv "$venv"
  # shellcheck disable=SC2068 # words on purpose: a -r and a file
  "$venv/bin/pip" install --quiet --disable-pip-version-check --no-cache-dir ${@/#/-r }
  echo "$wanted" >"$venv/.made-from"
}
environment /opt/retailsim/venv requirements-airflow.txt infra/aws/requirements-postgres.txt
environment /opt/retailsim/venv-dashboard requirements-dashboard.txt

# --- services -----------------------------------------------------------------------------------
for unit in infra/aws/systemd/*.service; do
  put "/etc/systemd/system/$(basename "$unit")" 644 root:root <"$unit"
done
verb=start
if [ -e "$changed" ]; then
  systemctl daemon-reload
  verb=restart
fi
for unit in infra/aws/systemd/*.service; do
  systemctl enable "$(basename "$unit")"
  # A service that can't start yet is retried by systemd; it does not fail the installation.
  # One that runs what is installed already goes on, and so does the task it is at.
  systemctl "$verb" --no-block "$(basename "$unit")"
done
rm -f "$changed"
