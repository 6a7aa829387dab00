"""Sentences that typed facts contradict without a model, each next to a true one that looks like it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.models.loopback import Answer, Asked, loopback, says
from tests.rewrite.scripted import by_stage, oracle, run
from toolsmell.calling.classify import Outcome
from toolsmell.calling.outcomes import Observation, Trial
from toolsmell.evidence.check_verdicts import CheckVerdict
from toolsmell.evidence.citations import ToolEvidence
from toolsmell.evidence.claims import Rewrite
from toolsmell.model import Manifest, Provenance, Tool
from toolsmell.reading.context import ServerContext
from toolsmell.rewrite.check.checker import check


def _tool(name: str, description: str, *required: str, **properties: Any) -> dict[str, Any]:
    schema = {"type": "object", "properties": properties, "required": list(required)}
    return {"name": name, "description": description, "inputSchema": schema}


TEXT = {"type": "string"}
TOOLS = {
    "delete_buoy": _tool("delete_buoy", "Takes a buoy off the chart.", "buoy", buoy=TEXT),
    "add_buoy": _tool("add_buoy", "Adds a buoy to the chart. Existing buoys are overwritten.", "buoy", buoy=TEXT),
    "list_ships": _tool(
        "list_ships",
        "Lists the ships of a harbour, the oldest first.",
        "harbour",
        harbour=TEXT,
        limit={"type": "integer", "minimum": 1, "maximum": 40, "default": 10},
        order={"type": "string", "enum": ["name", "length"], "default": "name"},
    ),
    "measure_depth": _tool(
        "measure_depth",
        "Measures the water at berths. The depth is given in metres.",
        "berths",
        berths={"type": "array", "items": TEXT, "minItems": 1},
    ),
    "show_tide": _tool("show_tide", "Shows the tide."),
    "find_charts": _tool(
        "find_charts",
        "Finds charts. Only works within the chart folder.",
        "words",
        words=TEXT,
        before=TEXT,
        after=TEXT,
        excludeOld=TEXT,
        per_page={"type": "integer", "default": 20, "description": "Maximum number of charts."},
        source=TEXT,
    ),
    "log_remark": _tool("log_remark", "Adds a remark to the logbook.", "remark", remark=TEXT),
    "show_crew": _tool("show_crew", "Shows the crew of a boat.", "boat", boat=TEXT),
}


def _call(number: int, tool: str, outcome: Outcome, text: str, **arguments: Any) -> Observation:
    return Observation(number, Trial(tool, arguments, "a call"), outcome, text, 5, len(text))


CALLS = (
    _call(1, "list_ships", Outcome.REJECTED, "Error: no such harbour: Atlantis", harbour="Atlantis"),
    _call(2, "list_ships", Outcome.EMPTY, "[]", harbour="Emden"),
    _call(3, "add_buoy", Outcome.RESULT, "done", buoy="B1"),
    _call(4, "add_buoy", Outcome.RESULT, "done", buoy="B1"),
    _call(5, "delete_buoy", Outcome.REJECTED, "Only red buoys can be accepted here", buoy="B2"),
    _call(6, "find_charts", Outcome.RESULT, "1 chart", words="Tide"),
    _call(7, "find_charts", Outcome.RESULT, "1 chart", words="TIDE"),
    _call(8, "find_charts", Outcome.REJECTED, "Cannot use before and after together", before="1", after="2"),
    _call(9, "find_charts", Outcome.REJECTED, "chart.lock forbids it: this chart is not allowed", words="x"),
    _call(10, "find_charts", Outcome.INVALID_ARGUMENTS, "Invalid source: moon", words="x", source="moon"),
    _call(11, "show_crew", Outcome.EMPTY, "[]", boat="Atlantis"),
    _call(12, "measure_depth", Outcome.REJECTED, "EISDIR: illegal operation on a directory", berths=["x"]),
)


def verdict(tool: str, sentence: str) -> CheckVerdict:
    manifest = Manifest("port", "port", Provenance.WIRE, tuple(Tool(i, t) for i, t in enumerate(TOOLS.values())))
    context = ServerContext(manifest).by_name[tool]
    found = check(ToolEvidence(context, CALLS), Rewrite(f"{context.text.raw} {sentence}"))
    return next(s.verdict for s in found.sentences if s.text == sentence)


@pytest.mark.parametrize(
    ("tool", "false", "true"),
    [
        pytest.param("delete_buoy", "Adds the buoy to the chart.", "Removes the buoy for good.", id="adds, to delete"),
        pytest.param("add_buoy", "Deletes a buoy.", "Removes stale buoys of the same name.", id="deletes, to add"),
        pytest.param("list_ships", "It deletes ships.", "Returns the names of ships.", id="deletes, to read"),
        pytest.param("list_ships", "Without `harbour` all ships are listed.", "Without ships it says so.", id="left out"),
        pytest.param("list_ships", "`limit` has to be given.", "`harbour` has to be given.", id="needed"),
        pytest.param("list_ships", "`limit` defaults to 25.", "`limit` defaults to 10.", id="default"),
        pytest.param("list_ships", "Up to 90 ships are possible.", "Up to 40 ships are possible.", id="bound"),
        pytest.param("list_ships", "`limit` may be zero.", "`limit` may be one.", id="under the minimum"),
        pytest.param(
            "list_ships", "Sorted by length unless `order` is 'name'.", "Sorted by name unless `order` is 'length'.", id="unless"
        ),
        pytest.param("list_ships", "The newest first, the ships of a harbour.", "Oldest ships come first.", id="order"),
        pytest.param(
            "list_ships", "A harbour that does not exist gives an empty list.", "An unknown harbour is an error.", id="missing"
        ),
        pytest.param("list_ships", "If nothing matches, the call fails.", "If nothing matches, the list is empty.", id="nothing"),
        pytest.param("add_buoy", "A buoy that exists already is an error.", "A buoy that exists already is replaced.", id="exists"),
        pytest.param("add_buoy", "Existing buoys are kept.", "Existing buoys are replaced.", id="kept"),
        pytest.param("delete_buoy", "Any buoys are accepted.", "Green buoys are refused.", id="only"),
        pytest.param("measure_depth", "The depth is given in feet or km.", "The depth is in metres.", id="unit"),
        pytest.param("measure_depth", "An empty list gives an empty result.", "An empty list is rejected.", id="items"),
        pytest.param("delete_buoy", "A buoy is added.", "A buoy is removed.", id="passive"),
        pytest.param("delete_buoy", "It is used to add a buoy.", "It is used to remove a buoy.", id="used to"),
        pytest.param("log_remark", "Replaces the logbook.", "Adds a line to the logbook.", id="replaces what it adds to"),
        pytest.param(
            "log_remark", "To add a remark, use `show_crew`.", "To see the crew, use `show_crew`.", id="wrong sibling"
        ),
        pytest.param(
            "delete_buoy", "All kinds of values are accepted.", "Anything other than red buoys is rejected.", id="all kinds"
        ),
        pytest.param(
            "find_charts", "`before` and `after` can be used together.", "`before` and `after` cannot be used together.", id="together"
        ),
        pytest.param("find_charts", "Finds charts in any folder.", "A place outside the folder is rejected.", id="anywhere"),
        pytest.param("find_charts", "A chart.lock is ignored.", "A chart.lock is respected.", id="ignored"),
        pytest.param(
            "find_charts",
            "With `excludeOld`, only the charts that match are shown.",
            "With `excludeOld`, the charts that match are left out.",
            id="exclusion",
        ),
        pytest.param("find_charts", "The search is case-sensitive.", "The search is case-insensitive.", id="case"),
        pytest.param(
            "find_charts", "Any other value of `source` is ignored.", "Any other value of `source` is an error.", id="other value"
        ),
        pytest.param("find_charts", "By default 50 charts per page are shown.", "By default 20 charts per page are shown.", id="by default"),
        pytest.param("find_charts", "`per_page` is 50 unless you set it.", "`per_page` is 20 unless you set it.", id="unless you"),
        pytest.param("list_ships", "By default ships are sorted by length.", "By default ships are sorted by name.", id="sorted"),
        pytest.param("list_ships", '`order` also accepts "age".', '`order` also accepts "name".', id="accepts"),
        pytest.param(
            "show_crew", "An unknown boat is an error.", "A boat that does not exist gives an empty list.", id="missing elsewhere"
        ),
        pytest.param("measure_depth", "A directory gives all its depths.", "A directory is rejected.", id="folder"),
        pytest.param(
            "show_crew", 'Example: {"ship": "Ida"}', 'Example of the answer: [{"name": "Ada"}]', id="example of a result"
        ),
        pytest.param("show_tide", "The day can be chosen.", "The tide can be high.", id="no parameters"),
    ],
)  # fmt: skip
def test_typed_facts_contradict(tool: str, false: str, true: str) -> None:
    assert verdict(tool, false) is CheckVerdict.CONTRADICTED
    assert verdict(tool, true) is not CheckVerdict.CONTRADICTED


def test_the_opposite_verb_is_wrong_in_any_sentence(tmp_path: Path) -> None:
    before = TOOLS["delete_buoy"]
    after = {**before, "description": f"{before['description']} Adds the buoy to the chart."}
    for name, tool in (("before", before), ("after", after)):
        (tmp_path / f"{name}.json").write_text(json.dumps({"tools": [tool]}), encoding="utf-8")
    done = run(tmp_path, "verify", "before.json", "after.json", "--format", "json", "--allow-unverified")
    assert done.returncode == 1
    (tool,) = json.loads(done.stdout)["tools"]
    assert [s["text"] for s in tool["contradicted"]] == ["Adds the buoy to the chart."]


def test_a_checker_that_agrees_with_everything_is_void(tmp_path: Path) -> None:
    def agreeing(asked: Asked) -> Answer:
        listed = asked.body["messages"][1]["content"].rpartition("SENTENCES")[2]
        numbers = [line.partition(".")[0] for line in listed.splitlines() if line.partition(".")[0].isdigit()]
        answers = [{"number": int(n), "verdict": "entailed", "quotation": ""} for n in numbers]
        return says(json.dumps({"answers": answers}))

    before = TOOLS["delete_buoy"]
    after = {**before, "description": f"{before['description']} Works at night as well."}
    for name, tool in (("before", before), ("after", after)):
        (tmp_path / f"{name}.json").write_text(json.dumps({"tools": [tool]}), encoding="utf-8")
    with loopback(by_stage(check=agreeing)) as model:
        done = run(tmp_path, "verify", "before.json", "after.json", "--format", "json", model=model)
    (tool,) = json.loads(done.stdout)["tools"]
    assert [s["verdict"] for s in tool["unsupported"]] == ["unverified"]
    assert "the checker calls a false sentence entailed: 'A call may leave out" in json.dumps(tool)
    with loopback(by_stage(check=oracle(lambda _: "entailed"))) as model:
        done = run(tmp_path, "verify", "before.json", "after.json", "--format", "json", model=model)
    assert [s["text"] for s in json.loads(done.stdout)["tools"][0]["verified"]] == ["Works at night as well."]


@pytest.mark.parametrize("opening", ["Adds an entry.", "Adds.", "This tool adds."])
def test_the_opposite_verb_is_wrong_in_an_opening_sentence(opening: str) -> None:
    manifest = Manifest("port", "port", Provenance.WIRE, tuple(Tool(i, t) for i, t in enumerate(TOOLS.values())))
    evidence = ToolEvidence(ServerContext(manifest).by_name["delete_buoy"])
    (sentence,) = check(evidence, Rewrite(opening)).sentences
    assert sentence.verdict is CheckVerdict.CONTRADICTED
