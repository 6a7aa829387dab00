"""Writes the verdicts of models to JSON, and reads them back."""

from toolsmell.data.json_fields import CheckedJson
from toolsmell.model import Frame, Json
from toolsmell.model.verdicts import (
    Defect,
    DefectKind,
    Judgement,
    ModelUsage,
    Opinion,
    Standing,
    Suspicion,
    Verdict,
    total,
)

_LEVELS = range(1, 6)


def judgement(found: Judgement) -> dict[str, Json]:
    return {
        "standing": found.standing.value,
        "reason": found.reason,
        "disputed": list(found.disputed),
        "verdicts": [_verdict(verdict) for verdict in found.verdicts],
        "earlier": [_verdict(verdict) for verdict in found.earlier],
    }


def usage(models: tuple[ModelUsage, ...]) -> dict[str, Json]:
    """Return the usage of models: in all, and by model."""
    return {**_counts(total(models)), "models": [{"model": u.model, **_counts(u)} for u in models]}


def read_judgement(at: CheckedJson) -> Judgement:
    return Judgement(
        standing=at["standing"].one_of(Standing),
        reason=at.optional_text("reason"),
        verdicts=tuple(map(_read_verdict, at["verdicts"].items())),
        disputed=tuple(component.identifier() for component in at["disputed"].items()),
        earlier=tuple(map(_read_verdict, at["earlier"].items())),
    )


def read_usage(at: CheckedJson) -> tuple[ModelUsage, ...]:
    return tuple(map(_read_model_usage, at["models"].items()))


def _verdict(verdict: Verdict) -> dict[str, Json]:
    return {
        "model": verdict.model,
        "prompt": verdict.prompt,
        "sample": verdict.sample,
        "cached": verdict.cached,
        "unscored": verdict.unscored,
        "opinions": {component: _opinion(opinion) for component, opinion in verdict.opinions.items()},
        "suspicions": [_suspicion(suspicion) for suspicion in verdict.suspicions],
        "defects": [defect._asdict() for defect in verdict.defects],
        "dropped_defects": verdict.dropped,
        "raw": verdict.raw,
    }


def _opinion(opinion: Opinion) -> dict[str, Json]:
    return {
        "levels": {frame.value: level for frame, level in opinion.levels.items()},
        "evidence": next((words for words in reversed(list(opinion.quotations.values())) if words), ""),
        "quotations": {frame.value: words for frame, words in opinion.quotations.items()},
        "improvement": opinion.improvement,
    }


def _suspicion(suspicion: Suspicion) -> dict[str, Json]:
    return {"id": suspicion.id, "component": suspicion.component, "reason": suspicion.reason}


def _counts(of: ModelUsage) -> dict[str, Json]:
    return {
        "calls": of.calls,
        "cached": of.cached,
        "input_tokens": of.input_tokens,
        "cached_tokens": of.cached_tokens,
        "output_tokens": of.output_tokens,
        "unmetered": of.unmetered,
        "cost": None if of.cost is None else round(of.cost, 6),
        "prefill_token_equivalents": round(of.prefill_equivalents, 1),
    }


def _read_verdict(at: CheckedJson) -> Verdict:
    opinions = at["opinions"]
    return Verdict(
        model=at["model"].text(),
        prompt=at["prompt"].text(),
        sample=at["sample"].whole(),
        raw=at["raw"].text(),
        opinions={component: _read_opinion(opinions[component]) for component in opinions.identifiers()},
        suspicions=tuple(map(_read_suspicion, at["suspicions"].items())),
        unscored=at.optional_text("unscored"),
        defects=tuple(map(_read_defect, at["defects"].items())) if "defects" in at.names() else (),
        dropped=at["dropped_defects"].whole() if "dropped_defects" in at.names() else 0,
        cached=at["cached"].flag(),
    )


def _read_opinion(at: CheckedJson) -> Opinion:
    levels = at["levels"]
    return Opinion(
        levels={f: levels[f.value].within(_LEVELS) for f in Frame if f.value in levels.names()},
        quotations=_read_quotations(at),
        improvement=at.optional_text("improvement"),
    )


def _read_quotations(at: CheckedJson) -> dict[Frame, str]:
    """Return the quotation of each frame; earlier reports have one for all frames."""
    if "quotations" not in at.names():
        return dict.fromkeys(Frame, at["evidence"].text())
    found = at["quotations"]
    return {f: found[f.value].text() for f in Frame if f.value in found.names()}


def _read_defect(at: CheckedJson) -> Defect:
    kind = at["kind"].one_of(DefectKind)
    certain = at["certain"].flag() if "certain" in at.names() else True
    return Defect(kind, at["parameter"].text(), at["quotation"].text(), at["problem"].text(), certain)


def _read_suspicion(at: CheckedJson) -> Suspicion:
    component = at.optional("component")
    return Suspicion(at["id"].text(), at["reason"].text(), component.identifier() if component else None)


def _read_model_usage(at: CheckedJson) -> ModelUsage:
    cost = at.optional("cost")
    return ModelUsage(
        model=at["model"].text(),
        calls=at["calls"].whole(),
        cached=at["cached"].whole(),
        input_tokens=at["input_tokens"].whole(),
        cached_tokens=at["cached_tokens"].whole(),
        output_tokens=at["output_tokens"].whole(),
        unmetered=at["unmetered"].whole(),
        cost=cost.number() if cost else None,
        prefill_equivalents=at["prefill_token_equivalents"].number(),
    )
