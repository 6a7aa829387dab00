"""The files of a project, and the names that are bound in them."""

import copy
import os
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from toolsmell.errors import SourceError
from toolsmell.sources.code import source as files
from toolsmell.sources.code.aliases import Aliases
from toolsmell.sources.code.disk_answers import DiskAnswers
from toolsmell.sources.code.imports import candidates
from toolsmell.sources.code.owning_package import Packages
from toolsmell.sources.code.parsed import Binding, NameScope, Parsed
from toolsmell.sources.code.scopes import latest, read
from toolsmell.sources.code.source import Source
from toolsmell.sources.code.steps import Steps
from toolsmell.sources.code.syntax import SUFFIXES, Language, Match, Node, TangledError
from toolsmell.sources.code.usage import NameUses
from toolsmell.sources.code.values import Literal, Value
from toolsmell.text import pattern

MAX_FOLLOWED = 60
"""Names that are followed one into another, and depth of a value."""

MAX_NESTED = 25
"""Lists in lists, and calls that make lists."""

MAX_MENTIONS = 200
"""Files with a word that are parsed, before only those of one package are."""

MAX_PARSED = 1_000
"""Files with a word that are parsed."""

MAX_OPEN = 50
"""Names that a run decides, remembered for one tool."""

_VALUES = frozenset(("object", "array", "dictionary", "list"))
"""Types of the nodes that a JSON document may be."""

_RUNS_LATER = r"function|method|lambda|func_literal"

Key: TypeAlias = tuple[Path, int]
"""A name that a run decides: the file that binds it, and the byte offset of the binding."""


class Evaluator(NamedTuple):
    """The functions that evaluate expressions and conditions of a language."""

    evaluate: "Callable[[Module, Node, int], Value]"
    truth: "Callable[[Module, Node, int], bool | None]"
    document: "Callable[[Module, Node], Found | None]" = lambda _module, _node: None
    """Returns the JSON document that a call reads."""


Evaluators: TypeAlias = Callable[[Language], Evaluator]
"""Evaluators by language. They are given to a project, because they are in modules above this one."""


class Module(Parsed):
    """A file of a project, and what the names in it stand for.

    `within` gives a view of the same file in which parameters and loop variables have values: a function as one call
    runs it. Nodes of a file may be given to any of its views.
    """

    def __init__(self, source: Source, language: Language, path: Path, project: "Project") -> None:
        super().__init__(source, language, path)
        self.project: Final = project
        self.given: Mapping[Key, Found] = {}
        self.usage: Final = NameUses(self)
        """Its uses and changes of names; all views of the file share it."""

    def within(self, given: "Mapping[Key, Found]") -> "Module":
        """Return a view of this file in which names that a run decides have these values."""
        if not given:
            return self
        _ = self.scopes
        view = copy.copy(self)
        view.given = {**self.given, **given}
        return view

    def value_of(self, node: Node) -> "Found | None":
        """Return the value that is assumed for the name bound at `node`; remember the name if there is none."""
        key = (self.path, node.start_byte)
        found = self.given.get(key) or self.project.assumed.get(key)
        if found is None and len(self.project.open) < MAX_OPEN:
            self.project.open.append(Found(self, node))
        return found

    def evaluate(self, node: Node, depth: int = 0) -> Value:
        """Return the value of an expression of this file, as far as it is known without running it."""
        return self.project.evaluators(self.language).evaluate(self, node, depth)

    def truth(self, node: Node, depth: int = 0) -> bool | None:
        """Return whether a condition of this file holds, or None if only a run can tell."""
        return self.project.evaluators(self.language).truth(self, node, depth)

    def document(self, call: Node) -> "Found | None":
        """Return the JSON document of the project that a call reads, or None if it reads no such document."""
        return self.project.evaluators(self.language).document(self, call)

    @cached_property
    def scopes(self) -> list[NameScope]:
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

    def scope_of(self, name: str, byte: int) -> int | None:
        """Return the position of the scope that binds a name which is used at a byte."""
        at = self.scope_at(byte)
        in_function = False
        while True:
            scope = self.scopes[at]
            visible = not (in_function and scope.kind == "class_definition")
            if visible and name in scope.names:
                return at
            in_function = in_function or "function" in scope.kind
            if not at:
                return None
            at = scope.parent

    def lookup(self, name: str, byte: int) -> Binding | None:
        """Return the value of `name` at a byte of the file."""
        at = self.scope_of(name, byte)
        if at is None:
            return None
        binding = self.scopes[at].names[name]
        if not binding.all or (self._runs_later(byte, at) and _bound_after(binding, byte)):
            return binding
        return latest(binding.all, byte) or binding

    def _runs_later(self, byte: int, outer: int) -> bool:
        """Return True if a function between a byte and a scope around it decides when the code runs."""
        at = self.scope_at(byte)
        while at > outer:
            if pattern(_RUNS_LATER).search(self.scopes[at].kind):
                return True
            at = self.scopes[at].parent
        return False

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


def _bound_after(binding: Binding, byte: int) -> bool:
    return any(one.at is not None and one.at.start_byte > byte for one in binding.all)


class Found(NamedTuple):
    """A node, and the module that it is in."""

    module: Module
    node: Node


class Element(NamedTuple):
    """A value in a list, a map or an object; `key` is its key or name there, or its number in Python's `enumerate`."""

    value: Found
    key: Found | None = None


class Project:
    """The files of one repository. Reads each at most once, none outside of it, and none that is too large."""

    def __init__(
        self, root: Path, label: str | None, evaluators: Evaluators, *, max_bytes: int = files.DEFAULT_MAX_BYTES
    ) -> None:
        self.root: Final = root.resolve()
        self.evaluators: Final = evaluators
        """Returns the functions that evaluate expressions and conditions of a language."""
        self.label: Final = label
        """The user's name for the root; None for a single file, whose paths are relative to the working directory."""
        self.max_bytes: Final = max_bytes
        self._modules: dict[Path, Module | None] = {}
        self._imported: dict[tuple[Path, str], Module | None] = {}
        self.seen: Final = DiskAnswers(self.root)
        self.package_of: Final = Packages(self.root, self.seen).of
        self._reached: dict[Path, set[Path]] = {}
        self._mentioning: dict[str, list[Path]] = {}
        self.sites: dict[Key, list[tuple[Module, Match]]] = {}
        """The calls of the functions that were asked about."""
        self.packages: dict[Path, tuple[Path, ...]] = {}
        """The files of the Go packages that were looked through."""
        self.assumed: dict[Key, Found] = {}
        """Values of names that a run decides, while the tools are read that follow from them."""
        self.open: list[Found] = []
        """The names without a value that were met since this list was cleared."""
        self._contents: dict[Path, bytes] = {}
        self._aliases: Final = Aliases(self.root, self._contents, self.seen)
        self.zod_versions: Final[dict[Path, str]] = {}
        self.fastmcp_versions: Final[dict[Path, tuple[int, ...]]] = {}
        """The versions of both packages by the folders that were asked about."""
        self._nothing: dict[Language, Found] = {}
        self._documents: dict[tuple[Path, Language], Found | None] = {}
        self.steps: Final = Steps()

    def beginning(self) -> "Project":
        """Return this project as it was before any file was read."""
        return Project(self.root, self.label, self.evaluators, max_bytes=self.max_bytes)

    def label_of(self, path: Path) -> str:
        """Return a path as the user would write it."""
        if self.label is None:
            return os.path.relpath(path)
        # Text, not paths: this is asked for every file of a repository.
        below = str(path)[len(str(self.root)) :].lstrip(os.sep)
        return below if self.label in ("", ".") else f"{self.label.rstrip(os.sep)}{os.sep}{below}"

    def add(self, path: Path, data: bytes) -> Module:
        """Parse a file that has been read. Raises `SourceError` if it is no text, or no code."""
        source = files.decode(data, self.label_of(path))
        try:
            module = Module(source, SUFFIXES[path.suffix], path, self)
        except TangledError:
            raise SourceError(f"{source.label}: cannot be parsed: it holds more errors than code") from None
        self._modules[path] = module
        return module

    def module(self, path: Path) -> Module | None:
        """Return a file of the project, or None if it cannot be read."""
        if path not in self._modules:
            self._modules[path] = None
            if self._is_source(path):
                try:
                    kept = self._contents.get(path)
                    data = self.seen.data(path, self.max_bytes + 1) if kept is None else kept
                    if data is not None and len(data) <= self.max_bytes:
                        self.add(path, data)
                except SourceError:
                    return None
        return self._modules[path]

    def _is_source(self, path: Path) -> bool:
        """Return True if a path is a source file of the project."""
        return path.suffix in SUFFIXES and (path in self._contents or self.seen.is_inside(path))

    def near(self, module: Module, other: Module) -> bool:
        """Return True if two files are of one package, or the first imports something from the package of the other."""
        package = self.package_of(other.path.parent)
        if module.path not in self._reached:
            origins = {binding.origin for binding in module.scopes[0].names.values() if binding.origin}
            found = [path for origin in origins if (path := self._named(module, origin)) is not None]
            self._reached[module.path] = {self.package_of(path.parent) for path in (module.path, *found)}
        return package in self._reached[module.path]

    def nothing(self, language: Language) -> "Found":
        """Return the value of a parameter that a call does not pass: `undefined`, `None` or `nil`."""
        if language not in self._nothing:
            text = {Language.PYTHON: "None", Language.GO: "nil"}.get(language, "undefined")
            module = Module(Source(text, text), language, self.root / text, self)
            node = module.root
            while node.named_children:
                node = node.named_children[0]
            self._nothing[language] = Found(module, node)
        return self._nothing[language]

    def document(self, path: Path, language: Language) -> "Found | None":
        """Return a JSON document of the project as an expression of a language, or None if it cannot be read."""
        key = (path, language)
        if key not in self._documents:
            self._documents[key] = self._read_document(path, language)
        return self._documents[key]

    def _read_document(self, path: Path, language: Language) -> "Found | None":
        inside = path.is_relative_to(self.root) and self.seen.is_inside(path)
        data = self.seen.data(path, self.max_bytes + 1) if inside and path.suffix == ".json" else None
        if data is None or len(data) > self.max_bytes:
            return None
        try:
            source = files.DocumentSource(self.label_of(path), data.decode("utf-8-sig"))
            module = Module(source, language, path, self)
        except (ValueError, TangledError):
            return None
        node = module.root
        while node.type not in _VALUES and node.named_child_count == 1:
            node = node.named_children[0]
        return Found(module, node) if node.type in _VALUES and not module.root.has_error else None

    def document_imported(self, module: Module, origin: str) -> "Found | None":
        """Return the JSON document that `origin` names in an import of a script."""
        found = (self.document(path, Language.JAVASCRIPT) for path in self._candidates(module, origin))
        return next((one for one in found if one is not None), None)

    def keep(self, path: Path, data: bytes) -> None:
        """Remember what a file contains, so that `mentioning` finds it."""
        self._mentioning.clear()
        self._contents[path] = data

    def kept(self) -> list[tuple[Path, bytes]]:
        return list(self._contents.items())

    def mentioning(self, word: str, home: Module) -> Iterator[Module]:
        """Yield the files that were kept and contain `word`, parsed; of very many, those of the package of `home`."""
        if word not in self._mentioning:
            wanted = word.encode("utf-8", "surrogatepass")
            self._mentioning[word] = [path for path, data in self._contents.items() if wanted in data]
        paths = self._mentioning[word]
        if len(paths) > MAX_MENTIONS:
            package = self.package_of(home.path.parent)
            paths = [path for path in paths if self.package_of(path.parent) == package][:MAX_PARSED]
        return (module for path in paths if (module := self.module(path)) is not None)

    @contextmanager
    def assume(self, given: Mapping[Key, "Found"]) -> Iterator[None]:
        """Give values to names that a run decides, until the block ends."""
        before = self.assumed
        self.assumed = {**before, **given}
        try:
            yield
        finally:
            self.assumed = before

    def read(self) -> Iterator[Module]:
        """Yield the files that have been read so far."""
        return (module for module in self._modules.values() if module is not None)

    def imported(self, module: Module, origin: str) -> Module | None:
        """Return the module of the project that `origin` names where it stands in an import of `module`."""
        key = (module.path, origin)
        if key not in self._imported:
            paths = self._candidates(module, origin)
            self._imported[key] = next((found for path in paths if (found := self.module(path))), None)
        return self._imported[key]

    def _named(self, module: Module, origin: str) -> Path | None:
        """Return the path of the file that `imported` reads. The file is not parsed: that takes most of the time."""
        return next((path for path in self._candidates(module, origin) if self._is_source(path)), None)

    def _candidates(self, module: Module, origin: str) -> Iterator[Path]:
        return candidates(module.language, module.path, origin, self._aliases, self.root)
