"""A container that gets at this machine is shown, and started only with a permission of its own."""

import json
from pathlib import Path

import pytest

from tests.commands import toolsmell
from toolsmell.sources.declared.host_access import host_access


@pytest.mark.parametrize(
    "words",
    [
        "--privileged", "--cap-add=SYS_ADMIN", "--cap-add SYS_ADMIN", "-v /:/host", "-v=/:/host", "-v/:/host", "-itv /:/h",
        "--volume=/etc:/etc:ro", "--volume ~/.ssh:/k", "-v $HOME:/h", "-v ./x:/x", "--mount type=bind,src=/,dst=/h",
        "--mount=type=bind,source=/var/run/docker.sock,target=/s", "--pid=host", "--net host", "--network=host", "--ipc=host",
        "--network container:other", "--device=/dev/sda", "--security-opt seccomp=unconfined", "--volumes-from other",
        "--env-file=/home/ana/.env", "--userns=host", "-v C:\\Users:/u",
    ],
)  # fmt: skip
def test_what_gives_access(words: str) -> None:
    assert host_access(["docker", "run", "-i", *words.split(" "), "image"])
    assert host_access(["/usr/bin/podman", "run", *words.split(" "), "image"])


@pytest.mark.parametrize(
    "words",
    [
        "-i --rm",
        "-v data:/data",
        "--mount type=volume,src=data,dst=/data",
        "--network=none",
        "-e KEY",
        "--init",
        "--name x",
    ],
)
def test_what_gives_none(words: str) -> None:
    assert host_access(["docker", "run", *words.split(" "), "image"]) == ()
    assert host_access(["uvx", "--privileged"]) == ()


def _entry(*arguments: dict[str, str]) -> str:
    package = {
        "registryType": "oci",
        "identifier": "docker.io/acme/tides:1.0.0",
        "transport": {"type": "stdio"},
        "runtimeArguments": list(arguments),
    }
    return json.dumps({"name": "io.acme/tides", "description": "Tides.", "version": "1.0.0", "packages": [package]})


@pytest.fixture
def docker(tmp_path: Path) -> dict[str, str]:
    """A `docker` that writes down that it was started."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "docker").write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/started\n')
    (folder / "docker").chmod(0o755)
    return {"PATH": f"{folder}:/usr/bin:/bin", "HOME": str(tmp_path)}


PRIVILEGED = {"type": "named", "name": "--privileged"}
ROOT = {"type": "named", "name": "-v", "value": "/:/host"}


@pytest.mark.parametrize("argument", [PRIVILEGED, ROOT])
def test_an_entry_needs_a_second_permission(argument: dict[str, str], tmp_path: Path, docker: dict[str, str]) -> None:
    (tmp_path / "server.json").write_text(_entry(argument))
    held = toolsmell("scan", "server.json", "--run", cwd=tmp_path, env=docker)
    assert held.code == 3
    assert argument["name"] in held.stderr
    assert "--allow-host" in " ".join((held.stdout + held.stderr).split())
    assert not (tmp_path / "started").exists()
    toolsmell("scan", "server.json", "--run", "--allow-host", cwd=tmp_path, env=docker)
    assert argument["name"] in (tmp_path / "started").read_text()


def test_a_client_configuration_needs_it_too(tmp_path: Path, docker: dict[str, str]) -> None:
    server = {"command": "docker", "args": ["run", "-i", "--rm", "-v", "/:/host", "acme/tides"]}
    (tmp_path / "mcp.json").write_text(json.dumps({"mcpServers": {"tides": server}}))
    held = toolsmell("scan", "mcp.json", "--run", cwd=tmp_path, env=docker)
    assert held.code == 3
    assert "-v /:/host" in held.stderr
    assert not (tmp_path / "started").exists()
