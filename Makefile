# What people and CI call. `make run` and `make test` are all a newcomer needs.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := run
.PHONY: run test lint bench load build data-release data-notes golden contracts readme messages clean \
	mutants test-versions test-lowest lock upgrade

# Installs what requirements-$(1).lock pins, by hash, then visamap itself on top of it. Where the
# lock does not fit (an old Python, a rare platform): make LOCKED=no takes what pip finds.
LOCKED ?= yes
ifeq ($(LOCKED),yes)
install = $(BIN)/pip install --quiet --require-hashes --requirement requirements-$(1).lock && \
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
else
install = $(BIN)/pip install --quiet --editable '.$(2)'
endif

.venv/run: pyproject.toml hatch_build.py requirements-run.lock
	$(PYTHON) -m venv .venv
	$(call install,run)
	@touch $@

.venv/dev: pyproject.toml hatch_build.py requirements-dev.lock
	$(PYTHON) -m venv .venv
	$(call install,dev,[dev])
	@touch $@ .venv/run

run: .venv/run
	@$(BIN)/visamap check THA

# Installing builds them; who pulls or edits a translation has them built anew.
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard visamap/locale/*/LC_MESSAGES/*.po))
%.mo: %.po | .venv/dev
	$(BIN)/python tools/messages.py

# The tests start Python hundreds of times; what it compiles is kept, whatever the shell asks for.
test: .venv/dev $(CATALOGUES)
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest --numprocesses auto --dist loadgroup

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/visamap validate data/visa_regimes.yaml
	$(BIN)/actionlint
	$(BIN)/zizmor --offline --quiet .github
	$(BIN)/python tools/audit.py

build: .venv/dev
	$(BIN)/python -m build --no-isolation
	$(BIN)/twine check --strict dist/visamap-*

# The data as an artefact of its own, with digests, and a signature where a key is at hand.
data-release: .venv/dev
	$(BIN)/python tools/data_release.py

# What changed since an earlier release: make data-notes OLD=data-2026-11-24.json
data-notes: data-release
	$(BIN)/visamap diff --releases $(OLD) $(lastword $(sort $(wildcard dist/data-*.json))) \
		--format markdown > docs/releases/$$($(BIN)/python -c 'import visamap; print(visamap.load().data.release)').md

bench: .venv/dev
	$(BIN)/python bench/run.py

load: .venv/dev
	$(BIN)/python bench/crowd.py

# The only survivor that is let pass is the one that pyproject.toml explains.
mutants: .venv/dev
	rm -rf mutants
	$(BIN)/mutmut run
	! $(BIN)/mutmut results | grep -v 'limits.x_allowed_days__mutmut_9:'

test-versions: .venv/dev
	$(BIN)/nox --session tests

test-lowest: .venv/dev
	$(BIN)/nox --session lowest lowest-extras

clean:
	rm -rf .venv .venv-bench .venv-lock .nox mutants build dist visamap/_compiled

golden: .venv/dev
	UPDATE_GOLDEN=1 $(BIN)/pytest --quiet tests/shipped/test_golden.py

contracts: .venv/dev
	UPDATE_CONTRACTS=1 $(BIN)/pytest --quiet -p no:randomly tests/contracts

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

# The locks: `make lock` keeps what is pinned and adds what pyproject.toml now asks for;
# `make upgrade` takes the newest of everything. They fit every Python and system that we support.
LOCK = .venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command 'make lock' $(LOCK_FLAGS) pyproject.toml
.venv-lock/bin/uv:
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/pip install --quiet uv

lock: .venv-lock/bin/uv
	$(LOCK) --extra dev --group build --output-file requirements-dev.lock
	$(LOCK) --group build --constraint requirements-dev.lock --output-file requirements-run.lock

upgrade:
	$(MAKE) lock LOCK_FLAGS=--upgrade
