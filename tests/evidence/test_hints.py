"""Annotations that a library sets on every tool are no evidence; those that the author wrote are."""

from typing import Any

import pytest

from toolsmell.evidence.citations import ToolEvidence
from toolsmell.evidence.claims import Citation, CiteKind, Rewrite
from toolsmell.evidence.hints import LIBRARY, written_hints
from toolsmell.evidence.shown import evidence_text
from toolsmell.model import Manifest, Provenance, Tool
from toolsmell.reading.context import ServerContext
from toolsmell.rewrite.check.checker import check


def evidence(annotations: dict[str, Any]) -> ToolEvidence:
    raw = {"name": "list_folder", "description": "Lists a folder.", "inputSchema": {"type": "object"}}
    tool = Tool(0, {**raw, "annotations": annotations})
    return ToolEvidence(ServerContext(Manifest("files", "files", Provenance.WIRE, (tool,))).tools[0])


@pytest.mark.parametrize(
    ("annotations", "written"),
    [
        (LIBRARY, {}),
        ({**LIBRARY, "readOnlyHint": True, "title": "List"}, {"readOnlyHint": True, "title": "List"}),
        ({"destructiveHint": True}, {"destructiveHint": True}),
        ({}, {}),
    ],
)
def test_only_what_the_author_may_have_written_counts(annotations: dict[str, Any], written: dict[str, Any]) -> None:
    assert written_hints(evidence(annotations).tool.tool) == written


def test_a_library_default_neither_supports_nor_contradicts_a_sentence() -> None:
    of_library, of_author = evidence(dict(LIBRARY)), evidence({"destructiveHint": True})
    place = Citation(CiteKind.ANNOTATION, "/annotations/destructiveHint")
    assert (of_library.quoted(place), of_author.quoted(place)) == (None, "destructiveHint: true")
    assert "destructiveHint" not in evidence_text(of_library)
    rewrite = Rewrite("Lists a folder. It changes nothing.")
    verdicts = [check(one, rewrite).sentences[0].verdict.value for one in (of_library, of_author)]
    assert verdicts == ["unverified", "contradicted"]
