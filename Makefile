GO ?= go
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2

.PHONY: help demo generate check test lint bench ci
.DEFAULT_GOAL := help

help:
	@echo 'make demo      generate the packages, then make calls against a WeChat Pay that runs in the process'
	@echo 'make test      run all tests'
	@echo
	@echo 'make generate  write the Go packages of specs/ into generated/'
	@echo 'make check     tell whether generated/ is what specs/ say'
	@echo 'make lint      go vet, staticcheck, gofmt, and wxgen lint for the specs'
	@echo 'make bench     run the benchmarks'
	@echo 'make ci        all that must pass before a change goes in: test, check, lint'

demo:
	@echo '######## 1. wxgen generate: specs/*.yaml become Go packages in generated/'
	@echo
	$(GO) run ./cmd/wxgen generate
	@echo
	@echo '######## 2. examples/quickstart: starts a sandbox, which is WeChat Pay in the process, and calls it'
	@echo '########    through the generated packages. Every request and every answer is signed and verified.'
	@echo
	$(GO) run ./examples/quickstart

generate:
	$(GO) run ./cmd/wxgen generate

check:
	$(GO) run ./cmd/wxgen check

test:
	$(GO) test ./...

# gofmt stands beside go, but not always on the PATH.
lint:
	$(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...
	@unformatted=$$("$$($(GO) env GOROOT)/bin/gofmt" -l .) && test -z "$$unformatted" || \
		{ echo "gofmt would change: $$unformatted"; exit 1; }
	$(GO) run ./cmd/wxgen lint

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...

ci: test check lint
