"""Decides which tools may be called: only those that a person names.

An exact name allows its tool, whatever it does. A glob allows only tools that look like readers: by the author's hint
or a reading verb, with nothing that speaks against it (`calling.acts`). `--call-read-only` allows the tools that
declare that they only read, and calls them in a sandbox.
"""

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

from toolsmell.calling.acts import READING, acting_parameter, acting_word, telling_word
from toolsmell.errors import UsageError
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.reading.verbs import Deed, deed_named, own_words


class Policy(NamedTuple):
    """What a person allowed."""

    names: tuple[str, ...] = ()
    """Exact names, and globs with `*` or `?`."""
    read_only: bool = False
    """Also the tools that declare that they only read; they run in a sandbox."""

    @property
    def calls(self) -> bool:
        return bool(self.names) or self.read_only


class Decision(NamedTuple):
    """Whether one tool may be called, and why."""

    tool: str
    allowed: bool
    reason: str


def decide(server: ServerContext, policy: Policy, poisoned: frozenset[str] = frozenset()) -> tuple[Decision, ...]:
    """Decide for every tool that has a name. Raises `UsageError` for a name or glob that matches no tool."""
    tools = [tool for tool in server.tools if tool.tool.name is not None]
    _refuse_unknown(policy.names, [tool.tool.name or "" for tool in tools])
    return tuple(_decide(tool, policy, poisoned) for tool in tools)


def _decide(tool: ToolContext, policy: Policy, poisoned: frozenset[str]) -> Decision:
    name = tool.tool.name or ""
    if name in poisoned:
        return Decision(name, False, "a security rule found something in it")
    if tool.server.name_counts[name] > 1:
        return Decision(name, False, "another tool has the same name")
    if name in policy.names:
        return Decision(name, True, "named")
    met = next((glob for glob in policy.names if _is_glob(glob) and fnmatchcase(name, _plain_glob(glob))), None)
    if met is not None:
        danger = _danger(tool)
        return Decision(name, danger is None, f"{danger}: only its exact name allows it" if danger else f"met by {met}")
    if policy.read_only:
        doubt = _doubt(tool)
        return Decision(name, doubt is None, doubt or "declares that it only reads, and runs in the sandbox")
    return Decision(name, False, "not named")


def _is_glob(name: str) -> bool:
    return "*" in name or "?" in name


def _plain_glob(glob: str) -> str:
    return glob.replace("[", "[[]")


def _danger(tool: ToolContext) -> str | None:
    """Return why no glob allows a tool; None if something says that it reads and nothing says that it acts."""
    hints = tool.tool.annotations or {}
    if hints.get("destructiveHint") is True and hints.get("readOnlyHint") is not True:
        return "it declares that it may destroy"
    if hints.get("readOnlyHint") is False:
        return "it declares that it does not only read"
    own = own_words(tool)
    if hints.get("readOnlyHint") is not True and not (own and own[0] in READING):
        return "neither its name nor a hint says that it reads"
    if act := acting_word(tool.tool.name or ""):
        return f"its name says '{act}'"
    if told := telling_word(tool.text.raw):
        return f"its text says '{told}'"
    risky = acting_parameter(p.name for p in tool.parameters)
    return f"its parameter '{risky}' could do more than read" if risky else None


def _doubt(tool: ToolContext) -> str | None:
    """Return the evidence against a tool's claim that it only reads, or None."""
    hints = tool.tool.annotations or {}
    if hints.get("readOnlyHint") is not True:
        return "it does not say that it only reads"
    if hints.get("destructiveHint") is True:
        return "its annotations contradict one another"
    if danger := _danger(tool):
        return danger
    verb = next((w for w in tool.text.words[:40] if deed_named(w) not in (None, Deed.READ)), None)
    return f"its text says '{verb}'" if verb else None


def _refuse_unknown(wanted: Sequence[str], names: Sequence[str]) -> None:
    import difflib

    for pattern in wanted:
        known = any(fnmatchcase(n, _plain_glob(pattern)) for n in names) if _is_glob(pattern) else pattern in names
        if not known:
            near = difflib.get_close_matches(pattern, names, n=1)
            hint = f"; did you mean '{near[0]}'?" if near else ""
            raise UsageError(f"--call {pattern}: no tool has this name{hint}")


def split_names(values: Iterable[str]) -> tuple[str, ...]:
    """Return the names of several `--call a,b` as one list."""
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())
