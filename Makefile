# calfcms: two commands. `make run` tries it, `make test` checks it.
PYTHON ?= python3
UV_VERSION ?= 0.13.9
export UV_PYTHON_DOWNLOADS = never
export UV_LINK_MODE = copy

BIN := .venv/bin
RECORD := var/databases-tested.txt
# Two processes, each with a database of its own; a file's tests stay together, slow files first.
PYTEST := $(BIN)/python -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder

.PHONY: run test check test-sqlite test-postgresql test-browser test-long format lock openapi promise client receipts screenshots mutants

run: .venv/.run
	@CALFCMS_LOCAL=1 $(BIN)/python manage.py run_locally

test: .venv/.test
	@mkdir -p var && rm -f $(RECORD)
	@$(MAKE) --no-print-directory check test-sqlite test-postgresql
	@echo; echo "All checks passed. Databases tested:"; sed 's/^/  /' $(RECORD)

check: .venv/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	CALFCMS_LOCAL=1 $(BIN)/python manage.py makemigrations --check --dry-run

test-sqlite: .venv/.test
	CALFCMS_TEST_RECORD=$(RECORD) $(PYTEST) -m "not browser and not long" $(ARGS)

test-postgresql: .venv/.test
	CALFCMS_TEST_DATABASE=postgresql CALFCMS_TEST_RECORD=$(RECORD) $(PYTEST) -m "not browser and not long" $(ARGS)

# What takes a good while: killed and racing processes, nginx, the clients, and every call of the API
# with hundreds of made-up inputs.
test-long: .venv/.test
	$(PYTEST) -m long $(ARGS)
	CALFCMS_TEST_DATABASE=postgresql $(PYTEST) -m long $(ARGS)

# How pages look and behave in Chromium, one by one; the whole story of a page is in `make test`.
test-browser: .venv/.test
	$(PYTEST) -m browser $(ARGS)

# Whether the tests of the triage core notice when its code is changed. Takes hours; see docs/mutation.md.
mutants: .venv/.test
	nice $(BIN)/mutmut run --max-children 1 $(ARGS)
	$(BIN)/mutmut results

format: .venv/.test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

openapi: .venv/.run
	CALFCMS_LOCAL=1 $(BIN)/python manage.py spectacular --format openapi-json --api-version v1 --validate --fail-on-warn --file docs/openapi.json

# Promises the calls of today to clients: from now on none may change so that they break.
promise: openapi
	cp docs/openapi.json docs/openapi.promised.json

# The TypeScript client of clients/typescript, from the OpenAPI document. Needs node 20.
client:
	cd clients/typescript && npm ci --silent && npm run --silent generate && npm run --silent build

# Receipts that every later version must answer with the same bytes, for a new edition in
# tests/triage/receipts: `make receipts NAME=calf-pain-3`.
receipts: .venv/.test
	$(BIN)/python -m tests.triage.write_receipts $(NAME)

# The pictures of docs/screenshots/, in Debian's chromium.
screenshots: .venv/.test
	CALFCMS_LOCAL=1 $(BIN)/python manage.py shell -v0 -c "from tests.browser.screenshots import main; main()"

# The environment: uv where it can be had, else pip; both from hashed locks that name no host.
$(BIN)/python:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check "uv==$(UV_VERSION)" || echo "uv is not to be had; pip will do"

.venv/.run: $(BIN)/python requirements.txt
	@if [ -x $(BIN)/uv ]; then $(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements.txt; \
	else $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt; fi
	@touch $@

.venv/.test: $(BIN)/python requirements-dev.txt
	@if [ -x $(BIN)/uv ]; then $(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements-dev.txt; \
	else $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt; fi
	@touch $@ .venv/.run

lock: $(BIN)/python
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml --group dev -o requirements-dev.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml -c requirements-dev.txt -o requirements.txt
