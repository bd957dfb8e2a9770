#!/bin/bash
# Runs a command of a unit with the unit's limits: NoNewPrivileges, PrivateTmp, ProtectSystem,
# ProtectHome and ReadWritePaths=/var/lib/retailsim. The environment is the caller's.
#
#   service.sh USER FOLDER COMMAND …
set -euo pipefail
mount --make-rprivate /
mount --bind /var/lib/retailsim /var/lib/retailsim
mount -t tmpfs -o mode=1777 tmpfs /tmp
mount -t tmpfs -o mode=000 tmpfs /root
for part in / /etc /opt /usr/local /var /run /root; do
  mount -o remount,bind,ro "$part"
done
cd "$2"
exec setpriv --reuid "$1" --regid "$1" --init-groups --no-new-privs -- "${@:3}"
