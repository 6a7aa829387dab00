"""litellm, in a process of its own: it takes seconds to import and changes the process it is in."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.models.loopback import Answer, Asked, embeds, fails, in_turn, loopback, says

LITELLM = importlib.util.find_spec("litellm")
pytestmark = pytest.mark.skipif(LITELLM is None, reason="litellm is not installed")

ASK = """
import json, os
from toolsmell.models.client import ChatMessage, ChatRequest, ModelError
from toolsmell.models.connect import ModelOptions, connect, connect_embeddings

options = ModelOptions(model="hosted_vllm/m", attempts=1, use_cache=False, timeout=20)
found = []
with connect(options) as connection:
    for _ in range(3):
        try:
            request = ChatRequest(model=options.model, messages=(ChatMessage("user", "hi"),))
            reply = connection.model.complete(request)
            found.append([reply.text, reply.usage.input_tokens])
        except ModelError as error:
            found.append([type(error).__name__, str(error)])
with connect_embeddings(options) as model:
    found.append(model.embed(["a"]))
found.append(os.environ.get("FROM_A_DOTENV_FILE"))
print(json.dumps(found))
"""


def test_a_provider_behind_litellm(tmp_path: Path) -> None:
    chat = in_turn(fails(429, "slow down", retry_after="3"), fails(401, "who are you"), says("ok", tokens=(7, 1)))

    def script(asked: Asked) -> Answer:
        return embeds([[1, 2]]) if asked.path.endswith("/embeddings") else chat(asked)

    with loopback(script) as server:
        busy, refused, answer, vectors, dotenv = ask(server.url, tmp_path)
    assert busy[0] == "Unavailable"
    assert "slow down" in busy[1]
    assert refused[0] == "ModelError"
    assert "who are you" in refused[1]
    assert (answer, vectors) == (["ok", 7], [[1.0, 2.0]])
    assert dotenv is None, "a .env above the installed library was loaded"


def ask(url: str, folder: Path) -> Any:
    """Run `ASK` where litellm stands below a folder with a `.env`, as it does in a repository's own `.venv`."""
    assert LITELLM is not None
    assert LITELLM.origin is not None
    (folder / ".env").write_text("FROM_A_DOTENV_FILE=loaded\n")
    (folder / "site-packages").symlink_to(Path(LITELLM.origin).parent.parent)
    env = {
        "HOSTED_VLLM_API_BASE": url,
        "HOSTED_VLLM_API_KEY": "k",
        "HOME": str(folder),
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join((str(folder / "site-packages"), *(p for p in sys.path if p))),
    }
    script = folder / "ask.py"
    script.write_text(ASK)
    command = [sys.executable, str(script)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
