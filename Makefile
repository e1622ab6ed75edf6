# What people and CI call. `make run` and `make test` are all a newcomer needs.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := run
.PHONY: run test lint bench load build golden readme messages clean

.venv/run: pyproject.toml hatch_build.py
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --editable .
	@touch $@

.venv/dev: pyproject.toml hatch_build.py
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --editable '.[dev]'
	@touch $@ .venv/run

run: .venv/run
	@$(BIN)/visamap check THA

test: .venv/dev
	$(BIN)/pytest --numprocesses auto --dist loadgroup

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/visamap validate data/visa_regimes.yaml

build: .venv/dev
	$(BIN)/python -m build

bench: .venv/dev
	$(BIN)/python bench/run.py

load: .venv/dev
	$(BIN)/python bench/crowd.py

clean:
	rm -rf .venv .venv-bench build dist visamap/_compiled

golden: .venv/dev
	UPDATE_GOLDEN=1 $(BIN)/pytest --quiet tests/shipped/test_golden.py

readme: .venv/dev
	UPDATE_README=1 $(BIN)/pytest --quiet -p no:randomly tests/house/test_readme.py tests/docs/test_answers.py

messages: .venv/dev
	$(BIN)/python tools/messages.py

.PHONY: docs docs-links
# Laid out and built below build/, so that nothing that is made lies beside what is written.
docs: .venv/dev
	$(BIN)/python -m tools.handbook build/docs-source
	$(BIN)/python -m sphinx -W --keep-going -q -b html build/docs-source build/docs
	@echo "build/docs/index.html"

docs-links: .venv/dev
	$(BIN)/python -m tools.handbook build/docs-source
	$(BIN)/python -m sphinx -q -b linkcheck build/docs-source build/docs-links
