"""Signals of the values that parameters take: whether the schema shows one, and whether one has to be shown."""

from typing import Final, NamedTuple

from toolsmell.reading.context import ToolContext, per_tool
from toolsmell.reading.leads import by_lead, found
from toolsmell.schema.reader import Parameter, bare_properties, choices_of
from toolsmell.scoring.told import Told
from toolsmell.text import last_word

_SHOWING: Final = frozenset(
    """enum const examples example format pattern minimum maximum exclusiveMinimum exclusiveMaximum""".split()
)
"""Keywords that show a value, or which values there are."""
_QUOTED: Final = r"(?<!\w)['\"`“‘][^'\"`\n]{1,60}['\"`”’](?!\w)"
_EXAMPLES: Final = by_lead(
    (
        # A literal that must be in the text for the pattern to be tried, and the pattern.
        ("e.g", r"\be\.g\b"),
        ("eg", r"\beg\b"),
        ("xample", r"\bexamples?\b"),
        ("such as", r"\bsuch as\b"),
        ("for instance", r"\bfor instance\b"),
        ("例如", "例如"),
        ("示例", "示例"),
        ("like ", r"\blike ['\"`\d]"),
        *((quote, _QUOTED) for quote in "'\"`“‘"),
        ("YYYY", "YYYY"),
        ("http", r"\bhttps?://"),
        ("(", r"\(\s*[\w-]{1,40}\s*[,/|]\s*[\w-]{1,40}"),
    )
)
"""Words and marks of a value: `(e.g. ...)`, `'primary'`, `(daily, weekly)`, `YYYY-MM-DD`; but no apostrophe."""
_PLAIN: Final = frozenset(
    """query sql code keyword keywords command text message prompt script title body url content path input expression
    cursor limit page offset language email""".split()
)
"""Last words of names that tell without an example what to pass."""
_IDS: Final = frozenset("id ids uuid key sha token".split())
"""Last words of names of values that an agent cannot guess."""


class Values(NamedTuple):
    """The parameters of one tool by what is shown of their values."""

    shown: int
    """Of how many the schema or its words show a value, or which values there are."""
    open: int
    """How many show nothing, and have no name that tells what to pass."""
    ids: int
    """How many are required identifiers of which nothing is shown."""


@per_tool
def values(tool: ToolContext) -> Values:
    """Count the parameters of `tool` by what is shown of their values."""
    shown = open_ = ids = 0
    for parameter in tool.parameters:
        if _shows(parameter):
            shown += 1
            continue
        last = last_word(parameter.name)
        open_ += last not in _PLAIN
        ids += parameter.required and last in _IDS
    return Values(shown, open_, ids)


def _shows(parameter: Parameter) -> bool:
    schema = parameter.schema
    if not isinstance(schema, dict):
        return False
    if schema.get("default") is not None or not _SHOWING.isdisjoint(schema) or schema.get("type") == "boolean":
        return True
    return exemplified(parameter) or bool(choices_of(schema))


def exemplified(parameter: Parameter) -> bool:
    """Return True if the description of a parameter shows a value."""
    text = parameter.description
    return text is not None and found(text, _EXAMPLES)


def shown(told: Told) -> float:
    """Return the share of parameters of which a value is shown; 1 without parameters."""
    return values(told.tool).shown / told.parameters if told.parameters else 1.0


def plain(told: Told) -> float:
    """Return 1 if every parameter shows a value or has a name that tells it; less, the more there are that do not."""
    return 1 / (1 + values(told.tool).open)


def traced(told: Told) -> float:
    """Return 0 if an identifier is required and nothing is shown of it, else 1."""
    return float(not values(told.tool).ids)


def specified(told: Told) -> float:
    """Return 1 if an input schema says which parameters there are, or that there are none."""
    schema = told.tool.tool.input_schema
    return float(isinstance(schema, dict) and not bare_properties(schema))


def examples(told: Told) -> float:
    """Return 1 if the schema has an example of a parameter at any depth, as a keyword or in words."""
    return float("examples" in told.keywords or any(exemplified(p) for p in told.tool.all_parameters))
