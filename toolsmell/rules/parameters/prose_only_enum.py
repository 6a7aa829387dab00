"""A closed list of values in the text and not in the schema.

## What it checks

String parameters whose description lists every value (`'asc' or 'desc'`, `one of: a, b, c`, `[text|html]`) and whose
schema has no `enum`, `const` or `pattern`. A text that allows one value (`Must be "image"`) is such a list too.

## Why it matters

With an `enum` a provider lets a model write nothing else. Without one an agent writes `ascending`, `ASC` or
`Ascending`, and only some servers forgive it.

## Smelly

```json
{"name": "list_orders", "description": "Lists orders.",
 "inputSchema": {"type": "object", "properties": {
   "order": {"type": "string", "description": "Order by date: 'asc' or 'desc'."}}}}
```

## Better

```json
{"name": "list_orders", "description": "Lists orders.",
 "inputSchema": {"type": "object", "properties": {
   "order": {"type": "string", "description": "Order by date.", "enum": ["asc", "desc"]}}}}
```

## Not flagged

Lists that are open ("such as", "e.g.", "etc."), name some values ("common", "typically"), deny them or are read
in part, values under a condition, values of which several may be passed, numbers, and words in brackets that are not
values.

A text that allows more than it lists (`also`, `any`, `case-insensitive`, a default that is not in the list) is flagged,
but not fixed: an enum would be too narrow.

## References

- JSON Schema 2020-12, Validation, 6.1.2 `enum`.
"""

from collections.abc import Iterator, Mapping

from toolsmell.escape import shown
from toolsmell.model import Fix, Json
from toolsmell.reading.context import ToolContext
from toolsmell.reading.stated import values_of
from toolsmell.rules.base import Hit, Options, addition, json_key
from toolsmell.schema.reader import Parameter, choices_of
from toolsmell.text import Text, pattern

_LITERALS = (" or ", "one of", "values", "options", "must be", "only ")
_NAMED_VALUES = r"(?:: |\bone of:? |\beither )((?:[A-Z]\w+, )*[A-Z]\w+,? (?:or|and) [A-Z]\w+)\b"
_QUOTED = r"(?P<{0}>['\"`])(?P<{0}_value>[\w.-]{{1,40}})(?P={0})"
_ONE_VALUE = (
    rf"(?:(?:^|[.:;(] ?)(?:[Ii]t )?[Mm]ust be (?:set to )?{_QUOTED.format('must')}"
    rf"|\b[Oo]nly {_QUOTED.format('only')}(?: is)?(?: currently)? (?:supported|allowed|accepted|valid))"
    r"(?=\.?$|\. |[;)]| [—–-] )"
)
_MORE = (
    r"\*|\b(?:also|any|others?|otherwise|custom|empty|blank|null|none|combin\w+|multiple|several|prefix\w*|suffix\w*"
    r"|case[ -]?insensitive|(?:lower|upper)[ -]?case|wild ?cards?|numbers?|contain\w*|(?:end|begin|start)s? (?:in|with)"
    r"|except|besides|plus|works?|iso|cron|reg ?ex(?:es)?|pattern|syntax|both|url)\b"
)
"""Words of a text that allows more than it lists, or other ways to write it. Its list is right, and an enum would be
too narrow."""
_DEFAULT = r"\bdefaults?(?: value)?(?:(?: is| to|[:=]) ?['\"`]?|[ ]?['\"`])(\w[\w.+-]{0,40})"
_ACTIONS = ("action", "operation", "mode", "command", "method", "op")
_ADDS_OR_BARS = ("nullable", "not", "minLength", "maxLength")
"""Keywords with which a list of values would be too narrow, or could not be met."""
_CONSTRAINED = ("pattern", "format", "enum", "const")


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    lower = tool.prose_lower
    bracketed = ("/" in lower or "|" in lower) and ("(" in lower or "[" in lower)
    if not bracketed and not any(map(lower.__contains__, _LITERALS)):
        return
    for parameter, text, _ in tool.explanations:
        numeric = isinstance(parameter.schema, dict) and parameter.schema.get("type") != "string"
        if numeric and (names := _names_of_numbers(parameter, text)):
            yield Hit(
                parameter.pointer,
                f"'{shown(parameter.path)}' is a number, and the text names its values"
                f" ({shown(', '.join(names), 50)}): an"
                " agent passes a name",
                excerpt=", ".join(names),
                help=f"take the names as values, or say which number each has: '0 is {shown(names[0], 20)}'",
            )
        if not _free(parameter):
            continue
        values = values_of(text) or _only_value(text)
        default = parameter.default
        if isinstance(default, str) and default and default not in values:
            continue  # there are other values
        if values and not _are_parameters(values, tool) and not _are_cases(values, parameter, text, tool):
            listed = ", ".join(values)
            yield Hit(
                parameter.pointer,
                f"the values of '{shown(parameter.path)}' ({shown(listed, 50)}) are only in the text, not in the"
                " schema: an agent may write them otherwise",
                excerpt=listed,
                fix=_fix(tool, parameter, values) if _is_all(text, values) else None,
                help=f"add {shown(json_key('enum', list(values)), 120)} to '{shown(parameter.path)}'",
            )


def _only_value(text: Text) -> tuple[str, ...]:
    """Return the one value that a text allows (`Must be "image"`), or nothing."""
    found = pattern(_ONE_VALUE).search(text.raw) if "ust be " in text.raw or "nly " in text.raw else None
    return (found["must_value"] or found["only_value"],) if found else ()


def _names_of_numbers(parameter: Parameter, text: Text) -> tuple[str, ...]:
    """Return the names that a text gives to the values of a whole number, without saying which number each has."""
    raw = text.raw
    if len(raw) > 300 or not (" or " in raw or " and " in raw) or parameter.types - {"null"} != {"integer"}:
        return ()
    if any(c.isdigit() for c in raw):
        return ()
    listed = pattern(_NAMED_VALUES).search(text.raw)
    if listed is None or choices_of(parameter.schema) or "enum" in parameter.schema:
        return ()
    return tuple(pattern(r"[A-Za-z]\w*").findall(listed[1].replace(" or ", ",").replace(" and ", ",")))


def _are_parameters(values: tuple[str, ...], tool: ToolContext) -> bool:
    """Return True if the list is one of the tool's other parameters, or of tools, not of values."""
    names = {parameter.name for parameter in tool.all_parameters}
    return sum(value in names or value in tool.server.by_name for value in values) > 1


def _are_cases(values: tuple[str, ...], parameter: Parameter, text: Text, tool: ToolContext) -> bool:
    """Return True if the values in brackets are those of the action that the parameter is for."""
    listed = f"({'/'.join(values)})" in text.raw
    others = [p for p in tool.parameters if p.name in _ACTIONS] if listed and parameter.name not in _ACTIONS else ()
    return any(
        all(value in (other.description or "") for value in values) or set(values) <= set(choices_of(other.schema))
        for other in others
    )


def _fix(tool: ToolContext, parameter: Parameter, values: tuple[str, ...]) -> Fix | None:
    listed: list[Json] = [*values]
    return addition(tool, parameter.pointer, {"enum": listed}) if _plain_text(parameter, values) else None


def _is_all(text: Text, values: tuple[str, ...]) -> bool:
    """Return True if nothing in a text speaks of a value that is not in its list."""
    lower = text.lower
    for value in values:
        lower = lower.replace(value.lower(), " ") if pattern(_MORE).search(value.lower()) else lower
    defaults = pattern(_DEFAULT).findall(text.lower) if "default" in lower else ()
    known = {value.lower() for value in values}
    return not pattern(_MORE).search(lower) and known.issuperset(said.rstrip(".") for said in defaults)


def _plain_text(parameter: Parameter, values: tuple[str, ...]) -> bool:
    """Return True if an enum of these texts allows what the schema allowed: no null, no other default or example."""
    schema = parameter.schema
    if not schema.keys().isdisjoint(_ADDS_OR_BARS):
        return False
    examples = schema.get("examples")
    shown_values = [*(examples if isinstance(examples, list) else ()), *_given(schema, "default", "example")]
    return bool(schema.get("type") == "string" and all(value in values for value in shown_values))


def _given(schema: Mapping[str, Json], *keys: str) -> Iterator[Json]:
    yield from (schema[key] for key in keys if key in schema)


def _free(parameter: Parameter) -> bool:
    schema = parameter.schema
    if (
        not isinstance(schema, dict)
        or parameter.types - {"null"} != {"string"}
        or not schema.keys().isdisjoint(_CONSTRAINED)
    ):
        return False
    return not choices_of(schema)
