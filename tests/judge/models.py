"""Answers of a model behind the loopback server: scripted, recorded, or obeying a description."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests.models.loopback import Answer, Asked, Script, says
from tests.rubrics import COMPONENTS
from toolsmell.model import Frame

Defects = Sequence[Mapping[str, str]]
Levels = int | Mapping[str, int]

GOOD: dict[str, Any] = {
    "name": "find_berth",
    "description": "Looks a ship up in the register of the harbour office and returns the berth, the depth of water "
    "there and the hours of the pilot, as one row for each visit. Use this when you know the name of a ship or "
    "its number and need to know where it lies; for the times of the tide use find_tide instead. Do not use it "
    "for ships at sea: it only knows those that are moored. It returns at most 50 rows and fails with "
    "'unknown ship' where the register has none of that name.\n\n"
    "name: the ship's name, in any case, required.\n"
    "since: the first day that counts, as YYYY-MM-DD; defaults to today.\n\n"
    "For example, name='Grete' with since='2026-05-01' lists every berth that the Grete had in May.",
    "inputSchema": {
        "type": "object",
        "properties": {
            "name": {"type": "string", "description": "The ship's name, in any case."},
            "since": {
                "type": "string",
                "format": "date",
                "description": "The first day that counts; today by default.",
            },
        },
        "required": ["name"],
    },
    "annotations": {"readOnlyHint": True},
}
"""A tool that says enough of everything for a verdict in the middle to be believed."""

POOR: dict[str, Any] = {
    "name": "get_data",
    "description": "Gets data.",
    "inputSchema": {"type": "object", "properties": {"a": {"type": "string"}}},
}


def shown(asked: Asked) -> dict[str, Any]:
    """Return the tool that a request shows, from between the two marks."""
    text = asked.body["messages"][1]["content"]
    match = re.search(r"<<<([0-9a-f]{24})\n(.*)\n\1>>>", text, re.DOTALL)
    assert match, text[:500]
    tool: dict[str, Any] = json.loads(match[2])
    return tool


def frames(asked: Asked) -> list[str]:
    """Return the frames that a request asks levels for."""
    opinion = asked.body["response_format"]["json_schema"]["schema"]["properties"]["purpose"]["properties"]
    return [frame.value for frame in Frame if frame.value in opinion]


def verdict(
    levels: Levels, evidence: str, asked_frames: list[str], improvement: str = "Say more.", defects: Defects = ()
) -> str:
    """Write a verdict with these levels, one for all components or one for each."""
    by = dict.fromkeys(COMPONENTS, levels) if isinstance(levels, int) else levels
    opinions = {
        component: {
            **{f"{frame}_quotation": evidence if by[component] > 1 else "" for frame in asked_frames},
            **dict.fromkeys(asked_frames, by[component]),
            "improvement": improvement if by[component] < 3 else None,
        }
        for component in COMPONENTS
    }
    return json.dumps({**opinions, "defects": list(defects)})


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
