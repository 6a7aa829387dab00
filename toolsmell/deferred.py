"""Avoids imports that other packages make and a plain scan does not need (`benchmarks/scan.py --imports`)."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any


class _Placeholder(ModuleType):
    """A module that imports the real one when an attribute is used that it does not have."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # asked by the import itself
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


@contextmanager
def deferred(name: str, has: Mapping[str, object] = {}, meanwhile: Mapping[str, object] = {}) -> Iterator[None]:
    """Make imports of a module in the block load it only when they use it. Afterwards `sys.modules` is as before.

    `has` are attributes that need no import, ever; `meanwhile` are others that are used inside of the block only.
    """
    if name in sys.modules:
        yield
        return
    placeholder = sys.modules[name] = _Placeholder(name)
    vars(placeholder).update(has, **meanwhile)
    try:
        yield
    finally:
        for attribute in meanwhile:
            delattr(placeholder, attribute)
        if sys.modules.get(name) is placeholder:
            del sys.modules[name]


def resources_deferred() -> AbstractContextManager[None]:
    """Delay `importlib.resources`: grammars of tree-sitter import it for queries of their own, which nothing reads."""
    return deferred("importlib.resources", {"files": _files})


def _files(package: str) -> Any:
    return import_module("importlib.resources").files(package)


def sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal digits, without loading OpenSSL, as `hashlib` does."""
    return str(_hashes().sha256(data).hexdigest())


@cache
def _hashes() -> ModuleType:
    # As `random` of the standard library does: https://github.com/python/cpython/blob/3.13/Lib/random.py#L64
    try:
        return import_module("_sha2" if sys.version_info >= (3, 12) else "_sha256")
    except ImportError:
        return import_module("hashlib")
