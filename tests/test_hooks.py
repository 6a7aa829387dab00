"""The pre-commit hooks, run by pre-commit itself in a git repository, by the entry lines that are shipped."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.commands import RULE, SERVER, copied, manifest, tool
from toolsmell.rules import BY_ID

ROOT = Path(__file__).parent.parent
HOOKS: list[dict[str, Any]] = YAML(typ="safe").load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
Run = Callable[..., "subprocess.CompletedProcess[str]"]

pytestmark = pytest.mark.skipif(
    shutil.which("git") is None or not (Path(sys.executable).parent / "pre-commit").exists(),
    reason="needs git and pre-commit",
)


def git(folder: Path, *args: str) -> str:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *identity, *args], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q")
    (folder / "toolsmell.toml").write_text(
        f'select = ["{RULE}", "repeated-sentence", "unused-suppression"]\nfail-on = "warning"\n'
    )
    return folder


@pytest.fixture
def pre_commit(repository: Path, tmp_path: Path) -> Run:
    """Run a hook over files that are committed. The hooks are those that are shipped, on this toolsmell."""
    binaries = tmp_path / "bin"
    binaries.mkdir()
    command = binaries / "toolsmell"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m toolsmell "$@"\n')
    command.chmod(0o755)
    local = {"repo": "local", "hooks": [{**hook, "language": "system"} for hook in HOOKS]}
    with (repository / ".pre-commit-config.yaml").open("w", encoding="utf-8") as file:
        YAML().dump({"repos": [local]}, file)
    return runner(repository, {"PATH": f"{binaries}:{os.environ['PATH']}", "PRE_COMMIT_HOME": str(tmp_path / "home")})


def runner(repository: Path, environment: dict[str, str]) -> Run:
    def run(hook: str, *args: str) -> subprocess.CompletedProcess[str]:
        git(repository, "add", "-A")
        command = [sys.executable, "-m", "pre_commit", "run", hook, *(args or ("--all-files",)), "--verbose"]
        env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
        return subprocess.run(
            command, cwd=repository, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )

    return run


def test_a_commit_with_a_finding_is_stopped(repository: Path, pre_commit: Run) -> None:
    (repository / "server.py").write_text(SERVER)
    (repository / "rooms.json").write_text(manifest(tool("book")))
    done = pre_commit("toolsmell")
    assert done.returncode == 1
    assert done.stdout.count(RULE) >= 2
    (repository / "server.py").write_text(SERVER.replace(": Any", ": int"))
    (repository / "rooms.json").write_text(manifest(tool("book", room={"type": "string"})))
    done = pre_commit("toolsmell")
    assert done.returncode == 0, done.stdout


ORDINARY = {
    "package-lock.json": '{"name": "a", "version": "1.0.0", "packages": {"": {"name": "a"}, "node_modules/zod": {}}}',
    "lerna.json": '{"name": "root", "packages": ["a"]}',
    "tsconfig.json": '{\n // written by tsc\n "compilerOptions": {"strict": true,},\n}',
    "rows.json": '[{"id": 1, "name": "a", "description": "b"}]',
    "answer.json": '{"jsonrpc": "2.0", "id": 1, "result": {"ok": true}}',
    "manifest.json": '{"name": "ext", "manifest_version": 3, "version": "1.0"}',
    "locale.de.json": '{"tools": "Werkzeuge", "servers": {"title": "Server"}}',
    "hosts.json": '{"servers": {"prod": {"host": "a"}}, "name": "ansible"}',
    "asyncapi.json": '{"asyncapi": "2.6.0", "servers": {"prod": {"url": "mqtt://a", "protocol": "mqtt"}}}',
    "contract.json": '[{"type": "function", "name": "transfer", "inputs": [{"name": "to", "type": "address"}]}]',
    "empty.json": "",
    "broken.json": '{"a": ',
    "marked.json": '\ufeff{"a": 1}',
    "not-a-number.json": '{"a": NaN}',
    "report.json": '{"schema": "toolsmell.report/v1", "servers": []}',
    "toolsmell-baseline.json": '{"schema": "toolsmell.baseline/v1", "findings": []}',
    "no-servers/mcp.json": '{"mcpServers": {}}',
    "dotnet-tools.json": '{"version": 1, "tools": {"ef": {"version": "9.0.0"}}}',
}
"""Files of other programs, and files of MCP in which nothing is yet."""


def test_ordinary_files_are_passed_over_in_one_line(repository: Path, pre_commit: Run) -> None:
    for name, text in ORDINARY.items():
        (repository / name).parent.mkdir(exist_ok=True)
        (repository / name).write_text(text, encoding="utf-8")
    (repository / "latin.json").write_bytes(b'{"name": "\xe9"}')
    (repository / "setup.py").write_text("print(1)\n")
    done = pre_commit("toolsmell")
    assert done.returncode == 0, done.stdout
    said = [line for line in done.stdout.splitlines() if line.startswith("toolsmell: ")]
    assert len(said) == 1
    counted = {words: int(number) for number, words in re.findall(r"(\d+) ([^,\n]+)", said[0])}
    assert sum(counted.values()) == len(ORDINARY) + 2
    assert counted["source file without tools"] == 1
    assert counted["files that toolsmell wrote"] == 2


@pytest.mark.parametrize("name", ["mcp.json", ".mcp.json", "server.json", "my-tools.json", "tools/list_tools.json"])
def test_a_file_with_a_name_of_mcp_that_cannot_be_parsed_stops_the_commit(
    repository: Path, pre_commit: Run, name: str
) -> None:
    (repository / "tools").mkdir()
    (repository / name).write_text('{"tools": [')
    done = pre_commit("toolsmell")
    assert done.returncode == 1
    assert f"{name}:1:" in done.stdout


def test_a_broken_file_with_keys_of_mcp_stops_the_commit(repository: Path, pre_commit: Run) -> None:
    (repository / "rooms.json").write_text(manifest(tool("book"))[:-2])
    done = pre_commit("toolsmell")
    assert done.returncode == 1
    assert "rooms.json:" in done.stdout


HOSTILE_NAMES = ("--output=json=written.json", "--judge=x.json", "--config=x.json", "-v.json", "--.py", "--fix.json")


@pytest.mark.parametrize("args", [None, ["--fail-on", "warning"]], ids=["as shipped", "with own args"])
@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_the_name_of_a_file_is_never_an_option(
    repository: Path, pre_commit: Run, name: str, args: list[str] | None
) -> None:
    (repository / name).write_text(manifest(tool("book")))
    if args:
        config = YAML(typ="safe").load((repository / ".pre-commit-config.yaml").read_text())
        config["repos"][0]["hooks"][0]["args"] = args
        YAML().dump(config, repository / ".pre-commit-config.yaml")
    before = sorted(path.name for path in repository.iterdir())
    done = pre_commit("toolsmell")
    assert done.returncode == 1
    assert f"toolsmell: {name}: " in done.stdout
    assert "begins with '-'" in done.stdout
    assert sorted(path.name for path in repository.iterdir()) == before


UNREAD = SERVER.replace('"""Book a room for some hours."""', "return room").replace(
    "@mcp.tool()\ndef book", "@mcp.tool(description=os.environ['TEXT'])\ndef book"
)


def test_a_tool_that_could_not_be_read_is_said_in_one_line(repository: Path, pre_commit: Run) -> None:
    (repository / "server.py").write_text(f"import os\n{UNREAD}".replace(": Any", ": int"))
    done = pre_commit("toolsmell")
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("warning: server.py: 1 description (book) could not be read from the code") == 1


@pytest.mark.parametrize("hook", ["toolsmell", "toolsmell-fix"])
def test_no_server_is_started(repository: Path, pre_commit: Run, hook: str) -> None:
    mark = repository.parent / "started"
    (repository / "mcp.json").write_text(f'{{"mcpServers": {{"a": {{"command": "touch", "args": ["{mark}"]}}}}}}')
    with (repository / "toolsmell.toml").open("a") as file:
        file.write(f'[server]\ncommand = ["touch", "{mark}"]\n')
    pre_commit(hook, "--all-files", "--hook-stage", "manual")
    assert not mark.exists()


def test_the_live_hook_starts_the_configured_server(repository: Path, pre_commit: Run) -> None:
    server = [sys.executable, str(ROOT / "fixtures" / "servers" / "stdio.py"), "modern"]
    with (repository / "toolsmell.toml").open("a") as file:
        file.write(f"[server]\ncommand = {server}\n".replace("'", '"'))
    done = pre_commit("toolsmell-live", "--hook-stage", "manual", "--all-files")
    assert f"starting {sys.executable}" in done.stdout
    assert "tools of 1 server" in done.stdout or "1 tool of 1 server" in done.stdout
    assert "starting" not in pre_commit("toolsmell-live", "--all-files").stdout, "in its stage only"


def test_the_fix_hook_changes_the_file_and_stops(repository: Path, pre_commit: Run) -> None:
    path = repository / "rooms.json"
    wide = "Books a room for an hour.\n" + f"{' ' * 40}Ask first.\n" * 5
    path.write_text(manifest(tool("book", wide, room={"type": "string", "description": "Its number."})))
    done = pre_commit("toolsmell-fix", "--all-files", "--hook-stage", "manual")
    assert done.returncode == 1
    assert "files were modified by this hook" in done.stdout
    assert " " * 30 not in path.read_text()
    assert pre_commit("toolsmell-fix", "--all-files", "--hook-stage", "manual").returncode == 0


def test_the_fix_hook_runs_every_rule_that_has_fixes() -> None:
    (entry,) = (hook["entry"] for hook in HOOKS if hook["id"] == "toolsmell-fix")
    assert set(re.findall(r"--select (\S+)", entry)) == {rule.id for rule in BY_ID.values() if rule.fixable}


def test_the_fix_hook_changes_source_code(repository: Path, pre_commit: Run) -> None:
    path = repository / "server.py"
    wide = "Books a room.\\n" + f"{' ' * 40}Ask first.\\n" * 5
    path.write_text(SERVER.replace("@mcp.tool()\ndef book", f'@mcp.tool(description="{wide}")\ndef book'))
    assert pre_commit("toolsmell-fix", "--all-files", "--hook-stage", "manual").returncode == 1
    assert " " * 30 not in path.read_text()


def test_one_changed_file_calls_no_suppression_of_another_unused(repository: Path, pre_commit: Run) -> None:
    row = f'[[suppress]]\nrule = "{RULE}"\ntool = "swap"\nreason = "later"\n'
    with (repository / "toolsmell.toml").open("a") as file:
        file.write(row)
    (repository / "rooms.json").write_text(manifest(tool("book", room={"type": "string"})))
    (repository / "halls.json").write_text(manifest(tool("swap")))
    for files in (("--files", "rooms.json"), ("--files", "halls.json")):
        done = pre_commit("toolsmell", *files)
        assert done.returncode == 0, done.stdout


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_hooks_install_from_a_repository(repository: Path, tmp_path: Path) -> None:
    """As users have them: pre-commit clones the repository, installs the package and runs its entry line."""
    clone = tmp_path / "toolsmell"
    copied(clone)
    git(clone, "init", "-q")
    git(clone, "add", "-A", "-f")
    git(clone, "commit", "-q", "-m", "as it is")
    config = {"repos": [{"repo": str(clone), "rev": git(clone, "rev-parse", "HEAD"), "hooks": [{"id": "toolsmell"}]}]}
    with (repository / ".pre-commit-config.yaml").open("w", encoding="utf-8") as file:
        YAML().dump(config, file)
    (repository / "server.py").write_text(SERVER)
    done = runner(repository, {"PRE_COMMIT_HOME": str(tmp_path / "home"), "PYTHONPATH": ""})("toolsmell")
    assert done.returncode == 1, done.stdout
    assert RULE in done.stdout
