"""Tools by name, and what is wrong with cases."""

import pytest

from tests.evaluate.tools import WEATHER, case, catalog, tool
from toolsmell.evaluate.catalog import Catalog, check
from toolsmell.model import Manifest, Provenance, Tool


def manifest(key: str, *names: object) -> Manifest:
    return Manifest(key, key, Provenance.FILE, tuple(Tool(i, {"name": name}) for i, name in enumerate(names)))


def test_two_servers_may_have_a_tool_of_one_name() -> None:
    found = Catalog([manifest("a", "search", "read"), manifest("b", "search")])
    assert [entry.name for entry in found.entries] == ["a:search", "read", "b:search"]
    assert found.find("read") == ["read"]
    assert found.find("a:read") == ["read"]
    assert found.find("search") == ["a:search", "b:search"]
    assert found.find("b:search") == ["b:search"]
    assert found.find("none") == []
    assert found.server_of("b:search") == "b"


def test_one_server_may_have_two_tools_of_one_name() -> None:
    found = Catalog([manifest("a", "x", "x", "x")])
    assert len({entry.name for entry in found.entries}) == 3


def test_tools_without_a_name_are_counted() -> None:
    found = Catalog([manifest("a", "x", None, 7)])
    assert (len(found), found.unnamed) == (1, 2)


def test_what_is_wrong_with_cases_is_named_and_counted() -> None:
    found = check(
        [
            case("will it rain", "forecast", line=1),
            case("   ", "forecast", line=2),
            case("Will it  RAIN", "forecast", line=3),
            case("will it rain", "observation", line=4),
            case("delete it", "delete_message", line=5),
            case("call send_message for me", "send_message", line=6),
        ],
        catalog(*WEATHER),
    )
    assert [(problem.kind, problem.line) for problem in found.problems] == [
        ("empty-query", 2),
        ("duplicate", 3),
        ("two-golds", 4),
        ("unknown-tool", 5),
        ("leaks-name", 6),
    ]
    assert found.counts() == {"empty-query": 1, "duplicate": 1, "two-golds": 1, "unknown-tool": 1, "leaks-name": 1}
    assert [c.line for c in found.cases] == [1, 4, 5, 6]
    assert found.leaking == {found.cases[-1].key}
    assert found.cases[2].tools == ("delete_message",)


def test_a_name_that_two_servers_have_is_ambiguous() -> None:
    servers = Catalog([manifest("a", "search"), manifest("b", "search")])
    found = check([case("find it", "search", line=1), case("find this", "b:search", line=2)], servers)
    assert [p.kind for p in found.problems] == ["ambiguous-tool"]
    assert "a:search or b:search" in found.problems[0].text
    assert found.cases[1].tools == ("b:search",)


@pytest.mark.parametrize(
    ("query", "name", "leaks"),
    [
        pytest.param("use get_user now", "get_user", True, id="as written"),
        pytest.param("use GetUser now", "getUser", True, id="in another case"),
        pytest.param("list open pull requests", "list_open_pull_requests", True, id="its words in a row"),
        pytest.param("list my pull requests that are open", "list_open_pull_requests", False, id="its words apart"),
        pytest.param("please fetch the page", "fetch", False, id="a plain word"),
        pytest.param("get user 7", "get_user", False, id="two plain words"),
        pytest.param("a b", "a_b", False, id="too short to tell"),
    ],
)
def test_whether_a_query_names_its_tool(query: str, name: str, leaks: bool) -> None:
    found = check([case(query, name)], catalog(tool(name)))
    assert bool(found.leaking) is leaks
