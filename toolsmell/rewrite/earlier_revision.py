"""Compares servers with themselves in an earlier revision, as they come: what was lost, invented or made confusable."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from toolsmell.evidence.check_verdicts import CheckedSentence
from toolsmell.evidence.code import with_implementations
from toolsmell.model import Json, Manifest, Tool
from toolsmell.model.changes import BaseChanges, ChangeState, Objections, ServerChange, TextChange, ToolChange
from toolsmell.reading.context import ServerContext
from toolsmell.rewrite.compare import Verification, described, verify
from toolsmell.rewrite.measure import Bench, Yardstick
from toolsmell.rewrite.schema_change import schema_change


class Since:
    """Pairs servers with those of the base by key; one whose key changed, by the names of its tools."""

    def __init__(self, base: Sequence[Manifest], yardstick: Yardstick, tools: frozenset[str] = frozenset()) -> None:
        """`tools` are the only ones that are compared, if there are any."""
        self._yardstick: Final = yardstick
        self._wanted: Final = tools
        self._left: Final = [manifest for manifest in base if manifest.tools or manifest.error]
        self._new: Final[list[Manifest]] = []
        self._failed: Final[set[str]] = set()
        self._found: Final[list[ServerChange]] = []

    def add(self, now: Manifest) -> None:
        """Compare one server; it waits for `changes` if no server of the base has its key."""
        if not now.tools:
            self._failed.add(now.key)
            return
        before = next((one for one in self._left if one.key == now.key), None)
        if before is None:
            self._new.append(now)
        else:
            self._left.remove(before)
            self._pair(before, now)

    def changes(self, base: str, renamed: tuple[tuple[str, str], ...] = ()) -> BaseChanges:
        """Return everything that changed since the revision that `base` names."""
        for now in self._new:
            before = max(self._left, key=lambda one: _shared(one, now), default=None)
            if before is not None and _shared(before, now):
                self._left.remove(before)
                self._pair(before, now)
            else:
                self._found.append(ServerChange(now.key, ChangeState.ADDED, tuple(self._alone(now, ChangeState.ADDED))))
        for gone in self._left:
            if gone.tools and gone.key not in self._failed:
                tools = tuple(self._alone(gone, ChangeState.REMOVED))
                self._found.append(ServerChange(gone.key, ChangeState.REMOVED, tools))
        return BaseChanges(base, tuple(self._found), renamed)

    def _pair(self, before: Manifest, now: Manifest) -> None:
        was = None if before.key == now.key else before.key
        if not before.tools:
            note = f"could not be read in the base: {before.error}"
            self._found.append(ServerChange(now.key, ChangeState.CHANGED, (), was, note))
        elif (tools := tuple(self._tools(before, now))) or was:
            self._found.append(ServerChange(now.key, ChangeState.CHANGED, tools, was))

    def _tools(self, before: Manifest, now: Manifest) -> Iterator[ToolChange]:
        old, new = self._bench(before), self._bench(now)
        was, is_ = old.server.by_name, new.server.by_name
        names = [name for name in is_ if name in was and was[name].tool.raw != is_[name].tool.raw]
        names = [name for name in names if not self._wanted or name in self._wanted]
        readable = frozenset(
            name for name in names if was[name].tool.known("description") and is_[name].tool.known("description")
        )
        checked = dict[str, Verification]()
        if readable:
            found = verify(_with_old_texts(old.server, with_implementations(now)), now, self._yardstick, tools=readable)
            checked = {one.name: one for one in found}
        for name in names:
            yield _changed(old, new, name, checked.get(name))
        yield from self._alone(now, ChangeState.ADDED, was.keys())
        yield from self._alone(before, ChangeState.REMOVED, is_.keys())

    def _alone(self, manifest: Manifest, state: ChangeState, others: Collection[str] = ()) -> Iterator[ToolChange]:
        """Yield the tools of one side whose names the other side does not have."""
        bench = self._bench(manifest)
        for name, tool in bench.server.by_name.items():
            if name not in others and (not self._wanted or name in self._wanted):
                measured = bench.measured(tool)
                size, score = measured.tokens, measured.overall
                added = ToolChange(name, state, tokens_after=size, score_after=score)
                removed = ToolChange(name, state, tokens_before=size, score_before=score)
                yield added if state is ChangeState.ADDED else removed

    def _bench(self, manifest: Manifest) -> Bench:
        return Bench(ServerContext(manifest), self._yardstick)


def _shared(one: Manifest, other: Manifest) -> int:
    """Return how many names of tools two servers share; 0 if these are less than half of the smaller one."""
    first, second = ({tool.name for tool in manifest.tools if tool.name} for manifest in (one, other))
    shared = len(first & second)
    return shared if 2 * shared >= min(len(first), len(second)) else 0


def _with_old_texts(before: ServerContext, now: Manifest) -> Manifest:
    """Return the server as it is now with the texts that it had.

    A pull request may change the schema with the texts: sentences are true or false of the schema and of the
    code as they are now.
    """
    was = before.by_name
    tools = tuple(_old_texts(was[t.name].tool, t) if t.name in was else t for t in now.tools)
    return now._replace(tools=tools, locator=None)


def _old_texts(before: Tool, now: Tool) -> Tool:
    """Return a tool with the title, the description and the parameter texts of `before`."""
    raw: dict[str, Json] = dict(now.raw)
    for part, text in (("description", before.description), ("title", before.title)):
        raw.pop(part, None)
        if text is not None:
            raw[part] = text
    told = described(before)
    schema = now.input_schema
    if schema is not None and isinstance(schema.get("properties"), dict):
        properties = {name: _old_text(value, told.get(name)) for name, value in schema["properties"].items()}
        raw["inputSchema"] = {**schema, "properties": properties}
    return now._replace(raw=raw, unknown={})


def _old_text(parameter: Json, text: str | None) -> Json:
    """Return a parameter with another description; one that is new in the schema has none."""
    if not isinstance(parameter, dict):
        return parameter
    kept = {key: value for key, value in parameter.items() if key != "description"}
    return {**kept, "description": text} if text else kept


def _changed(old: Bench, new: Bench, name: str, checked: Verification | None) -> ToolChange:
    was, is_ = old.server.by_name[name], new.server.by_name[name]
    before, after = old.measured(was), new.measured(is_)
    return ToolChange(
        name=name,
        state=ChangeState.CHANGED,
        tokens_before=before.tokens,
        tokens_after=after.tokens,
        score_before=before.overall,
        score_after=after.overall,
        texts=tuple(_texts(was.tool, is_.tool)),
        objections=_objections(checked) if checked else Objections(),
        wrong=checked is not None and not checked.passes(allow_unverified=True),
        note="; ".join(_notes(was.tool, is_.tool, checked)),
    )


def _texts(before: Tool, now: Tool) -> Iterator[TextChange]:
    if (before.description or "") != (now.description or ""):
        yield TextChange(None, before.description or "", now.description or "")
    was, is_ = described(before), described(now)
    for name in dict.fromkeys((*was, *is_)):
        if was.get(name, "") != is_.get(name, ""):
            yield TextChange(name, was.get(name, ""), is_.get(name, ""))


def _notes(before: Tool, now: Tool, checked: Verification | None) -> Iterator[str]:
    if checked is None:
        yield "the description is computed in part, so its sentences were not compared"
    if schema_change(before, now):
        yield "the input schema changed too"
    if before.title != now.title:
        yield "the title changed"


def _objections(checked: Verification) -> Objections:
    return Objections(
        lost=tuple(violation.detail for violation in checked.lost),
        unsupported=tuple(map(_told, checked.unsupported)),
        contradicted=tuple(map(_told, checked.contradicted)),
        steering=tuple(map(_told, checked.steering)),
        routing=tuple(violation.detail for violation in checked.routing),
        findings=checked.findings,
    )


def _told(sentence: CheckedSentence) -> str:
    where = f"{sentence.parameter}: " if sentence.parameter else ""
    reason = "not verified" if sentence.unsettled else sentence.reason
    return f"{where}{sentence.text}" + (f" ({reason})" if reason else "")
