"""A parsed file, the names bound in it, and the files of the same project that it imports from."""

import os
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

from toolsmell.errors import SourceError
from toolsmell.sources.code import source as files
from toolsmell.sources.code.source import Source
from toolsmell.sources.code.syntax import (
    SUFFIXES,
    Language,
    Match,
    Matches,
    Node,
    TangledError,
    first_error,
    parse,
    search,
)
from toolsmell.sources.code.values import Kind, Literal, Value, unknown

MAX_STEPS = 10_000
"""Of following values, for one tool: enough for a schema of thousands of parameters, and an end to one that doubles."""

MAX_ALL_STEPS = 500_000
"""For all tools of a run."""

MAX_FOLLOWED = 60
"""Names that are followed one into another, and depth of a value."""


class Binding(NamedTuple):
    """What a name stands for."""

    value: Node | None = None
    """An expression, a function or a class; None for what only a run would tell (a parameter, a loop variable)."""
    origin: str | None = None
    """Of an import: the module, as it is written."""
    member: str | None = None
    """The name in that module, or the key in `value` (`const { key } = value`); None is the whole."""
    final: bool = False
    """Later bindings of the same name do not change it: they are how a compiler writes an enumeration."""


class Scope(NamedTuple):
    start: int
    end: int
    kind: str
    """The type of its node."""
    parent: int
    """Its place in the list of scopes; the file's own is 0."""
    names: dict[str, Binding]


class Module:
    """A file of source code, parsed. Nodes of one file must only be given to its own module."""

    def __init__(self, source: Source, language: Language, path: Path, project: "Project") -> None:
        self.source: Final = source
        self.language: Final = language
        self.path: Final = path
        self.project: Final = project
        self.tree: Final = parse(source.data, language)
        self.too_deep = False
        """Whether the code is nested so deeply that a query may have missed something."""

    @property
    def root(self) -> Node:
        return self.tree.root_node

    @cached_property
    def _idioms(self) -> Matches:
        return self._search()

    @cached_property
    def bound(self) -> list[Match]:
        """The matches that scopes and names are made of; of a file without tools, nobody asks for them."""
        return self.matches_apart("scopes")

    def _search(self, apart: str | None = None) -> Matches:
        result = search(self.language, self.root, apart)
        self.too_deep = self.too_deep or not result.complete
        return result

    def matches(self, query: str) -> list[Match]:
        """Return the matches of a query file of this language."""
        return self._idioms.by_query.get(query, [])

    def matches_apart(self, query: str) -> list[Match]:
        """Return the matches of a query that not every file needs."""
        return self._search(query).by_query[query]

    def text(self, node: Node) -> str:
        return self.source.slice(node.start_byte, node.end_byte)

    def literal(self, node: Node, kind: Kind = Kind.EXPRESSION) -> Literal:
        return self.source.literal(node.start_byte, node.end_byte, kind)

    def computed(self, node: Node) -> Value:
        """Return the value of something that only a run would tell."""
        return unknown(f"computed at run time: {self.words(node)}", self.literal(node))

    def words(self, node: Node) -> str:
        """Return the beginning of a piece of code, for messages."""
        end = min(node.end_byte, node.start_byte + 200)
        words = " ".join(self.source.data[node.start_byte : end].decode("utf-8", "replace").split())
        return f"{words[:60]}…" if len(words) > 60 else words

    @property
    def error(self) -> str | None:
        """Say why tools of the file may be missing, or return None. To be asked when the file has been searched."""
        node = first_error(self.tree)
        if node is None:
            return f"{self.source.label}: is nested too deeply to be searched whole" if self.too_deep else None
        line = self.source.line(node.start_byte)
        return f"{self.source.label}:{line}: does not parse; tools near that line may be missing"

    @cached_property
    def scopes(self) -> list[Scope]:
        from toolsmell.sources.code.scopes import read

        return read(self)

    @cached_property
    def stars(self) -> list[Binding]:
        """The files that all names are taken over from: `from module import *`, `export * from "./file"`."""
        return [binding for name, binding in self.scopes[0].names.items() if name.startswith("*")]

    def scope_at(self, byte: int) -> int:
        """Return the place of the innermost scope that holds a byte."""
        at = bisect_right(self.scopes, byte, key=lambda scope: scope.start) - 1
        while self.scopes[at].end <= byte and at:
            at = self.scopes[at].parent
        return at

    def lookup(self, name: str, byte: int) -> Binding | None:
        """Return what `name` stands for at a byte of the file."""
        at = self.scope_at(byte)
        in_function = False
        while True:
            scope = self.scopes[at]
            visible = not (in_function and scope.kind == "class_definition")
            if visible and name in scope.names:
                return scope.names[name]
            in_function = in_function or "function" in scope.kind
            if not at:
                return None
            at = scope.parent

    def constant_at(self, literal: Literal) -> bytes | None:
        """Return the name that the file, outside of functions and classes, gives to what a literal says."""
        begin = len(self.source.text[: literal.start].encode("utf-8", "surrogatepass"))
        for name, binding in self.scopes[0].names.items():
            if binding.value is not None and binding.member is None and binding.value.start_byte == begin:
                return name.encode("utf-8", "surrogatepass")
        return None

    def names_in(self, node: Node) -> Mapping[str, Binding]:
        """Return the names bound directly in a class."""
        at = bisect_right(self.scopes, node.start_byte, key=lambda scope: scope.start) - 1
        scope = self.scopes[at]
        return scope.names if (scope.start, scope.end) == (node.start_byte, node.end_byte) else {}


class Found(NamedTuple):
    """A node, and the module that it is in."""

    module: Module
    node: Node


class Project:
    """The files of one repository. Reads each at most once, none outside of it, and none that is too large."""

    def __init__(self, root: Path, label: str | None, *, max_bytes: int = files.DEFAULT_MAX_BYTES) -> None:
        self.root: Final = root.resolve()
        self.label: Final = label
        """What the user calls the root; None where that is not what was asked for, and paths start where they are."""
        self.max_bytes: Final = max_bytes
        self._modules: dict[Path, Module | None] = {}
        self._imported: dict[tuple[Path, str], Module | None] = {}
        self.packages: dict[Path, tuple[Path, ...]] = {}
        """The files of the Go packages that were looked through."""
        self._steps = 0
        self._all_steps = 0

    def beginning(self) -> "Project":
        """Return this project as it was before any file was read."""
        return Project(self.root, self.label, max_bytes=self.max_bytes)

    def begin_tool(self) -> None:
        """Give the next tool its own number of steps."""
        self._all_steps += self._steps
        self._steps = 0

    def exhausted(self) -> bool:
        """Count a step; say whether there are none left for this tool, or for all."""
        self._steps += 1
        return self._steps > MAX_STEPS or self._all_steps > MAX_ALL_STEPS

    def label_of(self, path: Path) -> str:
        """Return a path as the user would write it."""
        if self.label is None:
            return os.path.relpath(path)
        # Text, not paths: this is asked for every file of a repository.
        below = str(path)[len(str(self.root)) :].lstrip(os.sep)
        return below if self.label in ("", ".") else f"{self.label.rstrip(os.sep)}{os.sep}{below}"

    def add(self, path: Path, data: bytes) -> Module:
        """Parse a file that has been read. Raises `SourceError` where it is no text, or no code."""
        source = files.decode(data, self.label_of(path))
        try:
            module = Module(source, SUFFIXES[path.suffix], path, self)
        except TangledError:
            raise SourceError(f"{source.label}: cannot be parsed: it holds more errors than code") from None
        self._modules[path] = module
        return module

    def module(self, path: Path) -> Module | None:
        """Return a file of the project; None where there is none that can be read."""
        if path not in self._modules:
            self._modules[path] = None
            if path.suffix in SUFFIXES and path.is_file() and path.resolve().is_relative_to(self.root):
                try:
                    self.add(path, files.load(path, self.label_of(path), max_bytes=self.max_bytes))
                except SourceError:
                    return None
        return self._modules[path]

    def read(self) -> Iterator[Module]:
        """Yield the files that have been read so far."""
        return (module for module in self._modules.values() if module is not None)

    def imported(self, module: Module, origin: str) -> Module | None:
        """Return the module of the project that `origin` names where it stands in an import of `module`."""
        from toolsmell.sources.code.imports import candidates

        key = (module.path, origin)
        if key not in self._imported:
            paths = candidates(module.language, module.path, origin, self.root)
            self._imported[key] = next((found for path in paths if (found := self.module(path))), None)
        return self._imported[key]


def target(module: Module, binding: Binding, depth: int = 0) -> Found | Module | None:
    """Follow a binding to the node or the whole file that it stands for, through imports."""
    if binding.origin is None:
        whole = binding.value if binding.member is None else None
        return Found(module, whole) if whole else None
    other = module.project.imported(module, binding.origin)
    if binding.member is None:
        return other
    found = exported(other, binding.member, depth + 1) if other else None
    if found is None and module.language is Language.PYTHON:
        # `from package import submodule`
        dot = "" if binding.origin.endswith(".") else "."
        return module.project.imported(module, f"{binding.origin}{dot}{binding.member}")
    return found


def exported(module: Module, name: str, depth: int = 0) -> Found | Module | None:
    """Return what a file calls `name`, also where it has it from another file."""
    if depth > MAX_FOLLOWED:
        return None
    names = module.scopes[0].names
    if name in names:
        return target(module, names[name], depth)
    others = (target(module, star, depth) for star in module.stars)
    found = (exported(other, name, depth + 1) for other in others if isinstance(other, Module))
    return next((one for one in found if one), None)


def resolve(module: Module, name: str, byte: int) -> Found | Module | None:
    """Return what `name` stands for at a byte of a file: a node, a whole file, or None."""
    binding = module.lookup(name, byte)
    return target(module, binding) if binding else exported(module, name)
