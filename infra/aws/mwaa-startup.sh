#!/usr/bin/env bash
# Startup script of MWAA, uploaded as mwaa/startup.sh: every worker unpacks the newest release. It
# is written for RETAILSIM_BUCKET and RETAILSIM_RELEASE, which docs/aws.md fills in.
set -euo pipefail
RETAILSIM_BUCKET=${RETAILSIM_BUCKET:-bucket-name}
RETAILSIM_RELEASE=${RETAILSIM_RELEASE:-releases/retailsim-0.1.0.tar.gz}
folder=/usr/local/airflow/retailsim
mkdir -p "$folder"
aws s3 cp --only-show-errors "s3://$RETAILSIM_BUCKET/$RETAILSIM_RELEASE" /tmp/retailsim.tar.gz
tar -xzf /tmp/retailsim.tar.gz -C "$folder" --strip-components=1
export RETAILSIM_HOME=$folder RETAILSIM_BIN=$folder/bin/retailsim
