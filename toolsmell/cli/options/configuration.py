"""Finds the configuration file, merges it with the options, and shows the result."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, TypeVar

import click
from click.core import ParameterSource

from toolsmell.cli.click_parameters import OptionGroup, option
from toolsmell.cli.options.targets import TargetInput
from toolsmell.cli.typed import leaves, merged
from toolsmell.errors import UsageError
from toolsmell.escape import visible
from toolsmell.model import Json
from toolsmell.project import config
from toolsmell.project.config.settings import OFF, Config, RuleSettings, ToolSettings
from toolsmell.rules import BY_ID, FAMILIES
from toolsmell.rules.engine import Override, RuleSet
from toolsmell.rules.selection import SMELLS

T = TypeVar("T")


class ConfigInput(NamedTuple):
    """The options as they were typed."""

    config_file: str | None
    isolated: bool
    show_config: bool


config_options: Final = OptionGroup(
    "Configuration",
    (
        option(
            "--config",
            "config_file",
            metavar="FILE",
            help="Read this configuration instead of the one in this folder or above.",
        ),
        option("--isolated", is_flag=True, help="Read no configuration, and no suppressions in source code."),
        option("--show-config", is_flag=True, help="Show every setting and where it comes from, and stop."),
    ),
)

_HANDLED: Final = ("targets", "exclude")
"""Keys that `own_targets` applies, because their paths are relative to the file."""
_BUDGET: Final = "budget"
_TOOL_TOKENS, _SERVER_TOKENS = "tool-over-budget", "server-over-budget"
"""The rules whose option `budget` is set by the keys `tool-tokens` and `server-tokens`."""


def find_config(given: ConfigInput, target: TargetInput) -> Config:
    """Return the configuration of the run. Raises `UsageError` for a file with forbidden or wrong settings."""
    if given.config_file and given.isolated:
        raise UsageError("--config and --isolated exclude one another")
    if given.config_file:
        return config.read(given.config_file)
    return Config() if given.isolated else config.find(_start(target))


def with_settings(options: T, settings: Config) -> T:
    """Return the options of a command with the settings of the configuration. Typed options are kept."""
    ctx = click.get_current_context()
    named = {key.replace("-", "_"): value for key, value in settings.values.items()}
    typed = {name for name in named if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE}
    return merged(options, {name: value for name, value in named.items() if name not in (*typed, *_HANDLED)})


def _start(target: TargetInput) -> str:
    """Return the folder where the search starts: that of the first target on the disk, else the current one."""
    named = target.stdin_filename
    for given in (*((named,) if named else ()), *target.targets):
        if isinstance(given, str) and (given == named or _is_there(given)):
            return given if os.path.isdir(given) else os.path.dirname(given) or "."
    return "."


def _is_there(path: str) -> bool:
    try:
        return os.path.lexists(path)
    except ValueError:  # a NUL in the name
        return False


def configured(rules: RuleSet, settings: Config, clients: Sequence[str]) -> RuleSet:
    """Return the rules with the severities and options of the configuration, also those for single tools."""
    options: dict[str, Mapping[str, Json]] = dict(settings.rules.options)
    for key, id_ in (("tool-tokens", _TOOL_TOKENS), ("server-tokens", _SERVER_TOKENS)):
        if key in settings.values:
            options[id_] = {_BUDGET: settings.values[key], **options.get(id_, {})}
    named = [name.strip() for given in clients for name in given.split(",")]
    for rule in rules.rules if named else ():
        if "clients" in rule.options:
            options[rule.id] = {"clients": named, **options.get(rule.id, {})}
    kept = tuple(rule for rule in rules.rules if rule.id not in settings.rules.off)
    overrides = {name: _override(tool, options) for name, tool in settings.tools.items()}
    return rules._replace(rules=kept, severities=settings.rules.severities, options=options, overrides=overrides)


def _override(tool: ToolSettings, general: Mapping[str, Mapping[str, Json]]) -> Override:
    own = dict(tool.rules.options)
    if tool.tool_tokens is not None:
        own[_TOOL_TOKENS] = {_BUDGET: tool.tool_tokens, **own.get(_TOOL_TOKENS, {})}
    options = {id_: {**general.get(id_, {}), **values} for id_, values in own.items()}
    return Override(tool.rules.off.union(tool.ignore), tool.rules.severities, options)


def show(found: Config, *options: object) -> str:
    """Return every setting with its origin. `options` are those of the command, merged with the settings."""
    values = {name: value for part in options for name, value in leaves(part)}
    rows = [*_shown_options(values, found), *_shown_tables(found)]
    return "\n".join([f"configuration: {found.file or 'none found'}", *rows])


def _shown_options(options: Mapping[str, object], found: Config) -> Iterator[str]:
    from toolsmell.project.config.keys import KEYS

    ctx = click.get_current_context()
    for key in KEYS:
        name = key.replace("-", "_")
        if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            yield _row(key, options[name], "command line")
        elif key in found.values:
            yield _row(key, found.values[key], f"{found.file}:{found.line(key)}")
        elif name in options:
            yield _row(key, options[name], "default")
        else:
            yield _row(key, _default(key), "default")


def _default(key: str) -> Json:
    ids = {"tool-tokens": _TOOL_TOKENS, "server-tokens": _SERVER_TOKENS}
    return BY_ID[ids[key]].options[_BUDGET] if key in ids else None


def _shown_tables(found: Config) -> Iterator[str]:
    def at(*path: str) -> str:
        return f"{found.file}:{found.line(*path)}"

    for key, value in found.server._asdict().items():
        if value:
            yield _row(f"server.{key}", value, at("server", key))
    yield from _shown_rules(found.rules, ("rules",), at)
    for name, tool in found.tools.items():
        for key in ("ignore", "fail-under", "tool-tokens"):
            if (value := getattr(tool, key.replace("-", "_"))) not in (None, ()):
                yield _row(f"tools.{name}.{key}", value, at("tools", name, key))
        yield from _shown_rules(tool.rules, ("tools", name, "rules"), at)
    for path in found.paths:
        yield _row(f'paths."{path.pattern}".ignore', path.ignore, at("paths", path.pattern, "ignore"))
    for number, row in enumerate(found.suppress):
        where = "".join(f", {part} {value}" for part, value in (("tool", row.tool), ("server", row.server)) if value)
        until = f" (until {row.until})" if row.until else ""
        yield f"suppress {row.rule}{where}: {row.reason}{until}  ({at('suppress', str(number))})"


def _shown_rules(rules: RuleSettings, above: tuple[str, ...], at: Callable[..., str]) -> Iterator[str]:
    for id_ in sorted(rules.ids):
        severity = OFF if id_ in rules.off else rules.severities.get(id_)
        set_ = {**({"severity": str(severity)} if severity else {}), **rules.options.get(id_, {})}
        for key, value in set_.items():
            yield _row(".".join((*above, id_, key)), value, at(*above, id_, key))


def _row(key: str, value: object, origin: str) -> str:
    if isinstance(value, list | tuple):
        value = ", ".join(map(str, value))
    return visible(f"{key} = {'-' if value in (None, '') else value}  ({origin})")


def refuse_unknown_rules(found: Config, smells: Iterable[str]) -> None:
    """Raise `UsageError` for settings of unknown rules: a mistyped id would silently change nothing."""
    known = frozenset((*BY_ID, *smells))
    for id_, path in _named_rules(found):
        if id_ not in known and not (path[-1] == "ignore" and id_ in (*FAMILIES, SMELLS)):
            import difflib

            near = difflib.get_close_matches(id_, known, n=1)
            hint = f"; did you mean '{near[0]}'?" if near else ""
            raise UsageError(f"{found.file}:{found.line(*path)}: no rule is called '{id_}'{hint}")


def _named_rules(found: Config) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every rule id in a configuration, with the path of its key."""
    for id_ in found.rules.ids:
        yield id_, ("rules", id_)
    for name, tool in found.tools.items():
        for id_ in tool.ignore:
            yield id_, ("tools", name, "ignore")
        for id_ in tool.rules.ids:
            yield id_, ("tools", name, "rules", id_)
    for path in found.paths:
        for id_ in path.ignore:
            yield id_, ("paths", path.pattern, "ignore")
    for number, row in enumerate(found.suppress):
        yield row.rule, ("suppress", str(number))
