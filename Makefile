# Each target is a few lines; `make help` lists them.
CONFIGURATION ?= Debug
RID ?= linux-x64
export DOTNET_CLI_TELEMETRY_OPTOUT = 1
export DOTNET_NOLOGO = 1

.PHONY: help build demo test unit e2e lint format bench publish clean
.DEFAULT_GOAL := help

help: ## Lists the targets
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## Builds everything and leaves artifacts/sallyport
	dotnet build Sallyport.slnx -c $(CONFIGURATION) -v quiet
	@eng/launcher.sh $(CONFIGURATION)

test: build ## Installs what tests need, builds, runs every test
	@eng/prerequisites.sh
	@eng/test.sh $(CONFIGURATION) Sallyport.Tests Sallyport.EndToEnd

unit: build ## Runs the fast tests only
	@eng/test.sh $(CONFIGURATION) Sallyport.Tests

lint: ## Checks formatting and analyzers
	dotnet format Sallyport.slnx --verify-no-changes --severity warn
	@eng/lint.sh

format: ## Applies the formatting that lint checks
	dotnet format Sallyport.slnx --severity warn

clean: ## Removes what builds leave behind
	rm -rf artifacts src/*/bin src/*/obj tests/*/bin tests/*/obj bench/*/bin bench/*/obj
