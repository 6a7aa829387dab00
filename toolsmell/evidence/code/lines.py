"""Lines of code as evidence: their places, their texts, and a digest that shows a change."""

from toolsmell.model.implementation import CodeLines
from toolsmell.project.sentence_record import digest
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.syntax import Node


def lines_of(module: Module, first: Node, last: Node | None = None) -> CodeLines:
    """Return the lines of a node, or from one node to another."""
    end = last or first
    line, end_line = module.source.line(first.start_byte), module.source.line(max(end.end_byte - 1, first.start_byte))
    return CodeLines(module.source.label, line, end_line, digest(text_between(module, line, end_line)))


def text_between(module: Module, line: int, end_line: int) -> str:
    """Return whole lines of a file, from one number to another, inclusive."""
    return module.source.lines(line, end_line)


def one_line(module: Module, node: Node, longest: int = 120) -> str:
    """Return the code of a node on one line, cut."""
    words = " ".join(module.text(node).split())
    return words if len(words) <= longest else f"{words[: longest - 1]}…"
