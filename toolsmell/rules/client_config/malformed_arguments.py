"""Arguments of a configured server that are not a list of strings.

## What it checks

`command` is the name or path of one program, and `args`, if the server has them, an array of strings. In opencode.json,
`command` is an array of the program and its arguments.

## Why it matters

A client rejects the file, drops the server, or passes one argument where three were meant; the agent then
lacks the server's tools, and nobody says why.

## Smelly

```json
{"mcpServers": {"tides": {"command": "npx", "args": "-y tides-mcp@1.0.0"},
                "moon": {"command": "npx -y moon-mcp@1.0.0"}}}
```

## Better

```json
{"mcpServers": {"tides": {"command": "npx", "args": ["-y", "tides-mcp@1.0.0"]},
                "moon": {"command": "npx", "args": ["-y", "moon-mcp@1.0.0"]}}}
```

## Not flagged

A server without `args`, and arguments with spaces in them: an argument may hold any text.

## References

- VS Code, MCP configuration, `args`: https://code.visualstudio.com/docs/agents/reference/mcp-configuration
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model.configured import ClientConfig, Configured
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.fit import kind_of


def check(config: ClientConfig, _options: Options) -> Iterator[Hit]:
    for server in config.servers:
        yield from _malformed(server)


def _malformed(server: Configured) -> Iterator[Hit]:
    what = f"of server '{shown(server.key)}'"
    command, args = server.part.value.get("command"), server.part.value.get("args", [])
    wanted = "an array" if server.form.command_is_list else "a string"
    if server.argument_in_command:
        message = f"command {what} has arguments in it: clients look for a program of that name; move them to args"
        yield Hit(f"{server.pointer}/command", message, excerpt=shown(server.key))
    elif command and not isinstance(command, list if server.form.command_is_list else str):
        message = f"command {what} is of type {kind_of(command)}, not {wanted}: clients cannot start it"
        yield Hit(f"{server.pointer}/command", message, excerpt=shown(server.key))
    if not isinstance(args, list):
        message = f"args {what} is of type {kind_of(args)}, not an array: clients cannot start it"
        yield Hit(f"{server.pointer}/args", message, excerpt=shown(server.key))
        return
    for i, arg in enumerate(args):
        if not isinstance(arg, str):
            message = f"argument {i} {what} is of type {kind_of(arg)}, not a string: some clients reject the file"
            yield Hit(f"{server.pointer}/args/{i}", message, excerpt=shown(server.key))
