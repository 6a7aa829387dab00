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
from tests.rewrite.truth.calls import CALLS, fill
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


def test_the_table_has_120_sentences_of_each_kind() -> None:
    assert sum(row.true for row in ROWS) >= 120
    assert sum(not row.true for row in ROWS) >= 120
    assert len({row.server for row in ROWS}) >= 5


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("work")
    fill(folder)
    return folder


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
    return (sys.executable, "-m", "mcp_server_git")


def _recorded(server: str, command: tuple[str, ...], work: Path) -> tuple[ServerContext, tuple[Observation, ...]]:
    """Make the calls of one server, and none besides."""
    (manifest,) = read(command)
    context = ServerContext(manifest)
    setup = tuple(Trial(name, _placed(arguments, work), "a call") for name, arguments in CALLS[server])
    decisions = [Decision(tool.name or "", True, "named") for tool in manifest.tools]
    env = {"MEMORY_FILE_PATH": str(work / "memory.jsonl")} if server == "memory" else {}
    explored = explore(
        Launch(command, env=env), context, decisions, CallBudget(calls=len(setup), seconds=60), seeds=Seeds(setup=setup)
    )
    assert len(explored.observations) == len(setup), explored.trouble
    return context, explored.observations


def _placed(value: object, work: Path) -> dict[str, object]:
    def put(one: object) -> object:
        if isinstance(one, str):
            return str(work) + one[1:] if one.startswith("W/") else one
        if isinstance(one, list):
            return [put(item) for item in one]
        return {key: put(item) for key, item in one.items()} if isinstance(one, dict) else one

    return put(value)  # type: ignore[return-value]


def _checked(
    server: str, context: ServerContext, seen: tuple[Observation, ...], checker: Checker | None
) -> Iterator[tuple[Row, bool]]:
    """Yield each sentence about a server, and whether it was verified; all about one tool are asked at once."""
    rows = [row for row in ROWS if row.server == server]
    for name in dict.fromkeys(row.tool for row in rows):
        own = [row for row in rows if row.tool == name]
        tool = context.by_name[name]
        text = f"{tool.text.raw.rstrip('. ')}. {' '.join(row.text for row in own)}"
        found = check(ToolEvidence(tool, seen), Rewrite(text), checker)
        accepted = {s.text for s in found.sentences if s.accepted}
        yield from ((row, row.text in accepted) for row in own)


@pytest.mark.node
def test_an_honest_oracle_rejects_false_sentences_and_accepts_true_ones(
    work: Path, node_server: Callable[[str], str], apart: Callable[[str, str], str]
) -> None:
    truth = {row.text: row.true for row in ROWS}
    clash = {row.text for row in ROWS if sum(r.text == row.text and r.true is not row.true for r in ROWS)}
    script = by_stage(check=oracle(lambda s: "entailed" if truth.get(s) else "contradicted"))
    verified: dict[str, list[tuple[Row, bool]]] = {"oracle": [], "none": []}
    with loopback(script) as model, connect(ModelOptions(model="o", url=model.url, use_cache=False)) as connection:
        for server in CALLS:
            context, seen = _recorded(server, _command(server, work, node_server, apart), work)
            checker = Checker(Asker(connection.model, "o"))
            verified["oracle"] += _checked(server, context, seen, checker)
            verified["none"] += _checked(server, context, seen, None)
    assert not clash
    true = [ok for row, ok in verified["oracle"] if row.true]
    false = [ok for row, ok in verified["oracle"] if not row.true]
    assert sum(true) >= 0.9 * len(true), [row for row, ok in verified["oracle"] if row.true and not ok]
    assert sum(false) <= 0.05 * len(false), [row for row, ok in verified["oracle"] if not row.true and ok]
    alone = [ok for row, ok in verified["none"] if not row.true]
    assert sum(alone) <= 0.1 * len(alone), [row for row, ok in verified["none"] if not row.true and ok]


@pytest.mark.node
def test_typed_facts_contradict_false_sentences_and_no_true_ones(
    work: Path, node_server: Callable[[str], str], apart: Callable[[str, str], str]
) -> None:
    tuned: list[tuple[Row, bool]] = []
    held_out: list[tuple[Row, bool]] = []
    for server in CALLS:
        context, seen = _recorded(server, _command(server, work, node_server, apart), work)
        for rows, found in ((ROWS, tuned), (HELD_OUT, held_out)):
            found += [(row, _is_contradicted(row, context, seen)) for row in rows if row.server == server]
    for found, share in ((tuned, 0.3), (held_out, 0.7)):
        assert [row for row, contradicted in found if row.true and contradicted] == []
        false = [contradicted for row, contradicted in found if not row.true]
        assert sum(false) >= share * len(false)


def _is_contradicted(row: Row, context: ServerContext, seen: tuple[Observation, ...]) -> bool:
    tool = context.by_name[row.tool]
    found = check(ToolEvidence(tool, seen), Rewrite(f"{tool.text.raw.rstrip('. ')}. {row.text}"))
    return any(s.text == row.text and s.verdict is CheckVerdict.CONTRADICTED for s in found.sentences)
