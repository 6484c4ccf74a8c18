#!/usr/bin/env bash
# The tests that need real servers, started for the run. AT_ONCE=2 runs them in two processes with servers of their own,
# which takes two thirds of the time and a machine with more than two cores: with two, what was killed comes back too late.
set -euo pipefail
cd "$(dirname "$0")/.."

export OPENBLAS_NUM_THREADS=${OPENBLAS_NUM_THREADS:-1} OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}
.venv/bin/pytest -m servers --numprocesses "${AT_ONCE:-1}" --dist loadfile --no-loadscope-reorder "$@" || {
  code=$?
  # A crowded machine can starve one test of many; what fails twice in a row has failed.
  [ "$code" = 1 ] && [ "${CI:-}" = true ] || exit "$code"
  printf '\n  Some tests failed. Only those are run once more:\n'
  .venv/bin/pytest -m servers --last-failed --last-failed-no-failures none
}
