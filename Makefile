# Two commands do everything on a fresh machine: `make demo` and `make test`. `make check` is what CI asks besides.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: demo test check lock clean

demo: $(VENV)/.run
	$(BIN)/dragoman demo
	@echo "To use the command in this shell:  . $(BIN)/activate"

test: $(VENV)/.dev
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

check: $(VENV)/.dev
	$(BIN)/ruff format --check src tests scripts corpora
	$(BIN)/ruff check src tests scripts corpora
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/gate.py

$(VENV)/bin/python:
	$(PYTHON) -c "import sys; sys.exit('Dragoman needs Python 3.11 or newer; this is ' + sys.version.split()[0] + ': make PYTHON=python3.11' if sys.version_info < (3, 11) else 0)"
	$(PYTHON) -m venv $(VENV)

# Wheels only and hash-checked: nothing is compiled or run from an index while it installs.
$(VENV)/.run: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	$(PIP) install --quiet --require-hashes --only-binary :all: -r requirements/run.txt
	$(PIP) install --quiet --no-build-isolation --no-deps -e .
	touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	$(PIP) install --quiet --require-hashes --only-binary :all: -r requirements/dev.txt
	touch $@

# Renew the locks after a change of the dependencies in pyproject.toml.
lock: $(VENV)/.dev
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --group run pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --group run --group test --group check pyproject.toml -o requirements/dev.txt

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis demo
