# make demo   sets everything up and builds the example plan as Word and PDF into demo/
# make test   sets everything up and runs every check and test
PY := .venv/bin/python

.PHONY: help demo test test-all check-documents lint setup setup-dev reference docs clean

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

setup:
	@sh scripts/setup.sh

setup-dev:
	@sh scripts/setup.sh dev

demo: setup
	.venv/bin/tmp demo demo

lint: setup-dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache

test: setup-dev lint
	$(PY) -m pytest -n 2 --dist loadfile -m "not slow" --cov --cov-report=term:skip-covered

test-all: setup-dev lint
	$(PY) -m pytest -n 2 --dist loadfile --cov --cov-report=term:skip-covered

# make reference   makes templates/reference.docx anew from its source
reference: setup-dev
	$(PY) scripts/make_reference.py

# make check-documents   builds every example in every language and layout and runs the validators that are installed over the files
check-documents: setup-dev
	$(PY) scripts/check_documents.py

# make docs   writes the generated pages of docs/ anew
docs: setup-dev
	$(PY) scripts/make_docs.py

# make bench  measures the speed against other programs, in under ten minutes, and writes docs/performance.md anew
bench: setup-dev
	$(PY) -m benchmarks

bench-full: setup-dev
	$(PY) -m benchmarks --full

# make clean   removes what make made
clean:
	rm -rf .venv demo dist build .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis
