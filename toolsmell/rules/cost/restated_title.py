"""Titles in schemas that only repeat the names.

## What it checks

Properties whose `title` has the words of the property's name and no other, as generators write them. One finding for
a server with ten or more.

## Why it matters

`"repo_path": {"title": "Repo Path"}` costs four to six tokens a parameter in every request, and says nothing.

## Smelly

```json
[{"times": 5, "tool": {"name": "sum_{n}", "description": "Adds.", "inputSchema": {"type": "object", "properties": {
  "first_number": {"type": "number", "title": "First Number"}, "second_number": {"type": "number",
  "title": "Second Number"}}}}}]
```

## Better

```json
[{"times": 5, "tool": {"name": "sum_{n}", "description": "Adds.", "inputSchema": {"type": "object", "properties": {
  "first_number": {"type": "number"}, "second_number": {"type": "number"}}}}}]
```

## Not flagged

Titles that say more than the name, and servers with a few of them.

## References

- Pydantic writes such titles by default; `json_schema_extra` or a schema generator of one's own leaves them out.
"""

from collections.abc import Iterator

from toolsmell.reading.context import ServerContext
from toolsmell.rules.base import Hit, Options
from toolsmell.text import identifier_words
from toolsmell.tokens import estimate

_FEWEST = 10


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    titles = [
        parameter.schema["title"]
        for tool in server.tools
        for parameter in tool.all_parameters
        if isinstance(parameter.schema, dict) and _restates(parameter.schema.get("title"), parameter.name)
    ]
    if len(titles) >= _FEWEST:
        cost = estimate("".join(f',"title":"{title}"' for title in titles))
        yield Hit(
            "",
            f"{len(titles)} titles in the input schemas repeat the names of their parameters: about {cost:,} tokens in "
            "every request",
            excerpt="titles",
        )


def _restates(title: object, name: str) -> bool:
    if not isinstance(title, str) or len(title) > 100:
        return False
    return title.lower().replace(" ", "_") == name.lower() or identifier_words(title) == identifier_words(name)
