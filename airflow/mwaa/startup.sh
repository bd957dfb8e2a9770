#!/bin/sh
# The startup script of MWAA: brings the retailsim binary to every scheduler and worker.
#
# RETAILSIM_RELEASE is the S3 address of the archive that tools/pack_release.sh makes: bin/retailsim
# with the libraries it needs. Write it here: MWAA gives a startup script no variables of ours.
RETAILSIM_RELEASE="${RETAILSIM_RELEASE:-}"

# No `set -e`: MWAA reads the script into its own shell, and a failure must not end that.
home=/usr/local/airflow/retailsim
if [ -z "$RETAILSIM_RELEASE" ]; then
  echo "retailsim: RETAILSIM_RELEASE is not set; the DAGs will say that there is no binary"
elif mkdir -p "$home" &&
  aws s3 cp --only-show-errors "$RETAILSIM_RELEASE" "$home/release.tar.gz" &&
  tar -xzf "$home/release.tar.gz" -C "$home" --strip-components=1 &&
  rm "$home/release.tar.gz" && "$home/bin/retailsim" --version; then
  export RETAILSIM="$home/bin/retailsim"
else
  echo "retailsim: the program could not be brought from $RETAILSIM_RELEASE"
fi
