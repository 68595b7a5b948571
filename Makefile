# The one entry for developers and CI. Needs Go and make; every other tool is built from tools/go.mod into .bin.
SHELL := bash
.DEFAULT_GOAL := help
GO ?= go
BIN := $(CURDIR)/.bin
export PATH := $(BIN):$(PATH)

# The kill matrix runs every mutant in virtual time: too heavy for the race detector, which sees the same code elsewhere.
SELFTEST := ./conformance/selftest/...
OTHERS = $(filter-out $(shell $(GO) list $(SELFTEST)),$(shell $(GO) list ./...))

ifeq ($(shell $(GO) env CGO_ENABLED),1)
RACE := -race
DETECTOR := race detector
else
DETECTOR := no race detector (it needs a C compiler)
endif

.PHONY: help
help: ## Show what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-16s %s\n", $$1, $$2 }'

.PHONY: build
build: ## Build bin/nacos-tck, one static binary
	CGO_ENABLED=0 $(GO) build -trimpath -o bin/nacos-tck ./cmd/nacos-tck

.PHONY: test
test: $(BIN)/.built ## Run all tests and checks; the last line counts them
	@verify \
		'unit, Ginkgo, fuzz seeds, $(DETECTOR)=$(GO) test -json $(RACE) -timeout 15m $(OTHERS)' \
		'kill matrix, null floor=$(GO) test -json -timeout 15m $(SELFTEST)' \
		'tools=$(GO) -C tools test -json ./...' \
		'vet=$(GO) vet ./...' \
		'lint and format=golangci-lint run ./...' \
		'generated files=make --no-print-directory check-generated'

.PHONY: lint
lint: $(BIN)/.built ## Run the linters and the format check
	golangci-lint run ./...

.PHONY: format
format: $(BIN)/.built ## Format all Go files
	golangci-lint fmt ./...

.PHONY: bench
bench: ## Run all benchmarks
	$(GO) test -run '^$$' -bench . -benchmem ./...

GOLDEN ?= $(CURDIR)/../shared/golden
LINES ?= 1.4,2.0,2.5,3.0
AREAS ?= naming,timing,grpc,config,ops
ONLY ?= *
.PHONY: golden
golden: ## Replay the recordings of real servers in GOLDEN: LINES, AREAS, scenarios that match ONLY (4 minutes)
	$(GO) run -C tools ./golden -recordings '$(GOLDEN)' -lines '$(LINES)' -areas '$(AREAS)' -only '$(ONLY)'

CLIENTS ?=
AUTH ?=
SERVER ?=
.PHONY: clients
clients: ## Play stories with real clients and applications: CLIENTS of those, LINES, AUTH, a SERVER of yours (10 minutes)
	@$(GO) run -C tools ./clients -clients '$(CLIENTS)' -lines '$(LINES)' -auth '$(AUTH)' -server '$(SERVER)'

.PHONY: bench-refserver
bench-refserver: ## Measure the reference server next to bare servers, and to r-nacos when RNACOS names its program
	set -o pipefail; $(GO) test -run '^$$' -bench . -benchtime 5s -timeout 30m ./refserver | $(GO) run -C tools ./benchtable

FUZZTIME ?= 30s
.PHONY: fuzz
fuzz: ## Run every fuzz target for FUZZTIME (30s) each
	@set -e; for package in $$($(GO) list ./...); do \
		for target in $$($(GO) test -list '^Fuzz' $$package | grep '^Fuzz' || true); do \
			$(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) $$package; \
		done; \
	done

# Pages under docs are written by the tests that otherwise compare them.
PAGES = $(sort $(dir $(shell grep -rl --include='*_test.go' 'nacos-tck/internal/golden"' .)))

.PHONY: generate
generate: $(BIN)/.built ## Generate code from wire/*.proto and the pages under docs
	cd wire && buf generate
	NACOS_TCK_UPDATE=1 $(GO) test -count=1 $(PAGES)

.PHONY: check-generated
check-generated: $(BIN)/.built ## Show that the generated code is current
	@fresh=$$(mktemp -d) && trap 'rm -rf "$$fresh"' EXIT && \
		(cd wire && buf generate --output "$$fresh") && \
		diff -r wire/grpcpb "$$fresh/grpcpb" || { echo "wire/grpcpb is not what wire/*.proto gives: run make generate"; exit 1; }

.PHONY: clean
clean: ## Remove what make built
	rm -rf $(BIN) bin

# Linters, code generators and the counter of tests, at the versions of tools/go.mod. Slow once, then only after changes.
$(BIN)/.built: tools/go.mod tools/go.sum $(wildcard tools/verify/*.go)
	@echo "building development tools into .bin (a few minutes, once)"
	@mkdir -p $(BIN)
	@$(GO) build -C tools -buildvcs=false -o $(BIN)/ tool ./verify
	@touch $@
