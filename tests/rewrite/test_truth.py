"""Sentences over recorded calls of real servers: true ones are accepted, false ones rejected.

The model is an oracle over loopback HTTP: it answers each question about a sentence honestly, from the table.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.models.loopback import loopback
from tests.rewrite.scripted import by_stage, oracle
from tests.rewrite.truth.calls import CALLS, fill, served
from toolsmell.app import read
from toolsmell.calling.outcomes import Observation, Trial
from toolsmell.calling.policy import Decision
from toolsmell.calling.seeds import Seeds
from toolsmell.calling.session import CallBudget, explore
from toolsmell.evidence.check_verdicts import CheckVerdict
from toolsmell.evidence.citations import ToolEvidence
from toolsmell.evidence.claims import Rewrite
from toolsmell.models.connect import ModelOptions, connect
from toolsmell.reading.context import ServerContext
from toolsmell.rewrite.asker import Asker
from toolsmell.rewrite.check.checker import check
from toolsmell.rewrite.check.question import Checker
from toolsmell.sources.server.launch import Launch

TABLE = Path(__file__).parent / "truth" / "sentences.tsv"
pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif(sys.platform == "win32", reason="a server is not started on Windows"),
]


class Row(NamedTuple):
    server: str
    tool: str
    true: bool
    text: str


def _rows(table: Path) -> list[Row]:
    lines = (line.split("\t") for line in table.read_text(encoding="utf-8").splitlines())
    return [Row(server, tool, flag == "T", text) for server, tool, flag, text in lines]


ROWS = _rows(TABLE)
HELD_OUT = _rows(TABLE.with_name("held_out.tsv"))
"""Written after the servers were called and before the typed checks, and looked at only to count."""
FRESH = _rows(TABLE.with_name("fresh.tsv"))
"""Written from recorded calls by somebody who had not seen the checks; the checks were extended after the first count."""


def test_the_table_has_120_sentences_of_each_kind() -> None:
    assert sum(row.true for row in ROWS) >= 120
    assert sum(not row.true for row in ROWS) >= 120
    assert len({row.server for row in ROWS}) >= 5


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("work")
    fill(folder)
    return folder


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with loopback(served) as server:
        yield server.url.removesuffix("/v1")


def _command(server: str, work: Path, node: Callable[[str], str], apart: Callable[[str, str], str]) -> tuple[str, ...]:
    match server:
        case "filesystem":
            return (node("mcp-server-filesystem"), str(work / "docs"))
        case "memory" | "everything":
            return (node(f"mcp-server-{server}"),)
        case "sqlite":
            return (apart("TOOLSMELL_SQLITE", "command of mcp-server-sqlite"), "--db-path", str(work / "x.db"))
        case "time":
            return (sys.executable, "-m", "mcp_server_time", "--local-timezone", "Europe/London")
        case "fetch":
            return (sys.executable, "-m", "mcp_server_fetch", "--allow-private-ips")
    return (sys.executable, "-m", "mcp_server_git")


def _recorded(
    server: str, command: tuple[str, ...], work: Path, site: str
) -> tuple[ServerContext, tuple[Observation, ...]]:
    """Make the calls of one server, and none besides."""
    (manifest,) = read(command)
    context = ServerContext(manifest)
    setup = tuple(Trial(name, _placed(arguments, work, site), "a call") for name, arguments in CALLS[server])
    decisions = [Decision(tool.name or "", True, "named") for tool in manifest.tools]
    env = {"MEMORY_FILE_PATH": str(work / "memory.jsonl")} if server == "memory" else {}
    explored = explore(
        Launch(command, env=env), context, decisions, CallBudget(calls=len(setup), seconds=60), seeds=Seeds(setup=setup)
    )
    assert len(explored.observations) == len(setup), explored.trouble
    return context, explored.observations


def _placed(value: object, work: Path, site: str) -> dict[str, object]:
    def put(one: object) -> object:
        if isinstance(one, str):
            homes = {"W/": str(work), "H/": site}
            return homes[one[:2]] + one[1:] if one[:2] in homes else one
        if isinstance(one, list):
            return [put(item) for item in one]
        return {key: put(item) for key, item in one.items()} if isinstance(one, dict) else one

    return put(value)  # type: ignore[return-value]


def _checked(
    table: list[Row], server: str, context: ServerContext, seen: tuple[Observation, ...], checker: Checker | None
) -> Iterator[tuple[Row, bool]]:
    """Yield each sentence about a server, and whether it was verified; all about one tool are asked at once."""
    rows = [row for row in table if row.server == server]
    for name in dict.fromkeys(row.tool for row in rows):
        own = [row for row in rows if row.tool == name]
        tool = context.by_name[name]
        text = f"{tool.text.raw.rstrip('. ')}. {' '.join(row.text for row in own)}"
        found = check(ToolEvidence(tool, seen), Rewrite(text), checker)
        accepted = {s.text for s in found.sentences if s.accepted}
        yield from ((row, row.text in accepted) for row in own)


@pytest.mark.node
@pytest.mark.parametrize("table", [pytest.param(ROWS, id="rows"), pytest.param(FRESH, id="fresh")])
def test_an_honest_oracle_rejects_false_sentences_and_accepts_true_ones(
    table: list[Row], work: Path, site: str, node_server: Callable[[str], str], apart: Callable[[str, str], str]
) -> None:
    truth = {row.text: row.true for row in table}
    clash = {row.text for row in table if sum(r.text == row.text and r.true is not row.true for r in table)}
    script = by_stage(check=oracle(lambda s: "entailed" if truth.get(s) else "contradicted"))
    verified: dict[str, list[tuple[Row, bool]]] = {"oracle": [], "none": []}
    with loopback(script) as model, connect(ModelOptions(model="o", url=model.url, use_cache=False)) as connection:
        for server in {row.server: None for row in table}:
            context, seen = _recorded(server, _command(server, work, node_server, apart), work, site)
            checker = Checker(Asker(connection.model, "o"))
            verified["oracle"] += _checked(table, server, context, seen, checker)
            verified["none"] += _checked(table, server, context, seen, None)
    assert not clash
    true = [ok for row, ok in verified["oracle"] if row.true]
    false = [ok for row, ok in verified["oracle"] if not row.true]
    assert sum(true) >= 0.9 * len(true), [row for row, ok in verified["oracle"] if row.true and not ok]
    assert sum(false) <= 0.05 * len(false), [row for row, ok in verified["oracle"] if not row.true and ok]
    assert [row for row, ok in verified["none"] if not row.true and ok] == []
    assert sum(ok for row, ok in verified["none"] if row.true) >= 0.08 * len(true)


@pytest.mark.node
def test_typed_facts_contradict_false_sentences_and_no_true_ones(
    work: Path, site: str, node_server: Callable[[str], str], apart: Callable[[str, str], str]
) -> None:
    tables = (ROWS, HELD_OUT, FRESH)
    counted: tuple[list[tuple[Row, bool]], ...] = ([], [], [])
    for server in CALLS:
        context, seen = _recorded(server, _command(server, work, node_server, apart), work, site)
        for rows, found in zip(tables, counted, strict=True):
            found += [(row, _is_contradicted(row, context, seen)) for row in rows if row.server == server]
    for found, share in zip(counted, (0.4, 0.7, 0.5), strict=True):
        assert [row for row, contradicted in found if row.true and contradicted] == []
        false = [contradicted for row, contradicted in found if not row.true]
        assert sum(false) >= share * len(false)


def _is_contradicted(row: Row, context: ServerContext, seen: tuple[Observation, ...]) -> bool:
    tool = context.by_name[row.tool]
    found = check(ToolEvidence(tool, seen), Rewrite(f"{tool.text.raw.rstrip('. ')}. {row.text}"))
    return any(s.text == row.text and s.verdict is CheckVerdict.CONTRADICTED for s in found.sentences)
