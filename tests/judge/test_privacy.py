"""Data is sent only to the hosts that the user allowed."""

from pathlib import Path

import pytest

pytest.importorskip("openai")

from tests.judge.conftest import Scan
from tests.judge.models import GOOD, judging, shown
from tests.models.loopback import loopback
from toolsmell import cli

MIDDLING = judging(lambda _: 3)
SECRET = "ghp_q7Vd0aXk3MvT9bRz6yWc1LsEj5UhN2oPiG8f"


def test_it_says_what_goes_where_before_the_first_call(scan: Scan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_KEY", "k-123456789")
    with loopback(MIDDLING) as server:
        plain = scan(server)
        keyed = scan(server, "--model-key-env", "MY_KEY", "--no-cache")
    said = "names, descriptions and schemas of tools, secrets masked, go to m"
    assert f"{said} (at {server.url}, with no key)" in plain.stderr
    assert f"{said} (at {server.url}, with the key in MY_KEY)" in keyed.stderr
    assert "k-123456789" not in keyed.stderr
    assert keyed.stderr.index("go to m") < keyed.stderr.index("the judge took")


def test_a_key_goes_where_the_user_sends_it_and_nowhere_else(
    scan: Scan, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-for-openai")
    monkeypatch.setenv("MY_KEY", "k-123456789")
    record = tmp_path / "run.jsonl"
    with loopback(MIDDLING) as server:
        scan(server)
        scan(server, "--model-key-env", "MY_KEY", "--no-cache", "--record", record)
        keys = [asked.headers.get("authorization") for asked in server.asked]
    assert keys == [None, "Bearer k-123456789"]
    kept = record.read_bytes() + (tmp_path / "cache").read_bytes()
    assert b"k-123456789" not in kept
    assert b"sk-for-openai" not in kept


def test_secrets_in_the_text_are_masked(scan: Scan) -> None:
    schema = {"properties": {"token": {"type": "string", "default": "q7Vd0aXk3MvT9bRz"}}}
    leaky = {**GOOD, "description": f"{GOOD['description']} Uses {SECRET}.", "inputSchema": schema}
    with loopback(MIDDLING) as server:
        scan(server, tools=[leaky])
    (asked,) = server.asked
    assert SECRET not in str(asked.body)
    assert "q7Vd0aXk3MvT9bRz" not in str(asked.body)
    assert "Uses [a GitHub token]." in shown(asked)["description"]


@pytest.mark.parametrize("key", ["judge", "judge-url", "judge-key-env", "escalate", "prompts"])
def test_a_repository_chooses_neither_model_nor_address_nor_key_nor_prompt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], key: str
) -> None:
    (tmp_path / "toolsmell.toml").write_text(f'{key} = "http://127.0.0.1:1/v1"\n')
    target = tmp_path / "tools.json"
    target.write_text('{"tools": []}')
    assert cli.run(["scan", str(target)]) == 2
    assert key in capsys.readouterr().err
