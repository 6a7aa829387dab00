"""Sums up in numbers what the reading and the schema of one tool tell an agent."""

from typing import Final, NamedTuple

from toolsmell.model.reading import ReadSentence, StatementKind
from toolsmell.reading.context import ToolContext, per_tool
from toolsmell.reading.sentence_weights import ORDERS, SHARED, SLIGHT_KINDS, Reason
from toolsmell.reading.sentences import Sentence
from toolsmell.reading.stems import FAR_EAST, GENERIC, STOP, without_forms
from toolsmell.text import has_any

KINDS: Final = tuple(kind for kind in StatementKind if kind is not StatementKind.STEERING)
BOUNDS: Final = frozenset(
    """enum const minimum maximum exclusiveMinimum exclusiveMaximum format pattern minLength maxLength minItems
    maxItems""".split()
)
_LIMITS: Final = ("max", "only", "must", "min", "limit", "between", "one of", "up to", "supported", "at least")
_DEFAULTS: Final = ("default", "optional", "if not", "omit")
_WHEN: Final = ("use ", "when ", "if ")
_OPENING: Final = GENERIC | STOP
PURPOSE: Final = StatementKind.PURPOSE
REST: Final = 0.25
"""Weight of a sentence that has no statement kind or repeats the purpose."""
_LONG: Final = 12
"""Words that explain a parameter well."""


class Told(NamedTuple):
    """Numbers about one tool."""

    statements: float
    """How many statements count, however many sentences they take; what fits any tool counts less."""
    kinds: dict[StatementKind, float]
    """How many of them have each kind; by the same measure."""
    stems: int
    """Distinct words of theirs that are neither in a name nor fit any tool."""
    first: Sentence | None
    """The first sentence that counts in full, or else a first one that repeats the name."""
    opening: int
    """Words of the first sentence beyond the name of the tool."""
    parameters: int
    explained: int
    """Parameters that the schema or the description explains."""
    depth: float
    """Mean length of the parameters' descriptions, of twelve words, 1 at most."""
    keywords: frozenset[str]
    """Keywords of all parameters' schemas."""
    limits: float
    """1 if the descriptions in the schema have a word of a limit, else 0."""
    defaults: float
    """1 if they have a word of a default, else 0."""
    when: float
    """1 if they have a word of a situation, else 0."""
    outputs: bool
    """Whether an output schema has properties."""
    tool: ToolContext
    """The tool itself, for what few rubrics weigh."""


@per_tool
def told(tool: ToolContext) -> Told:
    """Sum up what an agent is told about `tool`."""
    reading = tool.reading
    kinds: dict[StatementKind, float] = {}
    stems: set[str] = set()
    number = 0.0
    first = None
    # A description with a computed part has sentences, but no reading: what they say is not certain.
    for sentence, words in zip(reading.sentences, tool.sentences, strict=False):
        if sentence.weight == 1.0:
            first = first or words
            number += _facts(sentence, PURPOSE in kinds)
            stems |= words.stems
            for kind, amount in zip(sentence.says, sentence.amounts, strict=True):
                kinds[kind] = kinds.get(kind, 0.0) + amount
        elif sentence.counts:
            number += sentence.weight
            # In the order of the sentence, not of a set: sums must not differ in their last digit from run to run.
            for kind, amount in zip(sentence.says, sentence.amounts, strict=True):
                if kind in SLIGHT_KINDS:
                    kinds[kind] = kinds.get(kind, 0.0) + sentence.weight * amount
    if first is None:
        first = _restating(tool)
    own = tool.parameters
    texts, described = tool.schema_text.texts, tool.schema_text.lower
    told = [sentence for sentence in reading.sentences if sentence.weight > SHARED]
    # Plain words may mean something else than the parameter: readers do not take them for an explanation.
    explained = {name for sentence in told for name in sentence.parameters if name not in sentence.implied}
    lengths = [_length(texts[p.path]) if p.path in texts else 0 for p in own]
    if len(own) < len(tool.all_parameters):
        explained |= _outlined(tool)
    named = sum([length > 1 or p.name in explained for p, length in zip(own, lengths, strict=True)])
    schemas = [p.schema for p in tool.all_parameters if isinstance(p.schema, dict)]
    return Told(
        statements=number,
        kinds=kinds,
        stems=len(without_forms(stems - tool.name_stems - GENERIC, tool.name_stems)),
        first=first,
        opening=_opening(tool),
        parameters=len(own),
        explained=named,
        depth=min(1.0, sum(lengths) / len(own) / _LONG) if own else 0.0,
        keywords=frozenset().union(*schemas),
        limits=float(has_any(described, _LIMITS)),
        defaults=float(has_any(described, _DEFAULTS)),
        when=float(has_any(described, _WHEN)),
        outputs=bool(tool.all_outputs),
        tool=tool,
    )


def _outlined(tool: ToolContext) -> frozenset[str]:
    """Return the names of the parameters of which the schema describes most fields."""
    balance: dict[str, int] = {}
    for parameter in tool.all_parameters:
        if parameter.depth:
            root = parameter.path.partition(".")[0].partition("[")[0]
            balance[root] = balance.get(root, 0) + (1 if parameter.description else -1)
    return frozenset(root for root, more in balance.items() if more >= 0)


def _length(text: str) -> int:
    """Return how many words a description has; two characters of a script without blanks are one."""
    return text.count(" ") + 1 if text.isascii() else text.count(" ") + 1 + sum(c > FAR_EAST for c in text) // 2


def _facts(sentence: ReadSentence, known: bool) -> float:
    """Return how many statements a sentence makes: one exact sentence can make several, and a wordy one hardly any.

    `known` says whether the purpose was stated before.
    """
    if not sentence.says:
        return REST
    facts = sum(sentence.amounts)
    if known and PURPOSE in sentence.says:
        facts -= (1 - REST) * sentence.amounts[sentence.says.index(PURPOSE)]
    return facts


def _restating(tool: ToolContext) -> Sentence | None:
    """Return the first sentence if it only repeats the name."""
    for sentence, words in zip(tool.reading.sentences, tool.sentences, strict=False):
        if sentence.reason not in ORDERS:
            return words if sentence.reason == Reason.NAME else None
    return None


def _opening(tool: ToolContext) -> int:
    """Return how many words the first sentence that counts has beyond the name of the tool."""
    for sentence, words in zip(tool.reading.sentences, tool.sentences, strict=False):
        if sentence.counts:
            return len(words.stems - tool.own_stems - _OPENING)
    return 0
