"""The two packages that make tools of Python functions, and how the versions of fastmcp differ."""

from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from toolsmell.sources.code.module import Module, Project
from toolsmell.sources.code.python.docstring_sections import Splits
from toolsmell.text import pattern

Version: TypeAlias = tuple[int, ...]


class Framework(NamedTuple):
    """The way in which a package describes a function that is a tool."""

    package: str
    splits: Splits
    """When a docstring is taken apart."""
    closed: bool
    """Whether schemas forbid other properties."""

    @property
    def is_sdk(self) -> bool:
        """True for FastMCP and MCPServer of the MCP SDK: schemas with titles, references and the docstring as it is."""
        return self.package == "mcp"


SDK: Final = Framework("mcp", Splits.NOTHING, closed=False)

_RELEASES: Final[tuple[tuple[Version, Framework], ...]] = (
    ((4, 1, 7), Framework("fastmcp", Splits.TITLES, closed=True)),
    ((4, 1), Framework("fastmcp", Splits.SECTIONS, closed=True)),
    ((3, 2, 4), Framework("fastmcp", Splits.PARAMETERS, closed=True)),
    ((3,), Framework("fastmcp", Splits.NOTHING, closed=True)),
    ((2,), Framework("fastmcp", Splits.NOTHING, closed=False)),
    ((0,), SDK),
)
"""The first version with each behaviour, newest first; fastmcp 1 became part of the SDK."""

_LAST: Final[tuple[Version, ...]] = ((9999,), (4, 1, 6), (4, 0, 99), (3, 2, 3), (2, 99), (1, 99))
"""A version that every range up to each of them allows, newest first."""

_MAX_BYTES: Final = 1 << 22
_HEAD: Final = 2_000
"""Characters of a script that may have metadata."""
_LOCKS: Final = ("uv.lock", "poetry.lock", "pdm.lock")
_DECLARING: Final = ("pyproject.toml", "requirements.txt", "setup.py", "setup.cfg", "Pipfile")
_LOCKED: Final = r'(?m)^name = "fastmcp"\s*\nversion = "([\d.]+)'
_DECLARED: Final = (
    r"(?<![\w.-])fastmcp(?:\[[\w, -]*\])?[\"']?[ \t]*(?:=[ \t]*(?:\{[ \t]*version[ \t]*=[ \t]*)?[\"'])?"
    r"[ \t]*\(?[ \t]*((?:(?:[=~!<>^]=?=?)?[ \t]*\d[\w.*]*[ \t]*,?[ \t]*)+)"
)
_BOUND: Final = r"([=~!<>^]=?=?)?[ \t]*(\d+(?:\.\d+)*)(\.\*)?"


def framework_of(module: Module) -> Framework:
    """Return fastmcp in the version that a file uses: of its own metadata, its project, or the newest."""
    own = (
        _declared(module.source.data[:2000].decode("utf-8", "replace"))
        if b"# /// script" in module.source.data
        else None
    )
    return _behaviour(own or _of_project(module))


def _behaviour(version: Version) -> Framework:
    return next(framework for first, framework in _RELEASES if version >= first)


def _of_project(module: Module) -> Version:
    """Return the version of fastmcp for the folder of a file. Each read of a project looks anew: files change."""
    known, directory = module.project.fastmcp_versions, module.path.parent
    if directory not in known:
        known[directory] = _nearest(directory, module.project)
    return known[directory]


def _nearest(directory: Path, project: Project) -> Version:
    """Return the version of the nearest lock file or declaration; the newest if there is none."""
    while directory.is_relative_to(project.root):
        for name in _LOCKS:
            if found := pattern(_LOCKED).search(project.seen.text(directory / name, _MAX_BYTES)):
                return _numbers(found[1])
        for name in _DECLARING:
            if declared := _declared(project.seen.text(directory / name, _MAX_BYTES)):
                return declared
        directory = directory.parent
    return _LAST[0]


def _declared(text: str) -> Version | None:
    """Return the newest version that a declaration allows, or None if the text has no declaration with a version."""
    found = pattern(_DECLARED).search(text)
    if found is None:
        return None
    bounds = [(op or "==", _numbers(number), bool(star)) for op, number, star in pattern(_BOUND).findall(found[1])]
    exact = next((number for op, number, star in bounds if op in ("==", "===") and not star), None)
    if exact is not None:
        return exact
    allowed = (version for version in _LAST if all(_allows(*bound, version) for bound in bounds))
    return next(allowed, min(number for _, number, _ in bounds))


def _allows(operator: str, number: Version, star: bool, version: Version) -> bool:
    """Return True if a version fits one bound."""
    if operator in ("==", "===") and star:
        return version[: len(number)] == number
    if operator == "~=":
        return version >= number and version[: len(number) - 1] == number[:-1]
    if operator in ("^", "~"):
        return version >= number and version[:1] == number[:1]
    match operator:
        case ">=":
            return version >= number
        case ">":
            return version > number
        case "<=":
            return version <= number
        case "<":
            return version < number
    return True


def _numbers(text: str) -> Version:
    return tuple(int(part) for part in text.strip(".").split(".") if part.isdecimal())
