#!/usr/bin/env bash
# Bundles the web app into web/dist. Types and budgets are `make web-check`'s business: a hub should start without them.
set -euo pipefail
cd "$(dirname "$0")/../web"
exec node_modules/.bin/vite build
