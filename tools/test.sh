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

# shellcheck disable=SC2086  # PYTEST_ARGS is a list of words
tools/pytest_twice.sh "$select" --numprocesses auto --maxprocesses 4 --dist loadfile ${PYTEST_ARGS:-}

[ ${#left_out[@]} -eq 0 ] || printf '\n  All ran but %s\n' "${left_out[@]}"
