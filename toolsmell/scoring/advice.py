"""Words the statements that would raise the scores of a tool: each names the parameter, the sibling or the value."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Final

from toolsmell.cached import cached_property
from toolsmell.model.reading import StatementKind
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.reading.stems import STOP_WORDS
from toolsmell.schema.reader import Parameter
from toolsmell.scoring.act_advice import by_act
from toolsmell.scoring.gains import Missing, gains
from toolsmell.scoring.kind_advice import BY_KIND
from toolsmell.scoring.last_resort import last_resort
from toolsmell.scoring.open_advice import left_open
from toolsmell.scoring.parameter_advice import of_parameter
from toolsmell.scoring.parameter_facts import by_name
from toolsmell.scoring.siblings import Siblings, siblings_of
from toolsmell.scoring.task_advice import tasks
from toolsmell.scoring.weights import Rubric
from toolsmell.text import identifier_words, words_of


class Adviser:
    """Words statements for the tools of one server."""

    def __init__(self, server: ServerContext) -> None:
        self._server = server

    @cached_property
    def siblings(self) -> Siblings:
        return siblings_of(self._server)

    def best(self, tool: ToolContext, rubric: Rubric) -> Iterator[str]:
        """Yield statements that the tool lacks, those first that would raise the overall score most."""
        ranked = [gain.missing for gain in gains(tool, lacking(tool), rubric)]
        if _has_no_text(tool):
            ranked.sort(key=lambda one: one.kind is not StatementKind.PURPOSE)  # Nothing helps more than a first word.
        said: set[str] = set()
        for text in _varied(tool, self.statements(tool, ranked)):
            said.add(text)
            yield text
        for text in by_act(tool):
            if text not in said:
                said.add(text)
                yield text
        if not said:
            texts = list(_varied(tool, self.statements(tool, spare(tool))))
            yield from texts or islice(chain(last_resort(tool, self.siblings), left_open(tool), tasks(tool)), 1)

    def statements(self, tool: ToolContext, missing: Iterable[Missing]) -> Iterator[tuple[Missing, str]]:
        """Yield a statement for each thing that is missing, in their order; none that has no concrete words."""
        said: set[str] = set()
        asked: set[str] = set()
        compared = False
        for one in missing:
            text = self._statement(tool, one)
            compares = one.kind in (StatementKind.WHEN, StatementKind.WHEN_NOT)
            shown = None if text is None else _shown(one, text)
            if text and text not in said and not (compares and compared) and shown not in asked:
                said.add(text)
                compared |= compares
                if shown:
                    asked.add(shown)
                yield one, text

    def _statement(self, tool: ToolContext, missing: Missing) -> str | None:
        if missing.parameter is not None:
            parameter = by_name(tool).get(missing.parameter)
            return None if parameter is None else of_parameter(parameter, tool, self.siblings)
        return BY_KIND[missing.kind](tool, self.siblings) if missing.kind in BY_KIND else None


def _varied(tool: ToolContext, statements: Iterable[tuple[Missing, str]]) -> Iterator[str]:
    """Yield one statement about each parameter first, then the second ones."""
    named: Counter[str] = Counter()
    later: list[str] = []
    for _, text in statements:
        name = text.partition("`")[2].partition("`")[0]
        of_parameter = name in by_name(tool)
        named[name] += of_parameter
        if of_parameter and named[name] > 1:
            if len(later) < _LATER and named[name] <= _ABOUT_ONE:
                later.append(text)
        else:
            yield text
    yield from later


def _shown(missing: Missing, text: str) -> str | None:
    """Return the parameter whose values, or their origin, a statement would show: its explanation may do so as well."""
    named = missing.parameter is not None or missing.kind is StatementKind.EXAMPLE
    if named or text.startswith(("say to use it if", "say where ")):
        return text.partition("`")[2].partition("`")[0]
    return None


_LATER: Final = 10
"""Statements that are kept to be said after the others."""
_ABOUT_ONE: Final = 2
"""Statements about one parameter."""
_FEWEST: Final = 2
"""Words that can say what a tool does."""
_ORDER: Final = tuple(
    map(StatementKind, "purpose result when_not limit failure when example default effect prerequisite".split())
)


def lacking(tool: ToolContext) -> Iterator[Missing]:
    """Yield the gaps of `tool`: parameters that neither schema nor text explains, then the missing kinds."""
    missing = tool.reading.missing
    if StatementKind.PURPOSE in missing or _has_no_text(tool):
        yield Missing(StatementKind.PURPOSE)
    explained = tool.reading.explained | _named(tool)
    for parameter in sorted(tool.parameters, key=lambda p: not p.required):
        if not _described(parameter) and parameter.name not in explained:
            yield Missing(parameter=parameter.name)
    words = tool.text.vocabulary
    for kind in _ORDER:
        if kind in missing and kind is not StatementKind.PURPOSE and words.isdisjoint(_DOUBTS.get(kind, ())):
            yield Missing(kind)


def _has_no_text(tool: ToolContext) -> bool:
    """Return True if a description is blank, dots or a single word such as `TODO`."""
    return len(tool.text.words) < _FEWEST and tool.text.raw.isascii()


def _described(parameter: Parameter) -> bool:
    """Return True if the schema says more of a parameter than its name: `Title.` says nothing of `title`."""
    return bool(set(words_of(parameter.description or "")) - STOP_WORDS - set(identifier_words(parameter.name)))


def spare(tool: ToolContext) -> Iterator[Missing]:
    """Yield kinds that a sentence of `tool` comes close to, but none has, and of which the text has no word."""
    said = {kind for sentence in tool.reading.sentences for kind in sentence.says}
    for kind in _ORDER:
        if kind in _DOUBTS and kind not in said and tool.text.vocabulary.isdisjoint(_DOUBTS[kind] - _ALSO_OTHERWISE):
            yield Missing(kind)


_DOUBTS: Final = {
    StatementKind.RESULT: frozenset(
        "return returns returned returning output outputs yields echo echoes gives answers".split()
    ),
    StatementKind.FAILURE: frozenset(
        """fail fails failed error errors empty raises throws exception invalid bad abort aborts aborting rejects
        rejected refuses refused ignored skipped null unknown missing warns reported""".split()
    ),
    StatementKind.LIMIT: frozenset("only maximum max limit limited limits cannot most minutes".split()),
    StatementKind.DEFAULT: frozenset("default defaults omitted optional optionally".split()),
    StatementKind.EXAMPLE: frozenset("example examples e.g eg".split()),
    StatementKind.WHEN: frozenset("when whenever useful ideal".split()),
    StatementKind.WHEN_NOT: frozenset("instead prefer rather unlike".split()),
    StatementKind.PREREQUISITE: frozenset("before first requires required needs last".split()),
}
"""Words of a kind. If a text has one, the kind may be said in words that the reader does not know: it is not denied."""


_ALSO_OTHERWISE: Final = frozenset("empty before first last minutes".split())
"""Words of `_DOUBTS` that are frequent in other statements."""


def _named(tool: ToolContext) -> frozenset[str]:
    """Return the parameters that a sentence after the first one names: it may explain them in words not recognised."""
    words = {word for sentence in tool.sentences[1:] for word in sentence.words}
    names = [parameter.name for parameter in tool.parameters] if words else ()
    return frozenset([name for name in names if (lower := name.lower()) in words or f"{lower}s" in words])
