"""The JSON Schema of `toolsmell.toml`, which editors complete and check by."""

from collections.abc import Iterable, Mapping

from toolsmell.model import Json
from toolsmell.project.config.keys import (
    KEYS,
    PATH_KEYS,
    RULE_KEYS,
    SERVER_KEYS,
    SUPPRESS_KEYS,
    TABLES,
    TOOL_KEYS,
    Key,
    option_schema,
)
from toolsmell.rules import RULES, Rule


def json_schema(smells: Iterable[str]) -> dict[str, Json]:
    """Return the schema; `smells` are the ids besides those of the rules."""
    rules = _table({}, {rule.id: {"$ref": f"#/$defs/{rule.id}"} for rule in RULES})
    rules["properties"] |= {id_: _table(RULE_KEYS) for id_ in smells}
    tables = {
        "server": _table(SERVER_KEYS),
        "rules": {"$ref": "#/$defs/rules"},
        "tools": {
            "type": "object",
            "additionalProperties": _table(TOOL_KEYS, {"rules": {"$ref": "#/$defs/rules"}}),
        },
        "paths": {"type": "object", "additionalProperties": _table(PATH_KEYS)},
        "suppress": {"type": "array", "items": {**_table(SUPPRESS_KEYS), "required": ["rule", "reason"]}},
    }
    described = {name: {**table, "description": TABLES[name]} for name, table in tables.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "toolsmell.toml",
        **_table(KEYS, described),
        "$defs": {"rules": rules, **{rule.id: _rule(rule) for rule in RULES}},
    }


def _rule(rule: Rule) -> dict[str, Json]:
    options = {name: {**option_schema(value), "default": value} for name, value in rule.options.items()}
    return {**_table(RULE_KEYS, options), "description": rule.summary}


def _table(keys: Mapping[str, Key], more: Mapping[str, Json] | None = None) -> dict[str, Json]:
    properties = {name: {**key.schema, "description": key.help} for name, key in keys.items()}
    return {"type": "object", "properties": {**properties, **(more or {})}, "additionalProperties": False}
