#!/usr/bin/env bash
# The tests that need real servers, started for the run: in two processes with servers of their own (AT_ONCE=1: one), and
# then those that want the machine for themselves.
set -euo pipefail
cd "$(dirname "$0")/.."

# 5: none of these was asked for
run() { tools/pytest_twice.sh "$@" --durations 12 --durations-min 10 || { code=$?; [ "$code" = 5 ] || exit "$code"; }; }
run "servers and not alone" --numprocesses "${AT_ONCE:-2}" --dist loadfile --no-loadscope-reorder "$@"
run "servers and alone" "$@"
