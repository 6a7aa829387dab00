"""Tools in Rust: functions with `#[tool(...)]` of rmcp, and structures with `#[mcp_tool(...)]` of rust-mcp-sdk."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from toolsmell.sources.marked.found import Marked, MarkedParameter, annotations_of
from toolsmell.sources.marked.schema_types import schema_of
from toolsmell.sources.marked.tree import Node, PlacedText, below, literal, named, words

_MARK: Final = re.compile(r"^#!?\[\s*(?:rmcp\s*::\s*)?tool\s*(?:\(|\])")
_MARK_OF_STRUCTURE: Final = re.compile(r"^#!?\[\s*(?:[\w:]+::\s*)?mcp_tool\s*\(")
_CONSTRUCTOR: Final = re.compile(r"(?:^|::)Tool::new$")
_WRAPPED: Final = re.compile(r"(?:Parameters|Json)\s*<\s*([\w:]+)")
_OLD: Final = re.compile(r"#\[tool\((?:param|aggr)\)\]")


def find(root: Node) -> Iterator[Marked]:
    """Yield the tools of a file."""
    structures = {named(node, "name"): node for node in below(root, "struct_item")}
    for structure in structures.values():
        before, comments = _before(structure)
        mark = next((node for node in before if _MARK_OF_STRUCTURE.match(words(node))), None)
        if mark is not None:
            parameters = tuple(_fields(structure))
            yield _tool(structure, mark, comments, parameters)._replace(owner="")
    for function in below(root, "function_item"):
        before, comments = _before(function)
        mark = next((node for node in before if _MARK.match(words(node))), None)
        if mark is not None:
            yield _tool(function, mark, comments, _parameters(function, structures))
    if b"mcp" in (root.text or b"").lower():
        yield from _constructed(root)


def _constructed(root: Node) -> Iterator[Marked]:
    """Yield the tools of `Tool::new("name", "description", schema)`."""
    constants = {
        named(node, "name"): text
        for node in below(root, "const_item", "static_item")
        if (value := node.child_by_field_name("value")) is not None and (text := literal(value)) is not None
    }
    for call in below(root, "call_expression"):
        listed = call.child_by_field_name("arguments")
        given = listed.named_children if listed is not None else []
        if not _CONSTRUCTOR.search(named(call, "function")) or len(given) < 2 or _is_test(call):
            continue
        name, description = (_text(one, _value(one, constants)) for one in given[:2])
        yield Marked(name, description, None, {}, None, call.start_byte, call.end_byte)
    for tree in below(root, "token_tree"):
        yield from () if _is_test(tree) else _in_macro(tree, constants)


def _in_macro(tree: Node, constants: Mapping[str, str]) -> Iterator[Marked]:
    """Yield the tools in `vec![Tool::new(...)]`: the grammar keeps the arguments of macros as single words."""
    children = tree.children
    for type_, new, given in zip(children, children[2:], children[3:], strict=False):
        if words(type_) != "Tool" or words(new) != "new" or given.type != "token_tree":
            continue
        groups: list[list[Node]] = [[]]
        for token in given.children[1:-1]:
            if words(token) == ",":
                groups.append([])
            else:
                groups[-1].append(token)
        if len(groups) > 1 and groups[0] and groups[1]:
            name, description = (_of_words(group, constants) for group in groups[:2])
            yield Marked(name, description, None, {}, None, type_.start_byte, given.end_byte)


def _of_words(group: list[Node], constants: Mapping[str, str]) -> PlacedText:
    """Return the text of an argument of a macro, also with `.into()` and the like behind it."""
    first, rest = group[0], "".join(map(words, group[1:]))
    text = literal(first) if literal(first) is not None else constants.get(words(first))
    return _text(first, text if rest in ("", ".into()", ".to_string()", ".to_owned()") else None)


def _is_test(node: Node) -> bool:
    """Return True for code in `mod tests`, where Rust keeps the tests of a file."""
    here = node.parent
    while here is not None:
        if here.type == "mod_item" and named(here, "name") in ("test", "tests"):
            return True
        here = here.parent
    return False


def _value(node: Node, constants: Mapping[str, str]) -> str | None:
    """Return a literal or a constant, also behind `.into()` and the like."""
    inner = node
    while inner.type == "call_expression" and (function := inner.child_by_field_name("function")) is not None:
        owner = function.child_by_field_name("value")
        if owner is None or named(function, "field") not in ("into", "to_string", "to_owned"):
            return None
        inner = owner
    text = literal(inner)
    return text if text is not None else constants.get(words(inner).rpartition("::")[2])


def _before(node: Node) -> tuple[list[Node], list[Node]]:
    """Return the attributes and the documentation comments in front of an item, in order."""
    attributes: list[Node] = []
    comments: list[Node] = []
    here = node.prev_named_sibling
    while here is not None and here.type in ("attribute_item", "line_comment", "block_comment"):
        (attributes if here.type == "attribute_item" else comments).append(here)
        here = here.prev_named_sibling
    return attributes[::-1], [node for node in comments[::-1] if words(node).startswith(("///", "/**"))]


def _tool(item: Node, mark: Node, comments: list[Node], parameters: tuple[MarkedParameter, ...] | None) -> Marked:
    values = _values(mark)
    own = item.child_by_field_name("name")
    name = values.get("name")
    if name is None and own is not None:
        name = PlacedText(words(own), own.start_byte, own.end_byte, words(own))
    flags = dict(re.findall(r"\b(\w+)\s*=\s*(true|false)\b", words(mark)))
    return Marked(
        name=name or PlacedText(None, item.start_byte, item.end_byte, ""),
        description=values.get("description") or _documentation(comments),
        title=values.get("title"),
        annotations=annotations_of(flags),
        parameters=parameters,
        start=item.start_byte,
        end=item.end_byte,
        owner=_owner(item),
    )


def _owner(function: Node) -> str:
    """Return the type of the `impl` block around a function: rmcp makes a server of each."""
    here = function.parent
    while here is not None and here.type != "impl_item":
        here = here.parent
    return named(here, "type") if here is not None else ""


def _values(attribute: Node) -> dict[str, PlacedText]:
    """Return `key = "text"` of an attribute, at any level; what is not a literal is unknown."""
    found: dict[str, PlacedText] = {}
    for tree in below(attribute, "token_tree"):
        children = tree.children
        for key, equals, value in zip(children, children[1:], children[2:], strict=False):
            if key.type == "identifier" and words(equals) == "=" and value.type != "boolean_literal":
                found.setdefault(words(key), _joined(value) or _text(value, literal(value)))
    return found


def _text(node: Node, value: str | None) -> PlacedText:
    return PlacedText(value, node.start_byte, node.end_byte, " ".join(words(node)[:60].split()))


def _joined(macro: Node) -> PlacedText | None:
    """Return the text of `concat!("a", "b")`, or None for anything else."""
    mark = macro.next_sibling
    given = mark.next_sibling if mark is not None and words(mark) == "!" else None
    if words(macro) != "concat" or given is None or given.type != "token_tree":
        return None
    parts = [literal(child) for child in given.named_children]
    whole = None if None in parts else "".join(part for part in parts if part is not None)
    return _text(given, whole)


def _documentation(comments: list[Node]) -> PlacedText | None:
    if not comments:
        return None
    lines = [re.sub(r"^\s*(?:///|/\*\*|\*)\s?|\*/\s*$", "", line) for c in comments for line in words(c).splitlines()]
    text = "\n".join(line.rstrip() for line in lines).strip()
    return PlacedText(text, comments[0].start_byte, comments[-1].end_byte, text[:60]) if text else None


def _parameters(function: Node, structures: Mapping[str, Node]) -> tuple[MarkedParameter, ...] | None:
    """Return the fields of the structure of the parameters; None if it is declared in another file."""
    listed = function.child_by_field_name("parameters")
    code = words(listed) if listed is not None else ""
    if match := _WRAPPED.search(code):
        structure = structures.get(match[1].rpartition("::")[2])
        return None if structure is None else tuple(_fields(structure))
    if listed is not None and _OLD.search(code):
        return tuple(_marked(listed))
    return ()


def _fields(structure: Node) -> Iterator[MarkedParameter]:
    renamed = re.search(r'rename_all\s*=\s*"camelCase"', " ".join(map(words, _before(structure)[0])))
    for field in below(structure, "field_declaration"):
        attributes, comments = _before(field)
        name, kind = field.child_by_field_name("name"), named(field, "type")
        if name is None:
            continue
        said = [_values(attribute) for attribute in attributes]
        given = next((v["rename"].value for v in said if "rename" in v), None)
        schema, optional = schema_of(kind)
        default = any(re.search(r"\bdefault\b", words(attribute)) for attribute in attributes)
        yield MarkedParameter(
            name=given or (_camel(words(name)) if renamed else words(name)),
            description=next((v["description"] for v in said if "description" in v), None) or _documentation(comments),
            schema=schema,
            required=not (optional or default),
            start=name.start_byte,
            end=name.end_byte,
        )


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def _marked(listed: Node) -> Iterator[MarkedParameter]:
    """Yield parameters that are marked one by one, as older versions of rmcp have them."""
    text: PlacedText | None = None
    for child in listed.named_children:
        if child.type == "attribute_item":
            text = _values(child).get("description") or text
        elif child.type == "parameter":
            name = child.child_by_field_name("pattern")
            schema, optional = schema_of(named(child, "type"))
            if name is not None:
                yield MarkedParameter(words(name), text, schema, not optional, name.start_byte, name.end_byte)
            text = None
