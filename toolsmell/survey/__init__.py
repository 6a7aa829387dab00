"""Scores many servers again and again: tables of tools, findings and servers, resumable, on one machine or a cluster.

`rows` is the pure function from lines to tables. Everything else here reads inputs in parts, runs `rows` on them, and
writes tables so that an interrupted survey goes on and an unchanged server is not scanned twice.
"""

from toolsmell.survey.tabulate import rows

__all__ = ["rows"]
