"""Typed options: each command takes one frozen value instead of a dictionary.

The options of a command are a named tuple whose fields are named after click's parameters. A field whose type is a
named tuple is a group of options that several commands share.
"""

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from functools import update_wrapper
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")


def takes(kind: type[T]) -> Callable[[Callable[[T], R]], Callable[..., R]]:
    """Return a decorator for a command that takes its options as one value of `kind`."""

    def decorate(function: Callable[[T], R]) -> Callable[..., R]:
        def callback(**values: object) -> R:
            return function(_built(kind, values))

        return update_wrapper(callback, function)

    return decorate


def is_group(part: object) -> bool:
    """Return True if `part` is a named tuple, or the type of one."""
    return hasattr(part, "_fields")


def _built(kind: type[T], values: Mapping[str, object]) -> T:
    fields: Mapping[str, Any] = kind.__annotations__
    return kind(**{name: _built(part, values) if is_group(part) else values[name] for name, part in fields.items()})


def leaves(options: object) -> Iterator[tuple[str, object]]:
    """Yield every option with its value, including those in groups."""
    for name in getattr(options, "_fields", ()):
        value = getattr(options, name)
        if is_group(value):
            yield from leaves(value)
        else:
            yield name, value


def merged(options: T, values: Mapping[str, object]) -> T:
    """Return the options with `values` for the fields that exist, converted to the type of the field."""
    changed: dict[str, object] = {}
    fields: Mapping[str, Any] = type(options).__annotations__
    for name, kind in fields.items():
        if is_group(kind):
            changed[name] = merged(getattr(options, name), values)
        elif name in values:
            changed[name] = _converted(values[name], kind)
    return options._replace(**changed)  # type: ignore[attr-defined, no-any-return]  # a named tuple


def _converted(value: object, kind: object) -> object:
    if isinstance(value, list):
        return tuple(value)
    return kind(value) if isinstance(kind, type) and issubclass(kind, Enum) else value
