"""Writes the files of a new rule: `python -m toolsmell.rules.new FAMILY ID`.

The new rule already runs and passes its tests: it finds the word `frobnicate` in a description. Replace its check, its
documentation and its cases by your own.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from toolsmell.errors import UsageError

USAGE: Final = "usage: python -m toolsmell.rules.new FAMILY ID"
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_PAGE_NOTE: Final = "<!-- Made by `python docs/generate.py`; edit the source, not this page. -->\n\n"

_ROW: Final = """    Rule(
        "{id}",
        "{family}",
        "a description that says 'frobnicate'",
        Severity.NOTE,
        Confidence.LOW,
        recommended=False,
    ),
)
"""

_DOCUMENTATION: Final = """A description that says 'frobnicate'. (Say in one sentence what is wrong.)

## What it checks

The words of the description. (Say which texts or schemas the rule reads, and what it looks for.)

## Why it matters

Nobody knows what the word means. (Say what an agent does wrong because of it.)

## Smelly

```json
{"name": "fix_order", "description": "Frobnicates an order.", "inputSchema": {"type": "object"}}
```

## Better

```json
{"name": "fix_order", "description": "Corrects the totals of an order.", "inputSchema": {"type": "object"}}
```

## Not flagged

Names of tools. (Say which similar cases are fine, and why.)

## References

- (Name the specification, the report or the measurement that the rule rests on.)
"""

_CODE: Final = """
from collections.abc import Iterator

from toolsmell.reading.context import ToolContext
from toolsmell.rules.base import Hit, Options


def check(tool: ToolContext, _options: Options) -> Iterator[Hit]:
    word = next((word for word in tool.text.words if word.startswith("frobnicate")), None)
    if word:
        yield Hit(
            "/description",
            f"the description says '{word}': an agent does not know what that means",
            excerpt=word,
            help=f"replace '{word}' by a common verb",
        )
"""

_FIXTURE: Final = """rule: {id}

fail_verb:
  tool: {{name: fix_order, description: Frobnicates an order., inputSchema: {{type: object}}}}
  hits: [/description]
  message: "'frobnicates'"

fail_infinitive:
  tool: {{name: fix_order, description: Use it to frobnicate an order., inputSchema: {{type: object}}}}
  hits: [/description]

pass_common_verb:
  tool: {{name: fix_order, description: Corrects the totals of an order., inputSchema: {{type: object}}}}

pass_name_of_the_tool:
  tool: {{name: frobnicate, description: Corrects the totals of an order., inputSchema: {{type: object}}}}
"""


def files(family: str, id_: str, root: Path) -> Iterator[tuple[Path, str]]:
    """Yield each file of a new rule with its text: the rows of the family, module, fixture and page.

    Raises `UsageError` if the family does not exist, the id is malformed, or a rule of this id exists.
    """
    package = root / "toolsmell" / "rules" / family.replace("-", "_")
    module = package / f"{id_.replace('-', '_')}.py"
    rows = package / "__init__.py"
    if not rows.is_file():
        known = ", ".join(sorted(path.parent.name.replace("_", "-") for path in package.parent.glob("*/__init__.py")))
        raise UsageError(f"no family '{family}'; families are {known or f'not found in {package.parent}'}")
    if not _ID.fullmatch(id_):
        raise UsageError(f"'{id_}' is no id for a rule: use two or more lower-case words joined by hyphens")
    if any(package.parent.glob(f"*/{module.name}")):
        raise UsageError(f"a rule '{id_}' exists already")
    before, end, _ = (text := rows.read_text(encoding="utf-8")).rpartition(")\n")
    if not end:
        raise UsageError(f"{rows}: the list of rows does not end with a line `)`")
    yield rows, before + _ROW.format(id=id_, family=family) + text[len(before) + len(end) :]
    yield module, f'"""{_DOCUMENTATION}"""\n{_CODE}'
    yield root / "fixtures" / "rules" / f"{id_}.yaml", _FIXTURE.format(id=id_)
    yield root / "docs" / "rules" / f"{id_}.md", f"{_PAGE_NOTE}# {id_}\n\n{_DOCUMENTATION}"


def main(arguments: Sequence[str], root: Path) -> int:
    """Write the files below `root`, a checkout of the project, and return the exit code."""
    if len(arguments) != 2:
        sys.stderr.write(f"{USAGE}\n")
        return 2
    try:
        made = list(files(arguments[0], arguments[1], root))
    except UsageError as error:
        sys.stderr.write(f"toolsmell.rules.new: {error}\n")
        return 2
    for path, text in made:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"wrote {path.relative_to(root)}\n")
    sys.stdout.write("next: edit the module and the fixture, then run `python docs/generate.py` and the tests\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path(__file__).parents[2]))
