# `make run` serves the dashboard, `make test` runs every check. Both set up what they need.
PORT ?= 8501
HOST ?= 127.0.0.1
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TESTING := $(VENV)/.ready-to-test
LOWEST := .venv-lowest
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header pyproject.toml --extra build
SBOM := build/sbom.cdx.json

.PHONY: run test suite check translations typefaces lint browser gdal nginx lock sbom lowest benchmark soak clean

run: $(READY)
	@echo "The dashboard: http://$(HOST):$(PORT)"
	PORT=$(PORT) HOST=$(HOST) $(BIN)/python app.py

check: $(READY)
	$(BIN)/python -m layers check

# What there is to translate, and each language's catalogue beside it: layers/locale/.
translations: $(READY)
	$(BIN)/python -m layers.translations

# The letters of three scripts out of matplotlib's DejaVu Sans, for pages: dashboard/assets/*.woff2.
typefaces: $(READY)
	$(PIP) 'fonttools[woff]'
	$(BIN)/python -m dashboard.typefaces

lint: $(TESTING)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The type checker works beside the first tests, on the core that they leave free while they wait.
test: browser gdal nginx
	@$(MAKE) --no-print-directory --jobs 2 lint suite

# Two processes, whatever the number of cores: each loads the libraries and builds the map for itself. Here the
# files come in the order of pyproject.toml; `pytest` by itself shuffles them, and every test must stand that.
suite: $(TESTING)
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -p no:randomly

browser: $(TESTING)
	./tests/browser/ensure-chromium $(BIN)/python

gdal:
	./tests/ensure-gdal

nginx:
	./tests/ensure-nginx

benchmark: browser
	$(BIN)/python -m benchmarks

# Load and faults against real servers, ten minutes; `-m benchmarks.soak --quick` is less than one.
soak: browser nginx
	$(BIN)/python -m benchmarks.soak

# What is tested is what a fresh machine gets: each version with the hashes of its files, which pip compares.
# `make lock LOCK_WITH=--upgrade` takes the newest of all, `LOCK_WITH='--upgrade-package NAME'` of one.
lock: $(TESTING)
	$(PIP) uv
	$(LOCK) $(LOCK_WITH) -o requirements.txt
	$(LOCK) $(LOCK_WITH) --extra test --extra benchmark --constraint requirements.txt -o requirements-test.txt

# What the dashboard is made of, as CycloneDX has it, for whoever looks for known faults in it.
sbom: $(TESTING)
	$(PIP) uv
	$(BIN)/uv venv --quiet --clear build/alone
	$(BIN)/uv pip install --quiet --python build/alone --require-hashes --requirement requirements.txt
	$(BIN)/uv tool run --quiet --from cyclonedx-bom cyclonedx-py environment --pyproject pyproject.toml --output-reproducible --of JSON -o $(SBOM) build/alone
	@echo $(SBOM)

# Whether the lower bounds in pyproject.toml are true: the tests with the oldest versions that they allow.
lowest: $(TESTING)
	$(PIP) uv
	$(PYTHON) -m venv $(LOWEST)
	$(BIN)/uv pip install --quiet --python $(LOWEST) --resolution lowest-direct --editable '.[test]'
	$(LOWEST)/bin/python -m pytest -n 2 --dist loadfile tests/layers tests/dashboard

$(READY): pyproject.toml requirements.txt
	@$(PYTHON) -c 'import sys; assert sys.version_info >= (3, 11), f"Python 3.11 or later is needed, this is {sys.version.split()[0]}"'
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes --requirement requirements.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $(READY)

$(TESTING): $(READY) requirements-test.txt
	$(PIP) --require-hashes --requirement requirements-test.txt
	@touch $(TESTING)

clean:
	rm -rf $(VENV) $(LOWEST) .pytest_cache .mypy_cache .ruff_cache build test-results *.egg-info
