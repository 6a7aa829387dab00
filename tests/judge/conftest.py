"""Scans with a judge, as a user types them, against a server on this machine."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.judge.models import GOOD
from tests.models.loopback import Loopback
from toolsmell import cli


@dataclass(frozen=True)
class Run:
    """The result of a scan."""

    code: int
    report: dict[str, Any]
    stderr: str

    @property
    def tools(self) -> list[dict[str, Any]]:
        return [tool for server in self.report["servers"] for tool in server["tools"]]

    @property
    def tool(self) -> dict[str, Any]:
        (only,) = self.tools
        return only

    @property
    def usage(self) -> dict[str, Any]:
        usage: dict[str, Any] = self.report["summary"]["usage"]
        return usage


Scan = Callable[..., Run]


@pytest.fixture
def scan(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Scan:
    """Return what scans tools with `--judge openai/m` at a loopback server, and with a cache of the test's own."""
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)

    def run(
        server: Loopback | None,
        *args: str | Path,
        tools: Sequence[Any] = (GOOD,),
        judges: Sequence[str] = ("openai/m",),
        everything: bool = True,
    ) -> Run:
        target = tmp_path / "tools.json"
        target.write_text(json.dumps({"tools": list(tools)}))
        options = ["scan", str(target), "--isolated", "--format", "json", "--cache", str(tmp_path / "cache")]
        options += [part for judge in judges for part in ("--judge", judge)]
        options += ["--model-url", server.url] if server else []
        options += ["--judge-all"] if everything else []
        capsys.readouterr()
        code = cli.run([*options, "--model-attempts", "1", *map(str, args)])
        said = capsys.readouterr()
        return Run(code, json.loads(said.out) if said.out.strip() else {}, said.err)

    return run
