# `make` shows what there is. The environment variables are listed in README.md.
BIN := .venv/bin
PYTHON_IS_RECENT := -c 'import sys; sys.exit(sys.version_info < (3, 11))'
PYTHONS := $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11)
TEST_OPTIONS ?= -n auto --maxprocesses 8
COMPILE := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate -q
DESCRIBE := $(BIN)/python manage.py spectacular --validate --fail-on-warn --file
TEMPLATES := find templates -name '*.html' -exec
# What a deployment behind TLS would set; `check --deploy` judges the settings with it.
DEPLOYED := SECRET_KEY=0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-,. \
	BEHIND_TLS=1 ALLOWED_HOSTS=portal.example

.PHONY: help setup setup-dev load run test fuzz check lock messages openapi bench

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14

setup: ## make .venv and install what the portal needs
	@$(call bootstrap,requirements.txt)

setup-dev: ## the same, with the tools for development
	@$(call bootstrap,requirements-dev.txt)

load: setup ## bring the database up to date: tables, map, law, targets; no demonstration
	@$(BIN)/python manage.py prepare

run: setup ## start the portal on http://127.0.0.1:8000; on the first start with a demonstration
	@$(BIN)/python manage.py serve

test: setup-dev ## run every test, on the embedded default unless DATABASE_URL says otherwise
	$(BIN)/python -m pytest $(TEST_OPTIONS)

fuzz: setup-dev ## try the API against its description: every edge and 100 examples of each operation; sync for a minute
	FUZZ_EXAMPLES=$(or $(EXAMPLES),100) SYNC_SECONDS=60 $(BIN)/python -m pytest $(TEST_OPTIONS) \
		tests/ntm_portal/api/test_fuzz.py tests/ntm_portal/api/test_sync.py

check: setup-dev ## format, lint, types, walls, templates, migrations, deployment, API description
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(TEMPLATES) $(BIN)/djade --target-version 5.2 --check {} +
	$(TEMPLATES) $(BIN)/djlint --lint --quiet {} +
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(DEPLOYED) $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(DESCRIBE) $(or $(VAR_DIR),var)/openapi.yaml
	diff -u docs/openapi.yaml $(or $(VAR_DIR),var)/openapi.yaml

lock: setup-dev ## compile the lists of locked packages from pyproject.toml
	$(COMPILE) -o requirements.txt
	$(COMPILE) --group dev -c requirements.txt -o requirements-dev.txt

messages: setup-dev ## collect the texts for people into locale/, to be translated
	$(BIN)/python manage.py update_messages

openapi: setup-dev ## write the API's description to docs/openapi.yaml
	$(DESCRIBE) docs/openapi.yaml

bench: setup-dev ## measure the portal against the bare database doing the same work
	$(BIN)/python -m benchmarks.judge
	$(BIN)/python -m benchmarks

# The first Python that is recent enough makes the environment and installs the named list.
define bootstrap
for python in $(PYTHONS); do \
	if "$$python" $(PYTHON_IS_RECENT) 2>/dev/null; then \
		exec "$$python" -I ntm_portal/bootstrap.py $(1); \
	fi; \
done; \
echo "The portal needs Python 3.11 or later; none was found as: $(PYTHONS)." >&2; \
echo "Install one, or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python3" >&2; \
exit 1
endef
