"""Sentences that cite lines of code: true ones are verified by the fact, lies about the same lines never are."""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from toolsmell.app import read
from toolsmell.evidence.check_verdicts import CheckedSentence, CheckVerdict
from toolsmell.evidence.citations import ToolEvidence
from toolsmell.evidence.claims import Citation, CiteKind, Claim, Rewrite
from toolsmell.evidence.code import with_implementations
from toolsmell.reading.context import ServerContext
from toolsmell.rewrite.check.checker import check

TRUTH: Any = YAML(typ="safe").load((Path(__file__).parent / "truth" / "code.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> ServerContext:
    folder = tmp_path_factory.mktemp("records")
    (folder / "server.py").write_text(TRUTH["code"], encoding="utf-8")
    (manifest,) = read(str(folder))
    return ServerContext(with_implementations(manifest))


def listed(kind: str) -> list[tuple[str, str, str]]:
    return [(tool, parameter, text) for tool, lines in TRUTH[kind].items() for parameter, text in lines]


def verdict(server: ServerContext, tool: str, parameter: str, text: str) -> CheckedSentence:
    """Return the verdict on a sentence that cites every fact of the tool."""
    evidence = ToolEvidence(server.by_name[tool])
    assert evidence.code is not None
    cites = tuple(Citation(CiteKind.CODE, fact.citation.partition(":")[2]) for fact in evidence.code.facts)
    claim = Claim(text, "limitations", cites, parameter or None)
    original = evidence.tool.text.raw
    rewrite = (
        Rewrite(original, {parameter: text}, (claim,)) if parameter else Rewrite(f"{original} {text}", {}, (claim,))
    )
    sentences = check(evidence, rewrite).sentences
    bad = [one for one in sentences if not one.accepted]
    return bad[0] if bad else sentences[0]


def test_true_sentences_are_verified(server: ServerContext) -> None:
    missed = [case for case in listed("truths") if not verdict(server, *case).accepted]
    assert len(listed("truths")) == 50
    assert len(missed) <= 5, missed


@pytest.mark.parametrize(("tool", "parameter", "text"), listed("lies"), ids=lambda text: text[:40])
def test_lies_are_not_verified(server: ServerContext, tool: str, parameter: str, text: str) -> None:
    assert not verdict(server, tool, parameter, text).accepted


def test_there_are_fifty_lies_and_many_are_contradicted(server: ServerContext) -> None:
    found = [verdict(server, *case).verdict for case in listed("lies")]
    assert len(found) == 50
    assert found.count(CheckVerdict.CONTRADICTED) >= 25


def test_a_citation_holds_only_while_the_lines_are_the_same(server: ServerContext) -> None:
    evidence = ToolEvidence(server.by_name["search"])
    assert evidence.code is not None
    fact = evidence.code.facts[0]
    place = fact.citation.partition(":")[2]
    assert evidence.quoted(Citation(CiteKind.CODE, place))
    assert evidence.quoted(Citation(CiteKind.CODE, place.replace(fact.lines.digest, "0" * 12))) is None
