"""The recipe for Dask in docs/survey.md runs as it is printed."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("dask")

PAGE = Path(__file__).parents[2] / "docs" / "survey.md"


def test_the_dask_recipe(tmp_path: Path) -> None:
    recipe = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[0]
    tool = {"name": "list_pots", "description": "List the pots.", "inputSchema": {"type": "object"}}
    lines = [json.dumps({"server": f"kiln-{i}", "tools": [tool, {**tool, "name": "b"}]}) + "\n" for i in range(3)]
    (tmp_path / "servers.jsonl").write_text("".join(lines))
    done = subprocess.run(
        [sys.executable, "-c", recipe], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.stdout, done.returncode) == ("6\n", 0), done.stderr
