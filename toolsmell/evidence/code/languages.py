"""The readers of code, by language, loaded when a tool of the language is met."""

from functools import cache

from toolsmell.evidence.code.reader_values import CodeReader
from toolsmell.sources.code.syntax import Language


@cache
def reader_of(language: Language) -> CodeReader | None:
    """Return the reader of a language, or None if its code is not followed."""
    match language:
        case Language.PYTHON:
            from toolsmell.evidence.code.python import code_reader as python

            return python
        case Language.JAVASCRIPT | Language.TYPESCRIPT | Language.TSX:
            from toolsmell.evidence.code.javascript import code_reader as javascript

            return javascript
        case Language.GO:
            from toolsmell.evidence.code.go import code_reader as go

            return go
    return None
