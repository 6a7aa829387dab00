"""The limits of clients: every row has the date and the place of its source, and the JSON form is the YAML."""

import re
from pathlib import Path

import pytest

from toolsmell.data import client_limits as clients

ROOT = Path(__file__).parents[2]


def test_the_json_form_is_the_yaml() -> None:
    text = (ROOT / "rubrics/clients.yaml").read_text(encoding="utf-8")
    assert (ROOT / "rubrics/clients.json").read_text(encoding="utf-8") == clients.to_json(text, "clients.yaml")


@pytest.mark.parametrize("limit", clients.load(), ids=lambda limit: f"{limit.client}:{limit.kind}")
def test_every_row_has_a_date_and_a_source(limit: clients.Limit) -> None:
    assert re.fullmatch(r"202\d-[01]\d-[0-3]\d", limit.date)
    assert limit.source.startswith("https://")
    if limit.kind.endswith("pattern"):
        assert re.compile(limit.value).fullmatch("get_order")
    elif limit.kind == "regex-dialect":
        assert limit.value
        assert set(limit.value) <= set(clients.REGEX_CONSTRUCTS)
    elif limit.kind == "reference-prefix":
        assert limit.value.startswith("#/")
    elif isinstance(limit.value, list):
        assert limit.value or limit.kind == "bare-references"
        assert all(isinstance(word, str) for word in limit.value)
    else:
        assert limit.value is True or limit.value > 0


def test_no_client_stands_for_what_holds_everywhere() -> None:
    assert clients.limits("name-length") == clients.limits("name-length", ["portable"])
    assert {limit.client for limit in clients.limits("name-length")} >= {"openai", "gemini"}
    assert not any(limit.client == "openai-strict" for limit in clients.limits("all-required"))


def test_a_chosen_client_counts_alone() -> None:
    assert [limit.client for limit in clients.limits("tools", ["cursor"])] == ["cursor"]
    assert [limit.client for limit in clients.limits("all-required", ["openai-strict"])] == ["openai-strict"]


def test_an_unknown_client_is_named_with_those_that_are_known() -> None:
    with pytest.raises(clients.ClientsError, match=r"no client is called 'emacs'; known are portable, claude-code"):
        clients.limits("tools", ["emacs"])


@pytest.mark.parametrize(
    "text",
    [
        "schema: other",
        "schema: toolsmell.clients/v1\nclients: {x: {title: X, limits: [{limit: tools, value: 3}]}}",
        (
            "schema: toolsmell.clients/v1\nclients: {x: {title: X, limits: "
            "[{limit: hats, value: 3, effect: cuts, date: 2026-01-01, source: x}]}}"
        ),
    ],
)
def test_a_wrong_file_is_refused(text: str) -> None:
    with pytest.raises(clients.ClientsError):
        clients.to_json(text, "clients.yaml")


def test_titles_in_a_message() -> None:
    assert clients.listed(clients.limits("tools", ["cursor"])) == "Cursor"
    assert clients.listed(clients.limits("tools", ["cursor", "vscode", "windsurf"])) == "VS Code, Cursor and Windsurf"
