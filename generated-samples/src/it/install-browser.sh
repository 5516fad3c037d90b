#!/bin/sh
# Installs Debian's Chromium and its driver for the tests of web pages, where nobody is surprised: the
# build runs as root on a system with apt, as in a container of a CI service, and there is no browser
# yet. Without a browser those tests are skipped, and say so; where the environment says CI=true a
# browser is needed, and the build fails here.
set -u

without_browser() {
  if [ "${CI:-}" = true ]; then
    echo "$1, and CI=true: the tests in a browser must run" >&2
    exit 1
  fi
  echo "$1: tests in a browser will be skipped"
  exit 0
}

if command -v chromedriver >/dev/null; then
  exit 0
fi
if [ "$(id -u)" != 0 ]; then
  without_browser "no chromedriver, and only root may install it"
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
quick="-q -o Acquire::Retries=1 -o Acquire::http::Timeout=20 -o DPkg::Lock::Timeout=60"
# shellcheck disable=SC2086 # the options are words
if { apt-get $quick update &&
  apt-get $quick install -y --no-install-recommends chromium chromium-driver; } >"$log" 2>&1; then
  echo "installed $(chromedriver --version)"
else
  tail -n 5 "$log"
  without_browser "Chromium could not be installed"
fi
