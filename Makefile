# `make run` serves the dashboard, `make test` runs every check. Both set up what they need.
PORT ?= 8501
HOST ?= 127.0.0.1
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TESTING := $(VENV)/.ready-to-test

.PHONY: run test check lint browser gdal constraints benchmark clean

run: $(READY)
	@echo "The dashboard: http://$(HOST):$(PORT)"
	PORT=$(PORT) HOST=$(HOST) $(BIN)/python app.py

check: $(READY)
	$(BIN)/python -m layers check

lint: $(TESTING)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: lint browser gdal
	$(BIN)/python -m pytest

browser: $(TESTING)
	./tests/browser/ensure-chromium $(BIN)/python

gdal:
	./tests/ensure-gdal

benchmark: browser
	$(BIN)/python -m benchmarks

# What is tested is what a fresh machine gets: every version is in constraints.txt.
constraints:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --extra test --no-header -o constraints.txt pyproject.toml

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; assert sys.version_info >= (3, 11), f"Python 3.11 or later is needed, this is {sys.version.split()[0]}"'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $(READY)

$(TESTING): $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	@touch $(TESTING)

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache test-results *.egg-info
