"""Tells the walker how JavaScript is written (`Dialect`)."""

from toolsmell.evidence.code.javascript.calls import called_by, inside, parameters_bound
from toolsmell.evidence.code.javascript.constants import facts_of_value, parts
from toolsmell.evidence.code.javascript.documented import facts_of_signature
from toolsmell.evidence.code.javascript.effects import effect_of
from toolsmell.evidence.code.javascript.failures import failure_of
from toolsmell.evidence.code.javascript.patterns import bound
from toolsmell.evidence.code.javascript.results import calls_of_result, facts_of_result
from toolsmell.evidence.code.javascript.statements import block_of, exits, statement
from toolsmell.evidence.code.javascript.terms import constant, term_of, truth
from toolsmell.sources.code.javascript.functions import FUNCTIONS as _ALL

CALLS = frozenset(("call_expression",))
FUNCTIONS = _ALL | {"generator_function", "generator_function_declaration"}
CONFIGURED = r"\b(?:process\.env|import\.meta\.env|config\.|settings\.|options\.enable|[A-Z_]+_ENABLED\b|featureFlag)"

__all__ = [
    "CALLS",
    "CONFIGURED",
    "FUNCTIONS",
    "block_of",
    "bound",
    "called_by",
    "calls_of_result",
    "constant",
    "effect_of",
    "exits",
    "facts_of_result",
    "facts_of_signature",
    "facts_of_value",
    "failure_of",
    "inside",
    "parameters_bound",
    "parts",
    "statement",
    "term_of",
    "truth",
]  # fmt: skip
