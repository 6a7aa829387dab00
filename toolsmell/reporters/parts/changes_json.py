"""Writes what changed since a revision to JSON, and reads it back."""

from toolsmell.data.json_fields import CheckedJson
from toolsmell.model import Json
from toolsmell.model.changes import BaseChanges, ChangeState, Objections, ServerChange, TextChange, ToolChange


def changes(found: BaseChanges) -> dict[str, Json]:
    return {
        "base": found.base,
        "renamed": [{"from": old, "to": new} for old, new in found.renamed],
        "servers": [_server(server) for server in found.servers],
    }


def read_changes(at: CheckedJson) -> BaseChanges:
    renamed = ((pair["from"].text(), pair["to"].text()) for pair in at["renamed"].items())
    return BaseChanges(at["base"].text(), tuple(map(_read_server, at["servers"].items())), tuple(renamed))


def _server(found: ServerChange) -> dict[str, Json]:
    return {
        "key": found.key,
        "state": found.state.value,
        "was": found.was,
        "note": found.note,
        "tools": [_tool(tool) for tool in found.tools],
    }


def _tool(found: ToolChange) -> dict[str, Json]:
    return {
        "name": found.name,
        "state": found.state.value,
        "wrong": found.wrong,
        **{field: list(texts) for field, texts in found.objections._asdict().items()},
        "score": {"before": found.score_before, "after": found.score_after},
        "tokens": {"before": found.tokens_before, "after": found.tokens_after},
        "texts": [text._asdict() for text in found.texts],
        "note": found.note,
    }


def _read_server(at: CheckedJson) -> ServerChange:
    return ServerChange(
        key=at["key"].text(),
        state=at["state"].one_of(ChangeState),
        tools=tuple(map(_read_tool, at["tools"].items())),
        was=at.optional_text("was"),
        note=at["note"].text(),
    )


def _read_tool(at: CheckedJson) -> ToolChange:
    score, tokens = at["score"], at["tokens"]
    return ToolChange(
        name=at["name"].text(),
        state=at["state"].one_of(ChangeState),
        tokens_before=_whole(tokens, "before"),
        tokens_after=_whole(tokens, "after"),
        score_before=score.optional_number("before"),
        score_after=score.optional_number("after"),
        texts=tuple(map(_read_text, at["texts"].items())),
        objections=Objections(*(tuple(item.text() for item in at[name].items()) for name in Objections._fields)),
        wrong=at["wrong"].flag(),
        note=at["note"].text(),
    )


def _read_text(at: CheckedJson) -> TextChange:
    return TextChange(at.optional_text("parameter"), at["before"].text(), at["after"].text())


def _whole(at: CheckedJson, name: str) -> int | None:
    field = at.optional(name)
    return field.whole() if field else None
