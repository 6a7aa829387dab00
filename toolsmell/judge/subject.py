"""Prepares a tool for a judge: the relevant parts, without secrets and without anything that looks like the fence."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from toolsmell.escape import visible
from toolsmell.model import Frame, Json
from toolsmell.models.client import fingerprint
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.safety.credentials import is_placeholder, names_secret
from toolsmell.safety.masking import masked
from toolsmell.text import pattern

LONGEST_TEXT = 16_000
"""Characters of one string that a judge sees. The longest real descriptions have 7,000."""
LONGEST_SCHEMA = 32_000
"""Characters of a schema that a judge sees."""
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
    """Every text in it; quotations must occur in one of them."""

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
            if shared := self._shared(tool):
                parts["also_in_other_tools"] = shared
        clean = {key: _clean(part, 0) for key, part in parts.items()}
        if "inputSchema" in clean:
            clean["inputSchema"] = _within_limit(clean["inputSchema"])
        return Subject(json.dumps(clean, ensure_ascii=False, indent=1), tuple(_strings(clean)))

    def _shared(self, tool: ToolContext) -> list[str]:
        """Return the sentences of `tool` that occur verbatim in two other tools of its server."""
        return [s.text for s in tool.text.sentences if self._holders[s.text] > 2][:_MOST_ITEMS]

    @cached_property
    def _holders(self) -> Counter[str]:
        return Counter(text for tool in self._server.tools for text in {s.text for s in tool.text.sentences})


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
