"""A dump reads back to the manifest that it was made of."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolsmell.errors import SourceError
from toolsmell.model import Manifest, Place, Provenance, Status, Tool
from toolsmell.sources.json.snapshot import SCHEMA, from_json, is_snapshot, to_json
from toolsmell.sources.server.launch import Launch
from toolsmell.sources.server.live import fetch

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=8,
)
LISTS = st.lists(JSON, max_size=3).map(tuple)
MANIFESTS = st.builds(
    Manifest,
    key=st.text(min_size=1),
    name=st.none(),
    source=st.just("desk.json"),
    provenance=st.sampled_from(Provenance),
    date=st.none() | st.just("2026-01-31"),
    tools=st.lists(JSON, max_size=3).map(lambda raws: tuple(Tool(i, raw) for i, raw in enumerate(raws))),
    status=st.sampled_from(Status),
    error=st.none() | st.text(),
    instructions=st.none() | st.text(),
    info=st.none() | st.lists(st.integers()),
    protocol_version=st.none() | st.text(),
    capabilities=JSON,
    prompts=LISTS,
    resources=LISTS,
    resource_templates=LISTS,
    unknown=st.dictionaries(st.text(), st.text(), max_size=2),
    duplicate_keys=st.lists(st.builds(Place, tool=st.none() | st.integers(0, 9), pointer=st.text()), max_size=2).map(
        tuple
    ),
    notes=st.lists(st.text(), max_size=2).map(tuple),
    group=st.none(),
    locator=st.none(),
)


@given(manifest=MANIFESTS)
def test_reads_back_to_the_same_manifest(manifest: Manifest) -> None:
    assert from_json(json.loads(json.dumps(to_json(manifest))), source="desk.json") == manifest


@pytest.mark.parametrize("behaviour", ["modern", "legacy", "malformed", "raw", "die", "exit"])
def test_a_live_server_reads_back_but_for_where_it_was_read(serve: Callable[..., Launch], behaviour: str) -> None:
    live = fetch(serve(behaviour))
    again = from_json(json.loads(json.dumps(to_json(live))), source="desk.json")
    assert again == live._replace(source="desk.json")


def test_two_dumps_of_one_server_are_the_same_text(serve: Callable[..., Launch]) -> None:
    first, second = (json.dumps(to_json(fetch(serve("legacy")))) for _ in range(2))
    assert first == second


def test_a_key_can_be_given() -> None:
    assert from_json(_document(), source="desk.json", key="other").key == "other"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"schema": "toolsmell.dump/v9"}, "not a toolsmell.dump/v1 document"),
        ({"tools": None}, "`tools` of a dump must be a list"),
        ({"server": []}, "`server` of a dump must be an object"),
        ({"status": "fine"}, "`status` of a dump must be one of complete, partial, failed"),
        ({"error": 3}, "`error` of a dump must be a text"),
        ({"unknown": {"prompts": 3}}, "`prompts` of a dump must be a text"),
        ({"notes": [3]}, "`notes` of a dump must be texts"),
        ({"duplicateKeys": [{"tool": "x", "pointer": ""}]}, "`duplicateKeys` of a dump must be places"),
        ({"key": None}, "`key` of a dump must be a text"),
    ],
)
def test_what_is_no_dump_is_refused(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        from_json({**_document(), **change}, source="desk.json")


@given(
    document=JSON,
    fields=st.dictionaries(st.sampled_from(sorted(to_json(Manifest("k", "s", Provenance.FILE)))), JSON),
)
def test_any_json_is_read_or_refused(document: Any, fields: dict[str, Any]) -> None:
    for candidate in (document, {**_document(), **fields, "schema": SCHEMA}):
        try:
            from_json(candidate, source="desk.json")
        except SourceError:
            continue
        assert is_snapshot(candidate)


def _document() -> dict[str, Any]:
    return to_json(Manifest("desk", "desk.json", Provenance.WIRE))
