# The whole project through a few commands; `make help` lists them.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
EXAMPLE := iith-ai5100-2023-a3

# Hundreds of commands run in the tests: each would compile the engine anew where Python is told to keep nothing.
unexport PYTHONDONTWRITEBYTECODE
# The two dearest records, experiments.sweeps and epochs.record, are left to `make audit`.
AUDIT := $(BIN)/grader audit --seeds 1 --mutants 6 --saboteurs 8 --saboteur-seconds 2

FORMATTED := grader reference benchmarks .ci tests/engine tests/course

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint types format one question coverage pythons mutants stubs bench bench-cnn bench-peers
.PHONY: house scoreboard bench-cluster bench-desk notebooks pictures clean audit

help:
	@echo "make setup        a .venv with everything in it"
	@echo "make demo         grade the sample class of examples/ into build/demo"
	@echo "make test         everything that CI runs"
	@echo "make lint         ruff, mypy and the order of imports; make types: mypy alone"
	@echo "make format       write Python files as ruff formats them"
	@echo "make one          a test module or test: TEST=tests/engine/test_marks.py"
	@echo "make question     one question checked and audited: ASSIGNMENT=ID QUESTION=ID"
	@echo "make coverage     which lines of the engine its tests run; TEST=... for a part of them"
	@echo "make pythons      the tests without PyTorch on Python 3.12 and 3.13, where they are installed"
	@echo "make mutants      small mistakes in the engine that no test notices; OPTIONS='--number 20'"
	@echo "make house        sizes, duplicates, cycles of the source, beside other packages"
	@echo "make audit        prove all checks by all mutants and saboteurs, at three seeds"
	@echo "make stubs        write student/ anew from reference/"
	@echo "make bench        measure what grading costs"
	@echo "make scoreboard   trials of CORPUS=DIR judged wrongly, minutes of CI, what one more submission costs"
	@echo "make bench-cluster  dask workers beside one machine, and the same while 20 of them are killed"
	@echo "make bench-desk   from a kit to a student's first answer: commands, seconds, megabytes"
	@echo "make bench-cnn    train the reference's CNN beside the same in PyTorch"
	@echo "make notebooks    run solutions/notebooks, which write the reference's logs and most pictures too"
	@echo "make pictures     draw the pictures of README.md and docs/gallery.md anew"
	@echo "make bench-peers  the same beside other graders, each installed into build/peers"

setup: $(READY)

# Says nothing and does nothing while pyproject.toml and constraints.txt are older than the last set-up.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "gradproof needs Python 3.11 or later, $(PYTHON) is $$($(PYTHON) --version 2>&1); try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Setting up .venv …"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: setup
	@$(BIN)/grader batch examples/class --course . --assignment $(EXAMPLE) --out build/demo

test: setup
	@rm -f build/ci-begun.json
	@$(call title,Style: ruff check and format)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check $(FORMATTED)
	@$(call title,Types: mypy --strict)
	@$(BIN)/mypy
	@$(call title,Arrows between rooms: lint-imports)
	@PYTHONPATH=. $(BIN)/lint-imports --no-logo
	@$(call title,Engine and course: pytest tests/engine tests/course)
	@$(BIN)/pytest -q -n 3 --dist loadfile tests/engine tests/course
	@$(call title,Rubrics and suites and stubs and reference fit together: grader check)
	@$(BIN)/grader check
	@$(call title,The checks are right: grader audit)
	@$(AUDIT) cs6910-2020-pa2 iith-ai5100-2023-a3 rrc-2021-a2
	@$(AUDIT) convnets-2020-hw2 --question '[!e]*'
	@$(AUDIT) iith-ai5100-2022-hw4 --question '[!e]*'
	@$(AUDIT) iith-ai5100-2022-hw4 --question 'emb*'
	@$(call title,Blind trials are judged rightly: a sample of tests/trials)
	@$(BIN)/python benchmarks/scoreboard.py --corpus tests/trials --sample 14 --seed 1 --strict
	@$(call title,Stubs are up to date: grader stubs --check)
	@$(BIN)/grader stubs --check
	@$(call title,Notebooks run shortened: solutions/notebooks/make.py --quick)
	@$(BIN)/python solutions/notebooks/make.py --quick
	@$(call title,A solved student folder passes: pytest tests/public --submission reference)
	@$(BIN)/pytest -q tests/public --submission reference
	@$(call title,--end)

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check $(FORMATTED)
	@$(BIN)/mypy
	@PYTHONPATH=. $(BIN)/lint-imports --no-logo

types: setup
	@$(BIN)/mypy

format: setup
	@$(BIN)/ruff format $(FORMATTED)

one: setup
	@test -n "$(TEST)" || { echo "which one? make one TEST=tests/engine/test_marks.py"; exit 2; }
	@$(BIN)/pytest -q $(TEST)

question: setup
	@test -n "$(ASSIGNMENT)" -a -n "$(QUESTION)" || { echo "make question ASSIGNMENT=ID QUESTION=ID"; exit 2; }
	@$(BIN)/grader check $(ASSIGNMENT)
	@$(BIN)/pytest -q tests/public --submission reference --question "$(QUESTION)"
	@$(BIN)/grader audit $(ASSIGNMENT) --question "$(QUESTION)"

coverage: setup
	@mkdir -p build/coverage
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest -q $(or $(TEST),tests/engine)
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report

pythons: setup
	@$(BIN)/python .ci/pythons.py $(OPTIONS)

mutants: setup
	@$(BIN)/python benchmarks/mutants.py $(OPTIONS)

# All mutants and saboteurs, and right work at three seeds.
audit: setup
	@$(BIN)/grader audit

stubs: setup
	@$(BIN)/grader stubs

bench: setup
	@$(BIN)/python benchmarks/cost.py
	@$(BIN)/python benchmarks/added.py
	@$(BIN)/python benchmarks/bare

scoreboard: setup
	@$(BIN)/python benchmarks/scoreboard.py $(if $(CORPUS),--corpus "$(CORPUS)") $(OPTIONS)

house: setup
	@$(BIN)/python benchmarks/house.py $(OPTIONS)

bench-desk: setup
	@$(BIN)/python benchmarks/first_answer.py

bench-cluster: setup
	@$(BIN)/python benchmarks/cluster.py --kills 20 $(OPTIONS)

bench-cnn: setup
	@$(BIN)/python benchmarks/cnn_beside_torch.py

bench-peers: setup
	@$(BIN)/python benchmarks/peers

# Each assignment worked whole. Beside the notebooks this writes the logs that the references hand in, reference/*.jsonl,
# and docs/pictures/.
notebooks: setup
	@$(BIN)/python solutions/notebooks/make.py

# What README.md and docs/gallery.md show: the class as it is graded now, and what the notebooks draw.
pictures: demo notebooks
	@$(BIN)/python docs/picture.py

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

title = $(BIN)/python .ci/step.py "$(1)"
