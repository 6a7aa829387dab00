"""Reads a JSON document field by field, with errors that say what is wrong and where."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, Self, TypeVar

from toolsmell.errors import SourceError, ToolsmellError
from toolsmell.escape import shown
from toolsmell.model import IDENTIFIER, Json
from toolsmell.text import pattern

E = TypeVar("E", bound=StrEnum)

_LARGEST = 1e300


class CheckedJson:
    """A value in a document and its path. Methods return a value of their type, or raise `SourceError`."""

    def __init__(self, value: Json, document: str, path: str = "") -> None:
        self._value = value
        self._document = document
        self._path = path

    def error(self, what: str) -> ToolsmellError:
        """Return an error about this value; `what` is its predicate."""
        return SourceError(f"{self._document}: {shown(self._path.lstrip('.'), 200) or 'the document'} {what}")

    def __getitem__(self, name: str) -> Self:
        """Return a field of an object."""
        if not isinstance(self._value, dict):
            raise self.error("is no object")
        if name not in self._value:
            raise self.error(f"has no '{name}'")
        return type(self)(self._value[name], self._document, f"{self._path}.{name}")

    def optional(self, name: str) -> Self | None:
        """Return a field of an object, or None if it is null."""
        field = self[name]
        return None if field.is_null else field

    def optional_text(self, name: str) -> str | None:
        """Return a field of an object that is a text or null."""
        field = self.optional(name)
        return field.text() if field else None

    def optional_number(self, name: str) -> float | None:
        """Return a field of an object that is a number or null."""
        field = self.optional(name)
        return field.number() if field else None

    @property
    def is_null(self) -> bool:
        return self._value is None

    def items(self) -> Iterator[Self]:
        """Return the items of a list."""
        items = self._of(list, "is no list")
        return (type(self)(item, self._document, f"{self._path}[{i}]") for i, item in enumerate(items))

    def names(self) -> list[str]:
        """Return the names of an object's fields."""
        return list(self._of(dict, "is no object"))

    def text(self) -> str:
        return str(self._of(str, "is no text"))

    def identifier(self) -> str:
        """Return the id of a component, a smell or a signal."""
        text = self.text()
        if not pattern(IDENTIFIER).fullmatch(text):
            raise self.error(f"is {shown(text)!r}, no id")
        return text

    def identifiers(self) -> list[str]:
        """Return the names of an object's fields, which are ids."""
        return [type(self)(name, self._document, f"{self._path}.{name}").identifier() for name in self.names()]

    def flag(self) -> bool:
        return bool(self._of(bool, "is not true or false"))

    def whole(self) -> int:
        if isinstance(self._value, bool):
            raise self.error("is not a whole number")
        return int(self._of(int, "is not a whole number"))

    def within(self, allowed: range) -> int:
        """Return a whole number out of `allowed`."""
        value = self.whole()
        if value not in allowed:
            raise self.error(f"is {value}, not from {allowed[0]} to {allowed[-1]}")
        return value

    def number(self) -> float:
        value: float = self._of((int, float), "is no number")
        if isinstance(value, bool) or not abs(value) <= _LARGEST:  # NaN is not
            raise self.error("is no number")
        return value

    def one_of(self, choices: type[E]) -> E:
        text = self.text()
        if text not in [choice.value for choice in choices]:
            raise self.error(f"is {shown(text)!r}, not one of {', '.join(choices)}")
        return choices(text)

    def _of(self, kind: type | tuple[type, ...], otherwise: str) -> Any:
        if not isinstance(self._value, kind):
            raise self.error(otherwise)
        return self._value
