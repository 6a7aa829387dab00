"""Chooses among the original and the texts that compete with it, by use.

With a model, texts compete on requests that the exploration did not draft with (does an agent select the tool, do the
arguments fit), then on a comparison with the original in both orders, then on tokens. Without one, a text that typed
facts verify is chosen.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Final, Protocol

from toolsmell.calling.classify import Outcome
from toolsmell.evidence.citations import ToolEvidence
from toolsmell.evidence.claims import Rewrite
from toolsmell.evidence.proposals import Proposal, Uses, Variant, VariantKind
from toolsmell.evidence.shown import sibling_lines
from toolsmell.model import Json
from toolsmell.models.client import ChatReply, fingerprint
from toolsmell.models.prompts import Prompt, templates
from toolsmell.models.replies import numbered_answers
from toolsmell.reading.context import ToolContext
from toolsmell.rewrite.asker import Asker, UnusableError, object_in
from toolsmell.rewrite.measure import replaced
from toolsmell.schema.fit import violation
from toolsmell.tokens import compact_json, of_tool

_MOST_VARIANTS: Final = 4
"""Texts that are tried: the full one, the lean one, and the shortest compact ones."""
_MOST_REQUESTS: Final = 8
_TEXT: Final[Json] = {"type": "string"}
_CALLS: Final[Json] = numbered_answers(tool=_TEXT, arguments=_TEXT)
_BETTER: Final[Json] = {
    "type": "object",
    "properties": {"better": {"type": "string", "enum": ["A", "B", "same"]}},
    "required": ["better"],
    "additionalProperties": False,
}

Chosen = tuple[tuple[Variant, ...], Variant | None, str]
"""The texts with their results in use, the best one or None if the original wins, and the reason."""


class Chooser(Protocol):
    """Tries texts in use."""

    def choose(self, result: Proposal, evidence: ToolEvidence, sound: Sequence[Variant]) -> Chosen:
        """Return the texts with how they did, the best one, and why."""
        ...

    @property
    def asked_here(self) -> int:
        """The number of questions that this thread has asked."""
        ...


def chosen(result: Proposal, evidence: ToolEvidence, sound: Sequence[Variant], chooser: Chooser | None) -> Chosen:
    """Return the texts, the best one and the reason. Without `chooser`, the one that says most and costs least wins."""
    if chooser is not None and any(v.by_model for v in sound):
        return chooser.choose(result, evidence, sound)
    best = max(sound, key=lambda v: (len(v.checked.sentences), -v.measured.tokens))
    return tuple(sound), best, reason_of(result, best)


def reason_of(result: Proposal, best: Variant) -> str:
    """Return the gain and the cost of a text, in words."""
    added = len(best.checked.sentences)
    cost = best.measured.tokens - result.original.tokens
    what = f"adds {added} verified sentence{'s' if added != 1 else ''}" if added else "removes what informs nobody"
    return f"{what}, {cost:+d} tokens"


def requests_of(evidence: ToolEvidence, cases: Sequence[str] = ()) -> tuple[str, ...]:
    """Return requests to choose by: the user's, and every second one that the exploration answered with this tool.

    A call that returned nothing answered no request: a better text may well lead to another tool.
    """
    own = [o.trial.query for o in evidence.own_calls if o.trial.query and o.outcome is Outcome.RESULT]
    return tuple(dict.fromkeys((*cases, *own[1::2])))[:_MOST_REQUESTS]


class ModelChooser:
    """Lets a model use each text, and compare it with the original."""

    def __init__(self, asker: Asker, cases: dict[str, tuple[str, ...]] | None = None) -> None:
        """`cases` are requests of users by the tool that answers them."""
        self._asker: Final = asker
        self._cases: Final = cases or {}
        self._choose: Final = Prompt(templates("choose"), {}, _CALLS)
        self._prefer: Final = Prompt(templates("prefer"), {}, _BETTER)

    @property
    def asked_here(self) -> int:
        """The number of questions that this thread has asked."""
        return self._asker.questions_here

    def choose(self, result: Proposal, evidence: ToolEvidence, sound: Sequence[Variant]) -> Chosen:
        """Return the texts with how they did, the best one, and why; the original wins if no text does better."""
        requests = requests_of(evidence, self._cases.get(evidence.tool.tool.name or "", ()))
        original = self._passed(evidence, Rewrite(evidence.tool.text.raw), requests)
        tried = [self._tried(evidence, v, requests) for v in _entrants(sound)]
        best = max(tried, key=lambda v: _rank(v, original))
        if original is not None and best.uses is not None and best.uses.passed < original:
            return tuple(tried), None, f"the original does better in use: {original} of {len(requests)} requests"
        if not self._wins(result, evidence, best, original):
            return tuple(tried), None, f"the original is as good: {_in_use(best, original)}"
        bare = required_undescribed(evidence.tool, best.rewrite)
        told = f", describes {', '.join(sorted(bare))} (required, not described before)" if bare else ""
        return tuple(tried), best, f"{reason_of(result, best)}{told}; {_in_use(best, original)}"

    def _wins(self, result: Proposal, evidence: ToolEvidence, best: Variant, original: int | None) -> bool:
        """Return True if a text is better than the original: in use, in both comparisons, or in one at fewer tokens."""
        uses = best.uses or Uses(0, 0)
        gains = original is not None and uses.passed > original
        cheaper = best.measured.tokens <= result.original.tokens
        preferred = uses.preferred == uses.compared or (uses.preferred > 0 and cheaper)
        return gains or preferred or bool(required_undescribed(evidence.tool, best.rewrite))

    def _tried(self, evidence: ToolEvidence, one: Variant, requests: Sequence[str]) -> Variant:
        known = list(self._compared(evidence, one))
        part = one.kind is VariantKind.COMPACT and not any(known)  # it cannot win, so its requests are not asked
        passed = None if part else self._passed(evidence, one.rewrite, requests)
        return one._replace(uses=Uses(passed or 0, len(requests) if passed is not None else 0, sum(known), len(known)))

    def _compared(self, evidence: ToolEvidence, one: Variant) -> Iterator[bool]:
        """Yield whether the text is preferred in each order; the second is left out if it cannot change the choice."""
        dearer = one.measured.tokens > of_tool(evidence.tool.tool).total
        for first in (True, False):
            answer = self._prefers(evidence, one.rewrite, first=first)
            if answer is not None:
                yield answer
            if answer is False and dearer:
                return

    def _passed(self, evidence: ToolEvidence, rewrite: Rewrite, requests: Sequence[str]) -> int | None:
        """Return the number of requests for which a model calls the tool rightly, or None if none was asked."""
        if not requests or self._asker.stopped:
            return None
        tool = evidence.tool
        own = compact_json(_offered(replaced(tool.tool, rewrite).raw))
        parts = {
            "tools": "\n".join((own, *sibling_lines(tool, 30))),
            "requests": "\n".join(f"{number}. {text}" for number, text in enumerate(requests, 1)),
        }
        request = self._choose.request(self._asker.name, fingerprint([parts]), **parts)
        return self._asker.ask(
            self._choose, request, lambda reply: _right(reply, tool, len(requests)), 1, optional=True
        )

    def _prefers(self, evidence: ToolEvidence, rewrite: Rewrite, *, first: bool) -> bool | None:
        """Return True if a model prefers the text to the original, None without an answer. `first` makes the text A."""
        if self._asker.stopped:
            return None
        tool = evidence.tool
        texts = [_whole(tool, rewrite), _whole(tool, Rewrite(tool.text.raw))]
        parts = {
            "schema": compact_json(tool.tool.input_schema)[:8_000],
            "siblings": "\n".join(sibling_lines(tool, 20)),
            "first": texts[0 if first else 1],
            "second": texts[1 if first else 0],
        }
        request = self._prefer.request(self._asker.name, fingerprint([parts]), **parts)
        better = self._asker.ask(self._prefer, request, _better, 1, optional=True)
        return None if better is None else better == ("A" if first else "B")


def _entrants(sound: Sequence[Variant]) -> list[Variant]:
    """Return the texts that are tried: full and lean ones, and those compact ones that cost least."""
    fixed = [v for v in sound if v.kind is not VariantKind.COMPACT]
    parts = sorted((v for v in sound if v.kind is VariantKind.COMPACT), key=lambda v: v.measured.tokens)
    return [*fixed, *parts[: max(1, _MOST_VARIANTS - len(fixed))]]


def _rank(one: Variant, original: int | None) -> tuple[int, int, int, int]:
    uses = one.uses or Uses(0, 0)
    return uses.passed - (original or 0), uses.preferred, len(one.checked.sentences), -one.measured.tokens


def required_undescribed(tool: ToolContext, rewrite: Rewrite) -> frozenset[str]:
    """Return the required parameters that a text describes and that nothing described before."""
    bare = {p.name for p in tool.parameters if p.required and not p.description} - tool.reading.explained
    return frozenset(bare & rewrite.parameters.keys())


def _in_use(best: Variant, original: int | None) -> str:
    uses = best.uses or Uses(0, 0)
    words = f"{uses.passed} of {uses.of} held-out requests (original {original})" if uses.of else "no requests to try"
    return f"{words}, preferred in {uses.preferred} of {uses.compared} comparisons"


def _offered(raw: Json) -> dict[str, Json]:
    """Return the part of a tool that a client passes to a model."""
    return (
        {key: raw[key] for key in ("name", "description", "inputSchema") if key in raw} if isinstance(raw, dict) else {}
    )


def _whole(tool: ToolContext, rewrite: Rewrite) -> str:
    told = {p.name: p.description or "" for p in tool.parameters} | dict(rewrite.parameters)
    return "\n".join((rewrite.description, *(f"{name}: {text}" for name, text in told.items() if text)))


def _right(reply: ChatReply, tool: ToolContext, most: int) -> int:
    given = object_in(reply).get("answers")
    if not isinstance(given, list):
        raise UnusableError("has no list `answers`")
    return len({number for number in _passing(given, tool) if 0 < number <= most})


def _passing(given: Sequence[Json], tool: ToolContext) -> Iterator[int]:
    schema = tool.tool.input_schema or {}
    for entry in given:
        if (
            not isinstance(entry, dict)
            or entry.get("tool") != tool.tool.name
            or not isinstance(entry.get("number"), int)
        ):
            continue
        arguments = entry.get("arguments")
        if isinstance(arguments, str):
            try:
                arguments = json.loads(arguments or "{}")
            except (ValueError, RecursionError):
                continue
        if isinstance(arguments, dict) and violation(arguments, schema, schema) is None:
            yield entry["number"]


def _better(reply: ChatReply) -> str:
    word = object_in(reply).get("better")
    if word not in ("A", "B", "same"):
        raise UnusableError("has no `better` of A, B or same")
    return str(word)
