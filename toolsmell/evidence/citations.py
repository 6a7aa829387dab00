"""What may be cited of one tool, and whether a citation holds what is claimed on it.  Pure."""

import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final

from toolsmell.evidence.claims import Citation, CiteKind, Claim
from toolsmell.evidence.facts import Facts, facts_of, merged, spelt_numbers, spelt_units, stems_of, units_of
from toolsmell.model import Json
from toolsmell.model.pointer import lookup, unescape
from toolsmell.reading.context import ServerContext, ToolContext, per_server
from toolsmell.safety.strings import strings
from toolsmell.text import identifier_words

_SHARE: Final = 0.3
"""Of the words of a claim, the share that the cited places, or the names of the tool, must hold."""
_LONGEST: Final = 4_000

_HINTS: Mapping[tuple[str, bool], str] = {
    ("readOnlyHint", True): "read-only reads only, changes modifies nothing, no side effects",
    ("readOnlyHint", False): "changes modifies something, not read-only",
    ("destructiveHint", True): "destructive: may delete remove overwrite destroy what is there",
    ("destructiveHint", False): "not destructive: adds only, deletes overwrites nothing",
    ("idempotentHint", True): "idempotent: repeating calling again with the same arguments changes nothing more",
    ("idempotentHint", False): "not idempotent: each call repeating takes effect again",
    ("openWorldHint", True): "open world: reaches external outside systems, the network, the internet",
    ("openWorldHint", False): "closed world: works on its own data, reaches nothing outside",
}
"""What the specification says that each hint means, for comparing words."""

_KEYWORDS = {
    "minimum": "at least from",
    "maximum": "at most to",
    "minLength": "at least from characters",
    "maxLength": "at most to characters",
    "minItems": "at least from items",
    "maxItems": "at most to items",
    "format": "a date time as yyyy mm dd thh ss address absolute",
    "anyOf": "needs one of",
    "oneOf": "needs exactly one of",
    "outputSchema": "returns",
}
"""What keywords of a schema mean."""


class Evidence:
    """One tool with all that may be said of it."""

    def __init__(
        self, tool: ToolContext, observations: Mapping[str, str] | None = None, private: Iterable[str] = ()
    ) -> None:
        self.tool: Final = tool
        self.observations: Final = observations or {}
        """By number: what was sent and came back, masked; of calls that say something of the tool itself."""
        self.private: Final = tuple(private)
        """Texts of this machine (home folder, user, host) that no description may hold."""

    @cached_property
    def original(self) -> Facts:
        """The facts of the description and of those of the parameters."""
        described = (p.description for p in self.tool.parameters)
        return facts_of((self.tool.text.raw, *(d for d in described if d)))

    @cached_property
    def known(self) -> Facts:
        """The facts of everything that may be cited."""
        return merged(facts_of(self._own()), _of_siblings(self.tool.server))

    @cached_property
    def names(self) -> frozenset[str]:
        """Names that a text may use: of the tool, its siblings, its parameters and its results, in lower case."""
        tool = self.tool
        inside = (p.name for p in (*tool.all_parameters, *tool.all_outputs))
        return frozenset(name.lower() for name in (*tool.server.by_name, *inside))

    @cached_property
    def name_stems(self) -> frozenset[str]:
        own = [*self.tool.name_words, *self.tool.server.name_words]
        for parameter in self.tool.all_parameters:
            own += identifier_words(parameter.name)
        return stems_of(" ".join(own))

    @cached_property
    def stems(self) -> frozenset[str]:
        return stems_of("\n".join((*self._own(), *self.tool.server.by_name))) | self.name_stems

    def cited(self, citation: Citation) -> str | None:
        """Return what stands at a place, in words; None where there is no such place."""
        match citation.kind:
            case CiteKind.ORIGINAL:
                return self._span(citation.at)
            case CiteKind.OBSERVATION:
                return self.observations.get(citation.at)
            case CiteKind.SIBLING:
                name, _, pointer = citation.at.partition("#")
                sibling = self.tool.server.by_name.get(name)
                found = None if sibling is None or sibling is self.tool else _at(sibling.tool.raw, pointer)
                return None if found is None else f"{name} {' '.join(identifier_words(name))} {found}"
            case CiteKind.ANNOTATION:
                return _at(self.tool.tool.raw, citation.at) if citation.at.startswith("/annotations/") else None
            case CiteKind.SCHEMA:
                allowed = citation.at.startswith(("/inputSchema", "/outputSchema", "/title", "/name"))
                return _at(self.tool.tool.raw, citation.at) if allowed else None

    def unsupported(self, claim: Claim) -> str | None:
        """Say why the citations of `claim` do not carry it; None where they do."""
        if not claim.cites:
            return "it cites nothing"
        found = [(cite, self.cited(cite)) for cite in claim.cites]
        if missing := [str(cite) for cite, text in found if text is None]:
            return f"there is no {missing[0]}"
        texts = [text for _, text in found if text]
        cited, stated = facts_of(texts), facts_of([claim.text])
        numbers = stated.numbers - cited.numbers - spelt_numbers(cited.lower)
        values = {v for v in stated.values if v.lower() not in cited.lower and v.lower() not in self.names}
        if extra := sorted(numbers | values):
            return f"what it cites does not hold {extra[0]!r}"
        stems = stems_of(claim.text)
        held = stems & (stems_of("\n".join(texts)) | self.name_stems)
        return "what it cites speaks of something else" if len(held) < _SHARE * len(stems) else None

    @cached_property
    def units(self) -> frozenset[str]:
        """The units that may be used: those that are named, and those that names and keywords of the schema imply."""
        inside = " ".join(w for p in self.tool.all_parameters for w in identifier_words(p.name))
        lengths = {"char"} if "minLength" in self.tool.sent or "maxLength" in self.tool.sent else set()
        return self.known.units | units_of(inside) | lengths

    def _span(self, at: str) -> str | None:
        start, dash, end = at.partition("-")
        raw = self.tool.text.raw
        if not dash or not start.isdecimal() or not end.isdecimal() or not int(start) < int(end) <= len(raw):
            return None
        return raw[int(start) : int(end)]

    def _own(self) -> list[str]:
        tool = self.tool
        own = [sent.text for sent in strings(tool.tool.raw)]
        schemas = [json.dumps(s)[:_LONGEST] for s in (tool.tool.input_schema, tool.tool.output_schema) if s]
        return [*own, *schemas, *self.observations.values()]


@per_server
def _of_siblings(server: ServerContext) -> Facts:
    """Return the facts in the names of all tools, which are the same for each of them."""
    return facts_of(server.by_name)


def _at(raw: Json, pointer: str) -> str | None:
    """Return the words of a pointer and of what it names."""
    if not pointer.startswith("/"):
        return None
    found = lookup(raw, pointer)
    steps = [unescape(step) for step in pointer.split("/")[1:]]
    if found is None and not _is_null(raw, pointer):
        return None
    hint = _HINTS.get((steps[-1], found)) if isinstance(found, bool) else _KEYWORDS.get(steps[-1])
    text = found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)
    words = " ".join(word for step in steps for word in (step, *identifier_words(step)))
    return f"{words} {text[:_LONGEST]} {hint or ''} {spelt_units(words)}"


def _is_null(raw: Json, pointer: str) -> bool:
    head, _, last = pointer.rpartition("/")
    parent = lookup(raw, head) if head else raw
    return isinstance(parent, dict) and unescape(last) in parent
