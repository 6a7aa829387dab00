"""The functions that programs apply to a text before they send it: they remove indentation and white space."""

from collections.abc import Iterable
from enum import StrEnum


class Cleaning(StrEnum):
    """A function that a text goes through."""

    CLEANDOC = "cleandoc"
    """`inspect.cleandoc` of Python, which frameworks apply to docstrings too."""
    DEDENT = "dedent"
    HEREDOC = "heredoc"
    """`dedent` of what comes behind the line ends at the beginning, as libraries for Go have it."""
    STRIP = "strip"
    LSTRIP = "lstrip"
    RSTRIP = "rstrip"


def cleaned(text: str, functions: Iterable[Cleaning]) -> str:
    """Return a text after several functions were applied to it in turn."""
    for function in functions:
        text = _cleaned(text, function)
    return text


def _cleaned(text: str, function: Cleaning) -> str:
    from textwrap import dedent

    match function:
        case Cleaning.CLEANDOC:
            return cleandoc(text)
        case Cleaning.DEDENT:
            return dedent(text)
        case Cleaning.HEREDOC:
            return dedent(text.lstrip("\n"))
        case Cleaning.LSTRIP:
            return text.lstrip()
        case Cleaning.RSTRIP:
            return text.rstrip()
        case Cleaning.STRIP:
            return text.strip()


def dedented(text: str) -> str:
    """Take off indentation as Python's compiler does since 3.13; up to 3.12 a docstring went out as it was."""
    return "\n".join(_lines(text))


def cleandoc(text: str) -> str:
    """Clean a docstring as `inspect.cleandoc` does."""
    lines = _lines(text)
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


def _lines(text: str) -> list[str]:
    first, *rest = text.expandtabs().split("\n")
    margin = min((len(line) - len(line.lstrip()) for line in rest if line.strip()), default=0)
    return [first.lstrip(" "), *(line[margin:] for line in rest)]
