#!/bin/sh
# Installs Debian's Chromium and its driver for the tests of web pages, where nobody is surprised: the
# build runs as root on a system with apt, as in a container of a CI service, and there is no browser
# yet. Never fails the build: without a browser those tests are skipped, and say so.
set -u

if command -v chromedriver >/dev/null; then
  exit 0
fi
if [ "$(id -u)" != 0 ]; then
  echo "no chromedriver, and only root may install it: tests in a browser will be skipped"
  exit 0
fi

log=$(mktemp)
export DEBIAN_FRONTEND=noninteractive
quick="-q -o Acquire::Retries=1 -o Acquire::http::Timeout=20 -o DPkg::Lock::Timeout=60"
# shellcheck disable=SC2086 # the options are words
if { apt-get $quick update &&
  apt-get $quick install -y --no-install-recommends chromium chromium-driver; } >"$log" 2>&1; then
  echo "installed $(chromedriver --version)"
else
  echo "Chromium could not be installed: tests in a browser will be skipped"
  tail -n 5 "$log"
fi
rm -f "$log"
