"""The reader of JavaScript and TypeScript: handlers and bodies (`CodeReader`)."""

from toolsmell.evidence.code import bodies
from toolsmell.evidence.code.javascript import dialect
from toolsmell.evidence.code.javascript.handlers import handler
from toolsmell.evidence.code.reader_values import Activation, BodyReading

__all__ = ["body", "handler"]


def body(activation: Activation) -> BodyReading:
    """Return the reading of a function's body (`CodeReader`)."""
    return bodies.read(activation, dialect)
