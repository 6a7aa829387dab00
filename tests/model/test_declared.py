"""Files that declare servers, read as data: whatever types they have."""

import pytest

from tests.linear import grows_linearly
from toolsmell.model.configured import ClientConfig, references
from toolsmell.model.declared import InputKind, ServerJson, image_tag, is_exact, is_loopback


@pytest.mark.parametrize("version", ["1.0.0", "2026.1.25", "v3", "1.0.0-beta.x86", "1!2.post1", "1+local"])
def test_versions_that_name_one_release(version: str) -> None:
    assert is_exact(version)


@pytest.mark.parametrize(
    "version",
    [
        "latest",
        "",
        "*",
        "x",
        "next",
        "^1.0",
        "~1",
        ">=1,<2",
        "=1.0",
        "1.x",
        "1.X.0",
        "1.2.*",
        "1 - 2",
        "1||2",
    ],
)
def test_versions_that_do_not(version: str) -> None:
    assert not is_exact(version)


@pytest.mark.parametrize(
    ("identifier", "tag"),
    [
        ("ana/tides", None),
        ("ana/tides:1", "1"),
        ("host:5000/ana/tides", None),
        ("host:5000/ana/tides:1", "1"),
        ("ana/tides@sha256:0f", "sha256:0f"),
        ("ana/tides:1@sha256:0f", "sha256:0f"),
    ],
)
def test_image_tags(identifier: str, tag: str | None) -> None:
    assert image_tag(identifier) == tag


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST.", "a.localhost", "127.1.2.3:80", "[::1]:80"])
def test_addresses_of_this_machine(host: str) -> None:
    assert is_loopback(f"http://{host}/mcp")


@pytest.mark.parametrize("url", ["http://localhost.example.com", "http://10.0.0.1", "http://[", "localhost"])
def test_addresses_of_others(url: str) -> None:
    assert not is_loopback(url)


def test_references() -> None:
    found = references("a${A}b${env:B}c${input:c-d}e${F:-g:h}i${env:J:-}$K${")
    assert [(r.kind, r.name, r.default) for r in found] == [
        ("", "A", None),
        ("env", "B", None),
        ("input", "c-d", None),
        ("", "F", "g:h"),
        ("env", "J", ""),
    ]


@pytest.mark.parametrize("piece", ["${", "${a", "a", "${a:-"])
def test_references_are_read_in_linear_time(piece: str) -> None:
    assert references("${" + piece * 200_000) == []
    assert grows_linearly(lambda size: references("${" + piece * (size // len(piece))), 200_000)


def test_inputs_come_with_their_variables_and_where_they_stand() -> None:
    entry = ServerJson(
        {
            "packages": [
                7,
                {
                    "runtimeArguments": [{"name": "-e", "variables": {"a/b": {}}}],
                    "packageArguments": [{"valueHint": "folder"}, None],
                    "environmentVariables": [{"name": "KEY"}],
                    "transport": {"headers": [{"name": "X-Key"}]},
                },
            ],
            "remotes": [{"headers": [{}], "variables": {"region": {}, "odd": 1}}],
        }
    )
    assert [(i.kind, i.name, i.part.pointer) for i in entry.inputs()] == [
        (InputKind.RUNTIME_ARGUMENT, "e", "/packages/1/runtimeArguments/0"),
        (InputKind.VARIABLE, "a/b", "/packages/1/runtimeArguments/0/variables/a~1b"),
        (InputKind.PACKAGE_ARGUMENT, "folder", "/packages/1/packageArguments/0"),
        (InputKind.ENVIRONMENT, "KEY", "/packages/1/environmentVariables/0"),
        (InputKind.HEADER, "X-Key", "/packages/1/transport/headers/0"),
        (InputKind.HEADER, "", "/remotes/0/headers/0"),
        (InputKind.VARIABLE, "region", "/remotes/0/variables/region"),
    ]


@pytest.mark.parametrize("odd", [None, 7, "x", [], [[]], {"a": 1}])
def test_odd_types_are_nothing(odd: object) -> None:
    entry = ServerJson({"packages": odd, "remotes": odd, "name": odd, "inputs": odd})
    assert entry.packages == entry.remotes == ()
    assert not list(entry.inputs())
    config = ClientConfig({"mcpServers": {"a": odd, "b": {"args": odd, "env": odd, "url": odd}}, "inputs": odd})
    assert [server.key for server in config.servers] == ["a", "b"]
    assert not config.inputs
    for server in config.servers:
        assert all(isinstance(text, str) for _, text in server.strings())
