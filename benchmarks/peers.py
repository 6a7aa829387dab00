"""Compares the time of a scan with the quickest other linter of tool lists, on the same tools.

    python benchmarks/peers.py --data DIR

Installs agent-friend, the quickest linter that reads a whole list, into an environment of its own, and runs both over the
2,247 tools of DIR/corpora/mcpm.jsonl, three times each in turn; the best time of each counts. agent-friend gets
one JSON list and checks it (`validate`; its `grade` stops at some of these tools); toolsmell reads the servers line by line, applies its
recommended rules and scores, and writes JSON. Both include their start.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

PEER = "agent-friend==0.209.0"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    corpus = parser.parse_args().data / "corpora" / "mcpm.jsonl"
    with tempfile.TemporaryDirectory() as folder:
        peer = installed(Path(folder))
        listed = Path(folder) / "tools.json"
        listed.write_text(json.dumps(tools(corpus)), encoding="utf-8")
        own = [sys.executable, "-m", "toolsmell", "scan", str(corpus), "--format", "json", "--fail-on", "never"]
        times: dict[str, list[float]] = {"agent-friend": [], "toolsmell": []}
        for _ in range(3):
            times["agent-friend"].append(seconds([peer, "validate", str(listed)]))
            times["toolsmell"].append(seconds(own))
    best = {name: min(found) for name, found in times.items()}
    print("| linter | seconds for 2,247 tools |\n|---|---|")
    for name, value in best.items():
        print(f"| {name} | {value:.2f} |")
    print(f"| ratio | {best['toolsmell'] / best['agent-friend']:.2f} |")


def installed(folder: Path) -> str:
    """Install the peer into an environment below `folder` and return its command."""
    venv.create(folder / "peer", with_pip=True)
    subprocess.run([folder / "peer" / "bin" / "pip", "install", "-q", PEER], check=True)
    return str(folder / "peer" / "bin" / "agent-friend")


def tools(corpus: Path) -> list[object]:
    """Return the tools of all servers that are objects: the peer stops at others."""
    servers = [json.loads(line) for line in corpus.read_text(encoding="utf-8").splitlines()]
    return [tool for server in servers for tool in server["tools"] if isinstance(tool, dict)]


def seconds(command: list[str]) -> float:
    """Return the seconds that a command takes; its exit code does not matter."""
    began = time.monotonic()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.monotonic() - began


if __name__ == "__main__":
    main()
