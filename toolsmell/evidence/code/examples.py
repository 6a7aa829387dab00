"""Literal arguments that the tests of a project pass to its tools: `call_tool("search", {"query": "tides"})`."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from toolsmell.errors import SourceError
from toolsmell.evidence.code.constants import UNKNOWN, plain
from toolsmell.evidence.code.lines import lines_of
from toolsmell.model import Json
from toolsmell.model.implementation import CodeFact, CodeLines, FactKind, FactSource, Operator
from toolsmell.sources.code.module import Module, Project
from toolsmell.sources.code.nodes import parts_of
from toolsmell.sources.code.source_files import Walk
from toolsmell.sources.code.syntax import SUFFIXES, Node, call_of

MAX_FILES: Final = 200
MAX_VALUES: Final = 2
"""Values of one parameter that are kept."""
_CALL: Final = re.compile(rb"\b(?:call_tool|callTool)\b")
_FAILING: Final = re.compile(
    r"(?i)invalid|error|fail|missing|unknown|bad_|reject|raises|empty|not_?found|negative|malicious"
)
_UNFIT: Final = re.compile(
    r"(?i)^(?:/tmp|[a-z]:\\|/home/|/users/)|foo|bar\b|test|dummy|mock|fake|example|secret|token|xxx"
)


@lru_cache(maxsize=1)  # the servers of one project ask one after another
def examples(project: Project) -> Mapping[str, tuple[CodeFact, ...]]:
    """Return the arguments that tests pass to tools, by the name of the tool."""
    found: dict[str, list[CodeFact]] = {}
    for module in _tests(project):
        for name, arguments, lines in _calls(module):
            for parameter, value in arguments.items():
                if _is_fit(value):
                    fact = CodeFact(
                        FactKind.EXAMPLE, lines, parameter, Operator.EQUALS, (value,), source=FactSource.TEST
                    )
                    found.setdefault(name, []).append(fact)
    return {name: tuple(_first(facts)) for name, facts in found.items()}


def _first(facts: list[CodeFact]) -> Iterator[CodeFact]:
    """Yield the first values of each parameter, each once."""
    seen: dict[str | None, list[Json]] = {}
    for fact in facts:
        values = seen.setdefault(fact.parameter, [])
        if fact.values[0] not in values and len(values) < MAX_VALUES:
            values.append(fact.values[0])
            yield fact


def _tests(project: Project) -> Iterator[Module]:
    """Yield the files with tests that call a tool. They are kept apart from the code of the servers."""
    known = {path for path, _ in project.kept()}
    apart = project.beginning()
    files = (
        one for one in Walk(project.root, tests=True).files() if one.path not in known and one.path.suffix in SUFFIXES
    )
    for count, candidate in enumerate(files):
        if count >= MAX_FILES:
            return
        if candidate.size > project.max_bytes:
            continue
        try:
            data = candidate.path.read_bytes()
            if _CALL.search(data):
                yield apart.add(candidate.path, data)
        except (OSError, SourceError):
            continue


def _calls(module: Module) -> Iterator[tuple[str, Mapping[str, Json], CodeLines]]:
    """Yield the tools that a file calls with literal arguments."""
    for match in _CALL.finditer(module.source.data):
        node = module.root.named_descendant_for_byte_range(match.start(), match.start())
        call = _call_around(node) if node is not None else None
        if call is None or _FAILING.search(_context(module, call)):
            continue
        name, arguments = _passed(module, call)
        if isinstance(name, str) and isinstance(arguments, dict):
            yield name, arguments, lines_of(module, call)


def _call_around(node: Node) -> Node | None:
    """Return the call of a name, or of a member with this name."""
    return call_of(node) or (call_of(node.parent) if node.parent is not None else None)


def _context(module: Module, call: Node) -> str:
    """Return the names of the functions and the heads of the blocks around a call: a test of a failure says so."""
    words = []
    here = call.parent
    while here is not None:
        if here.type in ("function_definition", "with_statement", "call_expression", "lexical_declaration"):
            words.append(module.words(here))
        here = here.parent
    return " ".join(words)


def _passed(module: Module, call: Node) -> tuple[Json, Json]:
    """Return the name and the arguments that a call passes, by position, by name, or in one object."""
    holder = call.child_by_field_name("arguments")
    given = parts_of(holder) if holder is not None else ()
    named = {
        _name(module, child): child.child_by_field_name("value") for child in given if child.type == "keyword_argument"
    }
    plain_ones = [child for child in given if child.type != "keyword_argument"]
    values = [plain(module.evaluate(child)) for child in plain_ones[:2]]
    if len(values) == 1 and isinstance(values[0], dict):  # callTool({name, arguments})
        return values[0].get("name"), values[0].get("arguments")
    for position, key in enumerate(("name", "arguments")):
        node = named.get(key)
        if node is not None and len(values) <= position:
            values.append(plain(module.evaluate(node)))
    return (values[0], values[1]) if len(values) == 2 and UNKNOWN not in values else (None, None)


def _name(module: Module, argument: Node) -> str:
    name = argument.child_by_field_name("name")
    return module.text(name) if name is not None else ""


def _is_fit(value: Json) -> bool:
    """Return True for a plain value that is neither made up for a test nor bound to a machine."""
    if isinstance(value, str):
        return 0 < len(value) <= 60 and value.isprintable() and not _UNFIT.search(value)
    return isinstance(value, int | float) and not isinstance(value, bool)
