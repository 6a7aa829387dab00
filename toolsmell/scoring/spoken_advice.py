"""Words what a phrase of a text leaves open: `the active terminal`, `Requires a live editor`, `rate limits`."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from toolsmell.model.reading import StatementKind
from toolsmell.reading.context import ToolContext
from toolsmell.scoring.named_act import Act, act_of, is_plural
from toolsmell.scoring.result_advice import has_fields
from toolsmell.text import pattern

_READ: Final = 800
"""Characters of a text that are read."""
_FAILING: Final = frozenset(
    "otherwise empty null none nothing noop op error errors fail fails failed false unavailable without missing".split()
)
"""Words of a text that may say what happens in such a case."""


class _Phrase(NamedTuple):
    """A phrase, the statement about what it captures, and the words of a text that may tell it already."""

    source: str
    words: str
    told: frozenset[str] = frozenset()


_CURRENT: Final = _Phrase(
    r"\b(?:the|an?|your|to) (current|(?:currently )?(?:active|running|selected|open|connected|configured))"
    r" ((?:(?!of\b|and\b|or\b)[A-Za-z][\w-]* ){0,2}"
    r"(?:page|scene|project|tab|document|session|workspace|window|terminal|viewport|pipeline|database|device|board))\b",
    "",
    _FAILING,
)
"""A thing that may be missing at the time of a call."""
_PHRASES: Final = (
    _Phrase(
        r"\bRequires (an? (?!valid\b)(?:[\w-]+ ){0,3}(?!token|key|authentication|permission)[\w-]+)\.",
        "say what {what} without {0}",
        frozenset(("without",)),
    ),
    _Phrase(
        r"\A(?:[\w ]{0,20}\bif|[Ww]hether|[\w ]{0,20}\bwhether) ((?:[\w.-]+ ){0,4}[\w.-]+)"
        r" is (enabled|connected|installed|running|configured)\b",
        "say what to do if {0} is not {1}",
        frozenset("enable connect install start configure".split()),
    ),
    _Phrase(
        r"\A[Cc]hecks? (?:if|whether) (?:an?|the) ((?:[\w-]+ ){0,3}[\w-]+) exists\b",
        "say whether it returns an answer or an error if the {0} does not exist",
        _FAILING | {"true", "boolean"},
    ),
    _Phrase(
        r"\b(?:for|to|in|with) other (tools|endpoints|functions)\b",
        "name the other {0} that take what it returns",
    ),
    _Phrase(
        r"\b(?:conforms?|conforming) to (the (?:[\w-]+ ){0,3}schema)\b",
        "say what happens if the data does not conform to {0}",
        _FAILING,
    ),
    _Phrase(
        r"\b(?:restricted|limited) (imports|commands|modules|operations|functions|directories)\b",
        "say which {0} are allowed",
        frozenset(("allowed", "e.g")),
    ),
    _Phrase(r"\b[Ww]hich (tools|features|toolsets|integrations) are (enabled)\b", "say how the other {0} can be {1}"),
    _Phrase(
        r"\b[Uu]ser'?s?'? (organization|organisation|team|workspace|space|company|household|store)\b",
        "say which {0} it means if the user has several",
        frozenset("default several all first".split()),
    ),
    _Phrase(
        r"\b[Rr]eads? (?:the |an? )?(?:\w+'s )?(`?\w*\.\w+`?) file\b",
        "say what it returns if there is no {0} file",
        _FAILING,
    ),
    _Phrase(
        r"\A[^,:(]{0,80}\b(statistics|metrics|analytics)\b[^,:(]{0,80}\Z",
        "say which {0} it returns",
        frozenset("including includes such like example list lists available".split()),
    ),
)
_NUMBERLESS: Final = r"\b(?:resource|rate|size|usage|memory|length) limits\b"
"""Limits without a number."""
_TYPE: Final = r"\b[Rr]eturns an? ([A-Z][a-z]+(?:[A-Z][a-z]+)+)\.?\s*(?:\n|\Z)"
"""A result that is only named by its type."""


def of_phrases(tool: ToolContext) -> Iterator[str]:
    """Yield statements about questions that phrases of a text leave open."""
    raw, words = tool.text.raw[:_READ], tool.text.vocabulary
    names = {p.name for p in tool.parameters}
    failing = any(StatementKind.FAILURE in sentence.says for sentence in tool.reading.sentences)
    if not failing and words.isdisjoint(_CURRENT.told) and (current := pattern(_CURRENT.source).search(raw)):
        yield _without(tool, current[1].removeprefix("currently "), current[2])
    if not failing and words.isdisjoint(_CURRENT.told) and (selected := _selected(tool)):
        yield f"say what it returns if no {selected} is selected"
    if not has_fields(tool) and (named := pattern(_TYPE).search(raw)):
        yield f"say which fields the `{named[1]}` has"
    if not any(sign.isdecimal() for sign in raw) and (limits := pattern(_NUMBERLESS).search(raw)):
        yield f"say how high the {limits[0]} are"
    for phrase in _PHRASES:
        found = pattern(phrase.source).search(raw.strip()) if words.isdisjoint(phrase.told) else None
        if found and names.isdisjoint(found.groups()):
            yield phrase.words.format(*found.groups(), what=_outcome(tool))


def _selected(tool: ToolContext) -> str | None:
    """Return the thing of a name such as `getSelectedElement`."""
    _, chosen, after = " ".join(tool.name_words).partition("selected ")
    return (
        after if chosen and after.count(" ") == 0 and not is_plural(after) and act_of(tool) is not Act.CHANGE else None
    )


def _without(tool: ToolContext, state: str, thing: str) -> str:
    return f"say what {_outcome(tool)} if " + (
        f"there is no current {thing}" if state == "current" else f"no {thing} is {state}"
    )


def _outcome(tool: ToolContext) -> str:
    return "it returns" if act_of(tool) is Act.READ else "happens"
