"""What is on by default was measured to be right, or reads a specification; and figures are those of the verdicts."""

import json
import re
from pathlib import Path

import pytest

from toolsmell.data import precision
from toolsmell.data.precision import ENOUGH, Precision
from toolsmell.rules import BY_ID, RULES, Rule, Scope

ROOT = Path(__file__).parents[2]
LEAST = 0.95
# Of the protocol, of schemas, of text, and of the clients whose limits a rule states.
SPECIFICATIONS = r"Model Context Protocol 20\d\d|JSON Schema|Unicode|RFC \d|SEP-\d|rubrics/clients\.yaml|server\.json"
VERDICTS = [json.loads(line) for line in (ROOT / "benchmarks/precision.verdicts.jsonl").read_text("utf-8").splitlines()]


# Of other files, of changes and of suppressions there is no corpus: such rules state what the file itself says.
ON = [rule for rule in RULES if rule.recommended and rule.scope in (Scope.TOOL, Scope.SERVER, Scope.RUN)]


@pytest.mark.parametrize("rule", ON, ids=lambda rule: rule.id)
def test_a_rule_that_is_on_was_measured_or_reads_a_specification(rule: Rule) -> None:
    measured = precision.of(rule.id).measured
    if measured is not None:
        assert measured >= LEAST
    else:
        references = (rule.module.__doc__ or "").partition("## References")[2]
        assert re.search(SPECIFICATIONS, references), "unmeasured, and it cites no specification"


def test_every_verdict_says_why() -> None:
    assert all(isinstance(entry["right"], bool) and entry["reason"] for entry in VERDICTS)
    assert len({entry["fingerprint"] for entry in VERDICTS}) == len(VERDICTS)
    assert {entry["rule"] for entry in VERDICTS} <= set(BY_ID)
    assert all(entry.keys() == {"fingerprint", "rule", "server", "tool", "right", "reason"} for entry in VERDICTS)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_figure_has_its_verdicts(rule: Rule) -> None:
    figure = precision.of(rule.id)
    own = [entry for entry in VERDICTS if entry["rule"] == rule.id]
    assert figure.read <= len(own)
    assert figure.right <= sum(entry["right"] for entry in own)


def test_words() -> None:
    assert str(Precision(ENOUGH - 1, 3)) == f"unmeasured ({ENOUGH - 1})"
    assert str(Precision(40, 38)) == "right in 38 of 40 findings that were read (0.95)"
    assert precision.of("no-such-rule") == Precision(0, 0)
