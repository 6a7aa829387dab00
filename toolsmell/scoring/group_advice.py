"""Words what happens with parameters that belong together: an origin and a destination, several names of one thing."""

from collections.abc import Iterator
from typing import Final

from toolsmell.model.reading import StatementKind
from toolsmell.reading.context import ToolContext
from toolsmell.scoring.named_act import Act, act_of
from toolsmell.scoring.naming import quoted
from toolsmell.scoring.parameter_facts import is_bound, last_of, mentions, parameters_of, words_in
from toolsmell.scoring.siblings import IDS
from toolsmell.text import pattern, words_of

PAGING: Final = frozenset("offset page cursor after before skip start next token since marker scroll".split())
_FAILING: Final = frozenset("fail fails failed error errors unreachable timeout invalid".split())
_FAR: Final = frozenset(("latitude", "longitude"))
_REACH: Final = frozenset("radius distance zoom bbox range".split())
_AT_POINT: Final = frozenset(
    """weather forecast temperature timezone sunrise sunset elevation address geocode convert imagery image time
    route""".split()
)
"""Words of texts about one point: nothing is looked for around it."""
_NAMING: Final = frozenset("name slug symbol address".split())
_ADDED: Final = r"\A(?:\[[\w ]+\])?\W{0,9}(?:Adds?|Attach(?:es)?|Assigns?) (?:an? |the )?`(\w+)` to\b"
"""A text that names what is added by its parameter."""
_TWICE: Final = frozenset("already op twice duplicate exists idempotent".split())
_FEWEST_FILTERS: Final = 4
_NAMED: Final = 3


def of_several(tool: ToolContext) -> Iterator[str]:
    """Yield statements about parameters that belong together."""
    given = parameters_of(tool)
    names = {p.name: p for p in given}
    routes = {"origin", "destination"} <= names.keys() and act_of(tool) in (Act.READ, None)
    if routes and not tells_failure(tool):
        yield "say what it returns if there is no route from `origin` to `destination`"
    naming = [p for p in given if last_of(p) in IDS | _NAMING]
    if any(mentions(p, ("alternatively",)) for p in naming[1:]) and not any(p.required for p in given):
        listed = [quoted(p.name) for p in naming[:_NAMED]]
        yield f"say what happens if none of {', '.join(listed[:-1])} and {listed[-1]} is passed"
    if twice := _added_again(tool):
        yield twice
    reach = any(_REACH & words_in(p) for p in given)
    reads = act_of(tool) in (Act.READ, None)
    if names.keys() >= _FAR and not reach and reads and _AT_POINT.isdisjoint({*tool.text.vocabulary, *tool.name_words}):
        yield "say how far around `latitude` and `longitude` it looks"
    bounded = any(is_bound(p) or PAGING & words_in(p) for p in given)
    ranged = any({"min", "max", "minimum", "maximum"} & {*words_in(p), *words_of(p.description or "")} for p in given)
    if reads and not bounded and ranged and len(given) >= _FEWEST_FILTERS and not any(p.required for p in given):
        yield "say how many results it returns at most"


def _added_again(tool: ToolContext) -> str | None:
    """Word that something is added to what has it already, if the text names both by their parameters."""
    added = pattern(_ADDED).match(tool.text.raw)
    if added is None or not tool.text.vocabulary.isdisjoint(_TWICE):
        return None
    given = parameters_of(tool)
    whole = next((p.name for p in given if p.required and p.name != added[1]), None)
    known = whole is not None and any(p.name == added[1] for p in given)
    return f"say what happens if the {quoted(whole or '')} has the {quoted(added[1])} already" if known else None


def tells_failure(tool: ToolContext) -> bool:
    """Return True if a text says, or may say, what happens in a failure."""
    told = any(StatementKind.FAILURE in sentence.says for sentence in tool.reading.sentences)
    return told or not _FAILING.isdisjoint(tool.text.vocabulary)
