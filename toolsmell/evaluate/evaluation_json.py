"""Renders an evaluation as JSON (`toolsmell.eval/v1`: keys may be added, never renamed)."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from toolsmell.evaluate.comparison import CaseMeasures, TestedDifference, VersionComparison
from toolsmell.evaluate.cost import ListCost
from toolsmell.evaluate.study import Study, Version
from toolsmell.evaluate.tool_selection import Choice, TrialAnswer
from toolsmell.model import Json
from toolsmell.models.budget import Spent
from toolsmell.version import __version__

SCHEMA = "toolsmell.eval/v1"
_SHOWN_MISTAKES = 50


def to_json(study: Study, costs: Sequence[tuple[ListCost | None, ListCost]] = (), spent: Spent | None = None) -> Json:
    """Return the report. `costs` has, for each client, the cost before (or None) and after."""
    versions = [version for version in (study.before, study.after) if version is not None]
    return {
        "schema": SCHEMA,
        "toolsmell": __version__,
        "versions": [_version(version) for version in versions],
        "comparison": None if study.comparison is None else _comparison(study.comparison),
        "confusion": {
            "neighbours": [neighbour._asdict() for neighbour in study.neighbours],
            "shifts": [shift._asdict() for shift in study.shifts],
        },
        "cost": [{"before": cost_json(old) if old else None, "after": cost_json(new)} for old, new in costs],
        "usage": None if spent is None else {field: getattr(spent, field) for field in spent.__slots__},
    }


def row_json(row: TestedDifference) -> dict[str, Any]:
    d = row.difference
    return {
        "variant": row.variant,
        "setup": row.setup,
        "measure": row.measure,
        "cases": d.cases,
        "before": d.before,
        "after": d.after,
        "delta": d.delta,
        "interval": list(d.interval),
        "p": d.p,
        "adjusted_p": row.adjusted_p,
        "test": d.test,
        "improved": d.improved,
        "worsened": d.worsened,
        "detectable": d.detectable,
        "verdict": row.verdict.value,
    }


def _comparison(comparison: VersionComparison) -> Json:
    return {
        "verdict": comparison.verdict_of("after").value,
        "unpaired": comparison.unpaired,
        "rows": [row_json(row) for row in comparison.rows],
    }


def _version(version: Version) -> Json:
    checked = version.checked
    return {
        "name": version.name,
        "tools": len(version.catalog),
        "unnamed_tools": version.catalog.unnamed,
        "cases": len(checked.cases),
        "cases_without_tool": sum(not case.tools for case in checked.cases),
        "leaking_cases": len(checked.leaking),
        "problems": [problem._asdict() for problem in checked.problems],
        "measured": [_measured(measured) for measured in (*version.retrieval, *version.selection)],
        "selection": selection_summary(version.answers),
        "mistakes": [mistake._asdict() for mistake in version.mistakes[:_SHOWN_MISTAKES]],
    }


def _measured(measured: CaseMeasures) -> Json:
    names = next(iter(measured.cases.values()), {})
    return {
        "setup": measured.setup,
        "cases": len(measured.cases),
        "means": {name: measured.mean(name) for name in names},
    }


def selection_summary(answers: Sequence[TrialAnswer]) -> Json:
    """Return, by mode, a summary of the model's choices and arguments."""
    modes: dict[str, list[TrialAnswer]] = {}
    for answer in answers:
        modes.setdefault(answer.trial.mode.value, []).append(answer)
    return {mode: _mode(found) for mode, found in modes.items()}


def _mode(answers: Sequence[TrialAnswer]) -> Json:
    called = [answer.arguments for answer in answers if answer.arguments is not None]
    wanted = [arguments for arguments in called if arguments.as_wanted is not None]
    return {
        "trials": len(answers),
        "correct": sum(answer.correct for answer in answers),
        "choices": dict(Counter(a.choice.value if a.choice else "no answer" for a in answers)),
        "errors": sorted({answer.error for answer in answers if answer.error})[:5],
        "missed": [_missed(answer) for answer in answers if is_missed(answer)],
        "arguments": {
            "checked": len(called),
            "fit_the_schema": sum(arguments.fault is None for arguments in called),
            "compared": len(wanted),
            "as_wanted": sum(arguments.as_wanted is True for arguments in wanted),
        },
    }


def is_missed(answer: TrialAnswer) -> bool:
    """Return True if a model gave an answer that is wrong."""
    return answer.choice is not None and answer.choice is not Choice.LOOKUP and not answer.correct


def _missed(answer: TrialAnswer) -> Json:
    case = answer.trial.case
    return {
        "query": case.query,
        "line": case.line,
        "expected": sorted(answer.trial.expected),
        "choice": answer.choice,
        "picked": list(answer.picked),
        "calls": [{"tool": tool, "arguments": arguments} for tool, arguments in answer.calls],
    }


def cost_json(cost: ListCost) -> dict[str, Any]:
    return {
        "client": cost.client.value,
        "tokens": cost.tokens,
        "exact": cost.exact,
        "conversations": {model: found._asdict() for model, found in cost.conversations.items()},
    }
