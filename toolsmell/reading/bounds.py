"""Cuts texts that are too long to read: only hostile and broken servers send them.

Reading a text takes many times its size in memory. What is cut is said, and such a server counts as linted in part.
"""

from typing import Final

from toolsmell.escape import shown
from toolsmell.model import Json, Manifest

LONGEST: Final = 2_000_000
"""Characters of all texts of one tool that are linted."""


def bounded(manifest: Manifest) -> tuple[Manifest, tuple[str, ...]]:
    """Return a manifest whose tools have at most about `LONGEST` characters each, and what was cut, in words."""
    sizes = {tool.index: _size(tool.raw) for tool in manifest.tools}
    large = [tool for tool in manifest.tools if sizes[tool.index] > LONGEST]
    if not large:
        return manifest, ()
    cut = {tool.index: tool._replace(raw=_cut(tool.raw, LONGEST)) for tool in large}
    words = tuple(
        f"tool '{shown(tool.name or '?')}' has {sizes[tool.index]:,} characters, and only about the first "
        f"{LONGEST:,} were linted"
        for tool in large
    )
    return manifest._replace(tools=tuple(cut.get(tool.index, tool) for tool in manifest.tools)), words


def _size(value: Json) -> int:
    total = 0
    waiting: list[Json] = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            total += len(one)
        elif isinstance(one, dict):
            total += sum(map(len, one))
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
    return total


def _cut(value: Json, most: int) -> Json:
    """Return a copy of a JSON value with at most about `most` characters; keys and items after them are left out."""
    left = most

    def shortened(one: Json) -> Json:
        nonlocal left
        if isinstance(one, str):
            kept = one[: max(left, 0)]
            left -= len(kept)
            return kept
        if isinstance(one, dict):
            found = {}
            for key, item in one.items():
                left -= len(key)
                if left > 0:
                    found[key] = shortened(item)
            return found
        return [shortened(item) for item in one if left > 0] if isinstance(one, list) else one

    try:
        return shortened(value)
    except RecursionError:
        return {}
