# ClubHoloHub: `make run` and `make test` need nothing typed before them. `make help` lists every verb.
# Everything lands in this folder (.tools, .venv, web/node_modules, data) and the usual caches.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory
unexport VIRTUAL_ENV
# Where this is set, every process compiles every module anew: a hub takes twice as long to start.
unexport PYTHONDONTWRITEBYTECODE
export PATH := $(CURDIR)/.venv/bin:$(CURDIR)/.tools/bin:$(PATH)

STEP := tools/step
HUB := .venv/bin/hub

# LEAN=1 leaves PyTorch (5 GB on Linux) out; the hub then runs without its sequence model and says so.
ifeq ($(LEAN),1)
  SYNCED := .venv/.synced-lean
  SYNC_TITLE := Python packages (without PyTorch)
  SYNC_FLAGS := --no-extra sequence
else
  SYNCED := .venv/.synced-full
  SYNC_TITLE := Python packages (LEAN=1 saves 5 GB)
  SYNC_FLAGS :=
endif

NPM_READY := web/node_modules/.installed
WEB_BUILT := web/dist/index.html
WEB_SOURCES := $(shell find web -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -not -path '*/.*' -not -name '*.md' 2>/dev/null)

.PHONY: help setup run web test check format format-check lint types imports contracts contracts-check web-check \
        web-tools pytest servers test-servers bench env manifests new-domain migration clean

##@ Every day
help: ## This list
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST); echo

setup: $(SYNCED) $(NPM_READY) ## Fetch tools and packages into this folder (run and test do it by themselves)

run: $(SYNCED) $(WEB_BUILT) ## Start the hub with its demo club; Ctrl-C stops everything. LEAN=1 leaves PyTorch out
	@exec $(HUB) up --demo --stop-with-parent $(ARGS)

test: $(SYNCED) $(WEB_BUILT) ## All tests this machine can run (browser journeys where a Chromium is found)
	@tools/test.sh

web: $(WEB_BUILT) ## Build the web app into web/dist

##@ Before a commit
check: format-check lint types imports contracts-check web-check ## Everything CI runs: style, types, laws, contracts, web, all tests
	@SKIP_WEB_TESTS=1 tools/test.sh

format: $(SYNCED) ## Put the code into its one format
	@ruff check --fix --exit-zero --quiet . && ruff format --quiet .
	@npm --prefix web run --silent format

format-check: $(SYNCED)
	@$(STEP) "Format" ruff format --check .

lint: $(SYNCED) ## Ruff
	@$(STEP) "Lint" ruff check .

types: $(SYNCED) ## mypy --strict
	@$(STEP) "Types" mypy

imports: $(SYNCED) ## The laws of docs/architecture.md, by import-linter
	@$(STEP) "Import laws" lint-imports

contracts: $(SYNCED) ## Write docs/contracts (OpenAPI, events), the edge's routes and the web's types anew
	@python -m tools.contracts write
	@python -m tools.edge_routes write
	@npm --prefix web run --silent api

contracts-check: $(SYNCED)
	@$(STEP) "Contracts" python -m tools.contracts check

web-check: $(NPM_READY) $(WEB_BUILT) ## The web app: types, lint, format, tests, size budgets
	@$(STEP) "Web checks" npm --prefix web run check
	@$(STEP) "Web size budgets" npm --prefix web run budget

pytest: $(SYNCED) ## Only Python's tests, without a browser: make pytest ARGS="tests/clubkit -k outbox"
	@.venv/bin/pytest -m "not servers and not e2e" $(ARGS)

##@ Now and then
servers: $(SYNCED) ## Start PostgreSQL, Redis, Kafka, … on this machine to stay: make servers ARGS="down", ARGS="up kafka"
	@python -m tools.servers $(or $(ARGS),up)

test-servers: $(SYNCED) ## Tests on the real servers, started for the run: make test-servers ARGS="-k relay"
	@tools/test_servers.sh $(ARGS)

bench: $(SYNCED) ## One measurement: make bench B=feed (without B: the list)
	@if [ -z "$(B)" ]; then ls bench/*.py | sed -n 's|bench/\([a-z].*\)\.py|  make bench B=\1|p'; \
	 else OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 python -m bench.$(B) $(ARGS); fi

env: ## .env with fresh secrets for docker compose; one that is there stays
	@python3 -m tools.make_env

manifests: $(SYNCED) ## What is wrong with k8s/: nothing, one hopes
	@$(STEP) "Manifests" python -m tools.manifests

new-domain: $(SYNCED) ## Scaffold a domain: make new-domain S=social_service D=polls
	@python -m tools.new_domain "$(S)" "$(D)"

migration: $(SYNCED) ## A new migration: make migration S=social_service M="add polls"
	@$(HUB) migrate --service "$(S)" --new "$(M)"

clean: ## Remove what was built or fetched here; the hub's data stays
	rm -rf .venv .tools web/node_modules web/dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# What the verbs stand on. A stamp lies in the folder it speaks of, so it goes when the folder goes.
.tools/bin/uv:
	@$(STEP) "uv, the package tool" tools/bootstrap.sh uv

$(SYNCED): pyproject.toml uv.lock | .tools/bin/uv
	@rm -f .venv/.synced-*
	@$(STEP) "$(SYNC_TITLE)" .tools/bin/uv sync --quiet --frozen --all-extras $(SYNC_FLAGS)
	@touch $@

web-tools: | .tools/bin/uv
	@tools/bootstrap.sh node-is-here || $(STEP) "Node, for the web app" tools/bootstrap.sh node

$(NPM_READY): web/package.json web/package-lock.json | web-tools
	@$(STEP) "Web packages" npm --prefix web ci --no-audit --no-fund --loglevel=error
	@touch $@

$(WEB_BUILT): $(WEB_SOURCES) $(NPM_READY)
	@$(STEP) "Web app" tools/build_web.sh
	@touch $@
