"""Rules that are on by default have a measured precision or follow a specification, and the figures match the verdicts."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from toolsmell.data import precision
from toolsmell.data.precision import ENOUGH, Precision
from toolsmell.model import Evidence
from toolsmell.rules import BY_ID, RULES, Need, Rule, Scope

ROOT = Path(__file__).parents[2]
LEAST = 0.95
# Specifications of the protocol, of schemas, of text, and of the clients whose limits a rule states.
SPECIFICATIONS = r"Model Context Protocol 20\d\d|JSON Schema|Unicode|RFC \d|SEP-\d|rubrics/clients\.yaml|server\.json"
VERDICTS = [json.loads(line) for line in (ROOT / "benchmarks/precision.verdicts.jsonl").read_text("utf-8").splitlines()]


# There is no corpus of other files, changes, records and suppressions: rules about them state a fact of the file itself.
ON = [
    rule
    for rule in RULES
    if rule.recommended and rule.scope in (Scope.TOOL, Scope.SERVER, Scope.RUN) and rule.needs is not Need.RESTS
]


@pytest.mark.parametrize("rule", ON, ids=lambda rule: rule.id)
def test_a_rule_that_is_on_was_measured_or_reads_a_specification(rule: Rule) -> None:
    measured = precision.of(rule.id).measured
    if measured is not None:
        assert measured >= LEAST
    else:
        references = (rule.module.__doc__ or "").partition("## References")[2]
        cited = re.search(SPECIFICATIONS, references) is not None
        assert cited or rule.evidence is not Evidence.NONE, "it rests on nothing"


def test_every_verdict_says_why() -> None:
    assert all(isinstance(entry["right"], bool) and entry["reason"] for entry in VERDICTS)
    assert len({entry["fingerprint"] for entry in VERDICTS}) == len(VERDICTS)
    assert {entry["rule"] for entry in VERDICTS} <= set(BY_ID)
    keys = {"fingerprint", "rule", "server", "tool", "right", "reason"}
    assert all(entry.keys() - {"useful", "fresh"} == keys for entry in VERDICTS)
    assert all(entry["right"] or not entry.get("useful") for entry in VERDICTS)


def test_the_figures_are_what_the_verdicts_give() -> None:
    command = [sys.executable, "benchmarks/precision.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_words() -> None:
    few = f"3 of {ENOUGH - 1} findings that were read were right, too few to give a share"
    assert str(Precision(ENOUGH - 1, 3)) == few
    assert str(Precision(40, 38)) == "38 of 40 findings that were read were right (0.95)"
    assert str(Precision(40, 38, 30, 24)).endswith("(0.95); 24 of 30 were worth a maintainer's minute")
    assert str(Precision(0, 0)) == "no finding was read yet"
    assert precision.of("no-such-rule") == Precision(0, 0)
