#!/bin/bash
# Becomes a machine of its own out of this one: process 1 of new namespaces (mounts, processes,
# network). It may write where it likes; all of that lies in memory and ends with it.
#
#   machine.sh FOLDER     an empty folder, to mount things in
set -euo pipefail
work=$1
mount -t tmpfs -o mode=755 tmpfs "$work"
for part in etc opt usr/local var; do
  mkdir -p "$work/$part/upper" "$work/$part/work"
  mount -t overlay -o "lowerdir=/$part,upperdir=$work/$part/upper,workdir=$work/$part/work" \
    overlay "/$part"
done
mount -t tmpfs -o mode=755 tmpfs /run
mount -t tmpfs -o mode=700 tmpfs /root
mount -t tmpfs -o mode=1777 tmpfs /tmp
mkdir -p /run/answers /run/lock
ip link set lo up
echo ready
while sleep 5; do :; done
