"""The `words` of a row are a cheap look before its rule runs: they must never hide a text that the rule would find.

For each rule, a text is generated from each alternative of its patterns and literals. If the rule finds something in
the text when nothing filters, it must find it behind the filter too.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.rules.test_rules import manifest_of, neighbours_of
from tests.subjects import OF_LISTS
from toolsmell.model import Manifest, Provenance, Tool
from toolsmell.reading.context import ServerContext
from toolsmell.rules import RULES, Rule
from toolsmell.rules.engine import RuleSet, check_server

parser = re._parser  # type: ignore[attr-defined]  # the standard library's own reading of patterns
FIXTURES = Path(__file__).parents[2] / "fixtures/rules"
FILTERED = [rule for rule in RULES if rule.words]
MOST = 4_000
"""Texts of one pattern."""


def texts(source: str) -> Iterator[str]:
    """Yield a text for each alternative of a pattern: nested alternatives are combined, up to `MOST` of them."""
    made = _sequence(parser.parse(source))
    yield from made[:MOST]


def _sequence(parsed: Any) -> list[str]:
    found = [""]
    for kind, argument in parsed:
        choices = _choices(str(kind), argument)
        found = [before + after for before in found for after in choices][:MOST]
    return found


def _choices(kind: str, argument: Any) -> list[str]:
    match kind:
        case "LITERAL":
            return [chr(argument)]
        case "NOT_LITERAL" | "ANY":
            return ["x"]
        case "BRANCH":
            return [text for branch in argument[1] for text in _sequence(branch)]
        case "SUBPATTERN":
            return _sequence(argument[-1])
        case "MAX_REPEAT" | "MIN_REPEAT":
            low, _, inside = argument
            once = _sequence(inside)
            return (["", *once] if low == 0 else [text * low for text in once])[:60]
        case "IN":
            return [_member(argument)]
    return [""]


def _member(options: Any) -> str:
    if str(options[0][0]) == "NEGATE":
        return "x"
    for kind, argument in options:
        match str(kind):
            case "LITERAL":
                return chr(argument)
            case "RANGE":
                return chr(argument[0])
            case "CATEGORY":
                return {"CATEGORY_DIGIT": "5", "CATEGORY_SPACE": " "}.get(str(argument), "a")
    return "x"


def _sources(rule: Rule) -> Iterator[str]:
    """Yield the patterns of a rule's module, wherever its constants have them, imported ones too."""
    for name, value in vars(rule.module).items():
        if name.isupper() and isinstance(value, str | tuple):
            yield from (text for text in _strings(value) if len(text) > 2)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for inside in value:
            yield from _strings(inside)


def _manifest(text: str) -> Manifest:
    parameters = {"form": {"type": "string", "description": text}, "size": {"type": "integer", "description": text}}
    tool = {
        "name": "fold_sheet",
        "description": f"Folds a sheet. {text}",
        "inputSchema": {"type": "object", "properties": parameters, "required": ["form"]},
    }
    return Manifest("press", "press", Provenance.WIRE, (Tool(0, tool),))


def _hits(manifest: Manifest, rule: Rule, **more: Any) -> int:
    found = check_server(ServerContext(manifest), RuleSet((rule,), **more))
    return len(found.server) + sum(map(len, found.tools.values()))


@pytest.mark.parametrize("rule", FILTERED, ids=lambda rule: rule.id)
def test_every_alternative_of_every_pattern_passes_the_filter(rule: Rule) -> None:
    bare = rule._replace(words=frozenset())
    for source in _sources(rule):
        try:
            generated = set(texts(source))
        except re.error:
            continue  # a message or a word list, not a pattern
        for text in generated:
            manifest = _manifest(text)
            assert _hits(manifest, rule) == _hits(manifest, bare), text


@pytest.mark.parametrize("rule", FILTERED, ids=lambda rule: rule.id)
def test_every_fixture_passes_the_filter(rule: Rule) -> None:
    if rule.scope not in OF_LISTS:
        return
    bare = rule._replace(words=frozenset())
    cases = YAML(typ="safe").load((FIXTURES / f"{rule.id}.yaml").read_text(encoding="utf-8"))
    for case in (case for name, case in cases.items() if name != "rule" and not name.startswith("todo_")):
        options = {rule.id: case["options"]} if "options" in case else {}
        neighbours = neighbours_of(case)
        with_filter, without = (
            check_server(ServerContext(manifest_of(case)), RuleSet((one,), options=options), neighbours)
            for one in (rule, bare)
        )
        assert with_filter == without


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\b(?:call|use) this\b", {"call this", "use this"}),
        (r"best[- ]in(?:-class)?", {"best-in", "best-in-class"}),
        (r"a{2}(?!b)", {"aa"}),
    ],
)
def test_texts_of_a_pattern(source: str, expected: set[str]) -> None:
    assert set(texts(source)) == expected
