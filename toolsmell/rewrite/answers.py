"""Reads what a model answers: calls, claims and texts, and the schemas of these answers."""

import json
from collections.abc import Iterator
from typing import Final, NamedTuple

from toolsmell.calling.outcomes import Trial
from toolsmell.evidence.claims import Citation, CiteKind, Claim, Reported, Rewrite
from toolsmell.model import Json
from toolsmell.models.client import ChatReply
from toolsmell.models.replies import closed_object
from toolsmell.reading.context import ToolContext
from toolsmell.rewrite.asker import NothingLeftError, RejectedError, UnusableError, object_in
from toolsmell.schema.fit import violation
from toolsmell.scoring.weights import Writing

_TEXT: Final[Json] = {"type": "string"}
_OPTIONAL: Final[Json] = {"type": ["string", "null"]}
_LONGEST: Final = 20_000


def _object(**properties: Json) -> Json:
    return closed_object(properties)


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


CALL: Final = _object(query=_TEXT, arguments=_OPTIONAL, next=_TEXT)


def analysis_schema(writing: Writing) -> Json:
    """Return the schema of an analysis."""
    problems = _list(_object(text=_TEXT, cites=_list(_TEXT)))
    return _object(claims=_claims(writing), problems=problems, unknown=_list(_TEXT), helps=_TEXT)


def texts_schema(writing: Writing) -> Json:
    """Return the schema of a text with its claims."""
    parameters = _list(_object(name=_TEXT, description=_TEXT))
    return _object(description=_TEXT, parameters=parameters, claims=_claims(writing), next=_TEXT)


def _claims(writing: Writing) -> Json:
    component = {"type": "string", "enum": list(writing.order)}
    return _list(_object(text=_TEXT, component=component, parameter=_OPTIONAL, cites=_list(_TEXT)))


class ProposedCall(NamedTuple):
    """A call that a model proposes, and what it wants to explore after it."""

    trial: Trial
    direction: str


class Analysis(NamedTuple):
    """Gaps that a model finds in a description."""

    claims: tuple[Claim, ...] = ()
    problems: tuple[Reported, ...] = ()
    """Contradictions between a text and the code."""
    unknown: tuple[str, ...] = ()
    """Questions that the evidence does not answer."""
    helps: str = ""


class WrittenText(NamedTuple):
    """A text that a model wrote, and what it wants to explore next."""

    rewrite: Rewrite
    direction: str


def call_in(reply: ChatReply, tool: ToolContext) -> ProposedCall:
    """Read a proposed call.

    Raises `NothingLeftError` if the model wants none, `UnusableError` if the arguments do not fit the schema.
    """
    value = object_in(reply)
    arguments, query = value.get("arguments"), value.get("query")
    if isinstance(arguments, str):
        arguments = _parsed(arguments)
    if arguments is None:
        raise NothingLeftError
    if not isinstance(arguments, dict) or not isinstance(query, str):
        raise UnusableError("`arguments` is not an object, or `query` is not a string")
    schema = tool.tool.input_schema or {}
    if broken := violation(arguments, schema, schema):
        raise RejectedError(f"its arguments do not fit the schema: the object {broken}")
    asked = query.strip()[:200]
    trial = Trial(tool.tool.name or "", arguments, asked or "a suggested call", query=asked)
    return ProposedCall(trial, _words(value.get("next")))


def _parsed(text: str) -> Json:
    try:
        return json.loads(text) if text.strip() else None
    except (ValueError, RecursionError):
        raise UnusableError("`arguments` is a string that is not JSON") from None


def analysis_in(reply: ChatReply, writing: Writing) -> Analysis:
    """Read an analysis. Raises `UnusableError` if it has no list of claims."""
    value = object_in(reply)
    unknown = value.get("unknown")
    questions = tuple(_words(q) for q in unknown[:20] if _words(q)) if isinstance(unknown, list) else ()
    return Analysis(claims_in(value, writing), tuple(_problems(value)), questions, _words(value.get("helps")))


def _problems(value: dict[str, Json]) -> Iterator[Reported]:
    """Yield the problems of an answer that cite the code."""
    listed = value.get("problems")
    for entry in listed[:20] if isinstance(listed, list) else ():
        cites = entry.get("cites") if isinstance(entry, dict) else None
        found = [Citation.parse(one) for one in cites if isinstance(one, str)] if isinstance(cites, list) else []
        code = tuple(cite for cite in found if cite is not None and cite.kind is CiteKind.CODE)
        if code and (text := _words(entry.get("text"))):
            yield Reported(text, code)


def written_in(reply: ChatReply, writing: Writing) -> WrittenText:
    """Read a text with its claims.

    Raises `NothingLeftError` if the model wants no change, `UnusableError` if the answer has no text.
    """
    value = object_in(reply)
    description = value.get("description")
    if description is None and value.get("claims") == []:
        raise NothingLeftError
    if not isinstance(description, str) or not description.strip():
        raise UnusableError("has no text `description`")
    claims = claims_in(value, writing)
    rewrite = Rewrite(description.strip()[:_LONGEST], _parameters(value.get("parameters")), claims)
    return WrittenText(rewrite, _words(value.get("next")))


def _parameters(value: Json) -> dict[str, str]:
    """Read descriptions of parameters: an object by name, or a list of names with descriptions."""
    if isinstance(value, list):
        entries = [entry for entry in value if isinstance(entry, dict) and isinstance(entry.get("name"), str)]
        value = {entry["name"]: entry.get("description") for entry in entries}
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise UnusableError("has `parameters` that are not texts by name")
    return {name: text.strip()[:_LONGEST] for name, text in value.items() if text.strip()}


def claims_in(value: dict[str, Json], writing: Writing) -> tuple[Claim, ...]:
    """Return the claims of an answer without malformed ones. Raises `UnusableError` if it has no list of them."""
    claims = value.get("claims")
    if not isinstance(claims, list):
        raise UnusableError("has no list `claims`")
    return tuple(c for value in claims[:100] if (c := _claim(value, writing)))


def _claim(value: Json, writing: Writing) -> Claim | None:
    if not isinstance(value, dict) or not isinstance(value.get("text"), str) or not value["text"].strip():
        return None
    listed = value.get("cites")
    cites = [Citation.parse(c) for c in listed if isinstance(c, str)] if isinstance(listed, list) else []
    named, parameter = value.get("component"), value.get("parameter")
    return Claim(
        value["text"].strip(),
        named if named in writing.order else writing.rest,
        tuple(c for c in cites if c),
        parameter if isinstance(parameter, str) else None,
    )


def _words(value: Json) -> str:
    return " ".join(value.split())[:400] if isinstance(value, str) else ""
