"""Finds the labels by which a description explains parameters: `name (type): meaning`, in lines or in running text."""

from enum import Enum
from typing import Final

from toolsmell.text import pattern

# `name: meaning`, `**name** (type, optional) - meaning`; no `"name": value`, which is JSON. Every part is bounded,
# so the search is linear.
_LABEL: Final = (
    r"(?<![\w./\"'])[`*]{0,3}([A-Za-z_][\w.\[\]-]{0,60}|参数(?:说明)?|返回值?|示例|输入|输出)[`*]{0,3}\s?"
    r"(?:\([^()\n]{0,80}\))?[`*]{0,3}\s?(?:[:：](?![:/])|\s[-–—]\s)[*]{0,2}\s*"
)
_PARAMETERS: Final = frozenset(
    ("args", "arg", "arguments", "parameters", "params", "inputs", "参数", "参数说明", "输入")
)
_OTHERS: Final = frozenset(
    """returns return output outputs raises yields response example examples usage note notes warning errors error
    返回 返回值 示例 输出""".split()
)
_REMARKS: Final = frozenset(
    """tip tips hint hints important remark step steps limit limits limitations features requirements prerequisites see
    source caution goal purpose summary description""".split()
)
"""Words that begin a remark in plain text, and may name a parameter in a list of them."""
_NO_NAMES: Final = frozenset("default defaults e.g i.e http https type parameter argument param input".split())


class Section(Enum):
    """The subject of the part of a description that a sentence is in."""

    TEXT = 0
    PARAMETERS = 1
    OTHER = 2
    """Something announced that is no list of parameters: results, examples, notes."""


def labels_in(text: str, section: Section, *, lists: bool) -> tuple[list[str], Section]:
    """Return the names that a sentence explains, and the section that the next one stands in.

    In a list of parameters every name with a colon counts; in plain text one that begins the sentence and looks
    like an identifier. `lists` says whether the sentence has a word that could announce a list.
    """
    found: list[str] = []
    label = pattern(_LABEL)
    if section is not Section.PARAMETERS and not lists:
        begin = label.match(text) if section is Section.TEXT else None
        matches = [begin] if begin else []
    else:
        matches = list(label.finditer(text))
    for match in matches:
        name = match[1]
        lower = name.lower()
        if lower in _PARAMETERS:
            section = Section.PARAMETERS
        elif lower in _OTHERS:
            section = Section.OTHER
        elif match.end() == len(text) or lower in _NO_NAMES:
            continue
        elif section is Section.PARAMETERS or (
            section is Section.TEXT and match.start() < 4 and lower not in _REMARKS and _is_identifier(name, match[0])
        ):
            found.append(name)
    return found, section


def _is_identifier(name: str, written: str) -> bool:
    if "_" in name or "`" in written or "(" in written:
        return True
    return not (name.isupper() or name.istitle())
