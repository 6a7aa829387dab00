"""Credentials are recognised, and placeholders are not taken for them."""

import pytest

from tests.linear import grows_linearly
from toolsmell.safety.credentials import is_placeholder, known_token, names_secret
from toolsmell.safety.masking import masked


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("--key=sk-ant-0a9b8c7d6e5f4a3b2c1d0e9f", "an API key"),
        ("ghp_0a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f", "a GitHub token"),
        ("Bearer github_pat_0a9b8c7d6e5f4a3b2c1d0e", "a GitHub token"),
        ("glpat-0a9b8c7d6e5f4a3b2c1d", "a GitLab token"),
        ("xoxb-0a9b8c7d6e5f", "a Slack token"),
        ("AKIA0A9B8C7D6E5F4A3B", "an AWS access key"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NSJ9.c2ln", "a JSON web token"),
        ("-----BEGIN RSA PRIVATE KEY-----\nMIIE", "a private key"),
        ("postgres://ana:tidal-wave-9@db.example.net/tides", "a password in a URL"),
    ],
)
def test_known_tokens(text: str, kind: str) -> None:
    assert known_token(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sk-short",
        "task-0a9b8c7d6e5f4a3b2c1d0e9f",
        "sk-your-api-key-goes-right-here",
        "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "postgres://${USER}:${PASSWORD}@db.example.net",
        "postgres://user:<password>@db",
        "https://tides.example.net:8080/a@b",
        "keyboard AKIA",
    ],
)
def test_what_is_no_token(text: str) -> None:
    assert known_token(text) is None


@pytest.mark.parametrize(
    "name", ["API_KEY", "apiKey", "X-Api-Key", "TIDES_TOKEN", "Authorization", "DB_PASSWORD", "PGPASSWORD"]
)
def test_names_of_secrets(name: str) -> None:
    assert names_secret(name)


@pytest.mark.parametrize(
    "name", ["SORT_KEY", "KEYBOARD", "MONKEY", "REGION", "TOKENIZER", "PATH", "key", "TOKEN_URL", "next_page_token"]
)
def test_names_of_other_things(name: str) -> None:
    assert not names_secret(name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "short",
        "your-key-here",
        "<token>",
        "${TOKEN}",
        "Bearer ...",
        "xxxxxxxxxxxx",
        "aaaaaaaaaa",
        "$TOKEN_OF_MINE",
    ],
)
def test_placeholders(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize("text", ["k9-4471-aa83-0c1f", "Bearer k9-4471-aa83-0c1f", "0a9b8c7d6e5f"])
def test_what_is_no_placeholder(text: str) -> None:
    assert not is_placeholder(text)


@pytest.mark.parametrize("piece", ["eyJ-", "sk-", "://a:", "-----BEGIN a"])
def test_hostile_text_is_read_in_linear_time(piece: str) -> None:
    assert known_token(piece * 50_000 + " PRIVATE KEY-----") in (None, "an API key")
    assert grows_linearly(lambda size: known_token(piece * (size // len(piece)) + " PRIVATE KEY-----"), 100_000)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Use ghp_0a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f here.", "Use [a GitHub token] here."),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NSJ9.c2lnbmF0dXJl!", "[a JSON web token]!"),
        ("a -----BEGIN EC PRIVATE KEY-----\nMHcC\n-----END EC PRIVATE KEY----- b", "a [a private key] b"),
        ("a -----BEGIN PRIVATE KEY-----\nMHcC and no end", "a [a private key]"),
        ("sk-your-api-key-goes-right-here", "sk-your-api-key-goes-right-here"),
        ("nothing", "nothing"),
    ],
)
def test_credentials_are_masked(text: str, expected: str) -> None:
    assert masked(text, prose=True) == expected
