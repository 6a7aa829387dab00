"""A default that changes from day to day.

## What it checks

Defaults of parameters that are a date or a time, in the lock and now: they must not differ.

## Why it matters

The server computes the default when it starts. Every client that pins or caches tool definitions sees a change each
day, prompt caches are lost, and an agent that remembers the tool passes yesterday's date.

## Smelly

```json
{"before": [{"name": "list_orders", "inputSchema": {"type": "object", "properties": {
   "until": {"type": "string", "default": "2026-05-30"}}}}],
 "after": [{"name": "list_orders", "inputSchema": {"type": "object", "properties": {
   "until": {"type": "string", "default": "2026-05-31"}}}}]}
```

## Better

```json
{"before": [{"name": "list_orders", "inputSchema": {"type": "object", "properties": {
   "until": {"type": "string", "description": "Last day, YYYY-MM-DD; today if left out."}}}}],
 "after": [{"name": "list_orders", "inputSchema": {"type": "object", "properties": {
   "until": {"type": "string", "description": "Last day, YYYY-MM-DD; today if left out."}}}}]}
```

## Not flagged

Defaults that are the same in both, and changed defaults of other kinds: `breaking-change`.

## References

- modelcontextprotocol/python-sdk: a Python default such as `date.today()` is evaluated once, when the module is loaded.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model import Json
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.since_lock import Drift
from toolsmell.schema.reader import parameters
from toolsmell.text import pattern

_DATE = r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.{0,20})?|\d{1,2}[./]\d{1,2}[./]\d{4}|20\d{6}"


def check(drift: Drift, _options: Options) -> Iterator[Hit]:
    before = {tool.name: tool for tool in drift.before.tools if tool.name is not None}
    for tool in drift.after.tools:
        old = before.get(tool.tool.name or "")
        if old is None or "default" not in tool.input_check.survey.keywords:
            continue
        locked = {p.path: p.default for p in parameters(old.input_schema)}
        for parameter in tool.all_parameters:
            then, now = locked.get(parameter.path), parameter.default
            if then != now and _is_time(then) and _is_time(now):
                yield Hit(
                    f"{parameter.pointer}/default",
                    f"the default of '{shown(parameter.path)}' was {shown(str(then), 30)} and is"
                    f" {shown(str(now), 30)} now:"
                    " it depends on the day on which the server starts",
                    excerpt=parameter.path,
                    tool=tool.tool.index,
                    help='remove "default", and say in the description what has if the parameter is left out',
                )


def _is_time(value: Json) -> bool:
    return isinstance(value, str) and bool(pattern(_DATE).fullmatch(value))
