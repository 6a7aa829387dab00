"""Writes texts as string literals: the reverse of `escapes`.

Invisible characters (control characters, directions of writing, lone surrogates) are written as escapes, and so are
characters that the encoding of the file cannot represent.
"""

import unicodedata
from typing import Final, NamedTuple

from toolsmell.editing.patch import PatchError
from toolsmell.sources.code.syntax import Language
from toolsmell.text import pattern

_JOINERS: Final = "\u200c\u200d"
"""Format characters that belong into words and emoji."""
_HIDDEN: Final = frozenset(("Cc", "Cf", "Co", "Cs", "Zl", "Zp"))
_SHORT: Final = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}


class LiteralForm(NamedTuple):
    """The form of a literal."""

    language: Language
    quote: str
    prefix: str = ""
    """The prefix in Python: `r`, `f`, `u`, in any case."""
    encoding: str = "utf-8"
    newline: str = "\n"

    @property
    def long(self) -> bool:
        """Whether a line end may stand in it as it is."""
        return len(self.quote) == 3 or self.quote == "`"

    @property
    def raw(self) -> bool:
        """Whether a backslash is no escape."""
        return "r" in self.prefix.lower() or (self.language is Language.GO and self.quote == "`")


def spelled(text: str, form: LiteralForm, *, ends: bool = True) -> str:
    """Return what stands between the quotes of a literal of this form that is `text`.

    With `ends`, the quotes follow at once. Raises `PatchError` if the form cannot express it.
    """
    if form.raw:
        return _raw(text, form, ends=ends)
    marks = _special(form)
    closing = _closing(text, form, ends=ends)
    body = "".join(f"\\{char}" if at in closing else _character(char, marks, form) for at, char in enumerate(text))
    return body.replace("${", "\\${") if form.quote == "`" else body


def _closing(text: str, form: LiteralForm, *, ends: bool) -> frozenset[int]:
    """Return which quotes of a text would close three quotes: those that stand in threes, and the last."""
    if len(form.quote) != 3 or form.quote[0] not in text:
        return frozenset()
    quote = form.quote[0]
    runs = pattern(f"{quote}{{3,}}|{quote}+\\Z" if ends else f"{quote}{{3,}}").finditer(text)
    return frozenset(at for run in runs for at in range(*run.span()))


def _special(form: LiteralForm) -> dict[str, str]:
    """Return the characters that are written in another way, whatever stands around them."""
    marks = {"\\": "\\\\", **_SHORT}
    if form.long:
        marks["\n"] = form.newline
    if len(form.quote) == 1:
        marks[form.quote] = "\\" + form.quote
    if "f" in form.prefix.lower():
        marks |= {"{": "{{", "}": "}}"}
    return marks


def _character(char: str, marks: dict[str, str], form: LiteralForm) -> str:
    if char in marks:
        return marks[char]
    if " " <= char <= "~" or not _escaped(char, form.encoding):
        return char
    return _escape(ord(char), form.language)


def _escaped(char: str, encoding: str) -> bool:
    if unicodedata.category(char) in _HIDDEN and char not in _JOINERS:
        return True
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return True
    return False


def _escape(code: int, language: Language) -> str:
    if 0xD800 <= code <= 0xDFFF and language is Language.GO:
        raise PatchError("Go has no way to write a lone surrogate")
    # In Go, \x is a byte, not a character.
    if code < (0x80 if language is Language.GO else 0x100):
        return f"\\x{code:02x}"
    if code < 0x10000:
        return f"\\u{code:04x}"
    return f"\\U{code:08x}" if language in (Language.PYTHON, Language.GO) else f"\\u{{{code:x}}}"


def _raw(text: str, form: LiteralForm, *, ends: bool) -> str:
    taken = form.quote in text or (ends and form.language is Language.PYTHON and text.endswith((form.quote[0], "\\")))
    hidden = any(char != "\n" and not " " <= char <= "~" and _escaped(char, form.encoding) for char in text)
    if taken or hidden or ("\n" in text and not form.long) or ("f" in form.prefix.lower() and set("{}") & set(text)):
        raise PatchError("a raw literal has no way to say it")
    return text.replace("\n", form.newline)


def plain(form: LiteralForm) -> LiteralForm:
    """Return the form with escapes that says everything."""
    if form.language is Language.GO:
        return form._replace(quote='"')
    return form._replace(prefix=form.prefix.replace("r", "").replace("R", ""))


def best_quote(text: str, form: LiteralForm) -> LiteralForm:
    """Return the form with the other quote, if that saves escapes."""
    other = {'"': "'", "'": '"'}.get(form.quote)
    if other is None or form.language is Language.GO or form.quote not in text or other in text:
        return form
    return form._replace(quote=other)
