"""What is kept of an answer to a call."""

from typing import Any

import pytest

from toolsmell.calling.classify import Outcome
from toolsmell.calling.outcomes import Trial, observed


@pytest.mark.parametrize(
    ("block", "text"),
    [
        ({"type": "text", "text": "low at six"}, "low at six"),
        ({"type": "image", "data": "AAAA", "mimeType": "image/png"}, "[image image/png]"),
        ({"type": "resource_link", "uri": "demo://one", "name": "one"}, "[resource_link demo://one]"),
        ({"type": "resource", "resource": {"uri": "demo://one", "mimeType": "text/plain", "text": "low"}}, "[resource demo://one text/plain]: low"),
        ({"type": 3, "uri": None}, ""),
    ],
)  # fmt: skip
def test_a_block_without_text_says_what_it_is(block: dict[str, Any], text: str) -> None:
    found = observed(1, Trial("tide", {}, "x"), {"content": [block]}, failed=None, milliseconds=1)
    assert found.text == text
    assert found.outcome is (Outcome.RESULT if text else Outcome.EMPTY)
