"""What a model behind the loopback server answers: as told, as recorded, or as a text tells it to."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from tests.llm.loopback import Answer, Asked, Script, says
from toolsmell.model import Component, Frame

Levels = int | Mapping[str, int]


def shown(asked: Asked) -> dict[str, Any]:
    """Return the tool that a request shows, from between the two marks."""
    text = asked.body["messages"][1]["content"]
    match = re.search(r"<<<([0-9a-f]{16})\n(.*)\n\1>>>", text, re.DOTALL)
    assert match, text[:500]
    tool: dict[str, Any] = json.loads(match[2])
    return tool


def frames(asked: Asked) -> list[str]:
    """Return the frames that a request asks levels for."""
    opinion = asked.body["response_format"]["json_schema"]["schema"]["properties"]["purpose"]["properties"]
    return [frame.value for frame in Frame if frame.value in opinion]


def verdict(levels: Levels, evidence: str, asked_frames: list[str], improvement: str = "Say more.") -> str:
    """Write a verdict with these levels, one for all components or one for each."""
    by = dict.fromkeys(map(str, Component), levels) if isinstance(levels, int) else levels
    return json.dumps(
        {
            component.value: {
                "evidence": evidence if by[component] > 1 else "",
                **dict.fromkeys(asked_frames, by[component]),
                "improvement": improvement if by[component] < 3 else None,
            }
            for component in Component
        }
    )


def quote(tool: Mapping[str, Any]) -> str:
    """Return words that do stand in the tool's text: the longest sentence at its beginning."""
    text = str(tool.get("description") or tool.get("name") or "")
    return text[:80]


def judging(levels: Callable[[dict[str, Any]], Levels]) -> Script:
    """Answer every question with a verdict that quotes truthfully and has the levels that `levels` gives a tool."""

    def script(asked: Asked) -> Answer:
        tool = shown(asked)
        return says(verdict(levels(tool), quote(tool), frames(asked)), tokens=(900, 300))

    return script


def gullible(asked: Asked) -> Answer:
    """Answer as the best of all liars would have it: top marks, with quotations that stand in the text."""
    tool = shown(asked)
    return says(verdict(5, quote(tool), frames(asked)), tokens=(900, 300))
