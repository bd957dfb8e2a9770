#!/bin/sh
# The startup script of MWAA: brings the retailsim binary to every scheduler and worker.
#
# RETAILSIM_BUNDLE is the S3 address of the archive that airflow/mwaa/bundle.sh makes: bin/retailsim
# with the libraries it needs. Write it here: MWAA gives a startup script no variables of ours.
RETAILSIM_BUNDLE="${RETAILSIM_BUNDLE:-}"

# No `set -e`: MWAA reads the script into its own shell, and a failure must not end that.
home=/usr/local/airflow/retailsim
if [ -z "$RETAILSIM_BUNDLE" ]; then
  echo "retailsim: RETAILSIM_BUNDLE is not set; the DAGs will say that there is no binary"
elif mkdir -p "$home" &&
  aws s3 cp --only-show-errors "$RETAILSIM_BUNDLE" "$home/bundle.tar.gz" &&
  tar -xzf "$home/bundle.tar.gz" -C "$home" &&
  rm "$home/bundle.tar.gz" && "$home/bin/retailsim" --version; then
  export RETAILSIM="$home/bin/retailsim"
else
  echo "retailsim: the program could not be brought from $RETAILSIM_BUNDLE"
fi
