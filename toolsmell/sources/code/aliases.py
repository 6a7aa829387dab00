"""Imports of scripts that are no relative paths: aliases of tsconfig.json, and packages of the same repository."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from toolsmell.sources.code.disk_answers import DiskAnswers
from toolsmell.text import pattern

_CONFIGS = ("tsconfig.json", "jsconfig.json", "tsconfig.base.json")
_PATHS = r'"([^"\s]{1,200})"\s*:\s*\[\s*"([^"\s]{1,200})"'
_MAX_BYTES = 1 << 20


class Aliases:
    """The aliases of a project. Configuration files are read when the first alias is met."""

    def __init__(self, root: Path, files: Iterable[Path], seen: DiskAnswers) -> None:
        self._root: Final = root
        self._seen: Final = seen
        self._files: Final = files
        self._paths: dict[Path, tuple[tuple[str, Path], ...]] = {}
        self._packages: dict[str, Path] | None = None
        self._folders: dict[Path, tuple[Path, ...]] = {}

    def targets(self, file: Path, origin: str) -> Iterator[Path]:
        """Yield the paths, without suffixes, that an import of `origin` in a file can mean."""
        for above in self._above(file.parent):
            for prefix, base in self._aliases(above):
                if origin == prefix or (prefix.endswith("/") and origin.startswith(prefix)):
                    yield Path(os.path.normpath(base / origin[len(prefix) :])) if prefix.endswith("/") else base
        if origin.startswith("#"):
            yield from self._inside(file, origin[1:].lstrip("/"))
        parts = origin.split("/")
        length = 2 if origin.startswith("@") else 1
        directory = self.packages.get("/".join(parts[:length]))
        if directory is not None:
            below = "/".join(parts[length:])
            yield from ((directory / place / below) if below else directory / place for place in ("src", "", "lib"))
            yield directory / "src" / "index"

    def _above(self, directory: Path) -> tuple[Path, ...]:
        """Return a folder of the project and those around it, innermost first."""
        found = self._folders.get(directory)
        if found is None:
            below = len(directory.parts) - len(self._root.parts)
            inside = directory.is_relative_to(self._root)
            found = self._folders[directory] = (directory, *directory.parents)[: below + 1] if inside else ()
        return found

    def _inside(self, file: Path, rest: str) -> Iterator[Path]:
        for directory in self._above(file.parent):
            if self._seen.is_file(directory / "package.json"):
                yield directory / rest
                yield directory / "src" / rest
                return

    def _aliases(self, directory: Path) -> tuple[tuple[str, Path], ...]:
        if directory not in self._paths:
            texts = [self._seen.text(directory / name, _MAX_BYTES) for name in _CONFIGS]
            self._paths[directory] = tuple(alias for text in texts for alias in _read(directory, text))
        return self._paths[directory]

    @property
    def packages(self) -> Mapping[str, Path]:
        """The packages of the repository, by their names."""
        if self._packages is None:
            folders = {file.parent for file in self._files}
            directories = {above for folder in folders for above in self._above(folder)}
            named = ((self._name(directory), directory) for directory in sorted(directories))
            self._packages = {name: directory for name, directory in named if name}
        return self._packages

    def _name(self, directory: Path) -> str | None:
        text = self._seen.text(directory / "package.json", _MAX_BYTES)
        try:
            data = json.loads(text) if text else None
        except (ValueError, RecursionError):
            return None
        name = data.get("name") if isinstance(data, dict) else None
        return name if isinstance(name, str) else None


def _read(directory: Path, text: str) -> Iterator[tuple[str, Path]]:
    """Yield the prefixes that a tsconfig.json gives to folders. Its comments and commas are no valid JSON."""
    _, found, rest = text.partition('"paths"')
    base = pattern(r'"baseUrl"\s*:\s*"([^"]{1,200})"').search(text)
    root = directory / base[1] if base else directory
    for one in pattern(_PATHS).finditer(rest.partition("}")[0]) if found else ():
        alias, target = one[1], one[2]
        yield alias.removesuffix("*"), Path(os.path.normpath(root / target.removesuffix("*")))
