"""Seeds of an exploration: values, calls made first, files for the working folder, a goal."""

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from toolsmell.calling.outcomes import Trial
from toolsmell.data.shipped import read_regular
from toolsmell.errors import UsageError
from toolsmell.model import Json
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.schema.fit import violation

WORK: Final = "/workfolder"
"""The alias of the server's working folder: results show it, and arguments may use it."""
_MOST_FILES: Final = 2_000
_MOST_BYTES: Final = 64 * 1024 * 1024


class Seeds(NamedTuple):
    """Seeds that a user gives an exploration."""

    values: Mapping[str, tuple[Json, ...]] = {}
    """By the name of a parameter: values that calls may use."""
    setup: tuple[Trial, ...] = ()
    """Calls that are made before all others."""
    fixture: Path | None = None
    """A folder whose files are copied into the working folder."""
    goal: str = ""
    """The task that the descriptions should help with, in the user's words."""

    @property
    def shown(self) -> str:
        """The values as text, a line each; empty without values."""
        return "\n".join(f"{name}: {json.dumps(value)}" for name, values in self.values.items() for value in values)


def check_seeds(seeds: Seeds, server: ServerContext, allowed: frozenset[str]) -> None:
    """Raise `UsageError` for a value that fits no parameter, or a setup call that may not be made."""
    for name, values in seeds.values.items():
        schemas = [p.schema for tool in server.tools for p in tool.parameters if p.name == name]
        if not schemas:
            raise UsageError(f"--example {name}: no tool has a parameter with this name")
        for value in values:
            reasons = [violation(value, schema) for schema in schemas]
            if all(reasons):
                raise UsageError(f"--example {name}={json.dumps(value)}: the value {reasons[0]}")
    for trial in seeds.setup:
        if trial.tool not in server.by_name:
            raise UsageError(f"--setup {trial.tool}: no tool has this name")
        if trial.tool not in allowed:
            raise UsageError(f"--setup {trial.tool}: this tool may not be called; name it with --call")
        if broken := _broken(server.by_name[trial.tool], trial.arguments):
            raise UsageError(f"--setup {trial.tool}: the arguments do not fit the schema: {broken}")


def _broken(tool: ToolContext, arguments: Mapping[str, Json]) -> str | None:
    """Return in words how arguments do not fit a tool, with the name of the parameter if it is one."""
    schema = tool.tool.input_schema or {}
    for parameter in tool.parameters:
        given = parameter.name in arguments
        if given and (wrong := violation(arguments[parameter.name], parameter.schema, schema)):
            return f"the value of '{parameter.name}' {wrong}"
    wrong = violation(dict(arguments), schema, schema)
    return f"the object {wrong}" if wrong else None


def read_values(given: Sequence[str]) -> dict[str, tuple[Json, ...]]:
    """Read `NAME=VALUE`, with a value in JSON or as plain text, and `@FILE`, a JSON object of such values."""
    found: dict[str, list[Json]] = {}
    for one in given:
        if one.startswith("@"):
            for name, value in _object_in(Path(one[1:])).items():
                found.setdefault(name, []).extend(value if isinstance(value, list) else [value])
            continue
        name, mark, text = one.partition("=")
        if not mark or not name.strip():
            raise UsageError(f"--example {one}: write NAME=VALUE, or @FILE with a JSON object of values")
        found.setdefault(name.strip(), []).append(_value(text))
    return {name: tuple(values) for name, values in found.items()}


def _value(text: str) -> Json:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _object_in(path: Path) -> dict[str, Json]:
    try:
        value = json.loads(read_regular(path))
    except OSError as error:
        raise UsageError(f"--example @{path}: cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f"--example @{path}: is not JSON: {error}") from None
    if not isinstance(value, dict):
        raise UsageError(f"--example @{path}: must be a JSON object of values by the name of a parameter")
    return value


def read_setup(given: Sequence[str]) -> tuple[Trial, ...]:
    """Read calls that are written as `NAME {"argument": ...}`."""
    trials = []
    for one in given:
        name, _, text = one.strip().partition(" ")
        arguments = _value(text) if text.strip() else {}
        if not name or not isinstance(arguments, dict):
            raise UsageError(f'--setup {one}: write a call as NAME {{"argument": "value"}}')
        trials.append(Trial(name, arguments, "a call of the setup"))
    return tuple(trials)


def copy_fixture(source: Path, folder: Path) -> None:
    """Copy the files of `source` into `folder`. Raises `UsageError` for links, special files, and too much."""
    if not source.is_dir():
        raise UsageError(f"--fixture {source}: is not a folder")
    size = 0
    for number, path in enumerate(sorted(source.rglob("*"))):
        target = folder / path.relative_to(source)
        if path.is_symlink() or not (path.is_dir() or path.is_file()):
            raise UsageError(
                f"--fixture {source}: {path.relative_to(source)} is a link or a special file: only files are copied"
            )
        if path.is_dir():
            target.mkdir(parents=True, exist_ok=True)
            continue
        size += path.stat().st_size
        if number >= _MOST_FILES or size > _MOST_BYTES:
            raise UsageError(f"--fixture {source}: has more than {_MOST_FILES} files or {_MOST_BYTES >> 20} MiB")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


def with_alias(value: Json, folder: str | None) -> Json:
    """Return a value with the alias instead of the working folder."""
    return _replaced_in(value, folder, WORK) if folder else value


def with_folder(value: Json, folder: str | None) -> Json:
    """Return a value with the working folder instead of its alias."""
    return _replaced_in(value, WORK, folder) if folder else value


def _replaced_in(value: Json, old: str, new: str) -> Json:
    try:
        return _replaced(value, old, new)
    except RecursionError:  # a hostile server may nest its answer without end
        return value


def _replaced(value: Json, old: str, new: str) -> Json:
    if isinstance(value, str):
        return value.replace(old, new)
    if isinstance(value, list):
        return [_replaced(item, old, new) for item in value]
    if isinstance(value, dict):
        return {key: _replaced(item, old, new) for key, item in value.items()}
    return value
