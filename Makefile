# Good Offices: every command a developer needs. `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
.DEFAULT_GOAL := help
BIN := .venv/bin
# What is compiled once is kept: without it each start of a process compiles everything, 13 s for 2.
export PYTHONDONTWRITEBYTECODE :=
# What `make check` runs, on SQLite: the policy, the rules of the code, and one noun from end to end.
FAST := $(addprefix tests/,policy architecture catalogue notices processes slots)
# The gates, two at a time: what takes longest is begun first.
GATES := $(addprefix gate-,types security format contracts templates deployment)

##@ Use
run: ready ## Set up all that is needed and serve the demo world
	@$(BIN)/python tools/serve.py

test: ready-tests ## Set up what tests need and run everything that CI runs
	@$(MAKE) --no-print-directory gates
	@echo "-- tests on SQLite and PostgreSQL"
	@$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder --durations=10 --maxfail=15

##@ Develop
check: ready-dev ## Format, lint, types, contracts and a fast choice of tests
	@$(MAKE) --no-print-directory gates
	@$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not slow" -k "not postgresql" $(FAST)

gates:
	@echo "-- format, lint, types, contracts, security"
	@$(MAKE) --no-print-directory --output-sync -j 2 $(GATES)

gate-types:
	@$(BIN)/mypy
gate-security:
	@$(BIN)/bandit -q -c pyproject.toml -r config.py wsgi.py portal models blueprints
gate-format:
	@$(BIN)/ruff format --check -q .
	@$(BIN)/ruff check -q .
gate-contracts:
	@$(BIN)/lint-imports --no-cache | tail -4
gate-templates:
	@$(BIN)/djlint templates --lint --quiet
gate-deployment:
	@$(BIN)/hadolint --failure-threshold warning deploy/Containerfile
	@$(BIN)/check-jsonschema -q --builtin-schema vendor.compose-spec deploy/compose.yaml
	@$(BIN)/gixy deploy/nginx.conf > /dev/null || $(BIN)/gixy deploy/nginx.conf

format: ready-dev ## Put the code into its form
	@$(BIN)/ruff format -q . && $(BIN)/ruff check -q --fix .

matrix: ready-dev ## Write the generated pages of docs/ anew
	@$(BIN)/python -m tools.write_docs

messages: ready-dev ## Gather all texts for translators into translations/messages.pot
	@mkdir -p translations && $(BIN)/pybabel -q extract -F babel.cfg -k N_ -k lazy_gettext --no-location --sort-output --project "Good Offices" -o translations/messages.pot .
	@grep -c '^msgid' translations/messages.pot

migration: ready-dev ## Write a migration from the models: make migration m="what changes"
	@test -n "$(m)" || { echo 'say what changes: make migration m="…"'; exit 2; }
	@PORTAL_ENV=demo $(BIN)/flask --app wsgi db upgrade && PORTAL_ENV=demo $(BIN)/flask --app wsgi db migrate "$(m)"

bench: ready-dev ## Measure pages among many matters: make bench ROWS=2000 COMMITMENTS=1000000 ENGINE=postgresql
	@$(BIN)/python -m tools.bench

lock: ready-dev ## Pin the newest versions that fit, with hashes
	@$(BIN)/python -m tools.lock

clean: ## Remove everything that set-up and runs have made
	rm -rf .venv node_modules static/vendor var .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

##@ Set up
ready: ## What `make run` needs
	@python3 tools/set_up.py run
ready-dev: ## What `make check` needs
	@python3 tools/set_up.py dev
ready-tests: ## What `make test` needs
	@python3 tools/set_up.py tests

help: ## This list
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: $(GATES) run test check gates format matrix messages migration bench lock clean ready ready-dev ready-tests help
