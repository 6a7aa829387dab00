"""A path that may be relative or absolute, and nobody says which.

## What it checks

String parameters called `path`, `file_path`, `outputDir` and the like: the name, the description of the parameter or
that of the tool says whether the path is absolute, or what it is relative to, or shows one.

## Why it matters

A server's working directory is not the agent's. A relative path reads or writes another file than the one meant, or
none.

## Smelly

```json
{"name": "save_chart", "description": "Draws a chart and saves it.",
 "inputSchema": {"type": "object", "properties": {
   "output_path": {"type": "string", "description": "Path where the chart is saved."}}}}
```

## Better

```json
{"name": "save_chart", "description": "Draws a chart and saves it.",
 "inputSchema": {"type": "object", "properties": {
   "output_path": {"type": "string", "description": "Absolute path where the chart is saved."}}}}
```

## Not flagged

Paths in something else than the file system (a repository, an API, a document), a parameter that nobody describes
(`undescribed-parameter`), and one with a default, a pattern or examples.

## References

- Anthropic, "Building effective agents", appendix 2: a tool that asked for absolute paths ended a model's mistakes
  with relative ones.
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options
from toolsmell.schema.reader import Parameter
from toolsmell.text import last_word, pattern

_LAST = frozenset(("path", "filepath", "dir", "directory"))
_SPEAKING = frozenset(("pattern", "enum", "const", "default", "examples", "example"))
_STATED = (
    r"webhook|http|health|deprecated|override|spec\b|"
    r"relative|absolute|full|root|/|\\|~|e\.g|example|such as|like|['\"`]|url|json|workspace|current|working"
    r"|within|inside|vault|repo"
    r"|project|bucket|endpoint|api|route|notation|field|dotted|property|node|scene|xpath|asset|remote|page|key"
    r"|folder path for|\bname\b|title"
)


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    if tool.parameter_endings.isdisjoint(_LAST):
        return
    for parameter in tool.all_parameters:
        schema = parameter.schema
        if last_word(parameter.name) not in _LAST or not isinstance(schema, dict):
            continue
        if "string" not in parameter.types or not _SPEAKING.isdisjoint(schema):
            continue
        if not _stated(parameter, tool):
            yield Hit(
                parameter.pointer,
                f"nothing says whether '{shown(parameter.path)}' is absolute, or what it is relative to: an agent"
                " guesses",
                excerpt=parameter.path,
            )


def _stated(parameter: Parameter, tool: ToolContext) -> bool:
    said = (parameter.description or "").lower()
    if not said or pattern(_STATED).search(f"{parameter.name.lower()} {said}"):
        return True
    prose = tool.text.lower
    if any(
        word in prose
        for word in ("relative", "absolute", "allowed director", "workspace", "vault", "repositor", "project")
    ):
        return True
    at = prose.find(parameter.name.lower())
    return at >= 0 and bool(pattern(_STATED).search(prose, at + len(parameter.name), at + 200))
