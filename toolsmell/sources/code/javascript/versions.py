"""The version of zod that a file uses: its converters write some types differently."""

import json
from functools import lru_cache
from pathlib import Path

from toolsmell.sources.code.module import Module
from toolsmell.text import pattern

_MAX_BYTES = 1 << 20
_GROUPS = ("dependencies", "peerDependencies", "devDependencies")


def is_zod_4(module: Module) -> bool:
    """Return True if a file imports zod 4, by its path or by the package.json nearest to the file."""
    origins = {binding.origin for binding in module.scopes[0].names.values() if binding.origin}
    if "zod/v4" in origins or "zod/v3" in origins:
        return "zod/v4" in origins
    return "zod" in origins and _version(module.path.parent, module.project.root).startswith("4")


@lru_cache(maxsize=1_000)
def _version(directory: Path, root: Path) -> str:
    """Return the first version that a range of the nearest package.json with zod allows, or an empty text."""
    while directory.is_relative_to(root):
        if found := _declared(directory / "package.json"):
            return found
        directory = directory.parent
    return ""


def _declared(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            data = json.loads(file.read(_MAX_BYTES))
    except (OSError, ValueError, RecursionError):
        return ""
    groups = [data.get(group) for group in _GROUPS] if isinstance(data, dict) else []
    found = next(
        (group["zod"] for group in groups if isinstance(group, dict) and isinstance(group.get("zod"), str)), ""
    )
    version = pattern(r"\d[\d.]*").search(found[:100])
    return version[0] if version else ""
