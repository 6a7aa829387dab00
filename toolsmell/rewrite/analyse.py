"""Claims without a model: what annotations, the output schema, the siblings and the schema's own examples say.  Pure.

Each template says only what its citation says, and nothing that the text says already. What the input schema says of
single parameters is in `analyse_parameters`.
"""

import json
from collections.abc import Iterator

from toolsmell.evidence.citations import Evidence
from toolsmell.evidence.claims import Citation, CiteKind, Claim
from toolsmell.evidence.facts import mentions
from toolsmell.model import Component, Json
from toolsmell.reading.context import ServerContext, ToolContext, per_server
from toolsmell.reading.cues import Cue, cues_of
from toolsmell.reading.verbs import Deed, deed_named, deed_of, own_words
from toolsmell.rewrite.analyse_order import order_claims
from toolsmell.rewrite.analyse_parameters import parameter_claims
from toolsmell.rewrite.phrases import listed, named
from toolsmell.rules.trust import is_suspicious
from toolsmell.schema.fit import violation
from toolsmell.schema.reader import Parameter
from toolsmell.text import Text, pattern, words_of

_MOST_FIELDS = 8
_MOST_SIBLINGS = 50
_LONGEST_EXAMPLE = 240
_LONGEST_VALUE = 60
_SHOWN = ("examples", "example")
# The first value of an enumeration, or a default, shows nothing that a reader of the schema does not see.
_MAKING, _CHANGING, _SEARCHING = (
    ("create", "insert", "register"),
    ("update", "edit", "modify", "patch"),
    ("search", "find", "query"),
)


def claims_of(evidence: Evidence) -> tuple[Claim, ...]:
    """Return what may be added to the texts of one tool, most important first."""
    tool = evidence.tool
    if tool.text.script not in ("latin", "none"):
        return ()
    purpose = tuple(_purpose(tool))
    if not tool.text.words and not purpose:
        # What a tool is for cannot be made up, and a text without it is none: its parameters may be explained.
        return tuple(parameter_claims(tool))
    return (
        *purpose,
        *_result(tool),
        *_alternatives_needed(tool),
        *_effects(tool),
        *_siblings(tool),
        *order_claims(tool),
        *_example(tool),
        *parameter_claims(tool),
    )


def _schema(at: str) -> Citation:
    return Citation(CiteKind.SCHEMA, at)


def _purpose(tool: ToolContext) -> Iterator[Claim]:
    """Say what title or name say, where there is no description at all."""
    if tool.text.words:
        return
    title = tool.tool.title
    if title and len(words_of(title)) > 1:
        yield Claim(f"{title.strip().rstrip('.')}.", Component.PURPOSE, (_schema("/title"),))
    elif len(words := own_words(tool)) > 1 and "".join(words).isalpha():
        yield Claim(f"{' '.join(words).capitalize()}.", Component.PURPOSE, (_schema("/name"),))


def _result(tool: ToolContext) -> Iterator[Claim]:
    """Say what the output schema holds, which few clients pass on to the model."""
    fields = [p for p in tool.all_outputs if p.depth == 0]
    plain = [p for p in fields if pattern(r"[A-Za-z_]\w{0,40}").fullmatch(p.name)][:_MOST_FIELDS]
    if not plain or len(plain) < min(len(fields), _MOST_FIELDS) or _is_envelope(fields):
        return
    told = sum(mentions(tool.text.lower, p.name) for p in plain)
    if told * 2 > len(plain) or (told and cues_of(tool.text.words) & 1 << Cue.RETURNS):
        return
    shown = [_field(tool, p) for p in plain]
    more = ", among others" if len(fields) > len(plain) else ""
    yield Claim(f"Returns {listed(shown)}{more}.", Component.PURPOSE, (_schema("/outputSchema"),))


def _is_envelope(fields: list[Parameter]) -> bool:
    """Say whether an output schema only wraps something: one field that nothing describes."""
    return len(fields) == 1 and not fields[0].description and fields[0].types <= {"string", "object"}


def _field(tool: ToolContext, field: Parameter) -> str:
    inside = [
        p.name for p in tool.all_outputs if p.depth == 1 and p.path.startswith((f"{field.name}[].", f"{field.name}."))
    ]
    if "array" in field.types and inside:
        return f"`{field.name}` (a list of objects with {listed([f'`{n}`' for n in inside[:4]])})"
    return named(field.name, field.description)


def _alternatives_needed(tool: ToolContext) -> Iterator[Claim]:
    """Say which of several parameters is needed, where the schema says so in branches."""
    schema = tool.tool.input_schema or {}
    for keyword, words in (("anyOf", "Needs at least one of"), ("oneOf", "Needs exactly one of")):
        branches = schema.get(keyword)
        groups = [b.get("required") for b in branches if isinstance(b, dict)] if isinstance(branches, list) else []
        names = [g[0] for g in groups if isinstance(g, list) and len(g) == 1 and isinstance(g[0], str)]
        if len(names) > 1 and len(names) == len(groups) and {p.name for p in tool.parameters} >= set(names):
            choice = listed([f"`{n}`" for n in names])
            yield Claim(f"{words} {choice}.", Component.LIMITATIONS, (_schema(f"/inputSchema/{keyword}"),))


def _effects(tool: ToolContext) -> Iterator[Claim]:
    """Say what the annotations declare, unless name or text say otherwise, or the text says it."""
    hints = tool.tool.annotations or {}
    lower, deed = tool.text.lower, deed_of(tool)
    writes = (
        any(deed_named(w) not in (None, Deed.READ) for w in tool.name_words)
        or (deed is not None and deed[1] is not Deed.READ)
        or any(deed_named(w) not in (None, Deed.READ) for w in tool.text.words[:12])
    )
    told = any(
        word in lower
        for word in ("read-only", "readonly", "read only", "modif", "changes", "side effect", "destructive")
    )
    if hints.get("readOnlyHint") is True:
        if not writes and not told:
            yield _hint("Read-only: it changes nothing.", "readOnlyHint")
        return
    told = told or any(word in lower for word in ("overwrit", "delet", "remov", "permanent", "irrevers", "undone"))
    # "If it exists, the operation fails" says that what is there is safe.
    told = told or ("exist" in lower and "fail" in lower)
    if hints.get("destructiveHint") is True and not told and not (deed and deed[1] in (Deed.READ, Deed.CREATE)):
        yield _hint("It may overwrite or delete what is there.", "destructiveHint")
    told = any(word in lower for word in ("idempotent", "again", "repeat", "same arg"))
    creates = deed is not None and deed[1] is Deed.CREATE
    if hints.get("idempotentHint") is True and "readOnlyHint" in hints and not told and not creates:
        yield _hint("Calling it again with the same arguments changes nothing more.", "idempotentHint")


def _hint(text: str, hint: str) -> Claim:
    return Claim(text, Component.LIMITATIONS, (Citation(CiteKind.ANNOTATION, f"/annotations/{hint}"),))


def _siblings(tool: ToolContext) -> Iterator[Claim]:
    """Point to the tool that is easily taken for this one, where it says itself what it does instead.

    That is the one that makes where this one changes, and the other way round, and the one that searches where this
    one gets. That something else deletes is no reason to take this one for it.
    """
    own, noun = deed_of(tool), _noun(tool)
    if not own or not noun or not _is_about(tool, noun) or cues_of(tool.text.words) & 1 << Cue.WHEN_NOT:
        return
    for other in _by_noun(tool.server)[noun][:_MOST_SIBLINGS]:
        if other is tool or not (deed := deed_of(other)) or not other.text.words:
            continue
        words = _instead(own, deed) if _is_about(other, noun) else None
        if words and deed_named(other.text.words[0]) is deed[1] and not is_suspicious(other):
            if not mentions(tool.text.lower, other.tool.name or ""):
                cite = Citation(CiteKind.SIBLING, f"{other.tool.name}#/description")
                yield Claim(f"{words}, use `{other.tool.name}` instead.", Component.USAGE, (cite,))
            return


def _instead(own: tuple[str, Deed], other: tuple[str, Deed]) -> str | None:
    if own[0] in _MAKING and other[0] in _CHANGING:
        return "To change one that exists"
    if own[0] in _CHANGING and other[0] in _MAKING:
        return "To create a new one"
    if own[1] is Deed.READ and other[0] in _SEARCHING and own[0] not in _SEARCHING:
        return f"To {other[0]} among them"
    return None


def _noun(tool: ToolContext) -> tuple[str, ...]:
    words = own_words(tool)
    return tuple(w.removesuffix("s") for w in words[1:]) if len(words) > 1 and deed_named(words[0]) else ()


@per_server
def _by_noun(server: ServerContext) -> dict[tuple[str, ...], list[ToolContext]]:
    """Return the tools by what they deal with."""
    found: dict[tuple[str, ...], list[ToolContext]] = {}
    for tool in server.tools:
        found.setdefault(_noun(tool), []).append(tool)
    return found


def _is_about(tool: ToolContext, noun: tuple[str, ...]) -> bool:
    """Say whether the text speaks of what the name seems to: `get_basic` may be a plan, and no thing that is got."""
    return set(noun) <= {w.removesuffix("s") for w in tool.text.words}


def _example(tool: ToolContext) -> Iterator[Claim]:
    """Show a call made of the schema's own examples and constants, where all that is required has one."""
    schema = tool.tool.input_schema
    if schema is None or cues_of(tool.text.words) & 1 << Cue.EXAMPLE or "{" in tool.text.raw:
        return
    call: dict[str, Json] = {}
    cites: list[Citation] = []
    for parameter in tool.parameters:
        keyword, value = _example_value(parameter.schema)
        if keyword and (parameter.required or keyword in _SHOWN):
            call[parameter.name] = value
            cites.append(_schema(f"{parameter.pointer}/{keyword}"))
        elif parameter.required:
            return
    text = json.dumps(call, ensure_ascii=False)
    shows = any(cite.at.rpartition("/")[2] in _SHOWN for cite in cites)
    if not shows or len(text) > _LONGEST_EXAMPLE or violation(call, schema, schema) or not text.isprintable():
        return
    claim = f"Example: {text}"
    if len(Text(claim).sentences) == 1:
        yield Claim(claim, Component.EXAMPLES, tuple(cites))


def _example_value(schema: Json) -> tuple[str, Json]:
    if not isinstance(schema, dict):
        return "", None
    for keyword in ("examples", "example", "const", "enum", "default"):
        value = schema.get(keyword)
        if keyword in ("examples", "enum"):
            value = value[0] if isinstance(value, list) and value else None
        small = isinstance(value, bool | int | float) or (isinstance(value, str) and 0 < len(value) <= _LONGEST_VALUE)
        if value is not None and (small or (isinstance(value, list) and len(json.dumps(value)) <= _LONGEST_VALUE)):
            return keyword, value
    return "", None
