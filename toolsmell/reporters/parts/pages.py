"""The pages of rules and smells, in Markdown: for the terminal, the docs and the MCP server."""

import inspect
from collections.abc import Iterable

from toolsmell.data import precision, smells
from toolsmell.errors import UsageError
from toolsmell.model import Evidence
from toolsmell.rules import BY_ID, Rule, Scope
from toolsmell.rules.selection import selected
from toolsmell.scoring import rubric
from toolsmell.scoring.smelly import SMELLY
from toolsmell.scoring.weights import ComponentRubric


def page(id_: str) -> str:
    """Return the page of a rule, or of a smell of a shipped rubric. Raises `UsageError` for another id."""
    parts = {part.smell: part for part in rubric.load().components.values()}
    if id_ == SMELLY:
        return smelly_page(parts.values())
    if id_ in parts:
        return smell_page(parts[id_])
    if id_ in BY_ID:
        return rule_page(BY_ID[id_])
    for name in rubric.SHIPPED:
        for part in rubric.load(name).components.values():
            if part.smell == id_:
                return smell_page(part)
    selected((id_,), (), parts)  # raises, with the nearest name
    raise UsageError(f"'{id_}' is a family or preset: `toolsmell rules --select {id_}` lists its rules")


def rule_page(rule: Rule) -> str:
    """Return the documentation of a rule, in Markdown."""
    facts = [f"family {rule.family}", f"severity {rule.severity}", f"confidence {rule.confidence}"]
    facts.append("on by default" if rule.recommended else "in preset strict" if rule.strict else "in preset all")
    if rule.fixable:
        facts.append("fixable")
    body = inspect.cleandoc(rule.module.__doc__ or "")
    return f"# {rule.id}\n\n{', '.join(facts)}; since {rule.since}\n\n{_evidence(rule)}\n\n{body}"


_EVIDENCE = {
    Evidence.SPECIFICATION: "a specification says so",
    Evidence.REJECTION: "clients or providers reject, hide or cut such a tool",
    Evidence.EFFECT: "its effect on agents was measured",
    Evidence.PRECISION: "people read its findings and found them right",
    Evidence.NONE: "the opinion of reviewers",
}


def _evidence(rule: Rule) -> str:
    """Return the evidence for the rule, and its measured precision."""
    told = f"Evidence: {_EVIDENCE[rule.evidence]}."
    if rule.scope not in (Scope.TOOL, Scope.SERVER):
        return told
    trial = " On by default on trial." if rule.recommended and rule.evidence is Evidence.NONE else ""
    return f"{told}{trial} On real servers: {precision.of(rule.id)}."


def smell_page(part: ComponentRubric) -> str:
    """Return the documentation of a smell, in Markdown: the question, the levels, an example, the agreement."""
    levels = "\n".join(f"{level}. {words}" for level, words in sorted(part.levels.items()))
    return (
        f"# {part.smell}\n\nfamily smell, severity note, on by default; reported as [{SMELLY}]({SMELLY}.md)\n\n"
        f"{part.title}: a level under 3 for {part.component}.\n\n## The question\n\n{part.question}\n\n"
        f"## The five levels\n\n{levels}\n\n{_example(part.smell)}## How it is scored\n\nBy signals in the text and "
        "the schema, weighted by the rubric. `toolsmell scan --why TOOL` shows what each sentence says, the levels, "
        "and the statements to add first."
    )


def _example(smell: str) -> str:
    found = smells.example(smell)
    if found is None:
        return ""
    return (
        f"## Before and after\n\nSmelly:\n\n```\n{found.before}\n```\n\nBetter:\n\n```\n{found.after}\n```\n\n"
        f"{found.why}\n\n## Measured agreement\n\nCohen's kappa of this smell (0 is chance, 1 is complete agreement): "
        f"{found.jurors:.2f} with three model jurors on servers that the weights were not fitted to (prose frame), "
        f"{found.readers:.2f} with two readers of text and schema on such servers "
        "(effective frame, 150 tools). See [scoring](../scoring.md).\n\n"
    )


def smelly_page(parts: Iterable[ComponentRubric]) -> str:
    """Return the documentation of the finding that summarises the smells of a tool, in Markdown."""
    listed = "\n".join(f"- [{part.smell}]({part.smell}.md): {part.question}" for part in parts)
    return f"# {SMELLY}\n\nfamily smell, severity note, on by default\n\n{inspect.cleandoc(_SMELLY_PAGE)}".replace(
        "SMELLS", listed
    )


_SMELLY_PAGE = """
    The description of a tool scores under 3 of 5 for at least one component. A tool gets one such finding: it names the
    smells, the lowest level first, and the one statement to add first.

    ## The smells

    SMELLS

    ## What to do

    Add the statement that the finding names, if it is true. `toolsmell scan --why TOOL` shows what each sentence of
    the description says, the levels of all components, and two more statements.

    ## When it fails a run

    Never by itself: it is a note, counted apart from errors, warnings and other notes, and `--fail-on` ignores it.
    `--fail-under N` and `--max-smelly N` are the gates for scores. If a project raises its severity to warning or error
    in `[rules.smelly-description]`, it counts as such a finding.

    ## Switching it off

    `--ignore smelly-description` or `--ignore smell` drops it; `--ignore exemplar-issues` drops one smell. A row of
    `[[suppress]]` may name the finding or one smell.
    """
