#!/usr/bin/env bash
# Every test that this machine can run: the web app's, then Python's (unit, property, flow, contract, house)
# together with the browser journeys where a Chromium is found. E2E=required makes its absence a failure.
set -euo pipefail
cd "$(dirname "$0")/.."

left_out=()
select="not servers"
if chromium=$(tools/chromium.sh); then
  export CHROMIUM=$chromium
elif [ "${E2E:-}" = required ]; then
  printf '\n  ✗ The browser tests are required here, but no Chromium was found (Debian: sudo apt install chromium).\n' >&2
  exit 1
else
  select="$select and not e2e"
  left_out+=("the browser journeys: no Chromium was found (Debian: sudo apt install chromium; or CHROMIUM=/path)")
fi

if [ -z "${SKIP_WEB_TESTS:-}" ]; then
  tools/step "Web tests" npm --prefix web run test
fi

[ ${#left_out[@]} -eq 0 ] || printf '  Left out: %s\n' "${left_out[@]}"

export OPENBLAS_NUM_THREADS=${OPENBLAS_NUM_THREADS:-1} OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}
# Nanobind's report of what torch and duckdb leave behind at exit is no news of ours.
quietly() { "$@" 2> >(grep -v -e '^nanobind: ' -e '^ - leaked ' -e '^ - ... skipped' -e 'nanobind.readthedocs' >&2); }
# shellcheck disable=SC2086  # PYTEST_ARGS is a list of words
quietly .venv/bin/pytest -m "$select" --numprocesses auto --maxprocesses 4 --dist loadfile ${PYTEST_ARGS:-} || {
  code=$?
  # A crowded machine can starve one test of many; what fails twice in a row has failed.
  [ "$code" = 1 ] && [ "${CI:-}" = true ] || exit "$code"
  printf '\n  Some tests failed. Only those are run once more:\n'
  .venv/bin/pytest -m "$select" --last-failed --last-failed-no-failures none
}

[ ${#left_out[@]} -eq 0 ] || printf '\n  All ran but %s\n' "${left_out[@]}"
