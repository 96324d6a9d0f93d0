# make run: a county that does not exist, from extracts to figures. make test: every check and test. make ui: Dagster.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := run
.DELETE_ON_ERROR:

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
READY_SPARK := .venv-spark/.ready
DATA := $(abspath $(or $(SOTEVAULT_HOME),data))
DEMO := data/demo
# Of generated SQL the examples of each template: all of it is linted in minutes, and says nothing more.
SQL := $(shell find tests/golden marts -name '*.sql' -not -path '*/macros/*')
UI_PORT ?= 3000

export SOTEVAULT_HOME := $(DATA)
export DAGSTER_HOME := $(DATA)/dagster
export DO_NOT_TRACK := 1
# Else every process compiles its thousand modules anew, where the caller's shell says so: half of a start.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run test test-laws test-crash test-spark unit check bench bench-scale ui lock clean environment

run: $(READY) $(DEMO)/.made
	@SOTEVAULT_TEST_IDENTITIES=persons $(BIN)/sotevault run $(DEMO)/deliveries

# The longest begin first.
test: check
	@$(BIN)/pytest -q -n 2 tests/unit tests/golden
	@$(BIN)/pytest -q -n 2 --dist loadscope --no-loadscope-reorder $(addprefix tests/,flow crash bench spec laws matrix)

unit: $(READY)
	@$(BIN)/pytest -q tests/unit

check: $(READY) target/.sql-linted
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/lint-imports --no-cache > .venv/lint-imports.txt || { cat .venv/lint-imports.txt; exit 1; }
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/sotevault generate --check

# Only files that changed since they last passed.
target/.sql-linted: .sqlfluff $(SQL) | $(READY)
	@$(BIN)/sqlfluff lint --disable-progress-bar --processes 2 $(or $(filter %.sql,$?),$(SQL)) > .venv/sqlfluff.txt \
	    || { grep -v PASS .venv/sqlfluff.txt; exit 1; }
	@mkdir -p target && touch $@

# The vault's laws on random deliveries for as long as told; prints the seed of each round.
test-laws: $(READY)
	@$(BIN)/python -m tests.laws --seconds $(or $(SECONDS),60)

# kill -9 before every node and at random moments of a build, then the next build; EVERY=10 takes each tenth node. Hours.
test-crash: $(READY)
	@$(BIN)/python -m tests.crash --moments $(or $(MOMENTS),50) --every $(or $(EVERY),1) \
	    $(if $(KILLS),--kills $(KILLS)) $(if $(SEED),--seed $(SEED))

# The same project on DuckDB and on a Spark session in an environment of its own; needs Java 17, downloads 450 MB once.
test-spark: $(READY_SPARK)
	@SPARK_LOCAL_IP=127.0.0.1 .venv-spark/bin/pytest -q tests/spark

# What loading costs beside a rival and hand-written SQL; ROWS=3000000 for more, JSON=file keeps the figures.
bench: $(READY)
	@$(BIN)/python -c 'import datavault4sqlglot' 2> /dev/null \
	    || $(BIN)/python -m pip install --quiet --no-build-isolation --editable '.[bench]'
	@$(BIN)/python -m tests.bench --rows $(or $(ROWS),1000000) $(if $(MODELS),--models) $(if $(JSON),--json $(JSON))

# How the cost grows with the rows.
bench-scale: $(READY)
	@$(BIN)/python -m tests.bench --scale $(or $(SIZES),1000000 3000000 10000000 30000000) $(if $(JSON),--json $(JSON))

# Loopback only. Both processes end with this command.
ui: $(READY)
	@mkdir -p "$(DAGSTER_HOME)" "$(DATA)/inbox"
	@cp orchestration/dagster.yaml "$(DAGSTER_HOME)/dagster.yaml"
	@echo "http://127.0.0.1:$(UI_PORT) - put deliveries with their manifests into $(DATA)/inbox; Ctrl-C ends it"
	@trap 'kill $$(jobs -p) 2>/dev/null || true' EXIT; \
	$(BIN)/dagster-daemon run -m orchestration.definitions & \
	$(BIN)/dagster-webserver -m orchestration.definitions --host 127.0.0.1 --port $(UI_PORT) & \
	wait -n

lock: $(READY)
	@$(BIN)/uv pip compile --quiet pyproject.toml --group dev --universal --generate-hashes \
	    --no-header --no-annotate --python-version 3.11 --output-file requirements.lock
	@$(BIN)/uv pip compile --quiet pyproject.toml --extra spark --group dev --universal --generate-hashes \
	    --no-header --no-annotate --python-version 3.11 --constraint requirements.lock --output-file requirements-spark.lock

# What make made: the demo and the environment. Received data elsewhere is never touched.
clean:
	rm -rf .venv .venv-spark target logs "$(DEMO)" .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info

environment: $(READY)

$(DEMO)/.made: | $(READY)
	@$(BIN)/sotevault synthesise --out $(DEMO)
	@touch $@

# uv, itself pinned by hash, brings the environment in step with the lock; where uv cannot run, pip does the same.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
	    || { echo "sotevault needs Python 3.11 to 3.13; say which with: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@rm -f $@; test -x $(BIN)/python || $(PYTHON) -m venv .venv || uv venv --quiet --seed --python $(PYTHON) .venv \
	    || { rm -rf .venv; echo "Python lacks its venv module; install it (Debian: apt-get install python3-venv)" >&2; exit 1; }
	@awk '/^[^ ]/ {keep = /^uv==/} keep' requirements.lock > .venv/uv.txt
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --no-deps --require-hashes -r .venv/uv.txt || true
	@if $(BIN)/uv --version > /dev/null 2>&1; then \
	    $(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock; \
	    $(BIN)/uv pip install --quiet --python $(BIN)/python --offline --no-deps --no-build-isolation --editable .; \
	else \
	    $(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements.lock; \
	    $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .; \
	fi
	@touch $@

$(READY_SPARK): requirements-spark.lock | $(READY)
	@rm -f $@; test -x .venv-spark/bin/python || $(BIN)/python -m venv .venv-spark
	@if $(BIN)/uv --version > /dev/null 2>&1; then \
	    $(BIN)/uv pip sync --quiet --python .venv-spark/bin/python --require-hashes requirements-spark.lock; \
	else \
	    .venv-spark/bin/python -m pip install --quiet --no-deps --require-hashes -r requirements-spark.lock; \
	fi
	@touch $@
