# One command each: make demo, make test. The others: setup, check, bench, lock, messages, reference.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
STAMPS := .stamps
# What installs everything else: the one part that no hashed file can hold.
UV_VERSION := 0.13.9
export UV_LINK_MODE := copy
# Compiled files are kept even where the machine says otherwise: they halve the start of every command.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup demo test test-spark check bench lock messages reference clean

setup: $(STAMPS)/python $(STAMPS)/assets $(STAMPS)/messages

$(BIN)/uv:
	@command -v python3 >/dev/null || { echo "python3 is missing. Install it: apt-get install python3 python3-venv"; exit 1; }
	python3 -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(STAMPS)/python: requirements-dev.lock pyproject.toml | $(BIN)/uv
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements-dev.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/assets: package-lock.json tools/assets.py $(STAMPS)/python
	$(BIN)/python tools/assets.py
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/messages: $(wildcard src/jobpakke/locale/*/LC_MESSAGES/*.po) tools/messages.py $(STAMPS)/python
	$(BIN)/python tools/messages.py compile
	@mkdir -p $(STAMPS) && touch $@

demo: setup
	$(BIN)/jobpakke demo

test: setup
	$(BIN)/python tools/run_tests.py

# PySpark is some 450 MB and wants Java 17: it is tested apart. `make setup` takes it away again when the lock changes.
test-spark: setup
	@command -v java >/dev/null || { echo "java is missing. Install it: apt-get install openjdk-17-jre-headless"; exit 1; }
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --no-deps -r requirements-spark.lock
	$(BIN)/python -m pytest -q -n0 tests/evaluation/spark_suite.py

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint src/jobpakke/web/templates src/jobpakke/web/dkfds --lint --quiet
	$(BIN)/python tools/messages.py check
	$(BIN)/python tools/deployment.py

bench: setup
	for script in bench/bench_*.py; do $(BIN)/python -m $$(basename $$script .py | sed "s/^/bench./") || exit 1; done

lock: | $(BIN)/uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade --output-file requirements.lock requirements.in
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --constraint requirements.lock --output-file requirements-dev.lock requirements-dev.in
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --constraint requirements.lock --output-file requirements-spark.lock requirements-spark.in

messages: setup
	$(BIN)/python tools/messages.py update

reference: setup
	$(BIN)/python -m tools.reference

clean:
	rm -rf $(VENV) $(STAMPS) node_modules build
	find . -name __pycache__ -prune -exec rm -rf {} +
