# The front door. `make` lists what there is.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

JOBS := $(shell nproc)
PYTEST := .venv-test/bin/python -m pytest
RUFF := .venv-test/bin/python -m ruff

# $(call timed,NAME,PARTS,TARGETS): the set-up with PARTS, the targets in order, how long it took.
timed = @tools/setup.sh $(2); \
        for target in $(3); do $(MAKE) SETUP_DONE=1 "$$target"; done; \
        echo "$(1) took $$SECONDS s"

# $(call ninja,FOLDER,TARGETS)
ninja = ninja -C build/$(1) -j $(JOBS) $(2)

test_targets := test-unit test-e2e test-engines test-dashboard test-airflow

.PHONY: help run build docs test test-unit test-e2e test-engines test-long bench realism dashboard test-dashboard airflow test-airflow check clean

help: ## this list
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | \
	  while IFS=$$'\t' read -r name what; do printf '  make %-12s %s\n' "$$name" "$$what"; done

run: ## installs what is missing, builds, simulates a chain and shows its KPIs
	$(call timed,make run,,build run-quickstart)

build: setup build/release/build.ninja ## bin/retailsim
	@$(call ninja,release,retailsim)
	@mkdir -p bin && ln -sfn ../build/release/retailsim bin/retailsim

docs: parts := test
docs: build ## writes what the program tells of itself: dictionary, OpenAPI, SQL, commands
	@.venv-test/bin/python tools/derive_docs.py

test: ## installs what is missing, builds and runs every test
	$(call timed,make test,test engines airflow airflow-mwaa dashboard-test,$(test_targets))

test-unit: setup build/release/build.ninja ## the C++ unit tests alone
	@$(call ninja,release,retailsim_tests)
	@build/release/retailsim_tests --gtest_brief=1

test-e2e: parts := test
test-e2e: build ## whole pipelines alone, judged from outside with DuckDB
	@$(PYTEST)

test-engines: parts := test engines
test-engines: build package ## the Python package, Redshift's SQL, PostgreSQL, Spark on the tables of a lake
	@.venv-engines/bin/python -m pytest -m 'engines and not long' tests/engines

test-long: ## test, long tests, and the same bytes from other compilers
	$(call timed,make test-long,test engines airflow airflow-mwaa dashboard-test check long,$(test_targets) check-long check-compilers)

bench: parts := bench engines dashboard-test
bench: build ## CPU seconds beside the usual Python pipeline and beside DuckDB; the dashboard
	@$(call ninja,release,json_to_parquet simulate_cells)
	@build/release/simulate_cells scenarios --behaviours
	@.venv-bench/bin/python bench/run.py
	@$(MAKE) SETUP_DONE=1 package && .venv-engines/bin/python bench/python_package.py
	@.venv-dashboard-test/bin/python bench/dashboard.py

realism: parts := realism
realism: build ## how real simulated sales look: five years beside a real-shaped one, docs/realism.md
	@.venv-realism/bin/python tools/realism/run.py --at-least 93

dashboard: parts := dashboard
dashboard: build ## the dashboard of lake/ (or LAKE=URI) on loopback, until Ctrl-C
	@bin/retailsim dashboard --lake "$(or $(LAKE),lake)"

test-dashboard: parts := test dashboard-test
test-dashboard: build ## the dashboard's numbers against `retailsim report`, and in a real browser
	@.venv-dashboard-test/bin/python -m pytest -m dashboard tests/dashboard

airflow: parts := airflow
airflow: build ## Airflow on loopback with the DAGs of airflow/, until Ctrl-C
	@tools/airflow.sh

# The end-to-end days run in one version; both load the DAGs and run the helper.
test-airflow: parts := test airflow airflow-mwaa
test-airflow: build ## the DAGs in two versions of Airflow, and whole days in a running one
	@.venv-airflow/bin/python -m pytest -m airflow tests/airflow
	@.venv-airflow-mwaa/bin/python -m pytest -m airflow tests/airflow/test_dags_load.py \
	  tests/airflow/test_running_the_program.py tests/airflow/test_settings_of_a_run.py

check: ## formats, layers, the second compiler with sanitizers, same bytes of both, clang-tidy
	$(call timed,make check,test engines check,check-files check-clang check-tidy)

clean: ## removes build/ and bin/; data_api/, lake/ and truth/ are yours and stay
	rm -rf build bin

# --- steps of the above -----------------------------------------------------------------------
.PHONY: setup package run-quickstart check-files check-clang check-tidy check-long check-compilers

setup:
ifndef SETUP_DONE
	@tools/setup.sh $(parts)
endif

# The package from the same objects as the program, where ccache has kept them: it wants the
# compiler by the same name.
package: build
	@CXX=c++ .venv-engines/bin/pip install --quiet --disable-pip-version-check --no-build-isolation \
	  --no-deps -C cmake.define.RETAILSIM_PYTHON=$(CURDIR)/.venv/bin/python \
	  -C cmake.define.CMAKE_COMPILE_WARNING_AS_ERROR=ON $(addprefix -C cmake.define.,$(launcher)) .

run-quickstart:
	@bin/retailsim run scenarios/quickstart.toml --data data_api --lake lake

check-files:
	@$(RUFF) check --quiet . && $(RUFF) format --quiet --check .
	@git ls-files -co --exclude-standard '*.cpp' '*.h' | xargs clang-format-16 --dry-run --Werror
	@.venv-test/bin/python tools/check_layers.py
	@.venv-test/bin/python tools/check_repo.py

# g++ is held to no warning by `make build` already.
check-clang: build build/clang/build.ninja
	@$(call ninja,clang,retailsim retailsim_tests json_to_parquet)
	@build/clang/retailsim_tests --gtest_brief=1
	@$(PYTEST) -m compilers -k clang

check-tidy: build/clang/build.ninja package
	@.venv-test/bin/python tools/tidy.py build/clang --jobs $(JOBS)
	@.venv-test/bin/python tools/tidy.py build/python-cpython-311 --below src/python --jobs $(JOBS)

check-long: build
	@$(PYTEST) -m long
	@.venv-engines/bin/python -m pytest -m 'engines and long' tests/engines
	@.venv-airflow-mwaa/bin/python -m pytest -m airflow tests/airflow/test_a_day_in_airflow.py

check-compilers: build build/o0/build.ninja build/clang/build.ninja
	@$(call ninja,clang,retailsim)
	@$(call ninja,o0,retailsim)
	@$(PYTEST) -m compilers

# --- build folders, one a compiler or purpose -------------------------------------------------
# Compiled files are kept in build/ccache: two builds with the same flags cost one.
export CCACHE_DIR := $(CURDIR)/build/ccache
export CCACHE_NOHASHDIR := 1
export CCACHE_BASEDIR := $(CURDIR)
launcher = $(if $(shell command -v ccache),CMAKE_CXX_COMPILER_LAUNCHER=ccache)

# Debug flags are given in full so that CMake's own -g does not double the size of the build.
flags_release = -DCMAKE_BUILD_TYPE=Release -DRETAILSIM_BENCH=ON $(addprefix -D,$(launcher))
# One build is both the second compiler and the sanitizers': clang has no false warnings there.
flags_clang := -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_COMPILER=clang++-16 \
               -DCMAKE_CXX_FLAGS_DEBUG="-O1 -gline-tables-only -D_GLIBCXX_ASSERTIONS" \
               -DRETAILSIM_SANITIZE=ON -DRETAILSIM_BENCH=ON -DRETAILSIM_UNITY=ON
flags_o0 := -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O0 -DRETAILSIM_TESTS=OFF

build/%/build.ninja: Makefile requirements.txt | setup
	@mkdir -p build && echo "cmake configures build/$*"
	@cmake -S . -B build/$* -G Ninja -DCMAKE_COMPILE_WARNING_AS_ERROR=ON $(flags_$*) \
	  >build/$*-configure.log 2>&1 || { cat build/$*-configure.log; exit 1; }
