"""Reads what the code of tools does, without running it: handlers, the functions that they reach, and facts."""

from toolsmell.evidence.code.implementations import implementations, with_implementations

__all__ = ["implementations", "with_implementations"]
