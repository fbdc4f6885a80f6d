#!/bin/sh
# Holds the unit of the package to what systemd understands, and to 2.0 of its scale from 0 (safe) to 10.
set -eu

cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
unit=$folder/chapterhouse.service

# As it is installed, but for the program, which is not here.
sed 's|^ExecStart=/usr/bin/chapterhouse|ExecStart=/bin/true|' deploy/debian/chapterhouse.service >"$unit"
# It passes over what it does not understand, and only says so.
said=$(systemd-analyze verify --man=no "$unit" 2>&1)
if [ -n "$said" ]; then
    printf '%s\n' "$said"
    exit 1
fi
systemd-analyze security --offline=true --no-pager --threshold=20 "$unit"
