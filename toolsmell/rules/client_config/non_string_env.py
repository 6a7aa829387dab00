"""A variable or header of a configured server that is not a string.

## What it checks

`env` and `headers` are objects, and each value in them is a string.

## Why it matters

Environment variables and headers are text. Clients reject a number or a boolean, or write it in their own
way (`True`, `1`), and the server starts with settings that nobody chose.

## Smelly

```json
{"mcpServers": {"tides": {"command": "tides-mcp", "env": {"METRIC": true, "PORT": 8080}}}}
```

## Better

```json
{"mcpServers": {"tides": {"command": "tides-mcp", "env": {"METRIC": "true", "PORT": "8080"}}}}
```

## Not flagged

Empty strings, and in the `env` of VS Code's `servers` also numbers and `null`: its format takes them.

## References

- VS Code, MCP configuration, `env`: https://code.visualstudio.com/docs/agents/reference/mcp-configuration
- What its schema takes: https://github.com/microsoft/vscode/blob/main/src/vs/workbench/contrib/mcp/common/mcpConfiguration.ts
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model.configured import ClientConfig, Configured
from toolsmell.model.pointer import escape
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.fit import kind_of


def check(config: ClientConfig, _options: Options) -> Iterator[Hit]:
    for server in config.servers:
        for field in (server.form.env, server.form.headers):
            yield from _wrong(server, field)


def _wrong(server: Configured, field: str) -> Iterator[Hit]:
    values = server.part.value.get(field, {})
    if not isinstance(values, dict):
        message = f"{field} of server '{shown(server.key)}' is of type {kind_of(values)}, not an object"
        yield Hit(f"{server.pointer}/{field}", message, excerpt=shown(f"{server.key} {field}"))
        return
    takes_more = field == "env" and not server.form.own_key
    for name, value in values.items():
        if not (isinstance(value, str) or (takes_more and kind_of(value) in ("null", "integer", "number"))):
            what = f"{field} {shown(name)} of server '{shown(server.key)}'"
            message = f"{what} is of type {kind_of(value)}, not a string: clients differ in what they pass on"
            excerpt = shown(f"{server.key} {field} {name}")
            yield Hit(f"{server.pointer}/{field}/{escape(name)}", message, excerpt=excerpt)
