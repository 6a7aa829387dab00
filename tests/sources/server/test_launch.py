"""The command or URL of a server as it is shown."""

import pytest

from toolsmell.sources.server.launch import Launch, Remote, hide


def test_a_command_is_shown_as_it_would_be_typed_without_values_of_variables() -> None:
    launch = Launch(("uvx", "desk", "--name", "a b"), env={"DESK_TOKEN": "s3cret-t0ken", "DEBUG": "1"})
    assert launch.display() == "DESK_TOKEN=… DEBUG=… uvx desk --name 'a b'"


def test_a_value_that_was_expanded_into_the_command_is_shown_by_its_name() -> None:
    launch = Launch(("desk", "--token=s3cret-t0ken"), secrets={"DESK_TOKEN": "s3cret-t0ken"})
    assert launch.display() == "desk '--token=<DESK_TOKEN>'"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://desk.example/mcp", "https://desk.example/mcp"),
        (
            "https://reader:pass@desk.example:8443/mcp?key=abc&empty=#x",
            "https://desk.example:8443/mcp?key=…&empty=…",
        ),
        ("https://desk.example/mcp?s3cret-t0ken", "https://desk.example/mcp?…"),
        ("https://desk.example/mcp?other-token", "https://desk.example/mcp?…"),
        ("https://desk.example/s3cret-t0ken/mcp", "https://desk.example/<DESK_TOKEN>/mcp"),
        ("https://[desk/mcp", "(not a URL)"),
    ],
)
def test_an_address_is_shown_without_what_opens_it(url: str, shown: str) -> None:
    assert Remote(url, secrets={"DESK_TOKEN": "s3cret-t0ken"}).display() == shown


def test_a_token_is_hidden_with_and_without_its_scheme() -> None:
    hidden = Remote("https://desk.example", {"Authorization": "Bearer s3cret-t0ken"}).hidden()
    assert hide("sent 'Bearer s3cret-t0ken'", hidden) == "sent '<Authorization header>'"
    assert hide("no such token: s3cret-t0ken", hidden) == "no such token: <Authorization>"


def test_values_of_a_query_are_hidden() -> None:
    hidden = Remote("https://desk.example/mcp?key=s3cret%2Dt0ken").hidden()
    assert hide("no such key: s3cret-t0ken", hidden) == "no such key: <key>"


def test_of_two_values_the_longer_is_hidden_first() -> None:
    assert hide("s3cret-t0ken", {"A": "s3cret", "B": "s3cret-t0ken"}) == "<B>"


def test_short_values_are_left_alone() -> None:
    assert hide("1 tool of 12", {"DEBUG": "1"}) == "1 tool of 12"
