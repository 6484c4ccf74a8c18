#!/usr/bin/env bash
# The tests that need real servers, started for the run. Two processes with servers of their own: most of the time of these
# tests is waiting for something that was killed to come back. AT_ONCE=1 keeps to one.
set -euo pipefail
cd "$(dirname "$0")/.."

export OPENBLAS_NUM_THREADS=${OPENBLAS_NUM_THREADS:-1} OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}
.venv/bin/pytest -m servers --numprocesses "${AT_ONCE:-2}" --dist loadfile --no-loadscope-reorder "$@" || {
  code=$?
  # A crowded machine can starve one test of many; what fails twice in a row has failed.
  [ "$code" = 1 ] && [ "${CI:-}" = true ] || exit "$code"
  printf '\n  Some tests failed. Only those are run once more:\n'
  .venv/bin/pytest -m servers --last-failed --last-failed-no-failures none
}
