"""The evidence as a reader sees it."""

from tests.rewrite.harbour import bench_for
from toolsmell.evidence.shown import sibling_lines


def test_a_text_of_a_sibling_that_is_cut_says_so() -> None:
    one = {"name": "tide", "description": "Shows the tide.", "inputSchema": {"type": "object"}}
    long = {"name": "berths", "description": "Lists berths. " * 40, "inputSchema": {"type": "object"}}
    _, tool = bench_for(one, long)
    assert [line.endswith("… (cut)") for line in sibling_lines(tool)] == [True]
