#!/usr/bin/env bash
# The tests that need real servers, started for the run. AT_ONCE=2 runs them in two processes with servers of their own,
# which takes two thirds of the time and a machine with more than two cores: with two, what was killed comes back too late.
set -euo pipefail
cd "$(dirname "$0")/.."

tools/pytest_twice.sh servers --numprocesses "${AT_ONCE:-1}" --dist loadfile --no-loadscope-reorder "$@"
