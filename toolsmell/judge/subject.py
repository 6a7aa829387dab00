"""Prepares a tool for a judge: the relevant parts, without secrets and without anything that looks like the fence."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from toolsmell.escape import visible
from toolsmell.judge.address import speaks_to_evaluator
from toolsmell.model import Frame, Json
from toolsmell.models.client import fingerprint
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.safety.credentials import is_placeholder, names_secret
from toolsmell.safety.masking import masked
from toolsmell.text import pattern, words_of

LONGEST_TEXT = 16_000
"""Characters of one string that a judge sees. The longest real descriptions have 7,000."""
LONGEST_SCHEMA = 32_000
"""Characters of a schema that a judge sees."""
LONGEST_SIBLING = 400
"""Characters of a sibling's description that a judge sees."""
MOST_SIBLINGS = 15
MOST_NAMES = 100
"""The most siblings whose text, and whose name, a judge sees."""
_SCHEMAS = frozenset(("inputSchema", "outputSchema"))
_WORDS_FROM = 2_000
"""Characters of a description whose words are compared."""
_MOST_ITEMS = 200
_DEEPEST = 32
_VALUES = frozenset(("default", "const", "example"))
"""Keywords whose value may be a real secret, if the parameter takes one."""
_ANGLES = "[<>\uff1c\uff1e\u2039\u203a\u00ab\u00bb\u3008-\u300b\u27e8-\u27eb\ufe64\ufe65]"


@dataclass(frozen=True, slots=True)
class Subject:
    """One tool as a judge sees it."""

    shown: str
    """JSON, to be put inside a fence."""
    strings: tuple[str, ...]
    """Every text of the tool itself in it; quotations must occur in one of them."""

    @property
    def fingerprint(self) -> str:
        """The hash of `shown`: equal subjects are one question."""
        return fingerprint(self.shown)


class Subjects:
    """Prepares the tools of one server, each with its siblings."""

    def __init__(self, server: ServerContext, frames: tuple[Frame, ...]) -> None:
        """For prose alone, a judge sees names and descriptions only."""
        self._server = server
        self._effective = Frame.EFFECTIVE in frames
        self._siblings = ShownSiblings(server)

    def of(self, tool: ToolContext) -> Subject:
        """Return `tool` as a judge sees it."""
        raw = tool.tool.raw if isinstance(tool.tool.raw, dict) else {}
        manifest = self._server.manifest
        parts: dict[str, Json] = {
            "server": manifest.name or manifest.key,
            "name": raw.get("name"),
            "description": raw.get("description"),
        }
        if self._effective:
            parts |= {key: raw[key] for key in ("title", "annotations") if raw.get(key)}
            parts["inputSchema"] = raw.get("inputSchema")
            if output := raw.get("outputSchema"):
                parts["outputSchema"] = output
            if shared := self._shared(tool):
                parts["also_in_other_tools"] = shared
        clean = {key: _clean(part, 0) for key, part in parts.items()}
        for key in _SCHEMAS & clean.keys():
            clean[key] = _within_limit(clean[key])
        others = self._siblings.of(tool) if self._effective else {}
        own = {key: part for key, part in clean.items() if key != "outputSchema"}
        return Subject(json.dumps(clean | others, ensure_ascii=False, indent=1), tuple(_strings(own)))

    def _shared(self, tool: ToolContext) -> list[str]:
        """Return the sentences of `tool` that occur verbatim in two other tools of its server."""
        return [s.text for s in tool.text.sentences if self._holders[s.text] > 2][:_MOST_ITEMS]

    @cached_property
    def _holders(self) -> Counter[str]:
        return Counter(text for tool in self._server.tools for text in {s.text for s in tool.text.sentences})


class ShownSiblings:
    """The other tools of one server as a judge sees them next to a tool."""

    def __init__(self, server: ServerContext) -> None:
        self._tools = [tool for tool in server.tools if tool.tool.name]

    def of(self, tool: ToolContext) -> dict[str, Json]:
        """Return name and text of the tools that read most like `tool`, and the names of further ones."""
        own = self._words[tool.tool.index]
        others = [other for other in self._tools if other is not tool]
        near = sorted(others, key=lambda other: -_overlap(own, self._words[other.tool.index]))
        texts = {harmless(other.tool.label): self._text(other) for other in near[:MOST_SIBLINGS]}
        names = [harmless(other.tool.label) for other in near[MOST_SIBLINGS:MOST_NAMES]]
        told: dict[str, Json] = {"siblings": texts} if texts else {}
        return told | ({"further_siblings": ", ".join(names)} if names else {})

    @cached_property
    def _words(self) -> dict[int, frozenset[str]]:
        return {
            t.tool.index: frozenset((*t.name_words, *words_of(t.text.raw[:_WORDS_FROM].lower()))) for t in self._tools
        }

    def _text(self, tool: ToolContext) -> str:
        if tool.tool.index not in self._texts:
            # A sibling that speaks to the assessor would do so in the question about every tool.
            foul = speaks_to_evaluator(tool)
            self._texts[tool.tool.index] = "" if foul else _cut(harmless(tool.text.raw), LONGEST_SIBLING)
        return self._texts[tool.tool.index]

    @cached_property
    def _texts(self) -> dict[int, str]:
        return {}


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of words that two texts have in common, 0 to 1."""
    return len(one & other) / (len(one | other) or 1)


def harmless(text: str) -> str:
    """Return `text` without secrets, with hidden characters visible, and with look-alikes of the marks broken up."""
    seen = visible(_masked(text), keep="\n\t")
    # A text cannot contain the marks around it; a look-alike might still be taken for one.
    spaced = pattern(f"({_ANGLES})(?={_ANGLES}|\\|)").sub(r"\1 ", seen)
    return spaced.replace("|>", "| >").replace("[INST]", "[ INST]").replace("[/INST]", "[ /INST]")


def _masked(text: str) -> str:
    """Return a text without secrets and, if it is long, without its middle, which is not searched for secrets."""
    if len(text) <= 4 * LONGEST_TEXT:
        return _cut(masked(text, prose=True), LONGEST_TEXT)
    ends = 2 * LONGEST_TEXT
    left_out = len(text) - 2 * ends
    return _cut(masked(text[:ends], prose=True) + masked(text[-ends:], prose=True), LONGEST_TEXT, left_out)


def _clean(value: Json, depth: int, secret: bool = False) -> Json:
    if isinstance(value, str):
        return "[a secret]" if secret and not is_placeholder(value) else harmless(value)
    if depth > _DEEPEST:
        return "(nested too deep to be shown)"
    if isinstance(value, dict):
        items = list(value.items())
        cleaned = {
            harmless(str(key)): _clean(item, depth + 1, secret if key in _VALUES else names_secret(str(key)))
            for key, item in items[:_MOST_ITEMS]
        }
        return cleaned | _left_out(len(items))
    if isinstance(value, list):
        rest = [f"({len(value) - _MOST_ITEMS} more)"] if len(value) > _MOST_ITEMS else []
        return [_clean(item, depth + 1) for item in value[:_MOST_ITEMS]] + rest
    return value if not isinstance(value, int | float) or abs(value) < 1e300 else str(value)[:40]


def _left_out(count: int) -> dict[str, Json]:
    return {"(left out)": f"{count - _MOST_ITEMS} more"} if count > _MOST_ITEMS else {}


def _within_limit(schema: Json) -> Json:
    text = json.dumps(schema, ensure_ascii=False)
    return schema if len(text) <= LONGEST_SCHEMA else _cut(text, LONGEST_SCHEMA)


def _cut(text: str, limit: int, left_out: int = 0) -> str:
    """Return a long text without its middle, and with the number of omitted characters; `left_out` were before."""
    if len(text) <= limit:
        return text
    head = limit * 3 // 4
    tail = limit - head
    return f"{text[:head]} (… {len(text) - limit + left_out:,} characters left out …) {text[-tail:]}"


def _strings(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
