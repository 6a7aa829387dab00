"""Reads docstrings as frameworks do, and finds the place of each part."""

from toolsmell.sources.code import cleaning
from toolsmell.sources.code.cleaning import Cleaning, cleandoc
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.nodes import parts_of
from toolsmell.sources.code.python import docstring_sections
from toolsmell.sources.code.python.docstring_sections import Part
from toolsmell.sources.code.syntax import Node
from toolsmell.sources.code.values import Literal, LiteralKind, Value


def of_function(module: Module, function: Node) -> Value | None:
    """Return the docstring of a function or class, as written or assigned, or None if it has none."""
    string = _first_string(function)
    if string is None or _is_formatted(module, string):
        return _assigned(module, function)
    value = module.evaluate(string)
    if value.text is None or not value.literal:
        return None
    return value._replace(literal=value.literal._replace(kind=LiteralKind.DOCSTRING, cleaned=(Cleaning.CLEANDOC,)))


def _assigned(module: Module, function: Node) -> Value | None:
    """Return the value of `function.__doc__ = ...`, the last one in the file."""
    name = function.child_by_field_name("name")
    matches = module.usage.changes_of.get(module.text(name), ()) if name is not None else ()
    found = [one["right"] for one in matches if "property" in one and module.text(one["property"]) == "__doc__"]
    return module.evaluate(found[-1]) if found else None


def lost(module: Module, function: Node) -> bool:
    """Return True if an f-string stands where the docstring should be: Python keeps no docstring of it."""
    string = _first_string(function)
    return string is not None and _is_formatted(module, string)


def _first_string(function: Node) -> Node | None:
    """Return the string that a body begins with."""
    body = function.child_by_field_name("body")
    first = next(iter(parts_of(body)), None) if body else None
    if first is None or first.type != "expression_statement" or first.named_child_count != 1:
        return None
    string = first.named_children[0]
    return string if string.type in ("string", "concatenated_string") else None


def _is_formatted(module: Module, string: Node) -> bool:
    return "f" in module.text(string.children[0]).lower()[:2]


def cleaned(function: Cleaning, value: Value) -> Value:
    """Return the value of a function of a text."""
    if value.text is None:
        return value
    text = cleaning.cleaned(value.text, (function,))
    literal = value.literal._replace(cleaned=(*value.literal.cleaned, function)) if value.literal else None
    return value._replace(data=text, literal=literal)


class Documented:
    """A docstring as a version of FastMCP reads it: the description, and what it says of each parameter."""

    def __init__(self, module: Module, value: Value, by: docstring_sections.Splits) -> None:
        text = value.text or ""
        whole_text = cleandoc(text)
        # griffe cleans again what FastMCP has cleaned, which takes off more if all but the first line are indented.
        found = docstring_sections.split(cleandoc(whole_text).split("\n"), by)
        self._module = module
        self._value = value
        # The lines of the cleaned text begin after the blank ones that were taken off.
        whole = value.literal
        self._by_line = whole is not None and whole.location.end_line - whole.location.line == text.count("\n")
        self._skipped = next((i for i, line in enumerate(text.split("\n")) if line.strip()), 0)
        self.description: Value | None = self._part(found.description) if found else value._replace(data=whole_text)
        self.unsent = found.unsent if found else ""
        """The text that is neither in the description nor in the description of a parameter."""
        self.parameters = {name: self._part(part) for name, part in found.parameters.items()} if found else {}

    def _part(self, part: Part | None) -> Value:
        if part is None:
            return Value(None)
        return Value(part.text, self._span(part))

    def _span(self, part: Part) -> Literal | None:
        """Return the place of a part; if escapes hide it, the place of the docstring."""
        whole = self._value.literal
        source = self._module.source
        around = whole._replace(whole=False) if whole else None
        if whole is None or not self._by_line:
            return around
        texts = part.text.split("\n")
        first, last = (whole.location.line + self._skipped + line for line in (part.first, part.last))
        begin, end = self._find(first, texts[0], last_part=False), self._find(last, texts[-1], last_part=True)
        if begin is None or end is None or end < begin:
            return around
        literal = source.literal(begin, end, LiteralKind.DOCSTRING_PART)
        return literal._replace(prefix=whole.prefix, indent=whole.indent, cleaned=(Cleaning.CLEANDOC,))

    def _find(self, line: int, text: str, *, last_part: bool) -> int | None:
        """Return the byte at which `text` starts, or ends, in a line of the file."""
        source = self._module.source
        start = source.line_start(line)
        stop = source.data.find(b"\n", start)
        written = source.data[start : stop if stop >= 0 else None]
        at = written.rfind(text.strip().encode("utf-8", "surrogatepass"))
        if at < 0 or not text.strip():
            return None
        return start + at + (len(text.strip().encode("utf-8", "surrogatepass")) if last_part else 0)
