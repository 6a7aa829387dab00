"""A number without its unit.

## What it checks

Numbers whose name says that they measure something (timeout, interval, distance, weight, price, memory), and numbers
that are points in time (since, until). The name, the description of the parameter, or a sentence of the tool's
description about the parameter must name the unit.

## Why it matters

An agent that takes milliseconds for seconds is wrong by a factor of a thousand, and the call succeeds.

## Smelly

```json
{"name": "watch_queue", "description": "Waits for a message.", "inputSchema": {"type": "object", "properties": {
  "timeout": {"type": "integer", "description": "Timeout of the wait."}}}}
```

## Better

```json
{"name": "watch_queue", "description": "Waits for a message.", "inputSchema": {"type": "object", "properties": {
  "timeout": {"type": "integer", "description": "Seconds to wait, 0 to 60."}}}}
```

## Not flagged

Numbers with an enum, shares between 0 and 1, tools with a parameter for the unit or the currency, sizes on a screen,
and numbers that count steps (edit distance, retries). A unit that the text gives for another parameter does not count.

## References

- Anthropic, "Writing effective tools for agents": parameter names and descriptions should leave no doubt.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model import Json
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import Parameter
from toolsmell.text import identifier_words, last_word, pattern

_KINDS = {
    **dict.fromkeys("timeout duration delay interval ttl latency wait expiration lifetime".split(), "time"),
    **dict.fromkeys("since until".split(), "point in time"),
    **dict.fromkeys("distance radius altitude elevation".split(), "distance"),
    **dict.fromkeys("weight mass".split(), "weight"),
    "temperature": "temperature",
    **dict.fromkeys("price amount cost budget salary fee".split(), "money"),
    **dict.fromkeys("bandwidth memory".split(), "data"),
}
_EXAMPLES = {
    "time": "seconds",
    "point in time": "seconds since 1970",
    "distance": "metres",
    "weight": "kilograms",
    "temperature": "degrees Celsius",
    "money": "US dollars",
    "data": "megabytes",
}
_TIME = (
    r"second|\bsecs?\b|milli|micro|nano|\bms\b|\bmins?\b|minute|hour|\bhrs?\b|\bdays?\b|week|month|year|\d ?s\b"
    r"|\bs\)|beat|bar\b|frame|epoch|unix|block|cycle|tick|iso|sessions|turns|steps|iterations|timestamp"
)
# Any of these names a unit, or says that there is none.
_UNITS = {
    "time": _TIME,
    "point in time": rf"{_TIME}|version|sequence|cursor|revision|commit|offset|height|ledger|slot|number",
    "distance": (
        r"met(?:er|re)s?\b|\bkm\b|\bmiles?\b|\bmi\b|\bm\b|feet|foot|\bft\b|kilomet|pixel|\bpx\b|degree|\binch|\bau\b"
        r"|\bcm\b|\bmm\b|level|unit|nautical|light|hop|node"
    ),
    "weight": (
        r"\bkg\b|\bg\b|gram|pound|\blbs?\b|ounce|\boz\b|\btons?\b|unit"
        r"|\bpoints?\b|\bpt\b|thickness|stroke|percent|%|importance|font|score|relative|ranking|bias|edge|boost|influence|blend"
    ),
    "temperature": r"celsius|fahrenheit|kelvin|°|0\.\d|random|creativ|sampling|model|llm|generation|prompt",
    "money": (
        r"must equal|same as"
        r"|\$|€|£|¥|usd|eur\b|gbp|cents?\b|dollar|euro|currency|yen|rupee|smallest|minor unit|major unit|micros"
        r"|wei|gwei|ether|\beth\b|sol\b|lamport|\bbtc\b|satoshi|token|coins?\b|units?\b|percent|%|quantity|number of"
    ),
    "data": r"\b[kmgt]i?b\b|byte|bit\b|bps",
}
_SHARE = r"\b0(?:\.0)? ?(?:-|–|to|and|,|\.\.) ?1(?:\.0)?\b|ratio|fraction|share|probabilit|normali[sz]ed"
_COUNTED = frozenset(
    "stroke outline edit hamming levenshtein cosine border inner outer corner font max_retry search hop tree".split()
)
_OF_UNITS = frozenset("unit units currency uom measure".split())


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    if tool.parameter_endings.isdisjoint(_KINDS) or not _OF_UNITS.isdisjoint(tool.parameter_endings):
        return
    for parameter in tool.all_parameters:
        kind = _KINDS.get(last_word(parameter.name))
        if kind is None or not _measures(parameter):
            continue
        if not _has_unit(kind, parameter, tool):
            yield Hit(
                parameter.pointer,
                f"nothing says in which unit '{shown(parameter.path)}' is: an agent may be wrong by a factor",
                excerpt=parameter.path,
                help=f"name the unit in the description of '{shown(parameter.path)}', such as '{_EXAMPLES[kind]}'",
            )


def _measures(parameter: Parameter) -> bool:
    """Return True for a number that has no enum and is no share between 0 and 1."""
    if parameter.types.isdisjoint(("integer", "number")) or "string" in parameter.types:
        return False
    schema = parameter.schema
    if not schema.keys().isdisjoint(("enum", "const")) or (schema.get("maximum") in (1, 2) and "minimum" in schema):
        return False
    if not _COUNTED.isdisjoint(identifier_words(parameter.name)):
        return False
    if parameter.name == "temperature" and _is_share(parameter.default):
        return False  # of a model: it has no unit
    return not pattern(_SHARE).search((parameter.description or "").lower())


def _is_share(default: Json) -> bool:
    return isinstance(default, int | float) and 0 <= default <= 2


def _has_unit(kind: str, parameter: Parameter, tool: ToolContext) -> bool:
    units = pattern(_UNITS[kind])
    said = f"{parameter.name} {parameter.description or ''} {parameter.schema.get('title', '')}".lower()
    if units.search(said) or pattern(_TIME).search(said) or not tool.text.raw.isascii() or not said.isascii():
        return True  # a unit in another script is not known here
    word = last_word(parameter.name)
    about = (span.text.lower() for span in tool.text.sentences if word in span.text.lower())
    if any(units.search(sentence) for sentence in about):
        return True
    return kind == "money" and any(
        "currency" in p.name.lower() or "token" in p.name.lower() for p in tool.all_parameters
    )
