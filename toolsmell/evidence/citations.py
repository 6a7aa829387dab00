"""Evidence about one tool: what may be cited, and the facts in it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

from toolsmell.calling.outcomes import Observation
from toolsmell.evidence.claims import Citation, CiteKind
from toolsmell.evidence.code.worded import words
from toolsmell.evidence.facts import Facts, facts_of, units_of
from toolsmell.evidence.hints import without_library_hints
from toolsmell.evidence.orders import kept_facts
from toolsmell.model import Json
from toolsmell.model.implementation import CodeFact, Implementation
from toolsmell.model.pointer import lookup, unescape
from toolsmell.reading.context import ServerContext, ToolContext, per_server
from toolsmell.safety.strings import strings
from toolsmell.text import identifier_words, words_of

_LONGEST: Final = 4_000
_QUOTED: Final = 160
"""Characters of a place that are shown as its quotation."""


class ToolEvidence:
    """The evidence about one tool."""

    def __init__(
        self,
        tool: ToolContext,
        seen: Sequence[Observation] = (),
        private: Iterable[str] = (),
        documents: Mapping[str, str] | None = None,
    ) -> None:
        self.tool: Final = tool
        self.seen: Final = tuple(o for o in seen if o.speaks)
        """Recorded calls of the server that show its behaviour; those of the tool itself are in `own_calls`."""
        self.private: Final = tuple(private)
        """Texts of this machine (home folder, user, host) that no description may have."""
        self.documents: Final = dict(documents or {})
        """Passages about the tool, by the name of the document."""
        if instructions := tool.server.manifest.instructions:
            self.documents.setdefault("instructions", instructions)

    @property
    def code(self) -> Implementation | None:
        """The code of the tool, or None if nobody read it or it was not found."""
        read = self.tool.server.manifest.implementations
        found = read.get(self.tool.tool.index) if read is not None else None
        return found if found is not None and found.functions else None

    def fact(self, at: str) -> CodeFact | None:
        """Return the fact that a citation of code names, `PATH:LINES@HASH#FACT`, or None if there is none."""
        facts = self.code.facts if self.code is not None else ()
        return next((fact for fact in facts if not fact.off and fact.citation.partition(":")[2] == at), None)

    @cached_property
    def own_calls(self) -> tuple[Observation, ...]:
        """The recorded calls of this tool."""
        return tuple(o for o in self.seen if o.trial.tool == self.tool.tool.name)

    @cached_property
    def observations(self) -> Mapping[str, str]:
        """The calls of the server by number: what was sent and what came back, masked."""
        return {str(o.number): o.evidence for o in self.seen}

    @cached_property
    def original(self) -> Facts:
        """The facts of the description and of the parameters' descriptions that a rewrite must keep: not its orders."""
        described = (p.description for p in self.tool.parameters)
        return kept_facts(self.tool, [d for d in described if d])

    @cached_property
    def own(self) -> Facts:
        """The facts of the tool, its recorded calls and its documents."""
        return facts_of(self._own())

    @property
    def siblings(self) -> Facts:
        """The facts in the names and texts of the server's tools."""
        return _of_siblings(self.tool.server)

    @property
    def server_words(self) -> frozenset[str]:
        """The words in the names and texts of the server's tools, lower case."""
        return _words_of(self.tool.server)

    @cached_property
    def names(self) -> frozenset[str]:
        """Names of tools, parameters and result fields of the server, lower case."""
        inside = (p.name for t in self.tool.server.tools for p in (*t.all_parameters, *t.all_outputs))
        return frozenset(name.lower() for name in (*self.tool.server.by_name, *inside))

    @cached_property
    def units(self) -> frozenset[str]:
        """Units that the evidence names, or that names and keywords of the schema imply."""
        tool = self.tool
        inside = " ".join(w for p in (*tool.all_parameters, *tool.all_outputs) for w in identifier_words(p.name))
        lengths = {"char"} if "minLength" in tool.sent or "maxLength" in tool.sent else set()
        return self.own.units | self.siblings.units | units_of(inside) | lengths

    def quoted(self, citation: Citation) -> str | None:
        """Return the words at a place, cut to one line; None if the evidence has no such place."""
        text = self._at(citation)
        if text is None:
            return None
        line = " ".join(text.split())
        return line if len(line) <= _QUOTED else f"{line[: _QUOTED - 1]}…"

    def _at(self, citation: Citation) -> str | None:
        at = citation.at
        match citation.kind:
            case CiteKind.ORIGINAL:
                quotation = at.strip().strip("\"'`“”")
                return quotation if quotation and quotation.lower() in self.tool.text.raw.lower() else None
            case CiteKind.OBSERVATION:
                found = next((o for o in self.seen if str(o.number) == at), None)
                return None if found is None else found.shown
            case CiteKind.SIBLING:
                name, _, pointer = at.partition("#")
                sibling = self.tool.server.by_name.get(name)
                return None if sibling in (None, self.tool) else _words_at(sibling.tool.raw, pointer or "/description")
            case CiteKind.ANNOTATION:
                return _words_at(without_library_hints(self.tool.tool), at) if at.startswith("/annotations/") else None
            case CiteKind.SCHEMA:
                allowed = at.startswith(("/inputSchema", "/outputSchema", "/title", "/name"))
                return _words_at(self.tool.tool.raw, at) if allowed else None
            case CiteKind.CODE:
                fact = self.fact(at)
                return None if fact is None else words(fact)
            case CiteKind.DOCUMENT:
                return self.documents.get(at.partition("#")[0])
            case CiteKind.QUOTATION:
                return at

    def _own(self) -> list[str]:
        tool = self.tool
        own = [sent.text for sent in strings(tool.tool.raw)]
        schemas = [json.dumps(s)[:_LONGEST] for s in (tool.tool.input_schema, tool.tool.output_schema) if s]
        code = [*map(words, self.code.facts), *self.code.texts.values()] if self.code is not None else []
        return [*own, *schemas, *self.observations.values(), *self.documents.values(), *code]


@per_server
def _words_of(server: ServerContext) -> frozenset[str]:
    return frozenset(words_of(_of_siblings(server).lower))


@per_server
def _of_siblings(server: ServerContext) -> Facts:
    """Return the facts in names and texts of all tools, which are the same for each of them."""
    texts = (t.text.raw for t in server.tools)
    described = (p.description for t in server.tools for p in t.parameters)
    return facts_of((*server.by_name, *texts, *(d for d in described if d)))


def _words_at(raw: Json, pointer: str) -> str | None:
    """Return the words at a pointer: the keyword and its value."""
    if not pointer.startswith("/"):
        return None
    found = lookup(raw, pointer)
    if found is None and not _is_null(raw, pointer):
        return None
    if isinstance(found, str) and pointer.endswith(("/description", "/title", "/name")):
        return found[:_LONGEST]
    return f"{unescape(pointer.rpartition('/')[2])}: {json.dumps(found, ensure_ascii=False)[:_LONGEST]}"


def _is_null(raw: Json, pointer: str) -> bool:
    head, _, last = pointer.rpartition("/")
    parent = lookup(raw, head) if head else raw
    return isinstance(parent, dict) and unescape(last) in parent
