#!/usr/bin/env bash
# Prints the path of a Chromium that the browser tests can drive, or fails. $CHROMIUM wins.
set -u
for candidate in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
  "$HOME"/.cache/ms-playwright/chromium-*/chrome-linux*/chrome; do
  if [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1; then
    command -v "$candidate"
    exit 0
  fi
done
exit 1
