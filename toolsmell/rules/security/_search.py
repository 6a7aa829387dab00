"""Search for the security rules: every string of a server that passes a cheap test."""

from collections.abc import Callable, Iterator

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext
from toolsmell.safety.strings import Role, Sent, strings
from toolsmell.text import ascii_words, identifier_words

_UNNAMED = {Role.PROSE: "text", Role.NAME: "name", Role.VALUE: "value"}


def strings_where(
    server: ServerContext, suspect: Callable[[frozenset[bytes], str], bool]
) -> Iterator[tuple[int | None, Sent]]:
    """Yield the strings of every tool that is suspect, with the tool's index, and those around the tools if they are.

    `suspect` gets the words (`ToolContext.sent_words`) and the JSON text of what was sent.
    """
    for tool in server.tools:
        if suspect(tool.sent_words, tool.sent):
            index = tool.tool.index
            for sent in tool.strings:
                yield index, sent
    if server.around and suspect(server.words_around, server.sent_around):
        for sent in strings(server.around):
            yield None, sent


def strings_with(server: ServerContext, *needed: frozenset[bytes]) -> Iterator[tuple[int | None, Sent]]:
    """Yield the strings of every tool that has a word of each set, and those around the tools, with the tool's index.

    The words are lower case, of ASCII letters and digits (`ToolContext.sent_words`).
    """
    return strings_where(server, lambda words, _: not any(map(words.isdisjoint, needed)))


def word_set(words: str) -> frozenset[bytes]:
    """Return the words of a line, as `strings_with` takes them."""
    return frozenset(words.encode().split())


def words_in(text: str) -> frozenset[bytes]:
    """Return the words of one string, as `strings_with` compares them."""
    return ascii_words(text if text.isascii() else text.lower())


def strings_not_ascii(server: ServerContext) -> Iterator[tuple[int | None, Sent]]:
    """Yield the strings of the server that are not plain ASCII, with the tool's index."""
    suspects = strings_where(server, lambda _, sent: not sent.isascii())
    return ((tool, sent) for tool, sent in suspects if not sent.text.isascii())


def part_of(sent: Sent) -> str:
    """Name the part of the tool that a string is, for a message."""
    steps = sent.pointer.split("/")
    if sent.role is Role.NAME and len(steps) > 2:
        return "the parameter name" if "properties" in steps else "the name"
    while steps and steps[-1].isdecimal():
        steps.pop()
    if not steps or not steps[-1]:
        return f"the {_UNNAMED[sent.role]}"
    key = " ".join(identifier_words(steps[-1]))
    if sent.role is not Role.PROSE or len(steps) <= 2:
        return f"the {shown(key, 30)}"
    return f"the {key} of '{shown(steps[-2], 30)}'"


def around(text: str, start: int, end: int, margin: int = 12) -> str:
    """Return a span with a little of what stands next to it, on one line and with nothing hidden."""
    return shown(text[max(0, start - margin) : end + margin], 80)
