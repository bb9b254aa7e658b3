# Each target is one plain command, so that it can be copied into a shell.
.PHONY: test race lint fmt demo bench score jsyaml golden screenshots soak

CORPUS ?= ../shared/corpus
URLS ?= ../shared/urls

test:
	go test -timeout 30m ./...

race:
	go test -race -timeout 60m ./...

lint:
	golangci-lint run ./...

fmt:
	golangci-lint fmt ./...

demo:
	go run ./cmd/ingest demo

bench:
	go test -run '^$$' -bench . -benchmem ./...

# Link cleaner and metadata reader on real links and pages (needs Python 3).
score:
	go run ./cmd/score -corpus $(CORPUS) -urls $(URLS)

# 5,000 random documents against js-yaml itself (needs Node).
jsyaml:
	./output/testdata/jsyaml/compare.sh

# Write the golden files anew; read the diff like code.
golden:
	go test ./cmd/ingest ./cmd/ingest/internal/monitor/metrics ./enrich/body ./enrich/page ./enrich/urlclean \
		./output ./output/archetype ./pipeline/feedback -update

# Pictures of every page, light, dark and on a phone (needs Chromium).
screenshots:
	INGEST_SCREENSHOTS=$(CURDIR)/docs/screenshots go test ./cmd/ingest -count=1 -run TestBrowserOfTheService

# The service under steady work; fails when memory, goroutines or open files grow.
SOAK ?= 30m
soak:
	go test ./cmd/ingest -run '^TestSoak$$' -v -timeout 0 -soak $(SOAK)
