"""Descriptions that are huge, broken or made to be slow are read in linear time."""

from time import process_time

import pytest

from toolsmell.model import Frame, Manifest, Provenance, Tool
from toolsmell.reading.context import ServerContext
from toolsmell.scoring import rubric, score

PIECES = {
    "dots": ". ",
    "argument headings": "Args:\n",
    "one word": "word ",
    "labels": "x: y\n",
    "Markdown": "**[a](b)** `",
    "quotes": "'\"`(",
    "brackets": "((([[{{",
    "identifiers": "a_b ",
    "Chinese": "返回",
    "headings": "# x\n",
    "table rows": "| a | b |\n",
    "lone surrogates": "\ud800. ",
    "mixed scripts": "аb返回 a. ",
}


@pytest.mark.parametrize("piece", PIECES)
def test_reading_is_linear_in_the_text(piece: str) -> None:
    times = [_seconds(PIECES[piece], size) for size in (20_000, 80_000)]
    assert times[1] < 12 * max(times[0], 0.02)


def _seconds(piece: str, size: int) -> float:
    schema = {"type": "object", "properties": {"x": {}, "a_b": {}}}
    raw = {"name": "get_x", "description": piece * (size // len(piece)), "inputSchema": schema}
    tool = ServerContext(Manifest("s", "test", Provenance.FILE, (Tool(0, raw),))).tools[0]
    begin = process_time()
    assert len(tool.reading.sentences) == len(tool.sentences)
    score.score_tool(tool, rubric.load(), Frame.EFFECTIVE)
    return process_time() - begin
