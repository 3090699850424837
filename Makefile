# Every command a newcomer needs. `make help` lists them.
.DEFAULT_GOAL := help
SHELL := bash

.PHONY: help up down run cli test bench image kubeconfig kubectl registry format clean

help: ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

up: ## find or start a cluster, build and install everything, print the link of the example
	@tools/up

down: ## end what `make up` started; installed packages and the tool cache stay
	@deploy/cluster/cluster down

run: ## the viewer on this machine, no cluster; ARGS="--stage FILE --port 8080 ..."
	@tools/run $(ARGS)

cli: ## build the command `vitrine` and print its path
	@tools/cli

test: ## every test there is, on a fresh machine too
	@tools/test

bench: ## print the table of figures and write e2e/target/bench.json; ONLY=name runs some
	@tools/bench $(ONLY)

image: ## build the images and push them to the cluster's registry
	@tools/image/build --push "$$(deploy/cluster/cluster registry)"

kubeconfig: ## print the path of the cluster's kubeconfig
	@deploy/cluster/cluster kubeconfig

kubectl: ## print the path of a kubectl that fits the cluster
	@deploy/cluster/cluster kubectl

registry: ## print host:port of the registry that the cluster pulls from
	@deploy/cluster/cluster registry

format: ## format the Java code
	@JAVA_HOME=$$(tools/jdk) mvn -q spotless:apply

clean: ## remove what was built, in this folder only
	@JAVA_HOME=$$(tools/jdk) mvn -q clean
