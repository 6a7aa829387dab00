"""A number without its unit.

## What it checks

Numeric parameters whose name says that they hold a time span, a size in memory, a distance, a weight, a temperature or
money, for a unit: in the name (`timeout_ms`), the description, or the tool's description where it names them.

## Why it matters

`timeout: 30` is half a minute or gone at once. An agent takes the usual unit, and nothing tells it that it was wrong
by a factor of a thousand.

## Smelly

```json
{"name": "run_query", "description": "Runs a query.",
 "inputSchema": {"type": "object", "properties": {
   "timeout": {"type": "integer", "description": "Time after which the query is stopped."}}}}
```

## Better

```json
{"name": "run_query", "description": "Runs a query.",
 "inputSchema": {"type": "object", "properties": {
   "timeout": {"type": "integer", "description": "Seconds after which the query is stopped."}}}}
```

## Not flagged

Counts, sizes of a page or a list, and numbers that are bounds of another thing's count.

## References

- Hasan et al., "Model Context Protocol (MCP) Tool Descriptions Are Smelly!" (arXiv 2602.14878): opaque parameters.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import Parameter
from toolsmell.text import last_word, pattern

_KINDS = {
    **dict.fromkeys(
        ("timeout", "duration", "delay", "interval", "ttl", "latency", "wait", "expiration", "lifetime"), "time"
    ),
    **dict.fromkeys(("distance", "radius", "altitude", "elevation"), "distance"),
    **dict.fromkeys(("weight", "mass"), "weight"),
    "temperature": "temperature",
    **dict.fromkeys(("price", "amount", "cost", "budget", "salary", "fee"), "money"),
    "bandwidth": "data",
    "memory": "data",
}
# Any of these names a unit, or says that there is none.
_UNITS = {
    "time": (
        r"second|\bsecs?\b|milli|micro|nano|\bms\b|\bmins?\b|minute|hour|\bhrs?\b|\bdays?\b|week|month|year|\d ?s\b"
        r"|\bs\)|beat|bar\b|frame|epoch|unix|block|cycle|tick|iso|sessions|turns|steps|iterations"
    ),
    "distance": (
        r"met(?:er|re)s?\b|\bkm\b|\bmiles?\b|\bmi\b|\bm\b|feet|foot|\bft\b|kilomet|pixel|\bpx\b|degree|\binch|\bau\b"
        r"|\bcm\b|\bmm\b|level|unit|nautical|light"
    ),
    "weight": (
        r"\bkg\b|\bg\b|gram|pound|\blbs?\b|ounce|\boz\b|\btons?\b|unit"
        r"|percent|%|0-1|between 0|0\.0|importance|font|score|relative|ranking|bias"
    ),
    "temperature": (
        r"celsius|fahrenheit|kelvin|°|0-1|0 ?- ?[12]|0 to [12]|0\.\d|between 0"
        r"|random|creativ|sampling|model|llm|generation"
    ),
    "money": (
        r"\$|€|£|¥|usd|eur\b|gbp|cents?\b|dollar|euro|currency|yen|rupee|smallest|minor unit|major unit|micros"
        r"|wei|gwei|ether|\beth\b|sol\b|lamport|\bbtc\b|satoshi|token|coins?\b|units?\b|percent|%"
    ),
    "data": r"\b[kmgt]i?b\b|byte|bit\b|bps",
}


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    if tool.parameter_endings.isdisjoint(_KINDS):
        return
    for parameter in tool.all_parameters:
        kind = _KINDS.get(last_word(parameter.name))
        if kind is None or parameter.types.isdisjoint(("integer", "number")):
            continue
        if not _has_unit(kind, parameter, tool):
            yield Hit(
                parameter.pointer,
                f"nothing says in which unit '{shown(parameter.path)}' is: an agent is wrong by a factor",
                excerpt=parameter.path,
            )


def _has_unit(kind: str, parameter: Parameter, tool: ToolContext) -> bool:
    units = pattern(_UNITS[kind])
    said = f"{parameter.name} {parameter.description or ''} {parameter.schema.get('title', '')}".lower()
    if units.search(said) or units.search(tool.text.lower) or not tool.text.raw.isascii() or not said.isascii():
        return True  # a unit in another script is not known here
    return kind == "money" and any(
        "currency" in p.name.lower() or "token" in p.name.lower() for p in tool.all_parameters
    )
