"""Starts a case file: a form to fill in, or questions that a model writes."""

from collections.abc import Iterator, Sequence

from toolsmell.evaluate.catalog import Catalog, check
from toolsmell.evaluate.datasets import Case, to_json
from toolsmell.evaluate.expansion import from_model
from toolsmell.model import Json
from toolsmell.models.client import ChatModel, ModelError
from toolsmell.text import Text

_LONGEST_HINT = 200


def form(catalog: Catalog, each: int = 3) -> Iterator[Json]:
    """Yield `each` cases for every tool with an empty query to fill in, and some that no tool should answer."""
    for entry in catalog.entries:
        sentences = Text(entry.tool.description or "").sentences
        hint = f"what would a user say who needs: {sentences[0].text[:_LONGEST_HINT]}" if sentences else ""
        for _ in range(each):
            yield {"query": "", "tools": [entry.name], "hint": hint}
    for _ in range(each):
        yield {"query": "", "tools": [], "hint": "what would a user ask of you that none of these tools can do?"}


class CaseWriter:
    """Cases that a model writes. `problems` lists what could not be used."""

    def __init__(self, catalog: Catalog, model: ChatModel, name: str, *, concurrency: int = 4) -> None:
        self.problems: list[str] = []
        self._catalog = catalog
        self._outcomes = from_model(catalog, model, name, concurrency=concurrency)

    def cases(self) -> list[Json]:
        """Return the cases in the order of the tools. Questions that name their tool or repeat another are left out."""
        found: list[tuple[int, Case]] = []
        for position, outcome in self._outcomes:
            name = self._catalog.entries[position].name
            if isinstance(outcome, ModelError):
                self.problems.append(f"{name}: {outcome}")
            else:
                found += [(position, Case(query, (name,))) for query in outcome.questions]
        ordered = [case for _, case in sorted(found, key=lambda pair: pair[0])]
        checked = check(ordered, self._catalog)
        self.problems += [f"{p.kind}: {p.text}" for p in checked.problems if p.kind != "two-golds"]
        return [to_json(case) for case in self._clear(checked.cases) if case.key not in checked.leaking]

    def _clear(self, cases: Sequence[Case]) -> list[Case]:
        """Remove questions that were written for several tools, because it is unknown which tool is right."""
        tools: dict[str, list[str]] = {}
        for case in cases:
            tools.setdefault(case.words, []).extend(case.tools)
        for names in tools.values():
            if len(names) > 1:
                self.problems.append(f"two-golds: one question was written for {' and '.join(names)}")
        return [case for case in cases if len(tools[case.words]) == 1]
