"""The scope of a scan as the project sets it: the targets, the server and the excluded files of its configuration."""

import os
from collections.abc import Iterator
from typing import Final

from toolsmell.cli.options.targets import TargetInput, after_dashes
from toolsmell.errors import UsageError
from toolsmell.project.config.settings import Config
from toolsmell.project.exclude import Exclude, exclude_of
from toolsmell.sources.options import Command

_EVERYTHING: Final = "."


def excluded(settings: Config) -> Exclude | None:
    """Return the files that the configuration excludes, or None if it excludes none."""
    return exclude_of(settings.values.get("exclude", ()), settings.folder)


def with_own_targets(target: TargetInput, settings: Config) -> TargetInput:
    """Return the options with the project's own targets if no target was typed.

    Without `--run` these are `targets` of the configuration, or the current folder. With it, it is the server of the
    configuration. Raises `UsageError` for a configuration without a server, or with a target that it may not have.
    """
    if target.targets or after_dashes():
        return target
    if target.run:
        return _with_own_server(target, settings)
    return target._replace(targets=tuple(_targets(settings)) or (_EVERYTHING,))


def _targets(settings: Config) -> Iterator[str]:
    """Yield the targets of the configuration, relative to the current folder."""
    folder = os.path.realpath(settings.folder)
    for target in settings.values.get("targets", ()):
        path = os.path.realpath(os.path.join(folder, target))
        if "://" in target or not target or target.startswith("-"):
            _reject(settings, f"'{target}' is no file or folder; only these can be set in a file")
        if os.path.commonpath((folder, path)) != folder:
            _reject(settings, f"'{target}' is outside of {folder}")
        yield os.path.relpath(os.path.join(settings.folder, target))


def _reject(settings: Config, words: str) -> None:
    raise UsageError(f"{settings.file}:{settings.line('targets')}: targets: {words}")


def _with_own_server(target: TargetInput, settings: Config) -> TargetInput:
    server = settings.server
    own: str | Command
    if server.url:
        own = server.url
    elif server.command:
        own = Command(server.command)
    else:
        where = settings.file or "toolsmell.toml"
        raise UsageError(
            f"--run without a target starts the server of the configuration: {where} has no [server] command"
        )
    passed = {pair.partition("=")[0] for pair in target.env}
    if missing := [name for name in server.env if name not in passed]:
        hint = " ".join(f"--env {name}" for name in missing)
        raise UsageError(f"{settings.file}: the server needs {', '.join(missing)}: pass {hint}")
    return target._replace(targets=(own,), name=target.name or server.name)
