"""Calls of libraries of Python that change, run or send something."""

import re
from collections.abc import Callable

from toolsmell.evidence.code import effects
from toolsmell.evidence.code.python.terms import constant, text_at
from toolsmell.evidence.code.statements import Caused
from toolsmell.model.implementation import CodeEffect
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.python.names import Arguments, last_name
from toolsmell.sources.code.syntax import Node

_BY_NAME = {
    "os.remove": CodeEffect.DELETES_FILE,
    "os.unlink": CodeEffect.DELETES_FILE,
    "os.rmdir": CodeEffect.DELETES_FILE,
    "os.removedirs": CodeEffect.DELETES_FILE,
    "shutil.rmtree": CodeEffect.DELETES_FILE,
    "os.rename": CodeEffect.WRITES_FILE,
    "os.replace": CodeEffect.WRITES_FILE,
    "shutil.move": CodeEffect.WRITES_FILE,
    "shutil.copy": CodeEffect.WRITES_FILE,
    "shutil.copy2": CodeEffect.WRITES_FILE,
    "shutil.copyfile": CodeEffect.WRITES_FILE,
    "shutil.copytree": CodeEffect.WRITES_FILE,
    "os.system": CodeEffect.RUNS_PROGRAM,
    "os.popen": CodeEffect.RUNS_PROGRAM,
    "subprocess.run": CodeEffect.RUNS_PROGRAM,
    "subprocess.Popen": CodeEffect.RUNS_PROGRAM,
    "subprocess.call": CodeEffect.RUNS_PROGRAM,
    "subprocess.check_call": CodeEffect.RUNS_PROGRAM,
    "subprocess.check_output": CodeEffect.RUNS_PROGRAM,
    "asyncio.create_subprocess_exec": CodeEffect.RUNS_PROGRAM,
    "asyncio.create_subprocess_shell": CodeEffect.RUNS_PROGRAM,
}
_BY_METHOD = {
    "write_text": CodeEffect.WRITES_FILE,
    "write_bytes": CodeEffect.WRITES_FILE,
    "unlink": CodeEffect.DELETES_FILE,
    "rmdir": CodeEffect.DELETES_FILE,
}
_VERBS = frozenset(("post", "put", "patch", "delete"))
_SQL = frozenset(("execute", "executemany", "executescript", "execute_query", "fetch", "fetchrow", "fetchval", "query"))


def effect_of(module: Module, call: Node) -> Caused | None:
    """Return the effect of a call, or None if it has none that is known by its name."""
    function = call.child_by_field_name("function")
    if function is None or function.type not in ("identifier", "attribute"):
        return None
    given, name = Arguments(module, call), last_name(module, function)
    for reader in _READERS:
        if (caused := reader(module, function, name, given)) is not None:
            return caused
    return None


_OF_FILES = (CodeEffect.WRITES_FILE, CodeEffect.DELETES_FILE)
_OF_ROWS = (CodeEffect.WRITES_ROWS, CodeEffect.DELETES_ROWS)


def is_private(module: Module, caused: Caused, function: Node) -> bool:
    """Return True if what changes is likely the server's own, a cache or a temporary file, or nothing but an answer."""
    if caused.effect is CodeEffect.SENDS_REQUEST:
        return effects.only_asks(caused.target)
    if caused.effect not in (*_OF_FILES, *_OF_ROWS):
        return False
    written = module.text(caused.subject) if caused.subject is not None else ""
    temporary = caused.effect in _OF_FILES and "temp" in module.text(function).lower()
    return temporary or effects.is_private(f"{caused.target} {written}")


def _named(module: Module, function: Node, name: str, given: Arguments) -> Caused | None:
    effect = _BY_NAME.get(_imported(module, function, name))
    if effect is None:
        return None
    first = given.positional[0] if given.positional else None
    target = _program(module, first) if effect is CodeEffect.RUNS_PROGRAM and first is not None else ""
    return Caused(effect, target, first)


def _imported(module: Module, function: Node, name: str) -> str:
    """Return the name of a function with that of its module, also if it was imported by its own name."""
    if function.type == "identifier":
        binding = module.lookup(name, function.start_byte)
        return (
            f"{binding.origin}.{binding.member}" if binding is not None and binding.origin and binding.member else name
        )
    owner = function.child_by_field_name("object")
    binding = module.lookup(module.text(owner), function.start_byte) if owner is not None else None
    return f"{binding.origin}.{name}" if binding is not None and binding.origin else module.text(function)


def _program(module: Module, node: Node) -> str:
    """Return the program in `["git", "push"]` or `"git push"`, with its first argument if that is a plain word."""
    if node.type == "list":
        words = [constant(module, child) for child in node.named_children[:3] if child.type != "list_splat"]
        known = [word for word in words if isinstance(word, str)]
    else:
        known = (text_at(module, node) or "").split()[:3]
    plain = [word for word in known[:2] if re.fullmatch(r"[\w./+-]{1,40}", word)]
    return " ".join(plain if plain and known and plain[0] == known[0] else plain[:1])


def _opened(module: Module, function: Node, name: str, given: Arguments) -> Caused | None:
    if name != "open":
        return None
    at = 0 if _is_path(module, function) else 1
    mode = given.get("mode", at)
    written = constant(module, mode) if mode is not None else ""
    if not isinstance(written, str) or not set("wax+") & set(written) or not set(written) <= set("rwaxbt+"):
        return None
    subject = function.child_by_field_name("object") if at == 0 else given.get("file", 0)
    return Caused(CodeEffect.WRITES_FILE, "", subject)


def _is_path(module: Module, function: Node) -> bool:
    """Return True for `path.open(mode)`, False for `open(path, mode)` and `io.open(path, mode)`."""
    owner = function.child_by_field_name("object") if function.type == "attribute" else None
    return owner is not None and module.text(owner) not in ("io", "aiofiles", "codecs", "gzip", "os", "anyio")


def _method(_: Module, function: Node, name: str, _given: Arguments) -> Caused | None:
    effect = _BY_METHOD.get(name) if function.type == "attribute" else None
    return Caused(effect, "", function.child_by_field_name("object")) if effect is not None else None


def _request(module: Module, function: Node, name: str, given: Arguments) -> Caused | None:
    owner = function.child_by_field_name("object") if function.type == "attribute" else None
    if owner is None or not effects.is_client(last_name(module, owner) or module.text(owner)[-40:].rstrip("()")):
        return None
    verb, address = name, given.get("url", 0)
    if name in ("request", "stream"):
        method = given.get("method", 0)
        word = constant(module, method) if method is not None else None
        verb, address = word if isinstance(word, str) else "", given.get("url", 1)
    effect = effects.of_request(verb) if verb.lower() in _VERBS else None
    if effect is None:
        return None
    return Caused(effect, (text_at(module, address) or "") if address is not None else "", address)


def _statement(module: Module, _: Node, name: str, given: Arguments) -> Caused | None:
    if name not in _SQL or not given.positional:
        return None
    first = given.positional[0]
    if first.type == "call":  # text("DELETE FROM ...")
        inner = Arguments(module, first).positional
        first = inner[0] if inner else first
    text = text_at(module, first)
    effect = effects.of_sql(text) if text is not None else None
    return Caused(effect, " ".join((text or "").split())[:60], first) if effect is not None else None


def _message(_: Module, function: Node, name: str, given: Arguments) -> Caused | None:
    if function.type != "attribute" or not effects.sends_message(name):
        return None
    return Caused(CodeEffect.SENDS_MESSAGE, name, given.positional[0] if given.positional else None)


_READERS: tuple[Callable[[Module, Node, str, Arguments], Caused | None], ...] = (
    _named,
    _opened,
    _method,
    _request,
    _statement,
    _message,
)
