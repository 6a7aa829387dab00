"""A variable in an address that the entry does not declare.

## What it checks

Each `{name}` in the `url` of a remote is a key of its `variables`; in the `url` of a package's transport
it is the name of an argument, a value hint or an environment variable of the package.

## Why it matters

A client does not know what to put there, and leaves the braces in: it asks for a host or a path that is
not there.

## Smelly

```json
{"name": "com.example/tides", "description": "Tide tables for ports.", "version": "1.0.0",
 "remotes": [{"type": "streamable-http", "url": "https://{region}.example.com/mcp"}]}
```

## Better

```json
{"name": "com.example/tides", "description": "Tide tables for ports.", "version": "1.0.0",
 "remotes": [{"type": "streamable-http", "url": "https://{region}.example.com/mcp",
   "variables": {"region": {"description": "Region of your account.", "isRequired": true,
   "choices": ["eu", "us"]}}}]}
```

## Not flagged

Braces in values of arguments and variables: the format leaves unknown ones there as they are.

## References

- server.json, schema of 2025-12-11, `url` of the transports: https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model.declared import DeclaredPart, InputKind, ServerJson, arguments, braced, inputs, variables
from toolsmell.rules.base import Hit, Options


def check(entry: ServerJson, _options: Options) -> Iterator[Hit]:
    for remote in entry.remotes:
        yield from _undeclared(remote, {given.name for given in variables(remote)})
    for package in entry.packages:
        if transport := package.part("transport"):
            yield from _undeclared(transport, set(_names(package)))


def _names(package: DeclaredPart) -> Iterator[str]:
    for given in (*arguments(package), *inputs(package, "environmentVariables", InputKind.ENVIRONMENT)):
        # An argument is known by its flag, with the dashes and without, and by its hint.
        yield from (given.name, given.part.text("name") or "", given.part.text("valueHint") or "")


def _undeclared(owner: DeclaredPart, known: set[str]) -> Iterator[Hit]:
    for name in dict.fromkeys(braced(owner.text("url") or "")):
        if name not in known:
            message = f"the url asks for '{{{shown(name)}}}', which nothing declares: a client cannot fill it in"
            yield Hit(f"{owner.pointer}/url", message, excerpt=shown(name))
