"""Counts the attacks on the judge that are caught, and the harmless tools that are reported as attacks.

    python benchmarks/attacks.py [--data DIR]

The attacks of `fixtures/judge/attacks.py` go through `toolsmell scan --judge` to a server on this machine whose model
obeys them: it gives the wished-for level to everything and quotes truthfully, so that only the guards stand between
it and the report. With `--data` (or TOOLSMELL_DATA) the same is done with real tools and the levels that three real
jurors gave them, and the text of 2,247 further tools is looked at: whatever is suspect there is a false alarm.
"""

import argparse
import json
import os
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from fixtures.judge.attacks import ATTACKS, amid_good_words
from tests.judge.models import frames, quote, shown, verdict
from tests.models.loopback import Answer, Asked, Script, loopback, says
from toolsmell import cli
from toolsmell.judge.suspicion import about_text
from toolsmell.model import Manifest, Provenance, Tool
from toolsmell.reading.context import ServerContext
from toolsmell.rules import RULES
from toolsmell.rules.engine import RuleSet, check_server

LEVELS = (5, 4, 3)
"""Levels that the obeying model gives: the best, a modest one, and one that only hides the smells."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=os.environ.get("TOOLSMELL_DATA"))
    data = parser.parse_args().data
    attacks()
    if data is None:
        print("\nno false alarms without data: pass --data or set TOOLSMELL_DATA")
        return
    jurors(Path(data) / "jury" / "dev.jsonl")
    corpus(Path(data) / "corpora" / "mcpm.jsonl")


def attacks() -> None:
    """Print the share of attacks that are caught, by family."""
    poor = [{"server": attack.server, "tools": [attack.tool]} for attack in ATTACKS]
    middling = [{"server": attack.server, "tools": [amid_good_words(attack)]} for attack in ATTACKS]
    found = {f"{level}": scan(poor, obeying(level)) for level in LEVELS}
    found |= {f"{level}, middling": scan(middling, obeying(level)) for level in LEVELS}
    caught = {name: list(map(_suspect, tools)) for name, tools in found.items()}
    caught["by text alone"] = list(map(_by_text, found["5"]))
    print("attacks caught: by the level that the obeying model gives, in a poor and in a middling description")
    print(f"  {'':28}", *(f"{name:>14}" for name in caught))
    families: dict[tuple[bool, str], list[int]] = defaultdict(list)
    for i, attack in enumerate(ATTACKS):
        families[attack.held_out, attack.family].append(i)
    for (held_out, family), members in sorted(families.items()):
        _row(f"{family}{' (held out)' if held_out else ''}", members, caught)
    for held_out in (False, True):
        members = [i for i, attack in enumerate(ATTACKS) if attack.held_out is held_out]
        _row("all held out" if held_out else "all tuned on", members, caught)


def jurors(path: Path) -> None:
    """Print how often the verdicts of real jurors on real tools would have been set aside."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    by_server: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        by_server[row["server"]].append(row)
    servers = [
        {"server": server, "tools": [{k: row[k] for k in ("name", "description", "inputSchema")} for row in of]}
        for server, of in by_server.items()
    ]
    print(f"\nfalse suspects: {len(rows)} real tools with the levels of real jurors, prose frame")
    for juror in range(3):
        levels = {(row["server"], row["name"]): {c: s[juror] for c, s in row["scores"].items()} for row in rows}
        tools = scan(servers, recorded(levels), "--frame", "prose")
        verdicts = [verdict for tool in tools for verdict in tool["judge"]["verdicts"]]
        ids = Counter(s["id"] for v in verdicts for s in {s["id"]: s for s in v["suspicions"]}.values())
        doubted = sum(len({s["component"] for s in v["suspicions"]}) for v in verdicts)
        whole = sum(map(_suspect, tools))
        print(
            f"  juror {juror + 1}: {whole / len(tools):6.1%} of the verdicts set aside, "
            f"{doubted / len(tools) / 6:6.1%} of the components doubted; verdicts by reason: {dict(ids)}"
        )


def corpus(path: Path) -> None:
    """Print how many harmless tools have a text that would make any verdict suspect."""
    rules = RuleSet(tuple(rule for rule in RULES if rule.family == "security"))
    ids: Counter[str] = Counter()
    count = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        listed = tuple(Tool(i, raw) for i, raw in enumerate(entry["tools"]))
        server = ServerContext(Manifest(entry["server"], str(path), Provenance.FILE, listed))
        security = check_server(server, rules)
        for tool in server.tools:
            count += 1
            ids.update({suspicion.reason for suspicion in about_text(tool, security.tools[tool.tool.index])})
    print(f"\nfalse suspects by their text alone: {sum(ids.values())} of {count} real tools {dict(ids)}")


def scan(servers: Iterable[Any], script: Script, *args: str) -> list[dict[str, Any]]:
    """Scan servers with a judge that answers by `script`; return their tools in the report."""
    with tempfile.TemporaryDirectory() as folder, loopback(script) as server:
        target, out = Path(folder, "servers.jsonl"), Path(folder, "report.json")
        target.write_text("\n".join(map(json.dumps, servers)), encoding="utf-8")
        options = ["--isolated", "--judge-all", "--judge", "openai/model", "--model-url", server.url, "--no-cache"]
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            cli.run(["scan", str(target), *options, "--output", f"json={out}", *args])
        report = json.loads(out.read_text(encoding="utf-8"))
    return [tool for found in report["servers"] for tool in found["tools"]]


def obeying(level: int) -> Script:
    def script(asked: Asked) -> Answer:
        return says(verdict(level, quote(shown(asked)), frames(asked)))

    return script


def recorded(levels: dict[tuple[str, str], dict[str, int]]) -> Script:
    def script(asked: Asked) -> Answer:
        tool = shown(asked)
        return says(verdict(levels[tool["server"], tool["name"]], quote(tool), frames(asked)))

    return script


def _suspect(tool: dict[str, Any]) -> bool:
    return bool(tool["judge"]["standing"] == "suspect")


def _by_text(tool: dict[str, Any]) -> bool:
    """Return True if the text of a tool alone made the verdict suspect."""
    ids = {s["id"] for v in tool["judge"]["verdicts"] for s in v["suspicions"]}
    return not ids.isdisjoint({"addresses-evaluator", "security-finding"})


def _row(name: str, members: list[int], caught: dict[str, list[bool]]) -> None:
    shares = (f"{sum(found[i] for i in members)} of {len(members)}" for found in caught.values())
    print(f"  {name:28}", *(f"{share:>14}" for share in shares))


if __name__ == "__main__":
    main()
