"""The TDQS estimate: what its published definition says must hold, on invented tools."""

import json
from pathlib import Path
from typing import Any

import pytest

from toolsmell import app
from toolsmell.data.shipped import shipped
from toolsmell.model import Frame, Manifest, Provenance, ServerReport, Tool
from toolsmell.reading.context import ServerContext
from toolsmell.rules.selection import rule_set
from toolsmell.scoring import coherence, rubric

TDQS = rubric.load("tdqs")
PAGE = Path(__file__).parent.parent.parent / "docs" / "tdqs.md"
SHIP = {"type": "object", "properties": {"ship": {"type": "string", "description": "The name on its bow."}}}
FIND = (
    "Looks a ship up in the register of the port and returns its berth and the depth of water. Use this when the name of "
    "the ship is known; to search by owner use `search_ship` instead. Ships at sea are not in the register."
)


def scanned(*tools: dict[str, Any]) -> ServerReport:
    rules, smells = rule_set((), (), TDQS)
    listed = tuple(Tool(i, raw) for i, raw in enumerate(tools))
    (report,) = app.scan([Manifest("port", "port", Provenance.WIRE, listed)], app.ScanOptions(TDQS, rules, smells))
    return report


def tool(name: str = "find_ship", description: str | None = FIND, **raw: Any) -> dict[str, Any]:
    told = {} if description is None else {"description": description}
    return {"name": name, **told, "inputSchema": SHIP, **raw}


def levels(*tools: dict[str, Any]) -> dict[str, float]:
    scores = scanned(*tools).tools[0].scores
    return {name: score.expected(Frame.EFFECTIVE) or 0.0 for name, score in scores.items()}


def test_the_six_dimensions_weigh_what_is_published() -> None:
    weights = {name: part.weight for name, part in TDQS.components.items()}
    assert weights == {
        "purpose_clarity": 25,
        "usage_guidelines": 20,
        "behavioral_transparency": 20,
        "parameter_semantics": 15,
        "conciseness_structure": 10,
        "contextual_completeness": 10,
    }


def test_without_a_description_everything_is_level_1() -> None:
    assert {round(level, 1) for level in levels(tool(description=None)).values()} == {1.0}
    assert {round(level, 1) for level in levels(tool(description="  "), tool("list_piers")).values()} == {1.0}


def test_a_description_that_is_the_name_has_no_clear_purpose() -> None:
    assert levels(tool(description="find_ship"))["purpose_clarity"] <= 2
    assert levels(tool(description="Find a ship", title="find a ship"))["purpose_clarity"] <= 2


def test_a_description_against_its_annotations_is_level_1_of_transparency() -> None:
    denied = tool("delete_ship", "Deletes a ship from the register for ever.", annotations={"readOnlyHint": True})
    honest = {**denied, "annotations": {"readOnlyHint": False, "destructiveHint": True}}
    assert levels(denied)["behavioral_transparency"] < 1.1
    assert levels(honest)["behavioral_transparency"] > levels(denied)["behavioral_transparency"] + 1


@pytest.mark.parametrize(
    ("dimension", "better", "worse"),
    [
        pytest.param(
            "usage_guidelines", tool(), tool(description=FIND.split(" Use", maxsplit=1)[0]), id="when and when not"
        ),
        pytest.param(
            "behavioral_transparency",
            tool(annotations={"readOnlyHint": True, "openWorldHint": False}),
            tool(),
            id="hints",
        ),
        pytest.param(
            "parameter_semantics", tool(), tool(inputSchema={"type": "object", "properties": {"x": {}}}), id="a schema"
        ),
        pytest.param("parameter_semantics", tool(inputSchema={"type": "object"}), tool(), id="no parameters"),
        pytest.param(
            "conciseness_structure", tool(), tool(description=f"{FIND} {FIND} {FIND} {FIND}"), id="repetition"
        ),
        pytest.param(
            "contextual_completeness",
            tool(outputSchema={"type": "object", "properties": {"berth": {"type": "string"}}}),
            tool(),
            id="an output schema",
        ),
    ],
)
def test_a_dimension_rises_with_what_it_is_about(dimension: str, better: dict[str, Any], worse: dict[str, Any]) -> None:
    assert levels(better)[dimension] > levels(worse)[dimension]


def test_a_purpose_that_would_fit_a_sibling_is_not_told_apart() -> None:
    sibling = tool("get_ship", "Gets a ship of the register with its berth.")
    vague = tool("find_ship", "Finds a ship in the register with its berth.")
    named = tool("find_ship", "Finds a ship in the register with its berth, unlike `get_ship`.")
    assert levels(named, sibling)["purpose_clarity"] > levels(vague, sibling)["purpose_clarity"]


def test_a_server_is_six_tenths_mean_and_four_tenths_lowest_and_three_tenths_coherence() -> None:
    report = scanned(tool(), tool("search_ship", "Searches ships by owner."), tool("list_piers", None))
    levels = [1 + (t.overall or 0) / 25 for t in report.tools]
    found = report.score
    assert found is not None
    quality = 0.6 * sum(levels) / 3 + 0.4 * min(levels)
    assert found.quality == pytest.approx(quality, abs=0.051)
    aspects = list(found.aspects.values())
    assert found.level == pytest.approx(0.7 * quality + 0.3 * sum(aspects) / len(aspects), abs=0.051)
    assert found.lowest == 1.0
    assert found.title == "TDQS estimate"


@pytest.mark.parametrize(("scored", "known"), [(4, True), (3, False)])
def test_four_fifths_of_the_tools_must_have_a_score(scored: int, known: bool) -> None:
    unread = [
        tool(f"get_{i}", "船の名前から係留場所を調べて、水深と水先人の時間を返します。") for i in range(5 - scored)
    ]
    assert (scanned(*(tool(f"find_{i}") for i in range(scored)), *unread).score is not None) is known


@pytest.mark.parametrize(
    ("count", "level"), [(0, 3.0), (1, 3.0), (3, 5.0), (15, 5.0), (20, 4.0), (25, 3.0), (50, 1.0), (500, 1.0)]
)
def test_three_to_fifteen_tools_fit(count: int, level: float) -> None:
    listed = tuple(Tool(i, {"name": f"t_{i}"}) for i in range(count))
    assert coherence.tool_count(ServerContext(Manifest("s", "s", Provenance.WIRE, listed))) == pytest.approx(level)


@pytest.mark.parametrize(
    ("names", "level"),
    [
        (("get_ship", "list_piers", "search"), 5.0),
        (("getShip", "listPiers"), 5.0),
        (("get_ship", "list-piers"), 3.0),
        (("get_ship", "pier_state"), 3.0),
    ],
)
def test_names_follow_one_pattern_or_several(names: tuple[str, ...], level: float) -> None:
    listed = tuple(Tool(i, {"name": name}) for i, name in enumerate(names))
    assert coherence.naming(ServerContext(Manifest("s", "s", Provenance.WIRE, listed))) == pytest.approx(level)


def test_it_is_never_called_by_the_name_of_the_score_itself() -> None:
    data = json.loads(Path(shipped("tdqs.json")).read_text(encoding="utf-8"))
    assert (data["id"], data["title"]) == ("tdqs-estimate", "TDQS estimate")
    page = PAGE.read_text(encoding="utf-8")
    assert page.startswith("# TDQS estimate\n")
    assert "no labels" in page.lower()


def test_the_json_form_is_that_of_the_yaml() -> None:
    for name in rubric.SHIPPED:
        path = Path(shipped(f"{name}.yaml"))
        assert rubric.to_json(path.read_text(encoding="utf-8"), str(path)) == path.with_suffix(".json").read_text(
            encoding="utf-8"
        )
