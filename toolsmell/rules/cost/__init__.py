"""Rules about tokens that a tool costs in every request."""

from toolsmell.model import Confidence, Severity
from toolsmell.rules.base import Need, Rule, Scope, words

ROWS: tuple[Rule, ...] = (
    Rule(
        "tool-over-budget",
        "cost",
        "a tool that costs more tokens than the budget for one",
        Severity.NOTE,
        Confidence.HIGH,
        help="move rarely needed parameters and long explanations to another tool or to the documentation",
        options={"budget": 1500},
    ),
    Rule(
        "server-over-budget",
        "cost",
        "a server whose tools cost more tokens than the budget",
        Severity.NOTE,
        Confidence.HIGH,
        help="shorten the longest tools, or split the server",
        scope=Scope.SERVER,
        recommended=False,
        options={"budget": 10000},
    ),
    Rule(
        "empty-words",
        "cost",
        "words that cost tokens and say nothing",
        Severity.NOTE,
        Confidence.HIGH,
        help="begin with the verb",
        scope=Scope.SERVER,
        recommended=False,
    ),
    Rule(
        "wasted-white-space",
        "cost",
        "indentation and empty lines left over from source code",
        Severity.NOTE,
        Confidence.HIGH,
        help="remove the indentation and empty lines",
        fixable=True,
    ),
    Rule(
        "restated-title",
        "cost",
        "titles in schemas that only repeat the names",
        Severity.NOTE,
        Confidence.HIGH,
        help="remove the titles, or switch their generation off in the SDK",
        scope=Scope.SERVER,
        needs=Need.PARAMETERS,
        recommended=False,
    ),
    Rule(
        "restated-schema",
        "cost",
        "texts that repeat what the schema says",
        Severity.NOTE,
        Confidence.HIGH,
        scope=Scope.SERVER,
        needs=Need.PARAMETERS,
        words=words("optional required default defaults"),
        fixable=True,
    ),
)
