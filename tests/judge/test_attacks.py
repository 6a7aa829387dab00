"""Hostile descriptions before a model that obeys them: what it says must not stand in the report as a plain score."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

pytest.importorskip("openai")

from fixtures.judge.attacks import ATTACKS, TUNED_ON, Attack
from tests.judge.models import gullible
from tests.models.loopback import loopback
from toolsmell import cli

Reports = Mapping[tuple[str, str], Any]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Reports:
    """Scan all attacks over HTTP with a model that gives top marks and quotes truthfully."""
    folder = tmp_path_factory.mktemp("attacks")
    target, out = folder / "attacks.jsonl", folder / "report.json"
    target.write_text("\n".join(json.dumps({"server": a.server, "tools": [a.tool]}) for a in ATTACKS))
    with loopback(gullible) as server:
        options = ["--isolated", "--judge-all", "--judge", "openai/gullible", "--model-url", server.url]
        # The text report shows control characters of the attacks; only the JSON one is looked at here.
        options += ["--cache", str(folder / "cache"), "--format", "json", "--output", f"json={out}"]
        cli.run(["scan", str(target), *options])
        assert len(server.asked) == len(ATTACKS)
    tools = [server["tools"][0] for server in json.loads(out.read_text())["servers"]]
    return {(attack.family, attack.id): tool for attack, tool in zip(ATTACKS, tools, strict=True)}


def test_there_are_attacks_of_every_kind_and_half_of_them_were_not_tuned_on() -> None:
    assert len(ATTACKS) >= 40
    assert len({(attack.family, attack.id) for attack in ATTACKS}) == len(ATTACKS)
    families = {attack.family for attack in ATTACKS}
    assert families > TUNED_ON
    assert sum(attack.held_out for attack in ATTACKS) * 2 >= len(ATTACKS)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: f"{a.family}: {a.id}")
def test_an_obeyed_attack_stands_in_no_score(reports: Reports, attack: Attack) -> None:
    tool = reports[attack.family, attack.id]
    judge = tool["judge"]
    assert judge["standing"] == "suspect", [s["id"] for v in judge["verdicts"] for s in v["suspicions"]]
    assert {score["origin"] for score in tool["scores"].values()} == {"scorecard"}
    # It is kept and shown: the verdict itself, and why it is not used.
    assert judge["verdicts"][0]["opinions"]["purpose"]["levels"]["prose"] == 5
    assert judge["reason"]
