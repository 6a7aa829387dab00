"""The reader of Python: handlers and bodies (`CodeReader`)."""

from toolsmell.evidence.code.python.bodies import body
from toolsmell.evidence.code.python.handlers import handler

__all__ = ["body", "handler"]
