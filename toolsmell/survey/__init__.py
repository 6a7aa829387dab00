"""Scores many servers again and again: tables of tools, findings and servers, resumable, on one machine or a cluster.

`rows` is the pure function from lines to tables. Everything else here reads inputs in parts, runs `rows` on them, and
writes tables so that an interrupted survey goes on and an unchanged server is not scanned twice.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolsmell.survey.tabulate import rows

__all__ = ["rows"]


def __getattr__(name: str) -> object:
    """Load `rows` when it is used: `toolsmell scan` imports a module of this package and nothing else of it."""
    if name != "rows":
        raise AttributeError(f"module 'toolsmell.survey' has no attribute {name!r}")
    from toolsmell.survey.tabulate import rows

    return rows
