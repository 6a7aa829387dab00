"""The texts that compete, and the requests that they compete on."""

from tests.rewrite.harbour import bench_for
from toolsmell.calling.classify import Outcome
from toolsmell.calling.outcomes import Observation, Trial
from toolsmell.evidence.citations import ToolEvidence
from toolsmell.evidence.claims import Claim, Rewrite
from toolsmell.evidence.facts import statements_of
from toolsmell.rewrite.choose import requests_of
from toolsmell.rewrite.variants import without

TOOL = {
    "name": "list_berths",
    "description": "Lists the free berths of a pier. Returns the number of each berth. Great for planning.",
    "inputSchema": {"type": "object", "properties": {"pier": {"type": "string"}}, "required": ["pier"]},
}


def _call(number: int, query: str, outcome: Outcome) -> Observation:
    return Observation(number, Trial("list_berths", {"pier": "north"}, "x", query=query), outcome, "[]", 1, 2)


def test_a_call_that_returned_nothing_answered_no_request() -> None:
    _, tool = bench_for(TOOL)
    calls = [_call(1, "a", Outcome.RESULT), _call(2, "b", Outcome.EMPTY), _call(3, "c", Outcome.RESULT)]
    assert requests_of(ToolEvidence(tool, calls), ("d",)) == ("d", "c")


def test_a_part_of_a_text_has_the_sentence_that_the_dropped_one_replaced() -> None:
    _, tool = bench_for(TOOL)
    longer = "Returns the number of each berth, the lowest first."
    added = "Berths that are taken are left out."
    claims = (Claim(longer, "completeness", (), None), Claim(added, "limitations", (), None))
    full = Rewrite(f"Lists the free berths of a pier. {longer} {added}", {}, claims)
    left = without(full, claims, ToolEvidence(tool)).description
    assert left == "Lists the free berths of a pier. Returns the number of each berth."


def test_a_way_of_doing_is_no_condition() -> None:
    assert list(statements_of("Shows the size without reading the content.")) == []
    assert [s.text for s in statements_of("Files are replaced without a question.")]
