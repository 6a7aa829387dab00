"""Client configurations: from what one lists to command lines and addresses, or to reasons why not."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.commands import findings, toolsmell
from toolsmell.errors import SourceError, UsageError
from toolsmell.model.configured import ClientConfig
from toolsmell.sources.declared import client_config
from toolsmell.sources.declared.client_config import ConfiguredServer, resolve
from toolsmell.sources.json.document import parse
from toolsmell.sources.server.launch import Launch, Remote
from toolsmell.sources.server.live import fetch


def one(passed: dict[str, str] | None = None, /, **server: Any) -> ConfiguredServer:
    (found,) = resolve(ClientConfig({"mcpServers": {"tides": server}}), env=passed)
    return found


def launch(passed: dict[str, str] | None = None, /, **server: Any) -> Launch:
    found = one(passed, **server)
    assert isinstance(found.target, Launch), found.reason
    return found.target


def remote(passed: dict[str, str] | None = None, /, **server: Any) -> Remote:
    found = one(passed, **server)
    assert isinstance(found.target, Remote), found.reason
    return found.target


def test_reads_comments_and_finds_the_servers_in_the_file() -> None:
    text = """{
      // VS Code writes comments, and trailing commas.
      "inputs": [{"id": "key", "type": "promptString"}],
      "servers": {
        "tides": {"type": "http", "url": "https://tides.example.com/mcp"}, /* "//" */
      },
    }"""
    document = parse(text, "mcp.json", comments=True)
    (found,) = resolve(client_config.read(document))
    assert found.target == Remote("https://tides.example.com/mcp")
    assert document.spans([found.pointer])[found.pointer][1:3] == (5, 9)


@pytest.mark.parametrize("text", ["[]", "{}", '{"mcpServers": {}}', '{"servers": []}'])
def test_what_lists_no_server_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match=r"^mcp\.json: "):
        client_config.read(parse(text, "mcp.json"))


def test_both_lists_of_one_file_are_read() -> None:
    config = ClientConfig({"mcpServers": {"a/b": {"command": "x"}}, "servers": {"c": {"command": "y"}}})
    assert [(s.key, s.pointer) for s in resolve(config)] == [("a/b", "/mcpServers/a~1b"), ("c", "/servers/c")]


@pytest.mark.parametrize(
    ("raw", "pointer"),
    [
        (
            {"mcp": {"tides": {"type": "local", "command": ["npx", "-y", "t"], "environment": {"KEY": "{env:KEY}"}}}},
            "/mcp",
        ),
        (
            {"mcp": {"servers": {"tides": {"command": "npx", "args": ["-y", "t"], "env": {"KEY": "${env:KEY}"}}}}},
            "/mcp/servers",
        ),
        ({"mcp_servers": {"tides": {"command": "npx", "args": ["-y", "t"], "env": {"KEY": "${KEY}"}}}}, "/mcp_servers"),
        (
            {
                "projects": {
                    "/home/a": {
                        "mcpServers": {"tides": {"command": "npx", "args": ["-y", "t"], "env": {"KEY": "${KEY}"}}}
                    }
                }
            },
            "/projects/~1home~1a/mcpServers",
        ),
        (
            {
                "customizations": {
                    "vscode": {
                        "mcp": {"servers": {"tides": {"command": "npx", "args": ["-y", "t"], "env": {"KEY": "${KEY}"}}}}
                    }
                }
            },
            "/customizations/vscode/mcp/servers",
        ),
    ],
    ids=["opencode.json", "settings.json", "config.toml", "~/.claude.json", "devcontainer.json"],
)
def test_the_forms_of_clients(raw: dict[str, Any], pointer: str) -> None:
    (found,) = resolve(ClientConfig(raw), env={"KEY": "k-1"})
    assert found.pointer == f"{pointer}/tides"
    assert isinstance(found.target, Launch), found.reason
    assert found.target.argv == ("npx", "-y", "t")
    assert found.target.env["KEY"] == "k-1"


def test_headers_of_codex() -> None:
    (found,) = resolve(ClientConfig({"mcp_servers": {"tides": {"url": "https://a/mcp", "http_headers": {"X-A": "b"}}}}))
    assert found.target == Remote("https://a/mcp", {"X-A": "b"})


def test_a_toml_file_shows_the_line_of_a_key(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(
        f'model = "x"\n\n[mcp_servers.tides]\ncommand = "t"\n\n[mcp_servers.tides.env]\nAPI_KEY = "{TOKEN}"\n'
    )
    done = toolsmell("scan", "config.toml", "--format", "json", cwd=tmp_path)
    (finding,) = findings(done.report, "hardcoded-secret")
    assert finding["location"]["line"] == 7
    (tmp_path / "config.toml").write_text("[mcp_servers.tides\n")
    assert "config.toml: not valid TOML" in toolsmell("scan", "config.toml", cwd=tmp_path).stderr
    (tmp_path / "config.toml").write_text("[tool]\n")
    assert "is TOML, but no client configuration" in toolsmell("scan", "config.toml", cwd=tmp_path).stderr


TOKEN = "ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"


def test_a_command() -> None:
    target = launch(command="npx", args=["-y", "tides mcp"], env={"UNIT": "m"}, cwd="/srv")
    assert (target.argv, target.env, target.cwd) == (("npx", "-y", "tides mcp"), {"UNIT": "m"}, "/srv")
    assert (target.clear_env, target.empty_folder) == (True, False)


def test_numbers_and_null_in_env_are_as_vs_code_has_them() -> None:
    assert launch(command="x", env={"PORT": 8080, "GONE": None}).env == {"PORT": "8080"}


@pytest.mark.parametrize(
    ("server", "transport"),
    [
        ({"url": "https://t.example/mcp"}, "streamable-http"),
        ({"url": "https://t.example/sse"}, "sse"),
        ({"url": "https://t.example/sse?x=1"}, "sse"),
        ({"url": "https://t.example/sse", "type": "http"}, "streamable-http"),
        ({"url": "https://t.example/mcp", "type": "sse"}, "sse"),
        ({"url": "https://t.example/mcp", "transport": "sse"}, "sse"),
        ({"url": "https://t.example/mcp", "type": "streamable-http"}, "streamable-http"),
        ({"serverUrl": "https://t.example/mcp"}, "streamable-http"),
        ({"httpUrl": "https://t.example/mcp"}, "streamable-http"),
    ],
)
def test_addresses(server: dict[str, Any], transport: str) -> None:
    assert remote(**server).transport == transport


@pytest.mark.parametrize("text", ["${KEY}", "${env:KEY}", "${input:KEY}", "${KEY:-other}", "${env:KEY:-other}"])
def test_references_take_what_the_user_passed(text: str) -> None:
    env = {"KEY": "k9-4471-aa83"}
    target = launch(env, command="${KEY}", args=[f"--key={text}"], env={"A": f"<{text}>"}, cwd=f"/{text}")
    assert target.argv == ("k9-4471-aa83", "--key=k9-4471-aa83")
    assert (target.env, target.cwd) == ({"A": "<k9-4471-aa83>"}, "/k9-4471-aa83")
    assert "k9-4471" not in target.display()
    address = remote(env, url=f"https://t.example/{text}", headers={"X-Key": f"Bearer {text}"})
    assert (address.url, address.headers) == (
        "https://t.example/k9-4471-aa83",
        {"X-Key": "Bearer k9-4471-aa83"},
    )
    assert "k9-4471" not in address.display()


def test_defaults_are_used_where_nothing_was_passed() -> None:
    assert launch(command="x", args=["${A:-one}", "${B:-}", "a${C:-b}c${D:-d}"]).argv == (
        "x",
        "one",
        "",
        "abcd",
    )


def test_the_environment_of_the_user_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIDES_KEY", "k9-4471-aa83")
    assert one(command="x", env={"KEY": "${TIDES_KEY}"}).target is None


def test_inserted_text_is_not_expanded_again() -> None:
    assert launch({"A": "${B}", "B": "no"}, command="x", args=["${A}"]).argv == ("x", "${B}")


def test_only_the_servers_that_ask_get_a_value() -> None:
    config = ClientConfig({"mcpServers": {"a": {"command": "x", "env": {"K": "${K}"}}, "b": {"command": "y"}}})
    first, second = resolve(config, env={"K": "k9-4471"})
    assert isinstance(first.target, Launch)
    assert isinstance(second.target, Launch)
    assert (first.target.env, second.target.env) == ({"K": "k9-4471"}, {})


def test_what_is_missing_is_named_all_at_once_with_its_field() -> None:
    found = one(
        command="x",
        args=["${workspaceFolder}/a"],
        env={"K": "${input:tides-key}", "L": "${env:L}"},
        cwd="${cwd}",
    )
    assert found.target is None
    assert found.reason == (
        "it needs workspaceFolder (for ${workspaceFolder} in its argument 0), "
        "tides-key (for ${input:tides-key} in its env K), L (for ${env:L} in its env L), "
        "cwd (for ${cwd} in its cwd); "
        "pass each with `--env NAME=VALUE`, or `--env NAME` where your environment has it"
    )


@pytest.mark.parametrize(
    ("server", "reason"),
    [
        ({"command": "x", "url": "https://t.example"}, "it has a command and a url: remove one"),
        ({}, "it has no command and no url"),
        ({"type": "stdio", "url": "https://t.example"}, "it is of type stdio and has no command"),
        ({"type": "http", "command": "x"}, "it is of type http and has no url"),
        ({"command": 7}, "its command is no string"),
        ({"command": "x", "args": "-y"}, "its args are no list of strings"),
        ({"command": "x", "args": ["-p", 8080]}, "its args are no list of strings"),
        ({"command": "x", "env": ["A=B"]}, "its env is no object"),
        ({"command": "x", "env": {"A": True}}, "its env A is no string"),
        ({"command": "x", "env": {"A=B": "x"}}, "its env has a name that cannot be passed"),
        ({"command": "x", "args": ["a\x00b"]}, "its command line has control characters"),
        ({"command": "x", "env": {"A": "\x00"}}, "its environment has control characters"),
        ({"command": "x", "args": ["${A:-${B}}"]}, "its argument 0 has a `${` that is no reference"),
        (
            {"command": "x", "args": ["${workspaceFolder:api}"]},
            "its argument 0 has a `${` that is no reference",
        ),
        ({"url": 7}, "its url is no string"),
        ({"url": "unix:///run/tides.sock"}, "its url is not an http address"),
        (
            {"url": "https://t.example", "headers": {"A": "x\r\nB: y"}},
            "one of its headers has control characters",
        ),
        ({"url": "https://t.example", "headers": {"A": 7.5, "B": []}}, "its headers B is no string"),
    ],
)
def test_servers_that_cannot_be_reached_say_why(server: dict[str, Any], reason: str) -> None:
    found = one(**server)
    assert found.target is None
    assert reason in (found.reason or "")


def test_a_server_that_is_no_object_does_not_stop_the_others() -> None:
    broken, good = resolve(ClientConfig({"mcpServers": {"a": "npx", "b": {"command": "x"}}}))
    assert (broken.reason, good.target is not None) == ("it is no object", True)


@pytest.mark.parametrize("switch", [{"disabled": True}, {"enabled": False}])
def test_a_server_that_is_switched_off_is_reached_only_by_name(switch: dict[str, bool]) -> None:
    config = ClientConfig({"mcpServers": {"a": {"command": "x", **switch}, "b": {"command": "y"}}})
    off, on = resolve(config)
    assert (off.disabled, off.target, on.disabled) == (True, None, False)
    assert "the file switches it off" in (off.reason or "")
    (named,) = resolve(config, only=["a"])
    assert named.target is not None
    assert named.notes == ("the file switches it off, and it was asked for by name",)


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    config = ClientConfig({"mcpServers": {"a": {"command": "x"}, "b\x1b": {"command": "y"}}})
    assert [server.key for server in resolve(config, only=["b\x1b"])] == ["b\x1b"]
    with pytest.raises(UsageError, match=r"no server is called 'c'; the file has: a, b\\x1b"):
        resolve(config, only=["a", "c"])


def test_what_is_not_done_is_said() -> None:
    assert one(command="x", envFile=".env", sandboxEnabled=True).notes == (
        "its envFile is not read: pass what it needs with --env",
        "it is started without the sandbox that the file asks for",
    )


@pytest.mark.parametrize(
    "args",
    [
        ["--api-key", "k9-4471-aa83-0c1f"],
        ["--api-key=k9-4471-aa83-0c1f"],
        ["--anything", "sk-proj-k9-4471-aa83-0c1f-77"],
        ["https://ana:k9-4471-aa83@tides.example.com"],
    ],
)
def test_secrets_that_stand_in_the_file_are_not_shown(args: list[str]) -> None:
    target = launch(command="x", args=args)
    assert target.argv[1:] == tuple(args)
    assert "k9-4471" not in target.display()


@settings(max_examples=60)
@given(st.text(st.sampled_from("${}:-abenvinput "), max_size=30), st.sampled_from([{}, {"a": "x", "b": ""}]))
def test_no_text_does_worse_than_a_reason(text: str, env: dict[str, str]) -> None:
    found = one(env, command="x", args=[text])
    assert (found.target is None) == bool(found.reason)
    if isinstance(found.target, Launch) and "${" not in text:
        assert found.target.argv == ("x", text)


def test_a_configured_server_starts(serve: Callable[[str], Launch], tmp_path: Path) -> None:
    command, *args = serve("tell").argv
    target = launch({"KEY": "k9-4471"}, command=command, args=args, env={"K": "${KEY}"}, cwd=str(tmp_path))
    manifest = fetch(target)
    told = json.loads(manifest.tools[0].description or "")
    assert (told["cwd"], told["env"]["K"]) == (str(tmp_path), "k9-4471")
