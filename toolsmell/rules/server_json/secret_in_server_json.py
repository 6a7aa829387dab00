"""A secret in a registry entry for everyone to read.

## What it checks

Inputs marked `isSecret`: that they carry no `value` and no `default` of their own. Every `value` and
`default`: that it does not look like a token. Addresses: that they hold no password.

## Why it matters

An entry is public, and stays public in every mirror. Whoever reads it can use the account; an agent that
is given this server acts with it.

## Smelly

```json
{"name": "com.example/tides", "description": "Tide tables for ports.", "version": "1.0.0",
 "remotes": [{"type": "streamable-http", "url": "https://tides.example.com/mcp",
   "headers": [{"name": "X-Api-Key", "isSecret": true, "value": "k9-4471-aa83-0c1f"}]}]}
```

## Better

```json
{"name": "com.example/tides", "description": "Tide tables for ports.", "version": "1.0.0",
 "remotes": [{"type": "streamable-http", "url": "https://tides.example.com/mcp",
   "headers": [{"name": "X-Api-Key", "isSecret": true, "isRequired": true}]}]}
```

## Not flagged

A template whose braces are filled in by the user (`Bearer {token}`), and words that hold a place
(`your-key-here`).

## References

- server.json, schema of 2025-12-11, `isSecret`: https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json
- CWE-798, use of hard-coded credentials: https://cwe.mitre.org/data/definitions/798.html
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model.declared import DeclaredPart, Input, ServerJson
from toolsmell.rules.base import Hit, Options
from toolsmell.safety.credentials import is_placeholder, known_token


def check(entry: ServerJson, _options: Options) -> Iterator[Hit]:
    for given in entry.inputs():
        for key in ("value", "default"):
            if kind := _secret(given, key):
                message = f"the {key} of {given.kind} '{shown(given.name)}' has {kind}: everyone can read it"
                yield Hit(f"{given.part.pointer}/{key}", message, excerpt=f"{given.name[:200]} {key}")
    for owner in (*entry.remotes, *_transports(entry)):
        if kind := known_token(owner.text("url") or ""):
            yield Hit(f"{owner.pointer}/url", f"the url has {kind}: everyone can read it", excerpt="url")


def _secret(given: Input, key: str) -> str | None:
    text = given.part.text(key)
    if not text:
        return None
    marked = given.part.value.get("isSecret") is True and not is_placeholder(text)
    return known_token(text) or ("a secret" if marked else None)


def _transports(entry: ServerJson) -> Iterator[DeclaredPart]:
    for package in entry.packages:
        if transport := package.part("transport"):
            yield transport
