"""Which tools may be called: none, unless a person says so by name.  Pure.

Annotations narrow what was allowed and never widen it, with one exception: `--call-read-only` takes the tools that
say so themselves, and is for a sandbox in which a lie does no harm.
"""

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import Final, NamedTuple

from toolsmell.errors import UsageError
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.reading.verbs import Deed, deed_named
from toolsmell.text import identifier_words

_ACTS: Final = frozenset(
    """run execute exec eval call invoke send post put push publish deploy start stop kill restart reset clear set add
    apply import move copy merge commit close cancel approve reject pay buy sell order transfer withdraw trade grant
    revoke enable disable install format sign submit trigger schedule upload save store archive
    restore destroy""".split()
)
"""Verbs, besides those that create, change and destroy, that a reading tool's name does not hold."""
_OUTWARD: Final = frozenset(
    "output destination dest target_path command cmd script code sql shell force overwrite callback webhook".split()
)
"""Names of parameters by which a tool that says it reads could do something else."""


class Policy(NamedTuple):
    """What a person allowed."""

    names: tuple[str, ...] = ()
    """Exact names, and globs with `*` or `?`."""
    read_only: bool = False
    """Also those that say they only read: where a sandbox holds them."""

    @property
    def calls(self) -> bool:
        return bool(self.names) or self.read_only


class Decision(NamedTuple):
    """Whether one tool may be called, and why."""

    tool: str
    allowed: bool
    reason: str


def decide(server: ServerContext, policy: Policy, poisoned: frozenset[str] = frozenset()) -> tuple[Decision, ...]:
    """Decide on every tool that has a name. Raises `UsageError` for a name or glob that meets no tool."""
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
        return Decision(name, doubt is None, doubt or "says that it only reads, and is held by the sandbox")
    return Decision(name, False, "not named")


def _is_glob(name: str) -> bool:
    return "*" in name or "?" in name


def _plain_glob(glob: str) -> str:
    return glob.replace("[", "[[]")


def _danger(tool: ToolContext) -> str | None:
    """Say why no glob covers a tool; None where one may."""
    hints = tool.tool.annotations or {}
    if hints.get("destructiveHint") is True and hints.get("readOnlyHint") is not True:
        return "it declares that it may destroy"
    for word in tool.name_words:
        if deed_named(word) not in (None, Deed.READ) or word in _ACTS:
            return f"its name says '{word}'"
    words = tool.text.words[:12]
    verb = next((word for word in words if deed_named(word) is Deed.DESTROY), None)
    return f"its text says '{verb}'" if verb else None


def _doubt(tool: ToolContext) -> str | None:
    """Say what speaks against a tool's word that it only reads; None where nothing does."""
    hints = tool.tool.annotations or {}
    if hints.get("readOnlyHint") is not True:
        return "it does not say that it only reads"
    if hints.get("destructiveHint") is True:
        return "its annotations contradict one another"
    if danger := _danger(tool):
        return danger
    verb = next((w for w in tool.text.words[:40] if deed_named(w) not in (None, Deed.READ)), None)
    if verb:
        return f"its text says '{verb}'"
    risky = (p.name for p in tool.parameters if not _OUTWARD.isdisjoint((p.name, *identifier_words(p.name))))
    name = next(risky, None)
    return f"its parameter '{name}' could do more than read" if name else None


def _refuse_unknown(wanted: Sequence[str], names: Sequence[str]) -> None:
    import difflib

    for pattern in wanted:
        known = any(fnmatchcase(n, _plain_glob(pattern)) for n in names) if _is_glob(pattern) else pattern in names
        if not known:
            near = difflib.get_close_matches(pattern, names, n=1)
            hint = f"; did you mean '{near[0]}'?" if near else ""
            raise UsageError(f"--call {pattern}: no tool is called so{hint}")


def split_names(values: Iterable[str]) -> tuple[str, ...]:
    """Return the names of several `--call a,b` as one list."""
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())
