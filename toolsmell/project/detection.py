"""Finds out the language of a repository, how its server starts, and whether it is a server of MCP at all."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from toolsmell.text import pattern

MAX_BYTES: Final = 1024 * 1024
"""Bytes of a project file that are read."""

_DEPENDENCY: Final = r"(?i)(?<![a-z])(?:fastmcp|rmcp|modelcontextprotocol|mcp)(?![a-z])"
"""The names of the SDKs of all languages in files that declare dependencies."""


class DetectedServer(NamedTuple):
    """The server of a repository, as its files show it."""

    language: str
    command: tuple[str, ...] | None
    """The command that starts the server, or None if that is not known."""
    why: str
    install: tuple[str, ...] = ()
    """Shell commands that make `command` work in a fresh checkout."""


class _Kind(NamedTuple):
    """A kind of project, and the file that shows it."""

    file: str
    """A glob pattern."""
    find: Callable[[Path], DetectedServer]


def look(folder: Path) -> DetectedServer:
    """Return the kind of a repository: its language by the first project file in the order of `_KINDS`."""
    for kind in _KINDS:
        for path in sorted(folder.glob(kind.file)):
            if path.is_file():
                return kind.find(path)
    return DetectedServer("unknown language", None, f"none of {', '.join(kind.file for kind in _KINDS)} here")


def depends_on_mcp(folder: Path) -> str | None:
    """Return the name of a project file that names an SDK of MCP, in this folder or two levels below it."""
    for level in ("", "*/", "*/*/"):
        for kind in _KINDS:
            for path in sorted(folder.glob(level + kind.file)):
                inside = path.relative_to(folder)
                if "node_modules" not in inside.parts and pattern(_DEPENDENCY).search(_text(path)):
                    return inside.as_posix()
    return None


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES).decode("utf-8", "replace") if path.is_file() else ""
    except OSError:
        return ""


def _python(path: Path) -> DetectedServer:
    import tomllib

    folder = path.parent
    try:
        document = tomllib.loads(_text(path))
        scripts = list(document.get("project", {}).get("scripts", {}))
        scripts = scripts or list(document.get("tool", {}).get("poetry", {}).get("scripts", {}))
    except (ValueError, AttributeError, TypeError):
        return DetectedServer("Python", None, "pyproject.toml cannot be read")
    runner, install = _runner(folder)
    if scripts:
        name = next((s for s in scripts if "mcp" in s or "server" in s), scripts[0])
        return DetectedServer("Python", (*runner, name), f"pyproject.toml has the script {name}", install)
    packages = sorted(main.parent.name for main in (*folder.glob("*/__main__.py"), *folder.glob("src/*/__main__.py")))
    if len(packages) == 1:
        command = (*runner, "python", "-m", packages[0])
        return DetectedServer("Python", command, f"{packages[0]} has a __main__.py", install)
    return DetectedServer("Python", None, "pyproject.toml names no script that starts the server", install)


_RUNNERS: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "uv.lock": (("uv", "run"), ("pipx install uv", "uv sync")),
    "poetry.lock": (("poetry", "run"), ("pipx install poetry", "poetry install")),
    "pdm.lock": (("pdm", "run"), ("pipx install pdm", "pdm install")),
}
"""Lock file of Python -> what runs a command in the environment of the project, and what makes that environment."""


def _runner(folder: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return next((row for name, row in _RUNNERS.items() if (folder / name).is_file()), ((), ("pip install .",)))


def _node(path: Path) -> DetectedServer:
    try:
        package: Any = json.loads(_text(path))
        binary = package.get("bin")
    except (ValueError, AttributeError, RecursionError):
        return DetectedServer("JavaScript or TypeScript", None, "package.json cannot be read")
    entry = next(iter(binary.values()), None) if isinstance(binary, dict) else binary
    entry = entry or package.get("main")
    install = tuple(_node_install(path.parent, package.get("scripts")))
    if not isinstance(entry, str):
        return DetectedServer("JavaScript or TypeScript", None, "package.json names neither bin nor main", install)
    return DetectedServer("JavaScript or TypeScript", ("node", entry), f"package.json starts {entry}", install)


def _node_install(folder: Path, scripts: object) -> Iterator[str]:
    locks = {"pnpm-lock.yaml": "corepack enable && pnpm install --frozen-lockfile", "package-lock.json": "npm ci"}
    yield next((command for name, command in locks.items() if (folder / name).is_file()), "npm install")
    if isinstance(scripts, dict) and "build" in scripts:
        yield "npm run build"


def _go(path: Path) -> DetectedServer:
    commands = sorted(main.parent.name for main in path.parent.glob("cmd/*/main.go"))
    if len(commands) == 1 and not (path.parent / "main.go").exists():
        command = ("go", "run", f"./cmd/{commands[0]}")
        return DetectedServer("Go", command, f"go.mod is here, and cmd/{commands[0]}/main.go")
    return DetectedServer("Go", ("go", "run", "."), "go.mod is here")


def _rust(_path: Path) -> DetectedServer:
    return DetectedServer("Rust", ("cargo", "run", "--quiet"), "Cargo.toml is here")


def _csharp(path: Path) -> DetectedServer:
    name = os.path.basename(path.name)
    return DetectedServer("C#", ("dotnet", "run", "--project", name), f"{name} is here")


def _java(path: Path) -> DetectedServer:
    return DetectedServer("Java", None, f"{path.name} does not say how the server starts")


_KINDS: Final = (
    _Kind("pyproject.toml", _python),
    _Kind("package.json", _node),
    _Kind("go.mod", _go),
    _Kind("Cargo.toml", _rust),
    _Kind("*.csproj", _csharp),
    _Kind("pom.xml", _java),
    _Kind("build.gradle*", _java),
)
