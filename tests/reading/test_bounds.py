"""Texts that are too long are cut, and that is said."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from toolsmell.model import Manifest, Provenance, Tool
from toolsmell.reading.bounds import LONGEST, bounded


def _manifest(*raws: object) -> Manifest:
    return Manifest("s", "s", Provenance.WIRE, tuple(Tool(i, raw) for i, raw in enumerate(raws)))


def test_a_usual_server_is_left_as_it_is() -> None:
    manifest = _manifest({"name": "a", "description": "x" * 100_000}, 7, None)
    assert bounded(manifest) == (manifest, ())


def test_only_the_tool_that_is_too_long_is_cut() -> None:
    small = {"name": "b", "description": "Gets b."}
    big = {"name": "a", "description": "x" * (2 * LONGEST), "inputSchema": {"type": "object"}}
    cut, words = bounded(_manifest(big, small))
    assert cut.tools[1].raw is small
    assert len(cut.tools[0].description or "") <= LONGEST
    assert words == (f"tool 'a' has {2 * LONGEST + 37:,} characters, and only about the first {LONGEST:,} were linted",)


def test_many_short_texts_are_cut_as_well() -> None:
    cut, words = bounded(_manifest({"name": "a", "inputSchema": {"enum": ["x" * 1000] * 10_000}}))
    assert len(json.dumps(cut.tools[0].raw)) < 2 * LONGEST
    assert len(words) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak of memory from /proc")
def test_a_long_description_takes_less_than_ten_bytes_a_byte(tmp_path: Path) -> None:
    size = 30_000_000
    description = "Gets a thing by its name. " * (size // 26)
    tools = [{"name": "get_thing", "description": description, "inputSchema": {"type": "object"}}]
    (tmp_path / "tools.json").write_text(json.dumps({"tools": tools}))
    # Linux counts the memory of the process that started this one into ru_maxrss; VmHWM begins anew.
    code = (
        "import sys\nfrom toolsmell.cli import run\ncode = run(['scan', 'tools.json', '--quiet'])\n"
        "peak = next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM'))\n"
        "print(code, peak, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    code, peak = done.stderr.split()[-2:]
    assert code == "3"
    assert int(peak) * 1024 < 10 * size
    assert "were linted" in " ".join(done.stdout.split())
