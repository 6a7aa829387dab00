"""`toolsmell rules`."""

import json
from typing import NamedTuple, TypedDict

import click

from toolsmell.cli.click_parameters import names
from toolsmell.cli.typed import takes
from toolsmell.model import Json
from toolsmell.rules import RULES
from toolsmell.rules.selection import PRESETS, selected
from toolsmell.scoring import rubric
from toolsmell.scoring.smelly import SMELLY


class RulesInput(NamedTuple):
    """The options as they were typed."""

    format_: str
    select: tuple[str, ...]


class RuleRow(TypedDict):
    """A rule or smell, as the JSON output has it."""

    id: str
    family: str
    summary: str
    severity: str
    confidence: str
    evidence: str
    presets: list[str]
    component: str | None
    fixable: bool
    since: str
    options: dict[str, Json]


@click.command()
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--select", multiple=True, callback=names, metavar="IDS", help="List only these rules, families or presets."
)
@takes(RulesInput)
def command(given: RulesInput) -> None:
    """List all rules and smells: id, severity, confidence and what they find.

    \b
    toolsmell rules
    toolsmell rules --select security
    toolsmell rules --format json
    """
    rows = _rows()
    on = selected(given.select or ("all",), (), [row["id"] for row in rows if row["family"] == "smell"])
    rows = [row for row in rows if row["id"] in on]
    if given.format_ == "json":
        click.echo(json.dumps({"schema": "toolsmell.rules/v1", "rules": rows, "presets": PRESETS}, indent=2))
        return
    click.echo(_table(rows))


def _rows() -> list[RuleRow]:
    """Return every rule and smell, by family, in the order of the registry."""
    rules: list[RuleRow] = [
        {
            "id": rule.id,
            "family": rule.family,
            "summary": rule.summary,
            "severity": rule.severity.value,
            "confidence": rule.confidence.value,
            "evidence": rule.evidence.value,
            "presets": [
                *(["recommended"] if rule.recommended else []),
                *(["strict"] if rule.strict or rule.recommended else []),
                "all",
            ],
            "component": rule.component,
            "fixable": rule.fixable,
            "since": rule.since,
            "options": dict(rule.options),
        }
        for rule in RULES
    ]
    smells: list[RuleRow] = [
        {
            "id": part.smell,
            "family": "smell",
            "summary": part.title.lower(),
            "severity": "note",
            "confidence": "medium",
            "evidence": "none",
            "presets": ["recommended", "strict", "all"],
            "component": part.component,
            "fixable": False,
            "since": "0.1",
            "options": {},
        }
        for part in rubric.load().components.values()
    ]
    return [
        {**smells[0], "id": SMELLY, "summary": "smells of a tool, and the statement to add", "component": None},
        *smells,
        *rules,
    ]


def _table(rows: list[RuleRow]) -> str:
    lines: list[str] = []
    family = None
    width = max((len(row["id"]) for row in rows), default=0)
    for row in rows:
        if row["family"] != family:
            family = row["family"]
            lines += ["", family] if lines else [family]
        preset = row["presets"][0]
        mark = "" if preset == "recommended" else f" [{preset}]"
        fix = " (fixable)" if row["fixable"] else ""
        lines.append(f"  {row['id']:{width}}  {row['severity']:7}  {row['summary']}{fix}{mark}")
    return "\n".join([*lines, "", "`toolsmell explain ID` says why, with examples. Unmarked rules are on by default."])
