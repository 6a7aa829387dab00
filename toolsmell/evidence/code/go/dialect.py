"""Tells the walker how Go is written (`Dialect`)."""

from toolsmell.evidence.code.go.calls import bound, called_by, inside, parameters_bound
from toolsmell.evidence.code.go.constants import facts_of_value, parts
from toolsmell.evidence.code.go.effects import effect_of
from toolsmell.evidence.code.go.failures import failure_of
from toolsmell.evidence.code.go.results import calls_of_result, facts_of_result
from toolsmell.evidence.code.go.signature import facts_of_signature
from toolsmell.evidence.code.go.statements import block_of, exits, statement
from toolsmell.evidence.code.go.terms import constant, term_of, truth

CALLS = frozenset(("call_expression",))
FUNCTIONS = frozenset(("func_literal",))
CONFIGURED = (
    r"\b(?:os\.Getenv|os\.LookupEnv|viper\.|[cC]onfig\.|[cC]fg\.|settings\.|[a-z]\w*\.[a-z]*[cC]onfig\b|featureFlag)"
)

__all__ = [
    "CALLS", "CONFIGURED", "FUNCTIONS", "block_of", "bound", "called_by", "calls_of_result", "constant", "effect_of",
    "exits", "facts_of_result", "facts_of_signature", "facts_of_value", "failure_of", "inside",
    "parameters_bound", "parts", "statement", "term_of", "truth",
]  # fmt: skip
