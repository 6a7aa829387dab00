"""A secret in a client configuration.

## What it checks

Each value in `env` and `headers` whose name says that it is a secret (`API_KEY`, `Authorization`), and
each string in `command`, `args` and the address: that it is a reference (`${API_KEY}`, `${input:api-key}`)
and no credential.

## Why it matters

Configurations are committed, copied and sent to support. Whoever has the file can use the account, and so
can every agent whose client is given it.

## Smelly

```json
{"mcpServers": {"tides": {"url": "https://tides.example.com/mcp",
   "headers": {"X-Api-Key": "k9-4471-aa83-0c1f"}}}}
```

## Better

```json
{"mcpServers": {"tides": {"url": "https://tides.example.com/mcp",
   "headers": {"X-Api-Key": "${TIDES_API_KEY}"}}}}
```

## Not flagged

References, words that hold a place (`your-key-here`, `<token>`), and values too short to be a secret.

## References

- VS Code, inputs for sensitive data: https://code.visualstudio.com/docs/agents/reference/mcp-configuration
- Claude Code, environment variables in .mcp.json: https://code.claude.com/docs/en/mcp
- CWE-798, use of hard-coded credentials: https://cwe.mitre.org/data/definitions/798.html
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model import Confidence
from toolsmell.model.configured import ClientConfig, Configured
from toolsmell.model.pointer import unescape
from toolsmell.rules.base import Hit, Options
from toolsmell.safety.credentials import is_placeholder, known_token, names_secret


def check(config: ClientConfig, _options: Options) -> Iterator[Hit]:
    for server in config.servers:
        yield from _secrets(server)


def _secrets(server: Configured) -> Iterator[Hit]:
    for pointer, text in server.strings():
        field = pointer.removeprefix(f"{server.pointer}/")
        group, _, name = field.partition("/")
        kind = known_token(text)
        named = (
            group in (server.form.env, server.form.headers)
            and names_secret(unescape(name))
            and not is_placeholder(text)
        )
        if kind or named:
            what = f"{shown(unescape(field))} of server '{shown(server.key)}'"
            message = f"{what} has {kind or 'what looks like a secret'}: whoever has the file can use it"
            confidence = Confidence.HIGH if kind else None
            yield Hit(pointer, message, excerpt=shown(f"{server.key} {field}"), confidence=confidence)
