"""Nothing that is secret in data stays in clear, and what is no secret stays readable."""

import json
import time

import pytest

from tests.safety.secrets import ISSUED, NAMED, Planted
from toolsmell.safety.masking import ADDRESS, PRIVATE, holds_mask, masked, masked_json


@pytest.mark.parametrize("planted", [*ISSUED, *NAMED], ids=lambda p: p.kind)
def test_data_is_masked(planted: Planted) -> None:
    for text in (planted.text, f"before {planted.text} after", f"a\n{planted.text}\nb"):
        seen = masked(text)
        assert planted.secret not in seen
        assert holds_mask(seen)


@pytest.mark.parametrize("planted", [*ISSUED, *NAMED], ids=lambda p: p.kind)
@pytest.mark.parametrize("depth", [1, 2, 3])
def test_a_secret_inside_json_inside_json_is_masked(planted: Planted, depth: int) -> None:
    text, secret = planted.text, planted.secret
    for _ in range(depth):
        text, secret = json.dumps({"log": text}), json.dumps(secret)[1:-1]
    assert secret not in masked(text)


@pytest.mark.parametrize("planted", ISSUED, ids=lambda p: p.kind)
def test_prose_is_masked_where_the_form_tells(planted: Planted) -> None:
    assert planted.secret not in masked(f"Deploys with {planted.text} and returns.", prose=True)


@pytest.mark.parametrize(
    "text",
    [
        "Returns a token: pass it as `page_token` of the next call.",
        "Invalid token: expected string, received number",
        "password: must be a string",
        "api_key is required",
        "max_tokens: 4000, total_tokens=312",
        '{"next_page_token": "aGVsbG8", "token_type": "bearer", "expires_in": 3600}',
        "Basic authentication or Bearer tokens are used",
        "PWD=/srv/app/work",
        '{"keyboard": "qwerty", "monkey": "banana17", "sort_key": "name17"}',
        "The author wrote: 12 books; keys: 3",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert masked(text) == text
    assert masked(text, prose=True) == text


@pytest.mark.parametrize(
    "text",
    [
        "Use sk-your-api-key-goes-right-here or ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx.",
        "password: the user's password. token: string",
        "Write to help@tides.example for a key.",
        'Pass {"api_key": "<your key>"}.',
    ],
)
def test_prose_keeps_placeholders_and_explanations(text: str) -> None:
    assert masked(text, prose=True) == text


def test_masked_json_is_still_json_and_keeps_its_shape() -> None:
    value = {"user": "ana@tides.example", "password": "x", "token": None, "n": 3, "rows": [{"apiKey": "abcd"}]}
    assert masked_json(value) == {
        "user": ADDRESS,
        "password": "[a secret]",
        "token": None,
        "n": 3,
        "rows": [{"apiKey": "[a secret]"}],
    }
    assert json.loads(masked(json.dumps(value)))["rows"] == [{"apiKey": "[a secret]"}]


@pytest.mark.parametrize("form", ['a b/ü"c', "plain-value", "C:\\Users\\ana"])
def test_private_texts_are_masked_in_each_form_that_they_are_sent_in(form: str) -> None:
    from base64 import b64encode
    from urllib.parse import quote

    sent = [
        form,
        json.dumps(form),
        json.dumps(json.dumps(form)),
        quote(form, safe=""),
        b64encode(form.encode()).decode(),
    ]
    for text in sent:
        assert PRIVATE in masked(f"x {text} y", [form])
        assert form not in masked(f"x {text} y", [form])


@pytest.mark.parametrize(
    "piece",
    ["eyJ-", "sk-", "://a:", "-----BEGIN a", "password", "password:'", 'token="', "a-b-", "token: ", "[\\", "<pw>",
     "Bearer ", "a@", "SG.", "-----BEGIN PRIVATE KEY-----", 'name": "', "--a ", "x=1;", "\\\"key\\\":", "$6$", "Cookie:"],
)  # fmt: skip
def test_hostile_text_is_masked_in_linear_time(piece: str) -> None:
    times = []
    for size in (50_000, 200_000):
        text = piece * (size // len(piece))
        begun = time.process_time()
        masked(text)
        times.append(time.process_time() - begun)
    assert times[1] < max(0.3, 8 * times[0])
