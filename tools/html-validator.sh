#!/usr/bin/env bash
# Installs the Nu Html Checker (vnu.jar, from npm, its version and hash pinned in tools/validator) into the folder given,
# by which tests/test_valid_html.py holds the pages to the HTML standard.  It runs on Java; both are Debian packages
# (tools/debian-packages.sh).  Where it cannot be installed this says so and ends well: that test is then skipped.
set -u
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/validator"
there="${1:-.venv/validator}"
jar="$there/node_modules/vnu-jar/build/dist/vnu.jar"
if [ -f "$jar" ] && cmp -s "$here/package-lock.json" "$there/package-lock.json"; then exit 0; fi
if ! command -v npm >/dev/null 2>&1; then
  echo "Not installed: the HTML validator (there is no npm); the test of the pages' HTML is skipped."
  exit 0
fi
mkdir -p "$there"
cp "$here/package.json" "$here/package-lock.json" "$there/"
if ! npm ci --prefix "$there" --ignore-scripts --no-audit --no-fund --loglevel=error; then
  rm -f "$there/package-lock.json"
  echo "Not installed: the HTML validator (npm could not); the test of the pages' HTML is skipped."
fi
exit 0
