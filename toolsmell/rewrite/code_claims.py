"""Claims from the code of a tool, without a model: documentation of parameters, enumerations and bounds.

Only what always holds, for parameters whose texts and schemas do not say it. A fact that three siblings share is said
once for the server instead (`shared_facts`).
"""

from collections import Counter
from collections.abc import Iterator
from re import escape
from typing import Final, NamedTuple, TypeAlias

from toolsmell.evidence.claims import Citation, CiteKind, Claim
from toolsmell.evidence.code.worded import value_words, words
from toolsmell.model import Component
from toolsmell.model.basics import is_whole
from toolsmell.model.implementation import Aspect, CodeFact, FactKind, Handling, Implementation, Operator
from toolsmell.reading.context import ServerContext, ToolContext, per_server
from toolsmell.reading.stated import range_of, values_of
from toolsmell.rules.trust import is_suspicious
from toolsmell.schema.reader import Parameter, choices_of
from toolsmell.text import Text, pattern

MOST_FACTS: Final = 2
"""Enumerations and bounds that one tool gets."""
SHARED_BY: Final = 3
"""Tools with the same fact from which on it is said once for the server."""
_LONGEST: Final = 240
_MOST_VALUES: Final = 12
_OF_THE_LANGUAGE: Final = (
    r"(?i)\b(?:file object|file-like|bytes|callable|callback|instance|dataframe|ndarray|tuple|promise|pointer"
    r"|(?:None|undefined|nil)\b|path object|enum member)\b"
)
"""Words about values that no call over MCP can pass."""
_BOUNDS: Final = frozenset("minimum maximum exclusiveMinimum exclusiveMaximum minLength maxLength enum const".split())

Same: TypeAlias = tuple[FactKind, str | None, Operator | None, str]


class SharedFact(NamedTuple):
    """A fact of several tools."""

    text: str
    tools: tuple[str, ...]


def code_claims(tool: ToolContext, component: Component) -> tuple[Claim, ...]:
    """Return the claims about parameters that the code supports; each adds to `component`."""
    code = code_of(tool)
    if code is None or tool.text.script not in ("latin", "none"):
        return ()
    documented = tuple(_documented(tool, code, component))
    if documented and is_suspicious(_with(tool, documented)):
        documented = ()  # a docstring that gives orders is no evidence
    taken = {claim.parameter for claim in documented}
    checked = [claim for claim in _checked(tool, code, component) if claim.parameter not in taken]
    return (*documented, *checked[:MOST_FACTS])


def code_of(tool: ToolContext) -> Implementation | None:
    """Return the code of a tool, or None if nobody read it or it was not found."""
    read = tool.server.manifest.implementations
    return read.get(tool.tool.index) if read is not None else None


def _with(tool: ToolContext, claims: tuple[Claim, ...]) -> ToolContext:
    """Return the tool as if its description were these claims alone."""
    text = "\n".join(claim.text for claim in claims)
    return ToolContext(tool.tool._replace(raw={**tool.tool.raw, "description": text}), tool.server)


def _cite(fact: CodeFact) -> Citation:
    return Citation(CiteKind.CODE, fact.citation.partition(":")[2])


def _documented(tool: ToolContext, code: Implementation, component: Component) -> Iterator[Claim]:
    """Yield the documentation of bare parameters: of the handler, or of a function that gets half of the parameters."""
    first = {fact.parameter: fact for fact in reversed(code.of(FactKind.DOCUMENTATION)) if _half(tool, fact)}
    for parameter in tool.parameters:
        fact = first.get(parameter.name)
        if fact is None or not fact.message or parameter.description or parameter.name in tool.reading.explained:
            continue
        plain = len(fact.message) <= _LONGEST and fact.message.isprintable()
        # What holds for one of several ways through the code is not all that the parameter can be.
        if plain and not fact.conditions and not pattern(_OF_THE_LANGUAGE).search(fact.message):
            ended = fact.message if fact.message.endswith((".", "!", "?", ")")) else f"{fact.message}."
            yield Claim(ended[:1].upper() + ended[1:], component, (_cite(fact),), parameter.name)


def _half(tool: ToolContext, fact: CodeFact) -> bool:
    """Return True if the function of a fact gets at least half of the tool's parameters."""
    own = {parameter.name for parameter in tool.parameters}
    got = set(fact.way[-1].arguments.values()) & own if fact.way else own
    return len(got) * 2 >= len(own)


def _checked(tool: ToolContext, code: Implementation, component: Component) -> Iterator[Claim]:
    """Yield the enumerations and bounds that the code checks and nothing else states."""
    shared = _counts(tool.server)
    for parameter in tool.parameters:
        if _is_stated(tool, parameter):
            continue
        facts = [f for f in code.of_parameter(parameter.name, FactKind.ENUM, FactKind.BOUND) if _always(f)]
        own = [fact for fact in facts if shared[_same(fact)] < SHARED_BY and _in_words(fact, parameter)]
        enum = next((fact for fact in own if fact.kind is FactKind.ENUM), None)
        if enum is not None and _names_all(tool, parameter, enum):
            continue
        used = [enum] if enum is not None else _pair([fact for fact in own if fact.kind is FactKind.BOUND])
        text = _enum_text(enum) if enum is not None else _bound_text(used, parameter)
        if text:
            yield Claim(text, component, tuple(map(_cite, used)), parameter.name)


def _always(fact: CodeFact) -> bool:
    """Return True if nothing but the presence of its own parameter decides whether a fact holds."""
    return not fact.flags and all(one.parameter == fact.parameter for one in fact.conditions)


def _in_words(fact: CodeFact, parameter: Parameter) -> bool:
    """Return False for `x > 0` about a number: the last whole number that is allowed is not its bound."""
    strict = fact.operator in (Operator.ABOVE, Operator.BELOW)
    return not strict or fact.aspect is Aspect.LENGTH or parameter.types == {"integer"}


def _is_stated(tool: ToolContext, parameter: Parameter) -> bool:
    """Return True if a text or the schema gives bounds or values for a parameter."""
    schema = parameter.schema if isinstance(parameter.schema, dict) else {}
    if choices_of(schema) or not _BOUNDS.isdisjoint(schema) or not parameter.types.isdisjoint(("boolean", "object")):
        return True
    texts = [e.text for e in tool.explanations if e.parameter.pointer == parameter.pointer]
    return any(range_of(text) or values_of(text) for text in (*texts, Text(parameter.description or "")))


def _names_all(tool: ToolContext, parameter: Parameter, fact: CodeFact) -> bool:
    """Return True if the text about a parameter names each value of an enumeration in quotes."""
    texts = [e.text.raw for e in tool.explanations if e.parameter.pointer == parameter.pointer]
    told = " ".join((*texts, parameter.description or "")).lower()
    return all(pattern(rf"[`'\"“‘]{escape(str(value).lower())}[`'\"”’]").search(told) for value in fact.values)


def _enum_text(fact: CodeFact) -> str:
    if fact.handling is not Handling.REJECTED or not 1 < len(fact.values) <= _MOST_VALUES:
        return ""
    listed = [value_words(value) for value in fact.values if isinstance(value, str | int) and value not in ("", True)]
    return f"One of {', '.join(listed)}." if len(listed) == len(fact.values) else ""


def _pair(facts: list[CodeFact]) -> list[CodeFact]:
    """Return one lower and one upper bound that the code handles alike; none if there are several of a side."""
    if len({(fact.handling, fact.aspect) for fact in facts}) != 1:
        return []
    lows = [fact for fact in facts if fact.operator in (Operator.AT_LEAST, Operator.ABOVE)]
    highs = [fact for fact in facts if fact.operator in (Operator.AT_MOST, Operator.BELOW)]
    return facts if len(lows) <= 1 and len(highs) <= 1 else []


def _bound_text(facts: list[CodeFact], parameter: Parameter) -> str:
    if not facts or facts[0].handling is Handling.REPLACED or not all(is_whole(f.values[0]) for f in facts):
        return ""
    low, high = (next((_limit(f) for f in facts if f.operator in side), None) for side in (_LOW, _HIGH))
    length = facts[0].aspect is Aspect.LENGTH
    unit = _COUNTED.get(parameter.types, "") if length else ""
    if length and (low is not None or not unit):
        return ""
    if low is not None and high is not None:
        said = f"From {low} to {high}"
    else:
        said = f"At most {high}{unit}" if high is not None else f"At least {low}"
    if facts[0].handling is not Handling.LIMITED:
        return f"{said}."
    others = "other" if low is not None and high is not None else "larger" if high is not None else "smaller"
    return f"{said}; {others} values are limited to it."


_COUNTED: Final = {frozenset(("string",)): " characters", frozenset(("array",)): " items"}
"""What a length counts, by the types of the parameter; of others it is unknown."""
_LOW: Final = (Operator.AT_LEAST, Operator.ABOVE)
_HIGH: Final = (Operator.AT_MOST, Operator.BELOW)


def _limit(fact: CodeFact) -> int:
    """Return the bound of a fact as the last number that is allowed."""
    step = {Operator.ABOVE: 1, Operator.BELOW: -1}.get(fact.operator or Operator.AT_MOST, 0)
    return int(fact.values[0]) + step


def _same(fact: CodeFact) -> Same:
    return fact.kind, fact.parameter, fact.operator, repr(fact.values)


@per_server
def _counts(server: ServerContext) -> Counter[Same]:
    """Return in how many tools each fact occurs."""
    found: Counter[Same] = Counter()
    for tool in server.tools:
        code = code_of(tool)
        found.update({_same(fact) for fact in (code.facts if code is not None else ())})
    return found


def shared_facts(server: ServerContext) -> tuple[SharedFact, ...]:
    """Return the enumerations and bounds that the code of several tools has: they belong in the instructions."""
    places: dict[Same, tuple[CodeFact, list[str]]] = {}
    for tool in server.tools:
        code = code_of(tool)
        facts = code.of(FactKind.ENUM, FactKind.BOUND) if code is not None else ()
        for fact in {_same(fact): fact for fact in facts if _always(fact)}.values():
            places.setdefault(_same(fact), (fact, []))[1].append(tool.tool.label)
    return tuple(SharedFact(words(fact), tuple(tools)) for fact, tools in places.values() if len(tools) >= SHARED_BY)
