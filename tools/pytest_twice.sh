#!/usr/bin/env bash
# tools/pytest_twice.sh SELECT [pytest's words…]: the tests that SELECT marks (pytest's -m). In CI, those that failed are
# run once more, one after the other.
set -euo pipefail
cd "$(dirname "$0")/.."
select=$1
shift

export OPENBLAS_NUM_THREADS=${OPENBLAS_NUM_THREADS:-1} OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}
# Nanobind's report of what torch and duckdb leave behind at exit is no news of ours.
quietly() { "$@" 2> >(grep -v -e '^nanobind: ' -e '^ - leaked ' -e '^ - ... skipped' -e 'nanobind.readthedocs' >&2); }
quietly .venv/bin/pytest -m "$select" "$@" || {
  code=$?
  # A crowded machine can starve one test of many; what fails twice in a row has failed.
  [ "$code" = 1 ] && [ "${CI:-}" = true ] || exit "$code"
  printf '\n  Some tests failed. Only those are run once more:\n'
  .venv/bin/pytest -m "$select" --last-failed --last-failed-no-failures none
}
