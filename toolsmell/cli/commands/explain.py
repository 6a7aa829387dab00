"""`toolsmell explain`."""

import inspect
from typing import NamedTuple

import click

from toolsmell.cli.typed import takes
from toolsmell.data import precision
from toolsmell.errors import UsageError
from toolsmell.rules import BY_ID, Rule, Scope
from toolsmell.rules.selection import selected
from toolsmell.scoring import rubric
from toolsmell.scoring.rubric import ComponentRubric


def _complete(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    smells = [part.smell for part in rubric.load().components.values()]
    return [id_ for id_ in (*smells, *BY_ID) if id_.startswith(incomplete)]


class ExplainInput(NamedTuple):
    """The options as they were typed."""

    id_: str


@click.command()
@click.argument("id_", metavar="ID", shell_complete=_complete)
@takes(ExplainInput)
def command(given: ExplainInput) -> None:
    """Say what a rule or a smell is about: what it checks, why it matters, smelly and better.

    \b
    toolsmell explain undescribed-parameter
    toolsmell explain unclear-purpose
    """
    id_, smells = given.id_, {part.smell: part for part in rubric.load().components.values()}
    if id_ in smells:
        click.echo(smell_page(smells[id_]))
    elif id_ in BY_ID:
        click.echo(rule_page(BY_ID[id_]))
    else:
        selected((id_,), (), smells)  # raises, with the nearest name
        raise UsageError(f"'{id_}' is a family or preset: `toolsmell rules --select {id_}` lists its rules")


def rule_page(rule: Rule) -> str:
    """Return the documentation of a rule, in Markdown."""
    facts = [f"family {rule.family}", f"severity {rule.severity}", f"confidence {rule.confidence}"]
    facts.append("on by default" if rule.recommended else "in preset strict" if rule.strict else "in preset all")
    if rule.fixable:
        facts.append("fixable")
    measured = f"\n\nOn real servers: {precision.of(rule.id)}." if rule.scope in (Scope.TOOL, Scope.SERVER) else ""
    body = inspect.cleandoc(rule.module.__doc__ or "")
    return f"# {rule.id}\n\n{', '.join(facts)}; since {rule.since}{measured}\n\n{body}"


def smell_page(part: ComponentRubric) -> str:
    """Return the documentation of a smell, in Markdown: the levels of its component in words."""
    levels = "\n".join(f"{level}. {words}" for level, words in sorted(part.levels.items()))
    return (
        f"# {part.smell}\n\nfamily smell, severity warning, on by default\n\n{part.title}: a score under 3 for "
        f"{part.component}.\n\n## What is asked\n\n{part.question}\n\n## The five levels\n\n{levels}\n\n"
        "## How it is scored\n\nBy signals in the text and the schema, weighted as `rubrics/six-components.yaml` says. "
        "`toolsmell scan --why TOOL` shows what moved a score, and what would raise it most."
    )
