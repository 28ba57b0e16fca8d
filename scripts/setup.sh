#!/bin/sh
# Sets up everything that tmp-builder needs: a virtual environment, Pango and fonts. Says what it installs, and what to do where it may not.
# usage: scripts/setup.sh [dev]
set -eu
cd "$(dirname "$0")/.."

LIBRARIES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig"
FONTS="fonts-noto-cjk fonts-liberation"

say() { printf '%s\n' "$*"; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then sudo -n "$@"
    else return 1
    fi
}

install_packages() {
    command -v apt-get >/dev/null 2>&1 || return 1
    say "Installing with apt-get: $*"
    as_root apt-get update -qq >/dev/null 2>&1 || true
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1
}

has_library() { ldconfig -p 2>/dev/null | grep -q "$1" || /sbin/ldconfig -p 2>/dev/null | grep -q "$1"; }
has_chinese_font() { command -v fc-list >/dev/null 2>&1 && fc-list ':charset=4e2d 56fd 8054 76df' file 2>/dev/null | grep -q .; }
has_serif() { command -v fc-list >/dev/null 2>&1 && fc-list ':family=Liberation Serif' file 2>/dev/null | grep -q .; }

# 1. a Python of at least 3.11 that can make virtual environments
PYTHON=""
for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null 2>&1 && "$candidate" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; then
        PYTHON=$candidate; break
    fi
done
if [ -z "$PYTHON" ]; then
    say "tmp-builder needs Python 3.11 or newer. Install it, for example: apt-get install python3 python3-venv"
    exit 1
fi
if [ ! -x .venv/bin/python ]; then
    if ! "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null && ! install_packages python3-venv; then
        say "This Python cannot make virtual environments. Install that: sudo apt-get install python3-venv"
        exit 1
    fi
    say "Making the virtual environment .venv"
    "$PYTHON" -m venv .venv
fi

# 2. the Python packages, in the versions of constraints.txt
EXTRA=""
[ "${1:-}" = dev ] && EXTRA="[dev]"
STAMP=".venv/.installed${1:+-$1}"
if [ ! -e "$STAMP" ] || [ pyproject.toml -nt "$STAMP" ] || [ constraints.txt -nt "$STAMP" ]; then
    say "Installing the Python packages of pyproject.toml$EXTRA in the versions of constraints.txt into .venv"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".$EXTRA"
    .venv/bin/python -m compileall -q tmp_builder || true
    touch "$STAMP"
fi

# 3. what the PDF needs from the system
if ! { has_library libpango-1.0 && has_library libpangoft2-1.0 && has_library libharfbuzz-subset && has_chinese_font && has_serif; }; then
    # shellcheck disable=SC2086
    if ! install_packages $LIBRARIES $FONTS; then
        say "The PDF needs Pango, HarfBuzz and fonts, and this user may not install them. Ask for, or run:"
        say "  Debian, Ubuntu:  sudo apt-get install $LIBRARIES $FONTS"
        say "  Fedora:          sudo dnf install pango harfbuzz google-noto-serif-cjk-fonts liberation-serif-fonts"
        say "  macOS:           brew install pango && brew install --cask font-noto-serif-cjk-sc font-liberation"
        say "Without them Word, HTML and Markdown are built all the same; \`tmp doctor\` says what is missing."
    fi
fi
