"""Writes other texts over literals of a source file. Pure: bytes in, bytes out.

    after = edited(before, {literal: "The new text."})

`before` is the whole file, a literal is what `SourceLocator.literal(place)` or `SpanLocator.literal(place)` gives, and
the text is what the program should send: quotes, escapes, indentation, line ends and the encoding of the file are
seen to here. Nothing outside of the literals changes. Afterwards the file is parsed again, and each literal must be
read as its new text by the code that reads it in a scan. White space around a docstring is layout, which stays.

What cannot be written that way is refused: `PatchError`, which says where and why (a constant that other places may
use, a text that is put together at run time, a text that a docstring cannot hold); then nothing is changed.
`refusal(literal)` tells the refusals that do not depend on the text.
"""

import codecs
from collections.abc import Iterable, Iterator, Mapping
from os.path import splitext
from pathlib import Path
from typing import Final, NamedTuple

from toolsmell.editing.patch import PatchError, Replacement, splice
from toolsmell.errors import SourceError
from toolsmell.model import Location
from toolsmell.sources.code import layout
from toolsmell.sources.code.cleaning import cleandoc, cleaned
from toolsmell.sources.code.languages import evaluator
from toolsmell.sources.code.layout import Old, Piece
from toolsmell.sources.code.module import Module, Project
from toolsmell.sources.code.python import docstring_sections
from toolsmell.sources.code.source import Source, decode
from toolsmell.sources.code.spelling import LiteralForm
from toolsmell.sources.code.syntax import SUFFIXES, Language, Node, TangledError
from toolsmell.sources.code.values import Literal, LiteralKind

_STRINGS: Final = frozenset(("string", "template_string", "interpreted_string_literal", "raw_string_literal"))
_HOLES: Final = frozenset(("interpolation", "template_substitution"))
_SUMS: Final = frozenset(("concatenated_string", "binary_operator", "binary_expression", "parenthesized_expression"))
_ALONE: Final = {Language.GO: ("package p\n\nvar x = ", "\n")}
"""Code around an expression that makes it a file that parses. Languages that are not listed use brackets."""


def refusal(literal: Literal) -> str | None:
    """Return why no text can be written over a literal, or None if one can."""
    if literal.kind is LiteralKind.EXPRESSION:
        return "is no text there, but code"
    if literal.kind is LiteralKind.TAG:
        return "is part of a struct tag"
    if literal.shared:
        return "is held in a constant, which other places may use"
    return None if literal.whole else "is put together at run time"


def edited(data: bytes, texts: Mapping[Literal, str]) -> bytes:
    """Return a file in which texts replace literals. Raises `PatchError` if that is impossible."""
    if not texts:
        return data
    file = _File(data, next(iter(texts)))
    edits = [_edit(file, literal, text) for literal, text in texts.items()]
    after = file.encoded(splice(file.text, (edit.replacement for edit in edits)))
    _prove(file, after, edits)
    return after


def like(code: str, text: str, file: str) -> str | None:
    """Return a literal of one line that says `text`, written as `code` is, in the language of a file.

    None if `code` is no literal, or is computed at run time.
    """
    literal = Literal(Location(file, 1, 1, 1, 1), 0, 0, LiteralKind.STRING)
    language = SUFFIXES[splitext(file)[1]]
    before, behind = _ALONE.get(language, ("(", ")"))
    whole = _File(f"{before}{code}{behind}".encode("utf-8", "replace"), literal)
    node = whole.node(len(before), len(before) + len(code))
    if node is None or node.type not in _STRINGS or any(child.type in _HOLES for child in node.named_children):
        return None
    ways = layout.string(Old(literal, code, whole.form(node)), text)
    return next((way for way in ways if "\n" not in way and _read_alone(way, literal, language) == text), None)


def _refused(literal: Literal, reason: str) -> PatchError:
    return PatchError(f"{literal.file}:{literal.location.line}: the text {reason}")


class _Edit(NamedTuple):
    literal: Literal
    text: str
    replacement: Replacement


class _File:
    """A parsed file, and the ways between the offsets of its literals and those of the parser."""

    def __init__(self, data: bytes, literal: Literal) -> None:
        self._data: Final = data
        self.language: Final = SUFFIXES[splitext(literal.file)[1]]
        try:
            source = decode(data, literal.file)
            self.module: Final = _module(source, self.language)
        except (SourceError, TangledError) as error:
            raise _refused(literal, f"cannot be reached: {error}") from None
        self.encoding: Final = source.encoding
        self.text: Final = source.text
        if source.note or self.encoded(self.text) != data:
            raise _refused(literal, f"stands in a file that is not {source.encoding} throughout")

    def encoded(self, text: str) -> bytes:
        if self.encoding != "utf-16":
            return text.encode(self.encoding)
        little = self._data.startswith(codecs.BOM_UTF16_LE)
        return self._data[:2] + text.encode("utf-16-le" if little else "utf-16-be")

    def node(self, start: int, end: int) -> Node | None:
        """Return the innermost node around what stands between two offsets."""
        first = len(self.text[:start].encode("utf-8", "surrogatepass"))
        last = first + len(self.text[start:end].encode("utf-8", "surrogatepass"))
        return self.module.root.descendant_for_byte_range(first, last)

    def offset(self, byte: int) -> int:
        return len(self.module.source.slice(0, byte))

    def form(self, node: Node) -> LiteralForm:
        """Return the form of a string literal."""
        opening = self.module.text(node.children[0]) if node.children else "`"
        prefix = opening.rstrip("'\"`")
        end = self.text.find("\n", self.offset(node.start_byte))
        newline = "\r\n" if end > 0 and self.text[end - 1] == "\r" else "\n"
        return LiteralForm(self.language, opening[len(prefix) :], prefix, self.encoding, newline)


def _module(source: Source, language: Language) -> Module:
    # The names in a literal that can be edited are never followed: nothing is asked of the project.
    return Module(source, language, Path(source.label), Project(Path("/"), None, evaluator))


def _edit(file: _File, literal: Literal, text: str) -> _Edit:
    if reason := refusal(literal):
        raise _refused(literal, reason)
    if literal.kind is LiteralKind.DOCSTRING_PART:
        return _edit_part(file, literal, text)
    node = file.node(literal.start, literal.end)
    if node is None or _span(file, node) != (literal.start, literal.end):
        raise _refused(literal, "is no longer there: the file has changed since it was read")
    for code in _ways(file, literal, node, text):
        if _same(literal, _read_alone(code, literal, file.language), text):
            return _Edit(literal, text, Replacement(literal.start, literal.end, code))
    raise _refused(literal, "cannot be written there so that it would be read as it is")


def _span(file: _File, node: Node) -> tuple[int, int]:
    return file.offset(node.start_byte), file.offset(node.end_byte)


def _ways(file: _File, literal: Literal, node: Node, text: str) -> Iterator[str]:
    first = next(_strings(node), None)
    if first is None:
        return
    code = file.text[literal.start : literal.end]
    if node.type in _STRINGS:
        yield from layout.string(Old(literal, code, file.form(node)), text)
        return
    form = file.form(first)
    # A sum is rewritten in short strings, which every language has.
    old = Old(literal, code, form._replace(quote='"' if form.long else form.quote, prefix=""))
    yield from layout.concatenation(old, _pieces(file, node), text)


def _strings(node: Node) -> Iterator[Node]:
    """Yield the strings in an expression, from left to right."""
    stack = [node]
    while stack:
        here = stack.pop()
        if here.type in _STRINGS:
            yield here
        else:
            stack.extend(reversed(here.named_children))


def _pieces(file: _File, node: Node) -> list[Piece]:
    """Return the strings that a text is the sum of; an empty list if it is made in another way."""
    stack, begin = [node], file.offset(node.start_byte)
    found = []
    while stack:
        here = stack.pop()
        text = file.module.evaluate(here).text
        if here.type in _SUMS:
            stack.extend(reversed(here.named_children))
        elif here.type in _STRINGS and text is not None:
            start, end = _span(file, here)
            found.append(Piece(start - begin, end - begin, text, file.form(here)))
        else:
            return []
    return found


def _read_alone(code: str, literal: Literal, language: Language) -> str | None:
    """Return the value of an expression in a file of its own."""
    before, behind = _ALONE.get(language, ("(", ")"))
    module = _module(Source(literal.file, before + code + behind), language)
    return _read(module, len(before), len(code.encode("utf-8", "surrogatepass")), literal)


def _read(module: Module, start: int, length: int, literal: Literal) -> str | None:
    node = module.root.descendant_for_byte_range(start, start + length)
    if node is None or node.has_error or (node.start_byte, node.end_byte) != (start, start + length):
        return None
    text = module.evaluate(node).text
    return None if text is None else cleaned(text, literal.cleaned)


def _same(literal: Literal, read: str | None, text: str) -> bool:
    if read is not None and literal.kind is LiteralKind.DOCSTRING:
        return read.strip() == text.strip()
    return read == text


class _Parts(NamedTuple):
    """The parts of a docstring, and the one that is edited."""

    description: str | None
    parameters: Mapping[str, str]

    def changed(self, after: "_Parts", text: str) -> bool:
        """Return True if `after` differs in one part only, which is `text`."""
        names = [name for name in self.parameters if self.parameters[name] != after.parameters.get(name)]
        described = self.description != after.description
        if self.parameters.keys() != after.parameters.keys() or described + len(names) > 1:
            return False
        new = [after.description] if described else [after.parameters[name] for name in names]
        return new == [text]


def _parts(text: str) -> _Parts:
    found = docstring_sections.split(cleandoc(cleandoc(text)).split("\n"), docstring_sections.Splits.SECTIONS)
    if found is None:
        return _Parts(text, {})
    described = found.description.text if found.description else None
    return _Parts(described, {name: part.text for name, part in found.parameters.items()})


def _edit_part(file: _File, literal: Literal, text: str) -> _Edit:
    node = file.node(literal.start, literal.end)
    while node is not None and node.type != "string":
        node = node.parent
    if node is None:
        raise _refused(literal, "is no longer there: the file has changed since it was read")
    start, end = _span(file, node)
    before = _parts(file.module.evaluate(node).text or "")
    old = Old(literal, file.text[literal.start : literal.end], file.form(node))
    for code in layout.part(old, text):
        whole = file.text[start : literal.start] + code + file.text[literal.end : end]
        read = _read_alone(whole, literal, file.language)
        if read is not None and (code == old.code or before.changed(_parts(read), text)):
            return _Edit(literal, text, Replacement(literal.start, literal.end, code))
    raise _refused(literal, "cannot be written there so that the parts of the docstring would be read as they are")


def _prove(file: _File, after: bytes, edits: Iterable[_Edit]) -> None:
    """Parse the edited file, and raise `PatchError` if a literal in it is not read as its new text."""
    edits = sorted(edits, key=lambda edit: edit.replacement.start)
    done = _File(after, edits[0].literal)
    moved = 0
    for literal, text, replacement in edits:
        start = replacement.start + moved
        moved += len(replacement.text) - (replacement.end - replacement.start)
        if literal.kind is not LiteralKind.DOCSTRING_PART:
            first = len(done.text[:start].encode("utf-8", "surrogatepass"))
            read = _read(done.module, first, len(replacement.text.encode("utf-8", "surrogatepass")), literal)
            if not _same(literal, read, text):
                raise _refused(literal, "would not be read as it is")
    if done.module.root.has_error and not file.module.root.has_error:
        raise _refused(edits[0].literal, "would break the code around it")
