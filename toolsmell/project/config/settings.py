"""The settings of a configuration file, as values."""

import os
from collections.abc import Mapping
from typing import Final, NamedTuple

from toolsmell.model import Json, Severity

OFF: Final = "off"
PYPROJECT_TABLE: Final = ("tool", "toolsmell")


class Suppress(NamedTuple):
    """Findings that a project has decided to live with."""

    rule: str
    reason: str
    tool: str | None = None
    server: str | None = None
    until: str | None = None
    """The last day it holds, as YYYY-MM-DD."""
    line: int = 1
    """Its line in the file."""


class ServerSettings(NamedTuple):
    """The project's own server. It is started only with `--run`."""

    command: tuple[str, ...] = ()
    url: str | None = None
    env: tuple[str, ...] = ()
    name: str | None = None


class RuleSettings(NamedTuple):
    """Settings of rules and smells, by their ids."""

    severities: Mapping[str, Severity] = {}
    off: frozenset[str] = frozenset()
    """Those whose severity is `off`."""
    options: Mapping[str, Mapping[str, Json]] = {}

    @property
    def ids(self) -> frozenset[str]:
        return self.off.union(self.severities, self.options)


class ToolSettings(NamedTuple):
    """Settings of one tool."""

    ignore: tuple[str, ...] = ()
    """Ids and families whose findings in this tool are left out."""
    fail_under: float | None = None
    tool_tokens: int | None = None
    rules: RuleSettings = RuleSettings()


class PathSettings(NamedTuple):
    """Settings of the files that a pattern covers."""

    pattern: str
    ignore: tuple[str, ...] = ()
    """Ids and families whose findings in these files are suppressed."""


class Config(NamedTuple):
    """A validated configuration file; `Config()` is no file."""

    file: str | None = None
    text: str = ""
    values: Mapping[str, Json] = {}
    """The keys of `keys.KEYS` that are set."""
    server: ServerSettings = ServerSettings()
    rules: RuleSettings = RuleSettings()
    tools: Mapping[str, ToolSettings] = {}
    suppress: tuple[Suppress, ...] = ()
    paths: tuple[PathSettings, ...] = ()

    @property
    def folder(self) -> str:
        """The folder of the file, which paths in it start from."""
        return os.path.dirname(self.file or "") or "."

    def line(self, *path: str) -> int:
        """Return the line of a key, or of the nearest table around it."""
        from toolsmell.project.config.toml_lines import lines_of

        return lines_of(self.text).of(prefix_of(self.file or "") + path)


def prefix_of(path: str) -> tuple[str, ...]:
    """Return the tables of a file that the keys are below."""
    return PYPROJECT_TABLE if os.path.basename(path) == "pyproject.toml" else ()
