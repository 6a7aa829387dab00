"""Extends click's parameters: headings in `--help`, former names, enumerations."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

if TYPE_CHECKING:
    _Choice = click.Choice[str]
else:
    _Choice = click.Choice  # generic since click 8.4 only: https://click.palletsprojects.com/en/stable/changes/

COMMON: Final = "Common options"
OTHER: Final = "Options"


class EnumChoice(_Choice):
    """A choice among the values of an enumeration, converted to its member."""

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__([member.value for member in kind])
        self.kind = kind

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> StrEnum:
        return self.kind(super().convert(str(value), param, ctx))


class Option(click.Option):
    """An option with a heading in `--help`, and with former names that are accepted but not shown."""

    def __init__(self, *args: Any, former: Sequence[str] = (), **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.former = former
        self.heading: str | None = None

    def add_to_parser(self, parser: Any, ctx: click.Context) -> None:
        shown = self.opts
        self.opts = [*shown, *self.former]
        super().add_to_parser(parser, ctx)
        self.opts = shown


def option(*names: str, **attributes: Any) -> Callable[[F], F]:
    """Return a decorator that adds an `Option`. It accepts the arguments of `click.option`, and `former`."""
    return click.option(*names, cls=Option, **attributes)


def names(_context: click.Context, _parameter: click.Parameter, given: Sequence[str]) -> tuple[str, ...]:
    """Return the names of an option that may be repeated and takes lists with commas: a callback of click."""
    return tuple(name.strip() for value in given for name in value.split(",") if name.strip())


class OptionGroup:
    """Options under one heading. It decorates a command like a single option."""

    def __init__(self, heading: str, options: Sequence[Callable[[Any], Any]]) -> None:
        self._heading = heading
        self._options = options

    def __call__(self, function: F) -> F:
        already = len(_parameters(function))
        for decorate in reversed(self._options):
            function = decorate(function)
        for parameter in _parameters(function)[already:]:
            if isinstance(parameter, Option):
                parameter.heading = parameter.heading or self._heading
        return function


def _parameters(function: Callable[..., Any]) -> list[click.Parameter]:
    found: list[click.Parameter] = getattr(function, "__click_params__", [])
    return found


class HeadedCommand(click.Command):
    """A command whose `--help` shows options under headings. The options in `first` come first."""

    def __init__(self, *args: Any, first: Sequence[str] = (), **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.first = tuple(first)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for heading, rows in self._sections(ctx).items():
            with formatter.section(heading):
                formatter.write_dl(rows)

    def _sections(self, ctx: click.Context) -> Mapping[str, list[tuple[str, str]]]:
        """Return the rows of help by heading: common options, then the command's own, then groups."""
        sections: dict[str, list[tuple[str, str]]] = {COMMON: [], OTHER: []}
        parameters = self.get_params(ctx)
        for parameter in sorted(parameters, key=self._rank):
            row = parameter.get_help_record(ctx)
            if row is not None and isinstance(parameter, click.Option):
                sections.setdefault(self._heading(parameter, ctx), []).append(row)
        return {heading: rows for heading, rows in sections.items() if rows}

    def _rank(self, parameter: click.Parameter) -> int:
        name = parameter.name or ""
        return self.first.index(name) if name in self.first else len(self.first)

    def _heading(self, parameter: click.Parameter, ctx: click.Context) -> str:
        if parameter.name in self.first or (self.first and parameter is self.get_help_option(ctx)):
            return COMMON
        return getattr(parameter, "heading", None) or OTHER
