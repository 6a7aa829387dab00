"""Calls of libraries of Go that change, run or send something."""

from toolsmell.evidence.code import effects
from toolsmell.evidence.code.go.terms import constant, text_at
from toolsmell.evidence.code.statements import Caused
from toolsmell.model.implementation import CodeEffect
from toolsmell.sources.code.go.names import called
from toolsmell.sources.code.module import Module
from toolsmell.sources.code.nodes import arguments_of
from toolsmell.sources.code.syntax import Node
from toolsmell.text import pattern

_FUNCTIONS = {
    "os.WriteFile": CodeEffect.WRITES_FILE,
    "ioutil.WriteFile": CodeEffect.WRITES_FILE,
    "os.Create": CodeEffect.WRITES_FILE,
    "os.Rename": CodeEffect.WRITES_FILE,
    "os.Remove": CodeEffect.DELETES_FILE,
    "os.RemoveAll": CodeEffect.DELETES_FILE,
}
_PROGRAMS = {"exec.Command": 0, "exec.CommandContext": 1}
_REQUESTS = {"http.NewRequest": 0, "http.NewRequestWithContext": 1}
_SQL = frozenset("Exec ExecContext MustExec NamedExec NamedExecContext Query QueryContext QueryRow Prepare".split())
_POSTS = frozenset(("http.Post", "http.PostForm"))


def effect_of(module: Module, call: Node) -> Caused | None:
    """Return the effect of a call, or None if it has none that is known by its name (`Dialect`)."""
    function, given = call.child_by_field_name("function"), arguments_of(call)
    if function is None or function.type != "selector_expression" or not given:
        return None
    written, name = module.text(function), called(module, call)
    if written in _FUNCTIONS:
        private = effects.is_private(module.text(given[0]))
        return None if private else Caused(_FUNCTIONS[written], "")
    if written in _PROGRAMS:
        return Caused(CodeEffect.RUNS_PROGRAM, _words(module, given[_PROGRAMS[written] :]))
    if written in _REQUESTS or written in _POSTS:
        return _request(module, written, given)
    if name in _SQL:
        return _statement(module, given)
    if effects.sends_message(name) and not pattern(r"(?i)server|session|conn|ws").search(written.rpartition(".")[0]):
        return Caused(CodeEffect.SENDS_MESSAGE, name)
    return None


def _words(module: Module, given: list[Node]) -> str:
    """Return the program with a first argument that is a word."""
    known = [constant(module, one) for one in given[:2]]
    words = [one for one in known if isinstance(one, str) and pattern(r"[\w./+-]{1,40}").fullmatch(one)]
    return " ".join(words) if words and words[0] == known[0] else ""


def _request(module: Module, written: str, given: list[Node]) -> Caused | None:
    at = _REQUESTS.get(written)
    verb = constant(module, given[at]) if at is not None and len(given) > at else "POST"
    address = given[at + 1] if at is not None and len(given) > at + 1 else given[0]
    effect = effects.of_request(verb) if isinstance(verb, str) else None
    known = text_at(module, address) or ""
    if effect is None or effects.only_asks(f"{known} {module.text(address)[:120]}"):
        return None
    return Caused(effect, known)


def _statement(module: Module, given: list[Node]) -> Caused | None:
    """Return the effect of a statement of SQL, which is the first or the second argument."""
    for one in given[:2]:
        text = text_at(module, one)
        effect = effects.of_sql(text) if text is not None else None
        if effect is not None:
            return Caused(effect, " ".join((text or "").split())[:60])
    return None
