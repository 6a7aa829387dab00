"""What click imports for its help pages, put off until one is shown (`benchmarks/scan.py --imports`)."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

_NAME = "inspect"


class _Inspect(ModuleType):
    """Stands for `inspect` until something of it is used."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(_NAME), name)

    @staticmethod
    def cleandoc(text: str) -> str:
        """Clean the help of an option, which is a line; click does it with every option of a command."""
        if "\n" in text or "\t" in text:
            return str(import_module(_NAME).cleandoc(text))
        return text.lstrip()


@contextmanager
def inspect_deferred() -> Iterator[None]:
    """Let what is imported in the block load `inspect` when it first uses it. Afterwards all is as before."""
    if _NAME in sys.modules:
        yield
        return
    sys.modules[_NAME] = _Inspect(_NAME)
    try:
        yield
    finally:
        del sys.modules[_NAME]
