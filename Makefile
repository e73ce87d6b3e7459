GO ?= go
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2

# Optional parts of the runtime, each a module with dependencies of its own.
MODULES = wxpay/redis wxpay/otel wxpay/gm

.PHONY: help demo generate check test test-modules tidy-modules lint bench bench-generation bench-compilation bench-runtime \
	bench-openssl stress ci
.DEFAULT_GOAL := help

help:
	@echo 'make demo      generate the packages, then make calls against a WeChat Pay that runs in the process'
	@echo 'make test      run all tests'
	@echo
	@echo 'make generate  write the Go packages of specs/ into generated/, and docs/coverage.md'
	@echo 'make check     tell whether generated/ is what specs/ say'
	@echo 'make lint      go vet, staticcheck, gofmt, and wxgen lint for the specs'
	@echo 'make stress    put the generator under the load of the whole catalogue, if it lies beside the checkout'
	@echo 'make bench     run the benchmarks of this module; see bench/README.md for comparisons'
	@echo 'make ci        all that must pass before a change goes in: test, stress, check, lint'

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
	$(GO) run ./cmd/wxgen docs coverage >docs/coverage.md

check:
	$(GO) run ./cmd/wxgen check

test: test-modules
	$(GO) test ./...

# Without redis-server the tests of wxpay/redis that need one say so and are skipped; without libcrypto those of
# wxpay/openssl.
test-modules:
	@for m in $(MODULES); do (cd $$m && $(GO) vet ./... && $(GO) test ./...) || exit 1; done
	@cd wxpay/openssl && if pkg-config --exists libcrypto 2>/dev/null; then $(GO) vet ./... && $(GO) test ./...; \
	else echo 'libcrypto is missing (Debian: libssl-dev and pkg-config): the tests that sign with it are skipped'; \
	$(GO) test -tags nolibcrypto ./...; fi

tidy-modules:
	@for m in $(MODULES) wxpay/openssl bench; do (cd $$m && $(GO) mod tidy) || exit 1; done

# gofmt stands beside go, but not always on the PATH.
lint:
	$(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...
	@unformatted=$$("$$($(GO) env GOROOT)/bin/gofmt" -l .) && test -z "$$unformatted" || \
		{ echo "gofmt would change: $$unformatted"; exit 1; }
	$(GO) run ./cmd/wxgen lint

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...

bench-generation:
	cd bench && $(GO) run ./cmd/generation

bench-compilation:
	cd bench && $(GO) run ./cmd/compilation

bench-runtime:
	cd bench && $(GO) run ./cmd/runtime

bench-openssl:
	cd wxpay/openssl && $(GO) test -run '^$$' -bench . -benchmem

stress:
	cd bench && $(GO) vet ./... && $(GO) test ./...

ci: test stress check lint
