"""An input that a configured server asks for and the file does not declare.

## What it checks

Each `${input:id}` is the `id` of an entry in `inputs`.

## Why it matters

VS Code asks its user for the inputs that are declared. An undeclared one is not asked for: the server does
not start, and its tools are missing.

## Smelly

```json
{"servers": {"tides": {"type": "http", "url": "https://tides.example.com/mcp",
   "headers": {"X-Api-Key": "${input:tides-key}"}}}}
```

## Better

```json
{"inputs": [{"type": "promptString", "id": "tides-key", "description": "Tide key", "password": true}],
 "servers": {"tides": {"type": "http", "url": "https://tides.example.com/mcp",
   "headers": {"X-Api-Key": "${input:tides-key}"}}}}
```

## Not flagged

Environment variables (`${TOKEN}`, `${env:TOKEN}`): they are declared outside of the file.

## References

- VS Code, input variables: https://code.visualstudio.com/docs/agents/reference/mcp-configuration
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model.configured import ClientConfig, references
from toolsmell.rules.base import Hit, Options


def check(config: ClientConfig, _options: Options) -> Iterator[Hit]:
    declared = config.inputs
    for server in config.servers:
        for pointer, text in server.strings():
            for name in dict.fromkeys(r.name for r in references(text) if r.kind == "input"):
                if name not in declared:
                    what = f"server '{shown(server.key)}' asks for the input '{shown(name)}'"
                    message = f"{what}, which is not declared: it does not start"
                    yield Hit(pointer, message, excerpt=shown(f"{server.key} {name}"))
