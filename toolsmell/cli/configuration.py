"""The configuration file behind the options of a command: found, merged and shown."""

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

import click
from click.core import ParameterSource

from toolsmell import config
from toolsmell.cli.targets import after_dashes
from toolsmell.config import Config
from toolsmell.errors import UsageError
from toolsmell.model import Json
from toolsmell.rules import BY_ID
from toolsmell.rules.engine import RuleSet
from toolsmell.sources.options import Command

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS: Final = (
    click.option("--config", "config_file", metavar="FILE", help="Read this configuration, not the one found upwards."),
    click.option("--isolated", is_flag=True, help="Read no configuration."),
    click.option("--show-config", is_flag=True, help="Show every setting and where it comes from, and stop."),
)

_BUDGETS: Final = {"tool-tokens": "tool-over-budget", "server-tokens": "server-over-budget"}
"""Key -> the rule whose option `max` it is."""


def config_options(function: F) -> F:
    """Add the options that say which configuration is read."""
    for decorate in reversed(_OPTIONS):
        function = decorate(function)
    return function


def configure(options: dict[str, Any], targets: Sequence[str | Command]) -> Config:
    """Find the configuration and put what it sets in the place of defaults; what was typed stays.

    Takes its own options out of `options`. Raises `UsageError` for a file that holds what it may not.
    """
    file, isolated = options.pop("config_file"), options.pop("isolated")
    if file and isolated:
        raise UsageError("--config and --isolated exclude one another")
    found = config.read(file) if file else Config() if isolated else config.find(_start(targets))
    ctx = click.get_current_context()
    for key, value in found.values.items():
        name = key.replace("-", "_")
        if name in options and ctx.get_parameter_source(name) is not ParameterSource.COMMANDLINE:
            options[name] = tuple(value) if isinstance(value, list) else value
    return found


def _start(targets: Sequence[str | Command]) -> str:
    """Return the folder to search from: that of the first target that is on the disk, else this one."""
    for target in targets:
        if isinstance(target, str) and os.path.exists(target):
            return target if os.path.isdir(target) else os.path.dirname(target) or "."
    return "."


def add_own_server(options: dict[str, Any], settings: Config) -> None:
    """Take the server that the configuration names where no target was given and `--run` gives the leave."""
    if options["targets"] or not options["run"] or after_dashes():
        return
    if settings.server.url:
        options["targets"] = (settings.server.url,)
    elif settings.server.command:
        options["targets"] = (Command(settings.server.command),)
    else:
        where = settings.file or "toolsmell.toml"
        raise UsageError(f"--run without a target starts the server of the configuration: {where} has no [server] command")
    passed = {pair.partition("=")[0] for pair in options["env"]}
    if missing := [name for name in settings.server.env if name not in passed]:
        hint = " ".join(f"--env {name}" for name in missing)
        raise UsageError(f"{settings.file}: the server needs {', '.join(missing)}: pass {hint}")
    options["name"] = options["name"] or settings.server.name


def configured(rules: RuleSet, settings: Config, clients: Sequence[str]) -> RuleSet:
    """Return the rules with the severities and options that the configuration sets."""
    options: dict[str, Mapping[str, Json]] = dict(settings.options)
    for key, id_ in _BUDGETS.items():
        if key in settings.values:
            options[id_] = {"max": settings.values[key], **options.get(id_, {})}
    for rule in rules.rules if clients else ():
        if "clients" in rule.options:
            options[rule.id] = {"clients": list(clients), **options.get(rule.id, {})}
    kept = tuple(rule for rule in rules.rules if rule.id not in settings.off)
    return rules._replace(rules=kept, severities=settings.severities, options=options)


def show(options: Mapping[str, Any], found: Config) -> str:
    """Return every setting with where it comes from."""
    ctx = click.get_current_context()
    lines = [f"configuration: {found.file or 'none found'}"]
    for key in config.KEYS:
        name = key.replace("-", "_")
        if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            value, origin = options[name], "command line"
        elif key in found.values:
            value, origin = found.values[key], f"{found.file}:{found.lines[key]}"
        elif name in options:
            value, origin = options[name], "default"
        else:
            continue
        shown = ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
        lines.append(f"{key} = {shown if shown not in (None, '') else '-'}  ({origin})")
    lines += [f"server.{key} = {value}  ({found.file})" for key, value in found.server._asdict().items() if value]
    for id_ in sorted({*found.severities, *found.off, *found.options}):
        severity = config.OFF if id_ in found.off else found.severities.get(id_)
        set_ = {**({"severity": str(severity)} if severity else {}), **found.options.get(id_, {})}
        lines += [f"rules.{id_}.{key} = {value}  ({found.file})" for key, value in set_.items()]
    lines += [f"suppress {row.rule}: {row.reason}  ({found.file}:{row.line})" for row in found.suppress]
    return "\n".join(lines)


def refuse_unknown_rules(found: Config, smells: Sequence[str]) -> None:
    """Refuse settings of rules that do not exist: a mistyped id would change nothing, in silence."""
    import difflib

    known = [*BY_ID, *smells]
    named = [*found.severities, *found.off, *found.options, *(row.rule for row in found.suppress)]
    for id_ in named:
        if id_ not in known:
            near = difflib.get_close_matches(id_, known, n=1)
            hint = f"; did you mean '{near[0]}'?" if near else ""
            raise UsageError(f"{found.file}: no rule is called '{id_}'{hint}")
