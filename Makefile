# Everything a developer types. `make help` lists it. Each target sets up what it needs in the checkout, in .venv.

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes

.DEFAULT_GOAL := help

.PHONY: help
help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

.PHONY: demo
demo: $(BIN)/.ready ## See it work: a sample shop on this machine, answered in the browser
	@$(BIN)/python -m mailbot demo $(ARGS)

.PHONY: test
test: $(BIN)/.ready-dev ## Run the tests (under two minutes)
	$(BIN)/python -m pytest -n auto --dist loadgroup -m "not browser" $(ARGS)

.PHONY: browser
browser: $(BIN)/.ready-dev ## Look at letters and pages in chromium: axe, phones, dark, journeys without JavaScript
	$(BIN)/python -m pytest -n auto --dist loadgroup -m browser $(ARGS) || [ $$? = 5 ]

.PHONY: check
check: $(BIN)/.ready-dev ## What CI runs: format, lint, types, import contracts, rules, demo, kills, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m mailbot rules test
	$(BIN)/python -m mailbot demo --script > /dev/null
	$(BIN)/python tools/crash.py --kills 50 --stories 10
	$(MAKE) --no-print-directory browser
	$(MAKE) --no-print-directory test

.PHONY: bench
bench: $(BIN)/.ready-dev ## Measure: accepting, the whole path, invoices, reading, memory
	$(BIN)/python tools/bench.py $(ARGS)

.PHONY: crash
crash: $(BIN)/.ready-dev ## Kill the process at random moments under load, many times, and compare the books
	$(BIN)/python tools/crash.py $(ARGS)

.PHONY: learn
learn: $(BIN)/.ready-dev ## Learn anew what is proposed where no rule matches, from the examples and tests/letters
	$(BIN)/python tools/learn.py $(ARGS)

.PHONY: format
format: $(BIN)/.ready-dev ## Put the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: pin
pin: $(BIN)/.ready-dev ## Renew the pinned versions from pyproject.toml (needs uv)
	$(BIN)/python tools/pin.py

.PHONY: wheel
wheel: $(BIN)/.ready-dev ## Build a wheel with rules, letters and catalogues in dist/
	$(BIN)/python -m hatchling build -t wheel

.PHONY: clean
clean: ## Remove what the other targets made
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "mailbot needs Python 3.11 or newer; install it, or say make PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv --clear .venv \
	  || { rm -rf .venv; echo "Python could not make .venv; on Debian and Ubuntu: apt install python3-venv"; exit 1; }

$(BIN)/.ready: requirements.txt | $(BIN)/python
	@echo "setting up .venv (once; about a minute)"
	$(PIP) -r requirements.txt
	@touch $@

$(BIN)/.ready-dev: requirements-dev.txt | $(BIN)/python
	@echo "setting up .venv with the tools (once; about a minute)"
	$(PIP) -r requirements-dev.txt
	@touch $(BIN)/.ready $@
