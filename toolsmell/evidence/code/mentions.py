"""Finds the places that write the name of a tool, so that a dispatcher that compares it or looks it up is found."""

from collections.abc import Callable, Iterator

from toolsmell.sources.code.module import Module
from toolsmell.sources.code.syntax import Language, Node

MAX_PLACES = 200
"""Places that write a name down and are looked at."""


def mentions(
    home: Module, word: str, accepts: Callable[[Language], bool], *, quoted: bool
) -> Iterator[tuple[Module, Node]]:
    """Yield the nodes at which the files around `home` write a word: between quotes, or as a name."""
    if not word:
        return
    wanted = word.encode("utf-8", "surrogatepass")
    count = 0
    for module in home.project.mentioning(word, home):
        if not accepts(module.language):
            continue
        for at in _places(module.source.data, wanted, quoted=quoted):
            count += 1
            if count > MAX_PLACES:
                return
            node = module.root.named_descendant_for_byte_range(at, at)
            if node is not None:
                yield module, node


_QUOTES = frozenset(b"\"'`")


def _places(data: bytes, wanted: bytes, *, quoted: bool) -> Iterator[int]:
    """Yield the first bytes of a word that stands between quotes, or between characters that are in no name."""
    at = data.find(wanted)
    while at >= 0:
        before, after = data[at - 1 : at], data[at + len(wanted) : at + len(wanted) + 1]
        around = (before, after)
        if all(one and one[0] in _QUOTES for one in around) if quoted else not any(map(_is_in_name, around)):
            yield at
        at = data.find(wanted, at + len(wanted))


def _is_in_name(byte: bytes) -> bool:
    return byte.isalnum() or byte in (b"_", b"$") or byte >= b"\x80"
