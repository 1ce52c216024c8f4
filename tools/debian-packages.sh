#!/usr/bin/env bash
# Installs the Debian packages that the tests and benchmarks can use; the product itself needs none of them.
#   chromium        the browser test opens the real pages in it (without it, that one test is skipped and says why)
#   postgresql      a catalogue in PostgreSQL is tested on a server of the tests' own (without it, those are skipped)
#   tesseract-ocr   scanned pages are read by it (without it, they are refused with what to install; tests are skipped)
#   npm, a Java     the HTML validator comes by the one and runs on the other (without them, its test is skipped)
#   libreoffice-writer-nogui  opens the Word files that are exported (without it, that test is skipped)
#   poppler-utils   pdftotext, the second opinion that the readers are measured against
# Where they cannot be installed (no apt-get, not root, no network) it says so and ends well.
set -u
wanted=()
command -v chromium >/dev/null 2>&1 || wanted+=(chromium)
compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || command -v initdb >/dev/null 2>&1 || wanted+=(postgresql)
command -v pdftotext >/dev/null 2>&1 || wanted+=(poppler-utils)
command -v tesseract >/dev/null 2>&1 || wanted+=(tesseract-ocr)
command -v npm >/dev/null 2>&1 || wanted+=(npm)
command -v java >/dev/null 2>&1 || wanted+=(default-jre-headless)
command -v soffice >/dev/null 2>&1 || wanted+=(libreoffice-writer-nogui)
[ "${#wanted[@]}" -eq 0 ] && exit 0
if ! command -v apt-get >/dev/null 2>&1; then
  echo "Not installed: ${wanted[*]} (this system has no apt-get); the tests that need them are skipped."
  exit 0
fi
sudo=""
if [ "$(id -u)" -ne 0 ]; then
  if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then sudo="sudo"; else
    echo "Not installed: ${wanted[*]} (run 'sudo $0' to install them); the tests that need them are skipped."
    exit 0
  fi
fi
echo "Installing Debian packages: ${wanted[*]}"
export DEBIAN_FRONTEND=noninteractive
if ! { $sudo apt-get update -qq && $sudo apt-get install -y -qq --no-install-recommends "${wanted[@]}" >/dev/null; }; then
  echo "Not installed: ${wanted[*]} (apt-get could not); the tests that need them are skipped."
fi
exit 0
