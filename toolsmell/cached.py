"""A property that is computed once."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class cached_property(Generic[T]):  # noqa: N801  it is used as the one of functools is
    """`functools.cached_property` of Python 3.12 and later: without the lock, which takes longer than most readings."""

    # https://github.com/python/cpython/issues/87634

    def __init__(self, read: Callable[[Any], T]) -> None:
        self.func = read
        self.__doc__ = read.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> "cached_property[T]": ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: object | None, owner: type) -> "cached_property[T] | T":
        if instance is None:
            return self
        value = instance.__dict__[self._name] = self.func(instance)
        return value
