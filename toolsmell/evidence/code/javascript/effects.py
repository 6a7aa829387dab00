"""Calls of libraries of JavaScript that change, run or send something."""

from collections.abc import Callable
from typing import NamedTuple

from toolsmell.evidence.code import effects
from toolsmell.evidence.code.javascript.terms import constant, last_name, text_at
from toolsmell.evidence.code.statements import Caused
from toolsmell.model.implementation import CodeEffect
from toolsmell.sources.code.javascript.functions import callee, unwrapped
from toolsmell.sources.code.javascript.names import pairs, resolve_node
from toolsmell.sources.code.module import Found, Module
from toolsmell.sources.code.nodes import arguments_of
from toolsmell.sources.code.syntax import Node
from toolsmell.text import pattern

_FILES = {
    "writeFile": CodeEffect.WRITES_FILE,
    "writeFileSync": CodeEffect.WRITES_FILE,
    "appendFile": CodeEffect.WRITES_FILE,
    "appendFileSync": CodeEffect.WRITES_FILE,
    "copyFile": CodeEffect.WRITES_FILE,
    "copyFileSync": CodeEffect.WRITES_FILE,
    "createWriteStream": CodeEffect.WRITES_FILE,
    "rename": CodeEffect.WRITES_FILE,
    "renameSync": CodeEffect.WRITES_FILE,
    "unlink": CodeEffect.DELETES_FILE,
    "unlinkSync": CodeEffect.DELETES_FILE,
    "rm": CodeEffect.DELETES_FILE,
    "rmSync": CodeEffect.DELETES_FILE,
    "rmdir": CodeEffect.DELETES_FILE,
    "rmdirSync": CodeEffect.DELETES_FILE,
}
_FILE_MODULES = frozenset("fs fs/promises node:fs node:fs/promises fs-extra graceful-fs".split())
_PROGRAMS = frozenset("exec execSync execFile execFileSync spawn spawnSync fork".split())
_PROGRAM_MODULES = frozenset("child_process node:child_process execa cross-spawn zx".split())
_VERBS = frozenset(("post", "put", "patch", "delete"))
_SQL = frozenset("query execute exec prepare run raw unsafe all get".split())


class _Call(NamedTuple):
    function: Node
    name: str
    given: list[Node]


_WORD = r"[\w./+-]{1,40}"


def effect_of(module: Module, call: Node) -> Caused | None:
    """Return the effect of a call, or None if it has none that is known by its name (`Dialect`)."""
    function = callee(call)
    if call.type != "call_expression" or function is None:
        return None
    made = _Call(function, last_name(module, function), arguments_of(call))
    if not made.name:
        return None
    for reader in _READERS:
        if (caused := reader(module, made)) is not None:
            return caused
    return None


def origin_of(module: Module, function: Node) -> tuple[str, str]:
    """Return the package that a function is imported from, and its name there; empty texts if it is not imported."""
    root, name = function, ""
    while root.type == "member_expression":
        inner, last = root.child_by_field_name("object"), root.child_by_field_name("property")
        if inner is None or last is None:
            return "", ""
        root, name = inner, name or module.text(last)
    if root.type != "identifier":
        return "", ""
    binding = module.lookup(module.text(root), root.start_byte)
    if binding is None:
        return "", ""
    if binding.origin is not None:
        return binding.origin, name or binding.member or module.text(root)
    value = unwrapped(binding.value) if binding.value is not None else None
    origin = _required(module, value) if value is not None else ""
    return origin, name or binding.member or module.text(root)


def _required(module: Module, value: Node) -> str:
    """Return the package in `require("fs")`; in `promisify(exec)`, the one of what is wrapped."""
    function, given = (callee(value), arguments_of(value)) if value.type == "call_expression" else (None, [])
    if value.type == "member_expression":
        inner = value.child_by_field_name("object")
        return _required(module, inner) if inner is not None else ""
    if function is None or len(given) != 1:
        return ""
    if module.text(function) == "require" and given[0].type == "string":
        return module.text(given[0])[1:-1]
    if last_name(module, function) == "promisify" and given[0].type in ("identifier", "member_expression"):
        return origin_of(module, given[0])[0]
    return ""


def _file(module: Module, call: _Call) -> Caused | None:
    given = call.given
    origin, imported = origin_of(module, call.function)
    effect = _FILES.get(imported) if origin in _FILE_MODULES else None
    if effect is None or not given:
        return None
    written = module.text(given[0])
    private = effects.is_private(f"{written} {text_at(module, given[0]) or ''}")
    return None if private else Caused(effect, "")


def _program(module: Module, call: _Call) -> Caused | None:
    function, name, given = call
    origin, imported = origin_of(module, function)
    if origin not in _PROGRAM_MODULES or not given:
        return None
    if origin in ("child_process", "node:child_process") and imported not in _PROGRAMS:
        wrapped = name if imported == name else imported
        if not wrapped.lower().startswith(("exec", "spawn")):
            return None
    return Caused(CodeEffect.RUNS_PROGRAM, _words(module, given))


def _words(module: Module, given: list[Node]) -> str:
    """Return the program in `exec("git push")` or `spawn("git", ["push"])`, with a first argument that is a word."""
    words = (text_at(module, given[0]) or "").split()[:2]
    if len(words) == 1 and len(given) > 1 and given[1].type == "array" and given[1].named_children:
        second = constant(module, given[1].named_children[0])
        words += [second] if isinstance(second, str) else []
    plain = [word for word in words if pattern(_WORD).fullmatch(word)]
    return " ".join(plain) if plain and plain[0] == words[0] else ""


def _request(module: Module, call: _Call) -> Caused | None:
    function, name, given = call
    """Return the effect of `fetch(url, { method })`, `axios.post(url)`, `client.delete(url)`."""
    owner = function.child_by_field_name("object") if function.type == "member_expression" else None
    verb = ""
    if owner is not None and name.lower() in _VERBS:
        verb = name if effects.is_client(_owner(module, owner)) else ""
    elif name in ("fetch", "request", "axios") or (name.endswith(("etch", "equest")) and len(name) < 20):
        verb = _method(module, given)
    effect = effects.of_request(verb) if verb else None
    if effect is None or not given:
        return None
    address = (text_at(module, given[0]) or "") if given[0].type != "object" else ""
    known = f"{address} {module.text(given[0])[:120]}"
    return None if effects.only_asks(known) else Caused(effect, address)


def _owner(module: Module, owner: Node) -> str:
    """Return the name of an object: `client` for `client`, `this.client` and `this.client()`."""
    inner = callee(owner) if owner.type == "call_expression" else owner
    return last_name(module, inner) if inner is not None else ""


def _method(module: Module, given: list[Node]) -> str:
    """Return the verb that an argument or a member `method` gives."""
    for one in given[:3]:
        here = unwrapped(one)
        if here.type == "string" and module.text(here)[1:-1].lower() in _VERBS:
            return module.text(here)[1:-1]
        found = resolve_node(module, here) if here.type in ("identifier", "object") else None
        if isinstance(found, Found) and found.node.type == "object":
            pair = pairs(found.module, found.node).members.get("method")
            word = constant(pair.module, pair.value) if pair is not None else None
            if isinstance(word, str):
                return word
    return ""


def _statement(module: Module, call: _Call) -> Caused | None:
    function, name, given = call
    if name not in _SQL or not given or function.type != "member_expression":
        return None
    text = text_at(module, given[0])
    effect = effects.of_sql(text) if text is not None else None
    return Caused(effect, " ".join((text or "").split())[:60]) if effect is not None else None


def _message(module: Module, call: _Call) -> Caused | None:
    if call.function.type != "member_expression" or not effects.sends_message(call.name):
        return None
    owner = call.function.child_by_field_name("object")
    inside = owner is not None and pattern(r"(?i)(?:server|transport|port|process|worker|socket|ws|window)$").search(
        module.text(owner)
    )
    return None if inside else Caused(CodeEffect.SENDS_MESSAGE, call.name)


_READERS: tuple[Callable[[Module, _Call], Caused | None], ...] = (
    _file,
    _program,
    _request,
    _statement,
    _message,
)
