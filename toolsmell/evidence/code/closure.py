"""Follows a tool from its handler through the functions of the project, and collects their facts."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, TypeAlias

from toolsmell.calling.acts import READING
from toolsmell.evidence.code.lines import lines_of, text_between
from toolsmell.evidence.code.reader_values import Activation, BodyReading, CodeReader, Handler
from toolsmell.model import Tool
from toolsmell.model.implementation import (
    Abstention,
    CodeEffect,
    CodeFact,
    CodeLines,
    CodeStep,
    Doubt,
    FactKind,
    Implementation,
    Operator,
    ReachedFunction,
    Unused,
)
from toolsmell.schema.reader import types_of
from toolsmell.text import identifier_words

_ASKING: Final = READING | frozenset(
    "query scrape check validate analyze preview compare explain ask summarize".split()
)
"""Verbs of tools whose requests ask, whatever their HTTP verb."""

MAX_DEPTH = 3
"""Calls from the handler to a function that is read."""

MAX_FUNCTIONS = 60
"""Functions that are read for one tool."""


Siblings: TypeAlias = Mapping[tuple[Path, int], str]
"""The names of tools by the file and the first byte of the functions that they run."""


def implementation(tool: Tool, handler: Handler, reader: CodeReader, siblings: Siblings) -> Implementation:
    """Return the code of a tool, with its facts."""
    if siblings is None:
        siblings = {}
    if handler.activation is None:
        return Implementation(tool.index, abstained=handler.abstained)
    closure = _Closure(reader, siblings, tool)
    closure.follow(handler.activation)
    abstained = tuple(dict.fromkeys((*handler.abstained, *closure.abstained)))
    filled = _filled(tool) if handler.registered else frozenset()
    kept = (fact for fact in closure.facts if not (_is_told(tool, fact) or _asks(tool, fact) or _is_late(fact, filled)))
    facts = _numbered(_typed(tool, fact) for fact in kept)
    sure = not handler.abstained and Doubt.TOO_MUCH not in {one.doubt for one in closure.abstained}
    unused = tuple(_unused(tool, handler, handler.activation, closure.used)) if sure else ()
    return Implementation(tool.index, tuple(closure.functions), facts, unused, abstained, closure.texts)


class _Closure:
    """The functions that one tool reaches, breadth first."""

    def __init__(self, reader: CodeReader, siblings: Siblings, tool: Tool) -> None:
        self._reader: Final = reader
        self._siblings: Final = siblings
        self._tool: Final = tool
        self._called: Final[list[tuple[CodeStep, ...]]] = []
        """The ways to the handlers of siblings."""
        self._seen: Final[set[tuple[object, ...]]] = set()
        self.functions: Final[list[ReachedFunction]] = []
        self.facts: Final[list[CodeFact]] = []
        self.used: Final[set[str]] = set()
        self.abstained: Final[list[Abstention]] = []
        self.texts: Final[dict[str, str]] = {}

    def follow(self, handler: Activation) -> None:
        level = [handler]
        for depth in range(MAX_DEPTH + 1):
            level = [called for one in level for called in self._read(one, depth)]
        for one in level:
            self._not_read(one)

    def _read(self, activation: Activation, depth: int) -> Iterable[Activation]:
        """Add the facts of a function, and return the functions that it calls."""
        if activation.identity in self._seen:
            return ()
        self._seen.add(activation.identity)
        if len(self.functions) >= MAX_FUNCTIONS:
            self._not_read(activation)
            self.abstained.append(Abstention(Doubt.TOO_MUCH))
            return ()
        body = self._reader.body(activation)
        self._add(activation, body, depth)
        return body.calls

    def _add(self, activation: Activation, body: BodyReading, depth: int) -> None:
        lines = _lines(activation)
        self.functions.append(ReachedFunction(activation.name, lines, depth, activation.way))
        self.texts.setdefault(lines.shown, text_between(activation.function.module, lines.line, lines.end_line))
        # A constant in a function below is internal, unless the result of the function is that of the tool.
        shaping = activation.gives_result
        self.facts.extend(fact for fact in body.facts if shaping or fact.kind is not FactKind.CONSTANT)
        self.facts.extend(self._calls_of_siblings(body))
        self.used.update(body.used)
        self.abstained.extend(body.abstained)

    def _calls_of_siblings(self, body: BodyReading) -> Iterable[CodeFact]:
        """Yield the calls of other tools; what those call is theirs."""
        for call in body.calls:
            key = call.function.module.path, call.function.node.start_byte
            name = self._siblings.get(key)
            if name is not None and name != self._tool.name and not self._through_siblings(call):
                self._called.append(call.way)
                way = call.way[:-1]
                yield CodeFact(FactKind.SIBLING, call.way[-1].at, name=name, conditions=call.conditions, way=way)

    def _through_siblings(self, call: Activation) -> bool:
        return any(before == call.way[: len(before)] for before in self._called)

    def _not_read(self, activation: Activation) -> None:
        """Count arguments that are passed to a function that is not read as used."""
        self.used.update(activation.passed)


def _lines(activation: Activation) -> CodeLines:
    module, node = activation.function
    region = activation.region
    return lines_of(module, region[0], region[-1]) if region else lines_of(module, node)


def _is_told(tool: Tool, fact: CodeFact) -> bool:
    """Return True for documentation that the tool's own texts have word for word."""
    if fact.kind is not FactKind.DOCUMENTATION or fact.message is None:
        return False
    properties = (tool.input_schema or {}).get("properties")
    schema = properties.get(fact.parameter) if isinstance(properties, Mapping) else None
    described = schema.get("description") if isinstance(schema, Mapping) else None
    told = f"{tool.description or ''} {described if isinstance(described, str) else ''}"
    return fact.message in " ".join(told.split())


def _asks(tool: Tool, fact: CodeFact) -> bool:
    """Return True for a request that may change data, but is sent by a tool that reads by its name."""
    words = identifier_words(tool.name or "")
    return fact.effect is CodeEffect.SENDS_REQUEST and bool(words) and words[0] in _ASKING


def _filled(tool: Tool) -> frozenset[str]:
    """Return the parameters for which the schema has a default, which SDKs pass to a function that they call."""
    properties = (tool.input_schema or {}).get("properties")
    found = properties.items() if isinstance(properties, Mapping) else ()
    return frozenset(name for name, one in found if isinstance(one, Mapping) and one.get("default") is not None)


def _is_late(fact: CodeFact, filled: frozenset[str]) -> bool:
    """Return True for what happens to an argument that is not given if an SDK always gives one; those of Go do not."""
    missing = fact.operator is Operator.ABSENT and fact.values == (None,)
    late = fact.kind is FactKind.DEFAULT or (fact.kind is FactKind.GUARD and missing)
    return late and fact.parameter in filled and not fact.lines.file.endswith(".go")


def _typed(tool: Tool, fact: CodeFact) -> CodeFact:
    """Return a fact with the types that the schema gives the parameters."""
    conditions = tuple(one._replace(json_type=_type_of(tool, one.parameter)) for one in fact.conditions)
    return fact._replace(json_type=_type_of(tool, fact.parameter), conditions=conditions)


def _type_of(tool: Tool, parameter: str | None) -> str:
    properties = (tool.input_schema or {}).get("properties")
    schema = properties.get(parameter) if isinstance(properties, Mapping) and parameter else None
    types = types_of(schema) - {"null"} if isinstance(schema, Mapping) else frozenset()
    return next(iter(types)) if len(types) == 1 else ""


def _numbered(facts: Iterable[CodeFact]) -> tuple[CodeFact, ...]:
    """Number the facts, each once; of equal ones the first, which is nearest to the handler."""
    found: dict[tuple[object, ...], CodeFact] = {}
    for fact in facts:
        key = (fact.kind, fact.lines, fact.parameter, fact.operator, repr(fact.values), fact.effect, fact.name)
        found.setdefault(key, fact)
    return tuple(fact._replace(id=f"F{number}") for number, fact in enumerate(found.values(), 1))


def _unused(tool: Tool, handler: Handler, activation: Activation, used: set[str]) -> Iterable[Unused]:
    if "" in used:
        return
    read = {wire.partition(".")[0] for wire in used}
    properties = (tool.input_schema or {}).get("properties")
    known = tool.known("inputSchema") and isinstance(properties, Mapping)
    if isinstance(properties, Mapping) and not handler.registered and not read & properties.keys():
        return
    for name in properties if known and isinstance(properties, Mapping) else ():
        if name not in read:
            yield Unused(name, _lines(activation))
