#!/usr/bin/env bash
# Prepares a bare machine: system packages (Debian/Ubuntu), .venv from the hashed lock file, translations, models.
set -euo pipefail
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-python3}
UV_VERSION=0.13.9

SYSTEM_PACKAGES=(
  libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libxkbcommon0
  libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0
  libportaudio2 fonts-nanum fonts-dejavu-core
  xvfb xauth pulseaudio pulseaudio-utils libasound2-plugins
  poppler-utils
)

say() { printf '%s\n' "$*"; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

installed() { dpkg-query -W -f '${Status}\n' "$1" 2>/dev/null | grep -q '^install ok installed'; }

install_system_packages() {
  if ! command -v apt-get >/dev/null; then
    say "No apt-get here: install PortAudio, the libraries of Qt and a Hangul font with your own package manager."
    return
  fi
  local wanted=("${SYSTEM_PACKAGES[@]}") missing=() package
  "$PYTHON" -c 'import ensurepip' 2>/dev/null || wanted+=(python3-venv)
  for package in "${wanted[@]}"; do
    installed "$package" || installed "${package}t64" || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  say "Installing system packages: ${missing[*]}"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

install_python_packages() {
  "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    say "CallReview needs Python 3.11 or newer; this is $("$PYTHON" --version). Try: make setup PYTHON=python3.11"
    exit 1
  }
  [ -x .venv/bin/python ] || "$PYTHON" -m venv .venv
  say "Installing Python packages from requirements.lock"
  # uv takes the hashed lock in seconds where pip takes minutes; it is not needed afterwards.
  .venv/bin/python -m pip install --quiet --disable-pip-version-check "uv==$UV_VERSION"
  .venv/bin/uv pip sync --quiet --require-hashes --python .venv/bin/python requirements.lock
  .venv/bin/python -m pip uninstall --quiet --yes uv
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
}

compile_translations() {
  .venv/bin/pybabel --quiet compile -D callreview -d resources/translations
}

prepare_models() {
  say "Preparing the speech model"
  .venv/bin/python -m callreview.speech.models
  say "Preparing the networks that tell speakers apart on one channel (81 MB are fetched, 20 MB kept)"
  # Everything else works without them.
  .venv/bin/python -m callreview.speech.diarization.weights ||
    say "Going on without them: on one-channel recordings speakers are not told apart."
}

install_system_packages
install_python_packages
compile_translations
prepare_models
say "Ready. The command is .venv/bin/callreview"
