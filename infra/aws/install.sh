#!/usr/bin/env bash
# Installs the release that this file lies in on Amazon Linux 2023, as root, at every boot of the
# instance. What is in place already stays. Settings come from the stack: /etc/retailsim/stack.env
# names it, SSM parameters and one secret hold the values.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
release=$PWD
: "${STACK:?from /etc/retailsim/stack.env}" "${TOPIC_ARN:?}" "${SECRET_ARN:?}" "${AWS_REGION:?}"
setting() { aws ssm get-parameter --name "/$STACK/$1" --query Parameter.Value --output text; }

dnf install -y -q postgresql15-server python3.11 python3.11-pip tzdata

id retailsim >/dev/null 2>&1 ||
  useradd --system --home-dir /var/lib/retailsim --create-home --shell /sbin/nologin retailsim
ln -sfn "$release" /opt/retailsim/current

# --- PostgreSQL: over its socket only, the system's user is the database's user -----------------
[ -e /var/lib/pgsql/data/PG_VERSION ] || postgresql-setup --initdb
install -d /var/lib/pgsql/data
grep -q "^listen_addresses = ''" /var/lib/pgsql/data/postgresql.conf ||
  echo "listen_addresses = ''" >>/var/lib/pgsql/data/postgresql.conf
systemctl enable postgresql
systemctl restart postgresql
as_postgres() { (cd / && runuser -u postgres -- psql -tAqc "$1"); }
[ "$(as_postgres "SELECT 1 FROM pg_roles WHERE rolname = 'retailsim'")" = 1 ] ||
  as_postgres 'CREATE ROLE retailsim LOGIN'
[ "$(as_postgres "SELECT 1 FROM pg_database WHERE datname = 'airflow'")" = 1 ] ||
  as_postgres 'CREATE DATABASE airflow OWNER retailsim'

# --- settings -----------------------------------------------------------------------------------
umask 077
home=/var/lib/retailsim/airflow
install -d -o retailsim -g retailsim "$home"
scenario=/opt/retailsim/current/$(setting scenario)
lake=$(setting lake)
cat >/etc/retailsim/retailsim.env <<END
AWS_REGION=$AWS_REGION
AWS_DEFAULT_REGION=$AWS_REGION
AWS_CA_BUNDLE=/etc/pki/tls/certs/ca-bundle.crt
RETAILSIM_SCENARIO=$scenario
RETAILSIM_DATA=/var/lib/retailsim/data_api
END
cat >/etc/retailsim/airflow.env <<END
PATH=/opt/retailsim/venv/bin:/usr/local/bin:/usr/bin:/bin
AIRFLOW_HOME=$home
AIRFLOW__CORE__DAGS_FOLDER=/opt/retailsim/current/airflow/dags
AIRFLOW__CORE__EXECUTOR=LocalExecutor
AIRFLOW__CORE__LOAD_EXAMPLES=False
AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS=admin:admin
AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE=$home/passwords.json
AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=postgresql+psycopg2://retailsim@/airflow?host=/var/run/postgresql
AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC=postgresql+asyncpg://retailsim@/airflow?host=/var/run/postgresql
AIRFLOW_VAR_RETAILSIM_BINARY=/opt/retailsim/current/bin/retailsim
AIRFLOW_VAR_RETAILSIM_SCENARIO=$scenario
AIRFLOW_VAR_RETAILSIM_DATA=/var/lib/retailsim/data_api
AIRFLOW_VAR_RETAILSIM_LAKE=$lake
AIRFLOW_VAR_RETAILSIM_SNS_TOPIC=$TOPIC_ARN
AIRFLOW_CONN_RETAILSIM_LAKE='{"conn_type": "aws", "extra": {"region_name": "$AWS_REGION"}}'
END
# One secret for the processes' tokens, made once.
[ -s /etc/retailsim/jwt ] || head -c 32 /dev/urandom | base64 >/etc/retailsim/jwt
echo "AIRFLOW__API_AUTH__JWT_SECRET=$(cat /etc/retailsim/jwt)" >>/etc/retailsim/airflow.env
password=$(aws secretsmanager get-secret-value --secret-id "$SECRET_ARN" \
  --query SecretString --output text)
printf '{"admin": "%s"}\n' "$password" >"$home/passwords.json"
chown retailsim:retailsim "$home/passwords.json"
umask 022

# --- Airflow; a stamp says which requirements its environment was made from ---------------------
wanted=$(cat infra/aws/requirements-postgres.txt requirements-airflow.txt | sha256sum)
if [ "$(cat /opt/retailsim/venv/.made-from 2>/dev/null)" != "$wanted" ]; then
  rm -rf /opt/retailsim/venv
  python3.11 -m venv /opt/retailsim/venv
  /opt/retailsim/venv/bin/pip install --quiet --disable-pip-version-check \
    -r requirements-airflow.txt -r infra/aws/requirements-postgres.txt
  echo "$wanted" >/opt/retailsim/venv/.made-from
fi

# --- services -----------------------------------------------------------------------------------
install -m 644 infra/aws/systemd/*.service /etc/systemd/system/
systemctl daemon-reload
for unit in infra/aws/systemd/*.service; do
  systemctl enable "$(basename "$unit")"
  # A service that can't start yet is retried by systemd; it does not fail the installation.
  systemctl restart --no-block "$(basename "$unit")"
done
