# Two commands on a fresh machine with only Python 3.11, make and git: make demo, make test.
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3)
BIN := .venv/bin
CITIZENS ?= 2000
export PYTHONDONTWRITEBYTECODE =

.PHONY: help demo test test-full bench bench-full campaign check static browser clean

help: ## Say what there is to make
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

.venv/ready: requirements.lock requirements-uv.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3,11) <= sys.version_info[:2] < (3,13))' 2>/dev/null || \
	  { echo "Python 3.11 or 3.12 is missing: install it (Debian: apt-get install python3.11 python3.11-venv), or name it with PYTHON=..."; exit 1; }
	@echo "Installing what is locked in requirements.lock into .venv ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "The module venv is missing (Debian: apt-get install python3-venv)."; exit 1; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@$(BIN)/uv pip sync -q --system-certs --require-hashes --compile-bytecode --python $(BIN)/python requirements.lock
	@$(BIN)/uv pip install -q --system-certs --no-deps --no-build-isolation --python $(BIN)/python -e .
	@touch $@

static: .venv/ready ## Build the look of the screens (Det Faelles Designsystem, by npm from a Python wheel)
	@$(BIN)/python -m caseworker.build_static

demo: .venv/ready static ## Everything from nothing, to a caseworker looking at one citizen (ONCE=1: print one and stop)
	@$(BIN)/helhed demo --citizens $(CITIZENS) $(if $(ONCE),--once)

check: .venv/ready ## Lint, types, import rules
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

browser: .venv/ready
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
	  { test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } || \
	  $(BIN)/playwright install chromium || \
	  echo "No browser: the browser tests need chromium (Debian: apt-get install chromium)."

test: check static browser ## All tests, browser included (at most 15 minutes on 2 cores)
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not full"

test-full: check static browser ## The long ones too
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --deselect tests/campaign/test_full.py \
	  --deselect tests/campaign/test_event_to_page.py::test_how_long_it_takes_with_a_night_under_way
	@$(MAKE) --no-print-directory campaign

SCHEDULES ?= 200
campaign: .venv/ready ## Schedules of faults over several nights: no receipt lies, nothing is lost; prints its figures
	@CAMPAIGN_SCHEDULES=$(SCHEDULES) $(BIN)/python -m pytest -n 2 --dist load tests/campaign/test_full.py
	@$(BIN)/python -m pytest tests/campaign/test_event_to_page.py -k how_long

bench: .venv/ready ## Ratios to peers and limits, 50,000 records: benchmarks/results.md
	@$(BIN)/python -m benchmarks

bench-full: .venv/ready ## The same at the targets' sizes, one round (hours, and 60 GB of disk)
	@$(BIN)/python -m benchmarks --full

clean: ## Stop the demo's servers and forget its data
	@-$(BIN)/helhed korsbaek down
	@-$(BIN)/helhed db down
	@rm -rf .helhed
