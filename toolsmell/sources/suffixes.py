"""Programming languages by the ending of a file's name."""

from collections.abc import Mapping
from typing import Final

SOURCE_ENDINGS: Final = (".py", ".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".go")
"""Endings of source files that are read."""

MARKED_ENDINGS: Final = (".cs", ".java", ".kt", ".rs")
"""Endings of source files that are read with the extra `languages`."""

NOT_READ: Final[Mapping[str, str]] = {
    ".c": "C",
    ".cc": "C++",
    ".clj": "Clojure",
    ".cpp": "C++",
    ".cs": "C#",
    ".dart": "Dart",
    ".ex": "Elixir",
    ".exs": "Elixir",
    ".fs": "F#",
    ".java": "Java",
    ".kt": "Kotlin",
    ".kts": "Kotlin",
    ".lua": "Lua",
    ".php": "PHP",
    ".pl": "Perl",
    ".ps1": "PowerShell",
    ".rb": "Ruby",
    ".rs": "Rust",
    ".scala": "Scala",
    ".swift": "Swift",
    ".zig": "Zig",
}
"""Other languages, by the endings of their files; those of `MARKED_ENDINGS` are here for their names."""


def language_of(path: str) -> str | None:
    """Return the language of a source file that is not read; None for a file of another kind."""
    dot = path.rfind(".")
    return NOT_READ.get(path[dot:].lower()) if dot >= 0 else None
