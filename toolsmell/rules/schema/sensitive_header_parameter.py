"""A secret that is copied into an HTTP header.

## What it checks

Parameters with an `x-mcp-header` whose name says that they hold a password, a key, a token or another secret.

## Why it matters

What an agent passes is repeated in a header, which proxies and load balancers on the way read and log.

## Smelly

```json
{"name": "run_query", "description": "Runs a query.",
 "inputSchema": {"type": "object", "properties": {
   "api_key": {"type": "string", "description": "Key of the account.", "x-mcp-header": "Key"}}}}
```

## Better

```json
{"name": "run_query", "description": "Runs a query.",
 "inputSchema": {"type": "object", "properties": {
   "region": {"type": "string", "description": "Region such as eu-west.", "x-mcp-header": "Region"}}}}
```

## Not flagged

Secrets that are not copied into a header, and words such as `max_tokens` or `token_count`.

## References

- Model Context Protocol 2026-07-28, Tools, `x-mcp-header`: sensitive parameters should not be marked with it.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.text import identifier_words

_SECRETS = frozenset(
    ("password", "passwd", "passphrase", "secret", "credential", "credentials", "token", "apikey", "ssn", "pin")
)


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    if tool.tool.input_schema is None or "x-mcp-header" not in tool.input_check.survey.keywords:
        return
    for parameter in tool.all_parameters:
        if not isinstance(parameter.schema, dict) or "x-mcp-header" not in parameter.schema:
            continue
        words = identifier_words(parameter.name)
        if (words and words[-1] in _SECRETS) or words[-2:] in (("api", "key"), ("access", "key"), ("private", "key")):
            yield Hit(
                f"{parameter.pointer}/x-mcp-header",
                f"parameter '{shown(parameter.path)}' looks like a secret, and clients copy it into a header",
                excerpt=parameter.path,
            )
