# Two commands do everything on a fresh machine: "make serve" and "make test".
PYTHON ?= python3
HOME_DIR ?= var
VENV := .venv
BIN := $(VENV)/bin

.PHONY: serve test unit lint format lock brief screenshots clean

serve: $(VENV)/.base ## build the shipped knowledge base and serve it on 127.0.0.1:8000
	$(BIN)/fingerpost init --home $(HOME_DIR)
	exec $(BIN)/fingerpost serve --home $(HOME_DIR)

test: $(VENV)/.dev ## install what the tests need and run them all
	tools/debian-packages.sh
	tools/html-validator.sh $(VENV)/validator
	$(BIN)/python -m pytest -n auto --dist loadfile

unit: $(VENV)/.dev ## only the quick tests
	$(BIN)/python -m pytest -m "not slow" -n auto --dist loadfile

lint: $(VENV)/.dev ## ruff and mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(VENV)/.dev ## write the lock files anew from setup.cfg
	$(BIN)/uv pip compile setup.cfg tools/build.in --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --upgrade -o requirements.lock -q
	$(BIN)/uv pip compile setup.cfg tools/build.in --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --upgrade -o requirements-dev.lock -q

brief: $(VENV)/.dev ## write our own brief anew from the records
	$(BIN)/python tools/write_brief.py

screenshots: $(VENV)/.dev ## pictures of every type of page, of the knowledge base in HOME_DIR, into screenshots/
	$(BIN)/python -m tools.screenshots --home $(HOME_DIR)

clean:
	rm -rf $(VENV) $(VENV)-peer build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.base: requirements.lock setup.cfg | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.base
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

.PHONY: whoosh-peer
whoosh-peer: $(VENV)/.base ## run the engine's tests against another fork of Whoosh, in a venv of its own
	$(PYTHON) -m venv $(VENV)-peer
	$(VENV)-peer/bin/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	$(VENV)-peer/bin/python -m pip uninstall --quiet --yes whoosh3
	$(VENV)-peer/bin/python -m pip install --quiet whoosh-reloaded
	$(VENV)-peer/bin/python -m pytest tests/test_search.py tests/test_generations.py -p no:cacheprovider
