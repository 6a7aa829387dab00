"""The options of each command: the fields of its named tuple are click's parameters, with the types that click gives."""

import types
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

import click
import pytest

from toolsmell.cli import COMMANDS, group
from toolsmell.cli.click_parameters import EnumChoice
from toolsmell.cli.typed import is_group, leaves, merged


def _commands() -> Iterator[tuple[str, click.Command]]:
    for name in COMMANDS:
        command = group.get_command(click.Context(group), name)
        assert command
        if isinstance(command, click.Group):
            yield from ((f"{name} {sub}", found) for sub, found in command.commands.items())
        else:
            yield name, command


ALL = dict(_commands())


_CONTEXT = click.Context(group)


def _fields(kind: type) -> Iterator[tuple[str, Any]]:
    for name, part in get_type_hints(kind).items():
        if is_group(part):
            yield from _fields(part)
        else:
            yield name, part


def _taken(command: click.Command) -> list[tuple[str, Any]]:
    hints = get_type_hints(command.callback)
    return list(_fields(hints["given"])) if "given" in hints else []


def _one(kind: Any) -> object:
    """Return the Python type of a value that click converts."""
    if isinstance(kind, EnumChoice):
        return kind.kind
    if isinstance(kind, click.Choice):
        return set(kind.choices)
    if isinstance(kind, click.Path):
        return kind.type or str
    names = {"boolean": bool, "integer": int, "integer range": int, "float": float, "float range": float, "text": str}
    return names[kind.name]


def _options(annotation: object) -> set[object]:
    """Return the members of a union; one of literals is the set of their type and the literals."""
    if get_origin(annotation) in (types.UnionType, Union):
        return set().union(*map(_options, get_args(annotation)))
    return {annotation}


def _without_it(parameter: click.Parameter) -> object:
    """Return the value of an option that is not typed; click 8.3 has a mark of its own for none."""
    value, _ = parameter.handle_parse_result(_CONTEXT, {}, [])
    return None if getattr(value, "name", "") == "UNSET" else value


def _fits(parameter: click.Parameter, annotation: object) -> bool:
    many = parameter.multiple or parameter.nargs == -1
    if many:
        if get_origin(annotation) is not tuple:
            return False
        annotation = get_args(annotation)[0]
    members = _options(annotation)
    may_be_none = not parameter.required and _without_it(parameter) is None
    one = _one(parameter.type)
    values = {get_args(m) for m in members if get_origin(m) is Literal}
    known = (
        set(values.pop()) == one
        if values and isinstance(one, set)
        else (str if isinstance(one, set) else one) in members
    )
    return known and (type(None) in members) == may_be_none


@pytest.mark.parametrize("name", ALL)
def test_the_fields_of_a_command_are_its_parameters(name: str) -> None:
    command = ALL[name]
    fields = [field for field, _ in _taken(command)]
    assert len(fields) == len(set(fields))
    assert set(fields) == {str(parameter.name) for parameter in command.params}


@pytest.mark.parametrize("name", ALL)
def test_the_types_of_fields_are_those_that_click_gives(name: str) -> None:
    command = ALL[name]
    fields = dict(_taken(command))
    wrong = {p.name: fields[str(p.name)] for p in command.params if not _fits(p, fields[str(p.name)])}
    assert wrong == {}


def test_options_about_models_are_called_the_same_in_every_command() -> None:
    shared = (
        "model_url",
        "model_key_env",
        "model_timeout",
        "model_attempts",
        "max_questions",
        "max_tokens",
        "max_cost",
    )
    asking = {name for name, command in ALL.items() if any(p.name == "max_cost" for p in command.params)}
    assert asking == {"scan", "augment", "verify", "eval run", "eval init", "eval compare", "eval agent"}
    for name in asking:
        assert set(shared) <= {p.name for p in ALL[name].params}, name


class Level(StrEnum):
    LOW = "low"
    HIGH = "high"


class Inner(NamedTuple):
    level: Level
    names: tuple[str, ...]


class Outer(NamedTuple):
    inner: Inner
    file: Path | None


def test_settings_are_merged_into_groups_in_the_types_of_the_fields() -> None:
    before = Outer(Inner(Level.LOW, ()), None)
    after = merged(before, {"level": "high", "names": ["a", "b"], "unknown": 1})
    assert after == Outer(Inner(Level.HIGH, ("a", "b")), None)
    assert before.inner.level is Level.LOW
    assert dict(leaves(after)) == {"level": Level.HIGH, "names": ("a", "b"), "file": None}
