# The two a newcomer needs are run and test.
export CGO_ENABLED = 0
ADDR    ?= localhost:8080
ARCHIVE ?= archive
REVISION = $(shell git rev-parse --short=12 HEAD 2>/dev/null)
BUILD   = go build -trimpath -buildvcs=false -ldflags='-s -w -buildid= -X main.revision=$(REVISION)'
PACKAGES = ./...
# Where programs are put that only tests use.
export VANKHO_TOOLS ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/vankho-tools

.PHONY: run test check update fuzz bench bench-search build audit browser
run: build ## import the seeds and serve them
	@./vankho import -archive $(ARCHIVE) seeds
	@./vankho serve -archive $(ARCHIVE) -addr $(ADDR)

test: browser ## everything that proves it
	go vet $(PACKAGES)
	go test -shuffle=on $(PACKAGES)

check: test ## test, and formatting, lint and data races
	@test -z "$$(gofmt -l cmd internal web)" || { gofmt -l cmd internal web; exit 1; }
	go tool staticcheck $(PACKAGES)
	CGO_ENABLED=1 go test -race -short $(PACKAGES)

update: ## rewrite the golden files; review the difference
	go test $$(grep -rl --include='*_test.go' -e 'testkit.Golden' -e '"update"' internal | xargs -n1 dirname | sort -u | sed 's|^|./|') -update

fuzz: ## every fuzz target for FUZZTIME
	@for pkg in $$(go list ./internal/...); do \
	  for target in $$(go test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
	    echo "$$pkg $$target"; go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(or $(FUZZTIME),20s) -fuzzminimizetime 100x $$pkg || exit 1; \
	  done; done

bench: ## what the README prints
	go test -run '^$$' -bench . -benchtime $(or $(BENCHTIME),1s) -timeout 60m $(or $(BENCH),$(PACKAGES))

bench-search: ## search against stock Bleve and SQLite FTS5, on ARTICLES generated ones
	VANKHO_COMPARE=$(or $(ARTICLES),10000) go test -v -count 1 -timeout 120m -run '^TestCompare$$' ./internal/search

build: ## the binary, the same bytes from the same source
	@$(BUILD) -o vankho ./cmd/vankho

audit: browser ## axe on every page, W3C checker, stylelint, Lighthouse: some ten minutes, needs node and java
	@npm install --silent --no-fund --no-audit --ignore-scripts --prefix $(VANKHO_TOOLS) axe-core@4.14.1 vnu-jar@26.9.27 stylelint@17.16.0 stylelint-config-recommended@18.0.0 lighthouse@12.8.2
	VANKHO_AUDIT=1 go test -count=1 -timeout 40m -v -run 'TestAudit|TestBrowser$$' ./cmd/vankho

# The browser tests need a Chromium, which root installs, and look for more
# with axe-core. Who can have neither is told.
browser:
	@test -e $(VANKHO_TOOLS)/node_modules/axe-core/axe.min.js || { command -v npm >/dev/null && \
	  npm install --silent --no-fund --no-audit --ignore-scripts --prefix $(VANKHO_TOOLS) axe-core@4.14.1; } || \
	  echo "no axe-core here: the browser tests look for less"
	@for b in chromium-headless-shell chromium google-chrome; do command -v $$b >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  for try in 1 2; do apt-get update -qq && apt-get install -y -qq chromium-headless-shell >/dev/null && exit 0; done; \
	fi; echo "no Chromium here: the browser tests will be skipped"
