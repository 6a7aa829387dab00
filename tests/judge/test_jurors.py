"""From what a user types to models: who is asked where, with whose key."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("openai")

from tests.models.loopback import loopback, says
from toolsmell.errors import UsageError
from toolsmell.judge.jurors import JurorOptions, connected, destinations
from toolsmell.models.connect import ModelOptions

URL = "http://127.0.0.1:1/v1"


def options(*models: str, larger: Sequence[str] = (), **more: Any) -> JurorOptions:
    each = ModelOptions(**{"model": "", "use_cache": False, "env": {"OPENAI_API_KEY": "sk-openai"}, **more})
    return JurorOptions(models=models, larger=larger, each=each)


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (options("gpt-x"), ["gpt-x (at https://api.openai.com/v1, with the key in OPENAI_API_KEY)"]),
        (options("openai/gpt-x"), ["gpt-x (at https://api.openai.com/v1, with the key in OPENAI_API_KEY)"]),
        (options("gpt-x", key_env="MINE"), ["gpt-x (at https://api.openai.com/v1, with the key in MINE)"]),
        (options("openai/a/b", url=URL), [f"a/b (at {URL}, with no key)"]),
        (options("a", url=URL, key_env="MINE"), [f"a (at {URL}, with the key in MINE)"]),
        (
            options("openai/a", url=URL, key_env="MINE", larger=["anthropic/b"]),
            [
                f"a (at {URL}, with the key in MINE)",
                "anthropic/b (the provider 'anthropic' through litellm, with that provider's key)",
            ],
        ),
        (options("replay:run.jsonl"), []),
        (options("gpt-x", offline=True), []),
    ],
)
def test_what_goes_where(chosen: JurorOptions, said: list[str]) -> None:
    assert destinations(chosen) == said


def test_a_server_is_asked_by_the_name_that_it_knows() -> None:
    with loopback(says("hi")) as server, connected(options("openai/org/model", "plain", url=server.url)) as jurors:
        assert [juror.name for juror in jurors.jurors] == ["org/model", "plain"]


def test_a_variable_that_is_not_set() -> None:
    with pytest.raises(UsageError, match="MINE"), connected(options("a", url=URL, key_env="MINE")):
        pass


def test_an_empty_recording(tmp_path: Path) -> None:
    (tmp_path / "run.jsonl").touch()
    with pytest.raises(UsageError, match="is empty"), connected(options(f"replay:{tmp_path / 'run.jsonl'}")):
        pass


def test_a_server_s_own_protocol_needs_no_litellm(tmp_path: Path) -> None:
    target = tmp_path / "tools.json"
    target.write_text('{"tools": [{"name": "t", "description": "Says hi."}]}')
    with loopback(says("no verdict")) as server:
        code = (
            "import sys\nfrom toolsmell.cli import run\n"
            f"run(['scan', {str(target)!r}, '--isolated', '--judge', 'openai/m', '--model-url', {server.url!r}, '--judge-all',"
            f" '--no-cache'])\nprint('litellm' in sys.modules, 'openai' in sys.modules, file=sys.stderr)"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "False True"
