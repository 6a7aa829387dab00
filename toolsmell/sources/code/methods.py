"""Whether a method that is called on an unknown object can be one of the project."""

from typing import Final

from toolsmell.sources.code.module import Module

COMMON: Final = frozenset(
    "add append apply call clear close copy create delete emit execute extend find format get handle info init insert"
    " items join keys list load log map next on open parse pop process push put read remove render replace reset run"
    " save send set setup sort split start stop update use values write".split()
)
"""Methods of so many objects that a call on an unknown one says nothing."""


def may_mean(module: Module, method: str, other: Module) -> bool:
    """Return True if a method that is called on an unknown object can be the one that another file declares."""
    return method not in COMMON and module.project.near(module, other)
