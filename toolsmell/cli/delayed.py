"""Delays an import that click needs only for help pages (`benchmarks/scan.py --imports`)."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

_NAME = "inspect"


class _Inspect(ModuleType):
    """A placeholder that imports `inspect` when an attribute is used."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(_NAME), name)

    @staticmethod
    def cleandoc(text: str) -> str:
        """Clean the help of an option. click calls this for every option, and most are one line."""
        if "\n" in text or "\t" in text:
            return str(import_module(_NAME).cleandoc(text))
        return text.lstrip()


@contextmanager
def inspect_deferred() -> Iterator[None]:
    """Make imports in the block load `inspect` only when they use it. Afterwards `sys.modules` is as before."""
    if _NAME in sys.modules:
        yield
        return
    sys.modules[_NAME] = _Inspect(_NAME)
    try:
        yield
    finally:
        del sys.modules[_NAME]
