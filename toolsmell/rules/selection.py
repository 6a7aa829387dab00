"""Turns `--select` and `--ignore` (ids, families and presets) into rules."""

from collections.abc import Iterable

from toolsmell.errors import UsageError
from toolsmell.rules import BY_ID, FAMILIES, RULES, Rule
from toolsmell.rules.engine import RuleSet
from toolsmell.scoring import smelly
from toolsmell.scoring.weights import Rubric

SMELLS = smelly.FAMILY
"""The family of the smells, whose ids come from the rubric. `smelly-description`, which summarises them, names all."""

PRESETS: dict[str, str] = {
    "recommended": (
        "rules that rest on a specification, a dated rejection, a measured effect or findings that people read, and "
        "rules on trial, whose pages say so (the default)"
    ),
    "strict": "recommended, and the opinions of careful reviewers",
    "security": "hidden text, steering, secrets",
    "all": "everything, also what is often a matter of taste",
}


def selected(select: Iterable[str], ignore: Iterable[str], smells: Iterable[str]) -> frozenset[str]:
    """Return the ids that are on: what `select` names (default: `recommended`) without what `ignore` names.

    Raises `UsageError` for a name that is no rule, smell, family or preset, with the nearest one that is.
    """
    smells = tuple(smells)
    on = frozenset().union(*(_named(name, smells) for name in tuple(select) or ("recommended",)))
    return on.difference(*(_named(name, smells) for name in ignore))


def _named(name: str, smells: tuple[str, ...]) -> frozenset[str]:
    if name == "all":
        return frozenset([*(rule.id for rule in RULES), *smells])
    if name == "recommended":
        return frozenset([*(rule.id for rule in RULES if rule.recommended), *smells])
    if name == "strict":
        return frozenset([*(rule.id for rule in RULES if rule.recommended or rule.strict), *smells])
    if name in (SMELLS, smelly.SMELLY):
        return frozenset(smells)
    found = frozenset(rule.id for rule in RULES if name in (rule.id, rule.family))
    if found or name in smells:
        return found or frozenset((name,))
    raise UsageError(
        f"no rule, family or preset is called '{name}'{_nearest(name, smells)}; `toolsmell rules` lists them"
    )


def _nearest(name: str, smells: tuple[str, ...]) -> str:
    import difflib

    known = [*(rule.id for rule in RULES), *smells, smelly.SMELLY, *FAMILIES, SMELLS, *PRESETS]
    near = difflib.get_close_matches(name, known, n=1)
    return f" (did you mean '{near[0]}'?)" if near else ""


def rule_set(select: Iterable[str], ignore: Iterable[str], rubric: Rubric) -> tuple[RuleSet, frozenset[str]]:
    """Return the rules that run and the smells that are reported.

    Findings name no component that the rubric does not have. Raises `UsageError` for a smell with the id of a rule.
    """
    smells = tuple(part.smell for part in rubric.components.values())
    if taken := sorted({smelly.SMELLY, SMELLS, *BY_ID, *FAMILIES, *PRESETS}.intersection(smells)):
        raise UsageError(f"rubric {rubric.id}: '{taken[0]}' cannot be a smell: a rule, family or preset has this id")
    on = selected(select, ignore, smells)
    return RuleSet(tuple(_within(rule, rubric) for rule in RULES if rule.id in on)), on.intersection(smells)


def _within(rule: Rule, rubric: Rubric) -> Rule:
    known = rule.component is None or rule.component in rubric.components
    return rule if known else rule._replace(component=None)
