# Each target is a few lines; `make help` lists them.
CONFIGURATION ?= Debug
RID ?= linux-x64
export DOTNET_CLI_TELEMETRY_OPTOUT = 1
export DOTNET_NOLOGO = 1

.PHONY: help build demo test unit e2e lint format bench docs publish clean
.DEFAULT_GOAL := help

help: ## Lists the targets
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## Builds everything and leaves artifacts/sallyport
	dotnet build Sallyport.slnx -c $(CONFIGURATION) -v quiet
	@eng/launcher.sh $(CONFIGURATION)

demo: build ## Plays a tour at a gate before a simulated company, then keeps serving
	@artifacts/sallyport demo

test: build publish ## Installs what tests need, builds, runs every test, those from end to end against the published program
	@eng/prerequisites.sh
	@PUBLISHED_PROGRAM=$(CURDIR)/artifacts/publish/sallyport eng/test.sh $(CONFIGURATION) Sallyport.Tests Sallyport.EndToEnd

unit: build ## Runs the fast tests only
	@eng/test.sh $(CONFIGURATION) Sallyport.Tests

e2e: build ## Runs the tests from end to end against what was built
	@eng/prerequisites.sh
	@eng/test.sh $(CONFIGURATION) Sallyport.EndToEnd

bench: publish ## Measures the HTTP edge, the shaper, the audit and the start over stdio
	@PUBLISHED_PROGRAM=$(CURDIR)/artifacts/publish/sallyport dotnet run --project bench/Sallyport.Bench -c Release

lint: ## Checks formatting and analyzers
	dotnet format Sallyport.slnx --verify-no-changes --severity warn
	@eng/lint.sh

format: ## Applies the formatting that lint checks
	dotnet format Sallyport.slnx --severity warn

docs: build ## Writes docs/reference, and the schemas that are kept with the program, anew from what the program says
	@for one in Core Connectors Gateway; do \
	  REFERENCE_SECRET=none artifacts/sallyport tools --schemas Sallyport.$$one --config eng/reference.yaml > artifacts/schemas.txt && \
	  cp artifacts/schemas.txt src/Sallyport.$$one/schemas.txt; done
	@$(MAKE) build
	@artifacts/sallyport config schema > docs/reference/settings.schema.json
	@REFERENCE_SECRET=none artifacts/sallyport tools --reference --config eng/reference.yaml > docs/reference/tools.json
	@artifacts/sallyport audit schema > docs/reference/audit.schema.json
	@$(MAKE) build

# A lock file of its own: the runtime packs of one platform are no business of the others.
publish: ## Makes the self-contained single-file program in artifacts/publish/
	dotnet publish src/Sallyport -c Release -r $(RID) --self-contained -v quiet \
	  -p:PublishTrimmed=true -p:PublishReadyToRun=true -p:PublishSingleFile=true \
	  -p:PublishDocumentationFiles=false -p:PublishReferencesDocumentationFiles=false -p:DebugType=embedded \
	  -p:NuGetLockFilePath=obj/publish.lock.json -o artifacts/publish

clean: ## Removes what builds leave behind
	rm -rf artifacts src/*/bin src/*/obj tests/*/bin tests/*/obj bench/*/bin bench/*/obj
