"""Limits that clients and providers set for tools, as data with dates and sources.

A scan reads the committed JSON form, because a YAML library takes longer to import than thirty tools take to lint.
`python -m toolsmell.data.client_limits rubrics/clients.yaml` writes that form next to the YAML that people edit.
"""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final, NamedTuple

from toolsmell.data.shipped import shipped, write_json_forms
from toolsmell.errors import UsageError
from toolsmell.model import Json

SCHEMA: Final = "toolsmell.clients/v1"
FILE: Final = "clients.json"
PORTABLE: Final = "portable"
"""The choice that counts if the user chose no client: every current limit of every client."""

KINDS: Final = {
    "name-pattern": "the characters of a tool's name",
    "name-length": "the characters in a tool's name",
    "full-name-length": "the characters in a tool's name behind what the client puts in front of it",
    "property-pattern": "the names of parameters",
    "description-length": "the UTF-16 units of a tool's description, at most",
    "description-minimum": "the characters of a tool's description, at least",
    "instructions-length": "the UTF-16 units of the server's instructions",
    "root-keywords": "keywords that are not allowed at the root of the input schema",
    "keywords": "keywords that are not allowed anywhere in the input schema",
    "array-items": "whether every array must have `items`",
    "single-type": "whether `type` must be one type, not a list",
    "typed-properties": "whether every property must have a type",
    "needs-properties": "whether the input schema must have `properties`",
    "known-required": "whether every name in `required` must be a property",
    "object-keywords": "whether `properties` and `required` are allowed next to the type `object` only",
    "string-enums": "whether every value of an `enum` must be a string",
    "nonempty-enum-values": "whether the empty string is not allowed in an `enum`",
    "lone-any-of": "keywords that are not allowed next to `anyOf`; true: none is",
    "bare-references": "the only keywords that are allowed next to `$ref`",
    "reference-prefix": "how every `$ref` must begin",
    "regex-dialect": "constructs that are not allowed in a `pattern`: unicode-classes, lookaround, unanchored",
    "known-formats": "whether every `format` must be one that JSON Schema defines",
    "boolean-additional-properties": "whether `additionalProperties` must not be an empty schema",
    "all-required": "whether every property must be required",
    "closed-objects": "whether every object must have `additionalProperties: false`",
    "depth": "the levels of the input schema",
    "properties": "the properties of the input schema at all levels",
    "enum-values": "the values of all enumerations of the input schema",
    "tools": "the tools of all servers together",
    "tokens": "the tokens of all tools together",
}
"""The kinds of limit, and what each is about."""

EFFECTS: Final = ("refuses", "hides", "cuts", "warns")
REGEX_CONSTRUCTS: Final = ("unicode-classes", "lookaround", "unanchored")
_DOES: Final = {
    "refuses": ("rejects the request with all its tools", "reject the request with all its tools"),
    "hides": ("leaves the tool out", "leave the tool out"),
    "cuts": ("drops the rest", "drop the rest"),
    "warns": ("warns", "warn"),
}


class ClientsError(UsageError):
    """The file of limits says something that cannot be used, or a client is not in it."""


class Limit(NamedTuple):
    """One limit of one client."""

    client: str
    title: str
    """The client's name, for messages."""
    kind: str
    value: Json
    effect: str
    date: str
    """The day of the newest report."""
    source: str
    prefix: str = ""
    """The client's prefix of a name; `{server}` is the server's key."""
    portable: bool = True


@cache
def load() -> tuple[Limit, ...]:
    """Return every limit that toolsmell knows."""
    path = shipped(FILE)
    with open(path, encoding="utf-8") as file:
        return tuple(_limits(json.load(file), path))


@cache
def names() -> tuple[str, ...]:
    """Return the clients that can be chosen."""
    return (PORTABLE, *dict.fromkeys(limit.client for limit in load()))


def limits(kind: str, clients: Iterable[str] = ()) -> tuple[Limit, ...]:
    """Return the limits of one kind that hold for `clients`; for none, those of `portable`.

    Raises ClientsError for a client that is not known, with those that are.
    """
    return _chosen(kind, tuple(clients) or (PORTABLE,))


@cache
def _chosen(kind: str, clients: tuple[str, ...]) -> tuple[Limit, ...]:
    for client in clients:
        if client not in names():
            raise ClientsError(f"no client is called '{client}'; known are {', '.join(names())}")
    found = (limit for limit in load() if limit.kind == kind)
    return tuple(x for x in found if x.client in clients or (PORTABLE in clients and x.portable))


def listed(found: Iterable[Limit]) -> str:
    """Return the titles of clients for a message: `Claude Code and the OpenAI API`."""
    titles = list(dict.fromkeys(limit.title for limit in found))
    return " and ".join([", ".join(titles[:-1]), titles[-1]] if len(titles) > 1 else titles)


def consequences(found: Iterable[Limit]) -> str:
    """Return the reaction of each client, for a message: `Claude Code drops the rest; Groq and xAI warn`."""
    by_effect: dict[str, list[Limit]] = {}
    for limit in found:
        by_effect.setdefault(limit.effect, []).append(limit)
    parts = []
    for effect in EFFECTS:
        if of_it := by_effect.get(effect):
            one, several = _DOES[effect]
            parts.append(f"{listed(of_it)} {one if len({x.title for x in of_it}) == 1 else several}")
    return "; ".join(parts)


def to_json(yaml_text: str, source: str) -> str:
    """Return the JSON form of the limits written in YAML."""
    from ruamel.yaml import YAML  # costs 0.05 s that a scan does not pay

    data = YAML(typ="safe", pure=True).load(yaml_text)
    plain = json.loads(json.dumps(data, default=str))
    list(_limits(plain, source))
    return json.dumps(plain, indent=1, ensure_ascii=False) + "\n"


def _limits(data: Json, source: str) -> Iterator[Limit]:
    if not isinstance(data, dict) or data.get("schema") != SCHEMA or not isinstance(data.get("clients"), dict):
        raise ClientsError(f"{source}: must be a mapping with schema {SCHEMA!r} and clients")
    for client, entry in data["clients"].items():
        for i, row in enumerate(entry["limits"]):
            where = f"{source}: clients.{client}.limits[{i}]"
            missing = {"limit", "value", "effect", "date", "source"} - row.keys()
            unknown = row.keys() - {"limit", "value", "effect", "date", "source", "prefix", "portable"}
            if missing or unknown or row["limit"] not in KINDS or row["effect"] not in EFFECTS:
                raise ClientsError(
                    f"{where}: lacks {sorted(missing)}, does not know {sorted(unknown)}, or its limit or effect"
                )
            yield Limit(
                client=client,
                title=entry["title"],
                kind=row["limit"],
                value=row["value"],
                effect=row["effect"],
                date=row["date"],
                source=row["source"],
                prefix=row.get("prefix", ""),
                portable=row.get("portable", True),
            )


if __name__ == "__main__":
    import sys

    write_json_forms(sys.argv[1:], to_json)
