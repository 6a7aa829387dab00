"""Claims from what was observed: shapes of results, what is refused, a call that worked.  Pure.

No word of an answer is taken over: a server may return anything, also orders to the agent. What is said is in
toolsmell's own words, about names and kinds, and only where all answers agree.
"""

import json
from collections.abc import Iterator, Sequence

from toolsmell.calling.outcomes import Observation, Outcome
from toolsmell.evidence.claims import Citation, CiteKind, Claim
from toolsmell.evidence.facts import mentions
from toolsmell.model import Component, Json
from toolsmell.reading.context import ToolContext
from toolsmell.reading.cues import Cue, cues_of
from toolsmell.rewrite.phrases import listed
from toolsmell.safety.masking import holds_mask
from toolsmell.text import pattern

_MOST_FIELDS = 8
_LONGEST_EXAMPLE = 200


def call_claims(tool: ToolContext, observations: Sequence[Observation]) -> Iterator[Claim]:
    """Yield what the calls of one tool show that its text and schema do not say."""
    speaking = [o for o in observations if o.speaks]
    worked = [o for o in speaking if o.outcome is Outcome.RESULT and o.trial.fault is None]
    failed = [o for o in speaking if o.outcome is Outcome.ARGUMENT_ERROR]
    # One that ignores a parameter which it does not know answers as ever.
    yield from _result(
        tool, [*worked, *(o for o in speaking if o.outcome is Outcome.RESULT and o.trial.fault == "unknown")]
    )
    yield from _unfound(tool, failed)
    yield from _lax(tool, speaking)
    yield from _example(tool, worked)


def _cite(*observations: Observation) -> tuple[Citation, ...]:
    return tuple(Citation(CiteKind.OBSERVATION, str(o.number)) for o in observations)


def _result(tool: ToolContext, worked: Sequence[Observation]) -> Iterator[Claim]:
    if len(worked) < 2 or tool.all_outputs:
        # One answer may be an exception; what the output schema says is said from there.
        return
    shapes = [_shape(o) for o in worked]
    kinds = {kind for kind, _ in shapes}
    if len(kinds) != 1 or any(o.truncated for o in worked):
        return
    kind = kinds.pop()
    common = [f for f in shapes[0][1] if all(f in fields for _, fields in shapes)]
    told = sum(mentions(tool.text.lower, f) for f in common)
    if kind in ("object", "list") and common and told * 2 <= len(common):
        fields = listed([f"`{f}`" for f in common[:_MOST_FIELDS]])
        what = "a JSON object" if kind == "object" else "a JSON list of objects"
        yield Claim(f"Returns {what} with {fields}.", Component.PURPOSE, _cite(*worked[:3]))


def _shape(observation: Observation) -> tuple[str, list[str]]:
    try:
        found: Json = json.loads(observation.text)
    except ValueError:
        return "text", []
    if isinstance(found, dict):
        return "object", _fields(found)
    if isinstance(found, list) and found and all(isinstance(item, dict) for item in found):
        return "list", [f for f in _fields(found[0]) if all(f in item for item in found)]
    return "other", []


def _fields(found: dict[str, Json]) -> list[str]:
    return [name for name in found if pattern(r"[A-Za-z_]\w{0,30}").fullmatch(name)]


def _unfound(tool: ToolContext, failed: Sequence[Observation]) -> Iterator[Claim]:
    """Say that something which there is not is an error, where a valid call was answered so."""
    if cues_of(tool.text.words) & 1 << Cue.FAILURE:
        return
    missing = r"(?i)\b(?:not found|no such|does not exist|unknown)\b"
    for one in failed:
        names = [p.name for p in tool.parameters if p.required]
        if one.trial.fault is None and len(names) == 1 and pattern(missing).search(one.text[:400]):
            yield Claim(f"Fails where there is no such `{names[0]}`.", Component.LIMITATIONS, _cite(one))
            return


def _lax(tool: ToolContext, speaking: Sequence[Observation]) -> Iterator[Claim]:
    """Say that a value over the schema's maximum is not refused."""
    for one in speaking:
        name = one.trial.about
        taken = one.trial.fault == "range" and one.outcome is Outcome.RESULT and "over its maximum" in one.trial.why
        if name and taken and not mentions(tool.text.lower, name):
            yield Claim(f"A `{name}` over its maximum is not refused.", Component.PARAMETERS, _cite(one), name)


def _example(tool: ToolContext, worked: Sequence[Observation]) -> Iterator[Claim]:
    """Show the shortest call with arguments that worked and whose values are not made up here."""
    if cues_of(tool.text.words) & 1 << Cue.EXAMPLE or "{" in tool.text.raw:
        return
    for one in sorted(worked, key=lambda o: len(str(o.trial.arguments))):
        text = json.dumps(one.trial.arguments, ensure_ascii=False)
        plain = text.isprintable() and "example" not in text and not holds_mask(text) and ". " not in text
        # A path is one of this machine.
        local = any(isinstance(v, str) and v.startswith("/") for v in one.trial.arguments.values())
        if one.trial.arguments and plain and not local and len(text) <= _LONGEST_EXAMPLE:
            yield Claim(f"Example: {text}", Component.EXAMPLES, _cite(one))
            return
