"""Texts with places for values: `"%s" % x` and `"{}".format(x)`, as far as plain places go."""

from collections.abc import Mapping, Sequence

from toolsmell.sources.code.module import Module
from toolsmell.sources.code.syntax import Node
from toolsmell.sources.code.values import LiteralKind, Value, formatted
from toolsmell.text import pattern

_PERCENT = r"%(?:%|[sd])"
_BRACES = r"\{\{|\}\}|\{(\w{0,100})\}"


def percent(module: Module, node: Node, text: Value, values: Sequence[Value] | None) -> Value:
    """Return `text % values`; unknown if it has other places than `%s` and `%d`."""
    computed = module.computed(node)
    if text.text is None or values is None or "%" in pattern(_PERCENT).sub("", text.text):
        return computed
    pieces = [""]
    for found in pattern(rf"{_PERCENT}|[^%]+").finditer(text.text):
        if found[0] in ("%s", "%d"):
            pieces.append("")
        else:
            pieces[-1] += "%" if found[0] == "%%" else found[0]
    return _with(module, node, pieces, values) if len(pieces) == len(values) + 1 else computed


def braces(module: Module, node: Node, text: Value, given: Sequence[Value], named: Mapping[str, Value]) -> Value:
    """Return `text.format(...)`; unknown if it has other places than `{}`, `{0}` and `{name}`."""
    computed = module.computed(node)
    if text.text is None or set("{}") & set(pattern(_BRACES).sub("", text.text)):
        return computed
    pieces = [""]
    values: list[Value] = []
    for found in pattern(rf"{_BRACES}|[^{{}}]+").finditer(text.text):
        if found[1] is None:
            pieces[-1] += found[0][0] if found[0] in ("{{", "}}") else found[0]
            continue
        key = found[1] or str(len(values))
        value = given[int(key)] if key.isdecimal() and int(key) < len(given) else named.get(key)
        if value is None:
            return computed
        values.append(value)
        pieces.append("")
    return _with(module, node, pieces, values)


def _with(module: Module, node: Node, pieces: Sequence[str], values: Sequence[Value]) -> Value:
    reason = f"computed at run time: {module.words(node)}"
    return formatted(pieces, values, module.literal(node, LiteralKind.CONCATENATION), reason)
