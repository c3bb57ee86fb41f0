# make run   reads corpus/raw and writes its tables to outputs/run
# make test  style, types and tests; those of belopp spark are skipped until make spark has fetched Spark
# Both set themselves up first: a virtual environment with what requirements.txt pins, and this checkout.

VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
RUN_ARGS ?=
TEST_ARGS ?=

.PHONY: run test spark lock clean help

run: $(READY)
	$(BIN)/belopp run corpus/raw --out outputs/run $(RUN_ARGS)

test: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --diff .
	$(BIN)/mypy
	$(BIN)/pytest -q $(TEST_ARGS)

# For the tests of belopp spark.  pyspark comes as source alone and is built by the setuptools that is pinned.
spark: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --only-binary :all: \
	    --no-binary pyspark --require-hashes -r requirements-spark.txt

help:
	@sed -n '1,3s/^# //p' Makefile

# The packages are complete and hashed, so nothing is resolved, built or fetched besides them.
$(READY): requirements.txt pyproject.toml
	@set -e; \
	for python in $(PYTHON) python3 python3.13 python3.12 python3.11; do \
	    if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then break; fi; \
	    python=; \
	done; \
	if [ -z "$$python" ]; then echo "No Python 3.11 or later found; install one, or say make PYTHON=/path/to/it" >&2; exit 2; fi; \
	"$$python" -m venv "$(VENV)" || { echo "$$python cannot make a virtual environment; install its venv package (on Debian: python3-venv)" >&2; exit 2; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index --editable .
	@touch "$@"

# Needs uv. Every dependency at its newest, with its hashes, for Python 3.11 and later on any system.
lock:
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	    --no-header --extra test pyproject.toml --output-file requirements.txt
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	    --no-header --extra spark --constraint requirements.txt pyproject.toml --output-file requirements-spark.txt

clean:
	rm -rf "$(VENV)" build dist outputs/run
