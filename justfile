# Shortcuts for contributors; `just` lists them. Everything works without just, too (CONTRIBUTING.md).

default:
    @just --list

# Create .venv and install toolsmell with what the tests need
setup:
    python3 -m venv .venv
    .venv/bin/pip install -q -e '.[test]'

# Run tests: `just test`, `just test tests/rules -k undescribed`
test *ARGS='-n 2':
    .venv/bin/python -m pytest -q {{ARGS}}

# Check style, types, English and generated pages
lint:
    .ci/run lint types docs

# Write the generated pages anew
docs:
    .venv/bin/python docs/generate.py

# Write the stubs of a new rule
rule FAMILY ID:
    .venv/bin/python -m toolsmell.rules.new {{FAMILY}} {{ID}}

# Everything that a pull request must pass
ci:
    .ci/run
