# The tests need Go and nothing else. "make check" needs golangci-lint v2.15.0.

GO   ?= go
LINT ?= golangci-lint
TAGS ?= nodemo,urfave_cli_no_docs,nethttpomithttp2

.DEFAULT_GOAL := check
.PHONY: build check fmt vet lint test race integration bench cover docs snapshot clean

build: ## the program, as it is released
	CGO_ENABLED=0 $(GO) build -tags $(TAGS) -trimpath -ldflags='-s -w' -o semadoctor ./cmd/semadoctor

check: fmt vet lint test ## all that a commit must pass; under a minute

fmt:
	@out=$$(gofmt -l .); test -z "$$out" || { echo "not formatted (gofmt -w):"; echo "$$out"; exit 1; }

vet:
	GOOS=linux   $(GO) vet ./...
	GOOS=darwin  $(GO) vet ./...
	GOOS=windows $(GO) vet ./...
	$(GO) vet -tags integration ./...
	$(GO) vet -tags $(TAGS) ./...

lint:
	$(LINT) run

test:
	$(GO) test ./...

race:
	$(GO) test -race ./...

integration: ## against real programs, as far as they are installed
	$(GO) test -tags integration ./...

bench: ## ratios to what semadoctor must not be slower than; on an idle machine
	$(GO) run ./bench

cover: ## which lines no test reaches
	@mkdir -p build
	$(GO) test -coverpkg=./... -coverprofile=build/cover.out ./...
	$(GO) tool cover -func=build/cover.out | tail -n 1
	$(GO) tool cover -html=build/cover.out -o build/cover.html

docs: ## the pages of docs/problems, from the problems and their cases
	$(GO) test ./cmd/semadoctor -run TestCatalogue -update

snapshot: ## all archives and packages in dist/; needs goreleaser v2.16.0
	goreleaser release --snapshot --clean --skip=publish

clean:
	rm -rf build dist semadoctor
