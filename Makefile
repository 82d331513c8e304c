# CallReview: everything a developer types. `make demo` and `make test` work on a bare machine.
SHELL := /bin/bash
PYTHON ?= python3
PY := .venv/bin/python
CATALOGUES := $(wildcard resources/translations/*/LC_MESSAGES/callreview.po)

.PHONY: help setup demo run test check bench bench-speech bench-understanding screenshots translations lock clean

help: ## Show what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

setup: .venv/.ready ## Install system packages, Python packages and models (into .venv and the user's data folder)

.venv/.ready: requirements.lock pyproject.toml scripts/setup.sh $(CATALOGUES)
	PYTHON=$(PYTHON) scripts/setup.sh
	@touch $@

demo: setup ## Process the sample calls with the real models, write the report, open the window
	$(PY) scripts/demo.py

run: setup ## Open the window
	$(PY) main.py

test: setup ## Run all tests (window offscreen, sound through a real PortAudio stream)
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest -q

check: setup ## Lint, types, import contracts, translations
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(PY) scripts/check_translations.py

bench: setup ## Measure what the documentation claims
	$(PY) scripts/bench.py

bench-speech: setup ## Measure what is claimed of speech: cost, words, silence, times, voices, roles, names
	$(PY) scripts/bench.py speech_cost word_errors no_speech turn_times diarization roles glossary

bench-understanding: setup ## Measure what is claimed of understanding: sentiment, personal data, phrases, findings, cost
	$(PY) scripts/bench.py sentiment personal_data phrases contact_reason findings analysis_cost

screenshots: setup ## Draw the screenshots of the documentation again
	$(PY) scripts/screenshots.py

translations: setup ## Collect the texts to translate into resources/translations
	$(PY) scripts/collect_translations.py

lock: ## Pin the newest allowed versions with hashes, without addresses
	uv export -q --format requirements-txt --no-emit-project --no-header --group dev -o requirements.lock
	rm -f uv.lock

clean: ## Remove what setup and demo made here
	rm -rf .venv demo
