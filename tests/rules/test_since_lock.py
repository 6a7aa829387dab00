"""Changes are classified by their effect on an agent and on a valid call."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.subjects import listed
from toolsmell.reading.context import ServerContext
from toolsmell.rules.since_lock import Change, ChangeKind, Drift

KIND = ChangeKind


def changes(before: Any, after: Any) -> list[Change]:
    drift = Drift(listed([{"name": "book", **before}]), ServerContext(listed([{"name": "book", **after}])))
    return list(drift.changes())


def parameter(**schema: Any) -> dict[str, Any]:
    return {"inputSchema": {"type": "object", "properties": {"hours": schema}}}


def objects(**schema: Any) -> dict[str, Any]:
    return {"inputSchema": {"type": "object", "properties": {"a": {}, "b": {}}, **schema}}


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ({"description": "Books a room."}, {"description": " books  a room"}, KIND.COSMETIC),
        ({"description": "Books a room."}, {"description": "Books a hall."}, KIND.ROUTING),
        ({"description": "Books."}, {}, KIND.ROUTING),
        ({"title": "Book"}, {"title": "Reserve"}, KIND.ROUTING),
        (parameter(description="How long."), parameter(description="How  long"), KIND.COSMETIC),
        (parameter(description="How long."), parameter(description="Until when."), KIND.ROUTING),
        (parameter(type="integer"), parameter(type="string"), KIND.BREAKING),
        (parameter(type="integer"), parameter(type=["integer", "string"]), KIND.ROUTING),
        (parameter(type=["integer", "string"]), parameter(type="string"), KIND.BREAKING),
        (parameter(maximum=8), parameter(maximum=9), KIND.ROUTING),
        (parameter(maximum=8), parameter(maximum=7), KIND.BREAKING),
        (parameter(minimum=1), parameter(minimum=0), KIND.ROUTING),
        (parameter(minLength=1), parameter(minLength=2), KIND.BREAKING),
        (parameter(maximum=8), parameter(), KIND.ROUTING),
        (parameter(), parameter(maximum=8), KIND.BREAKING),
        (parameter(), parameter(pattern="^a"), KIND.BREAKING),
        (parameter(enum=[1, 2]), parameter(enum=[2, 1, 3]), KIND.ROUTING),
        (parameter(enum=[1, 2]), parameter(enum=[1]), KIND.BREAKING),
        (parameter(enum=[1]), parameter(enum=[True]), KIND.BREAKING),
        (parameter(default=1), parameter(default=True), KIND.BREAKING),
        (parameter(default=1), parameter(), KIND.BREAKING),
        (parameter(), parameter(default=1), KIND.ROUTING),
        (parameter(), parameter(title="Hours"), KIND.ROUTING),
        (objects(), objects(required=["a"]), KIND.BREAKING),
        (objects(required=["a"]), objects(), KIND.ROUTING),
        (objects(required=["a", "b"]), objects(required=["b", "a"]), KIND.COSMETIC),
        (objects(), objects(additionalProperties=False), KIND.BREAKING),
        (objects(additionalProperties=False), objects(additionalProperties=True), KIND.ROUTING),
        ({"outputSchema": {"type": "object"}}, {}, KIND.BREAKING),
        ({"annotations": {"readOnlyHint": True}}, {"annotations": {"readOnlyHint": 1}}, KIND.BREAKING),
        ({"annotations": {"title": "a"}}, {"annotations": {"title": "b"}}, KIND.COSMETIC),
        ({"annotations": {}}, {"annotations": {"destructiveHint": True}}, KIND.BREAKING),
    ],
)
def test_a_change_is_of_one_kind(before: Any, after: Any, kind: ChangeKind) -> None:
    assert [change.kind for change in changes(before, after)] == [kind]


def test_the_order_of_keys_is_no_change() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string", "description": "x"}, "b": {}}}
    turned = {"properties": {"b": {}, "a": {"description": "x", "type": "string"}}, "type": "object"}
    assert not changes({"inputSchema": schema}, {"inputSchema": turned})


def test_a_parameter_that_is_new_or_gone() -> None:
    properties = {"a": {"type": "string"}, "b": {"type": "string"}}
    one = {"inputSchema": {"type": "object", "properties": {"a": properties["a"]}}}
    two = {"inputSchema": {"type": "object", "properties": properties}}
    ((added,), (gone,)) = changes(one, two), changes(two, one)
    assert (added.kind, added.pointer) == (KIND.ROUTING, "/inputSchema/properties/b")
    assert (gone.kind, gone.message) == (KIND.BREAKING, "parameter 'b' is gone: calls that pass it may fail")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
PARTS = st.dictionaries(st.sampled_from(["title", "description", "inputSchema", "outputSchema", "annotations"]), JSON)


@given(PARTS, PARTS)
def test_any_two_tools_can_be_compared(before: Any, after: Any) -> None:
    assert not changes(before, before)
    assert all(change.message and "\n" not in change.message for change in changes(before, after))
