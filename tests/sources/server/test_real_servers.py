"""Servers that people use, from PyPI and npm: read over stdio and HTTP, none of their tools called."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from toolsmell.model import Manifest, Status
from toolsmell.sources.server.launch import Launch, Remote
from toolsmell.sources.server.live import fetch

Find = Callable[[str], str]

pytestmark = pytest.mark.live


def names(manifest: Manifest) -> set[str | None]:
    assert (manifest.status, manifest.error) == (Status.COMPLETE, None)
    return {tool.name for tool in manifest.tools}


def installed(command: str) -> str:
    """Return the command that stands next to this Python."""
    return str(Path(sys.executable).with_name(command))


def test_time() -> None:
    assert names(fetch(Launch((installed("mcp-server-time"),)))) == {"get_current_time", "convert_time"}


def test_git(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    manifest = fetch(Launch((installed("mcp-server-git"), "--repository", str(tmp_path))))
    assert {"git_status", "git_log", "git_commit"} <= names(manifest)


def test_fetch() -> None:
    manifest = fetch(Launch((installed("mcp-server-fetch"),)))
    assert names(manifest) == {"fetch"}
    assert [prompt["name"] for prompt in manifest.prompts] == ["fetch"]


@pytest.mark.node
def test_everything_over_stdio(node_server: Find) -> None:
    manifest = fetch(Launch((node_server("mcp-server-everything"), "stdio")))
    assert {"echo", "get-sum"} <= names(manifest)
    assert manifest.prompts
    assert manifest.resource_templates


@pytest.mark.node
@pytest.mark.parametrize(
    ("mode", "remote"),
    [
        ("streamableHttp", Remote("/mcp")),
        ("sse", Remote("/sse", transport="sse")),
    ],
)
def test_everything_over_http(node_server: Find, mode: str, remote: Remote) -> None:
    with _listening(node_server("mcp-server-everything"), mode) as address:
        manifest = fetch(remote._replace(url=address + remote.url))
    assert {"echo", "get-sum"} <= names(manifest)


@pytest.mark.node
def test_filesystem(node_server: Find, tmp_path: Path) -> None:
    manifest = fetch(Launch((node_server("mcp-server-filesystem"), str(tmp_path))))
    assert {"read_text_file", "write_file"} <= names(manifest)


@pytest.mark.node
def test_memory(node_server: Find) -> None:
    assert {"create_entities", "read_graph"} <= names(fetch(Launch((node_server("mcp-server-memory"),))))


@pytest.mark.node
def test_gitlab_whose_list_the_sdk_rejects(node_server: Find) -> None:
    token = {"GITLAB_PERSONAL_ACCESS_TOKEN": "not-a-token"}
    manifest = fetch(Launch((node_server("mcp-server-gitlab"),), env=token))
    assert len(names(manifest)) == 9
    # If it is installed alone, as npx does, it gets the newest zod, and then its schemas lack their type.
    assert any("type" not in (tool.input_schema or {}) for tool in manifest.tools)


@contextmanager
def _listening(command: str, mode: str) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PORT": str(port)}
    with subprocess.Popen([command, mode], env=environment, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(port, server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.kill()


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    while server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail(f"it exited with status {server.returncode}")
