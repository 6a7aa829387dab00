"""Every string of a hostile value comes out once, with a pointer that leads to it."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from toolsmell.model.pointer import lookup
from toolsmell.safety.strings import Role, Sent, strings

TOOL = {
    "name": "book",
    "description": "Books a room.",
    "inputSchema": {
        "type": "object",
        "properties": {
            "description": {"type": "string", "description": "Why.", "default": "none", "enum": ["none", "party"]},
            "icons": {"type": "string"},
        },
    },
    "icons": [{"src": "data:image/png;base64,AAAA"}],
}


def test_roles() -> None:
    found = list(strings(TOOL))
    assert Sent("/name", "book", Role.NAME) in found
    assert Sent("/description", "Books a room.", Role.PROSE) in found
    at = "/inputSchema/properties/description"
    assert Sent(at, "description", Role.NAME) in found
    assert Sent(f"{at}/description", "Why.", Role.PROSE) in found
    assert Sent(f"{at}/default", "none", Role.VALUE) in found
    assert Sent(f"{at}/enum/1", "party", Role.VALUE) in found


def test_icons_are_left_out_and_a_parameter_of_that_name_is_not() -> None:
    found = [sent.text for sent in strings(TOOL)]
    assert not any(text.startswith("data:") for text in found)
    assert "icons" in found


def test_a_deep_value_does_not_overflow() -> None:
    deep: Any = "end"
    for _ in range(100_000):
        deep = [deep]
    assert list(strings(deep)) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(min_size=1), inner),
    max_leaves=30,
)


@given(JSON)
def test_every_text_value_is_found_where_its_pointer_says(value: Any) -> None:
    found = list(strings(value))
    for sent in found:
        target = lookup(value, sent.pointer) if sent.pointer else value
        assert target == sent.text or sent.pointer.rsplit("/", 1)[-1].replace("~1", "/").replace("~0", "~") == sent.text
    texts = [sent.text for sent in found]
    assert all(texts.count(text) >= 1 for text in _values(value))


def _values(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for key, item in value.items() if key != "icons" for text in _values(item)]
    return [text for item in value for text in _values(item)] if isinstance(value, list) else []
