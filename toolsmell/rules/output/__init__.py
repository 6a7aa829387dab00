"""Rules about results: output schemas, and what the text says comes back."""

from toolsmell.model import Confidence, Evidence, Severity
from toolsmell.rules.base import Need, Rule, Scope

ROWS: tuple[Rule, ...] = (
    Rule(
        "silent-result",
        "output",
        "a tool that does not say what comes back",
        Severity.NOTE,
        Confidence.MEDIUM,
        scope=Scope.SERVER,
        component="purpose",
        evidence=Evidence.PRECISION,
    ),
    Rule(
        "undescribed-output",
        "output",
        "an output schema that nobody describes",
        Severity.NOTE,
        Confidence.HIGH,
        help="describe the properties of the output schema",
        scope=Scope.SERVER,
        needs=Need.OUTPUT_SCHEMA,
        recommended=False,
    ),
    Rule(
        "contradicted-output",
        "output",
        "a result that the output schema says otherwise",
        Severity.WARNING,
        Confidence.MEDIUM,
        help="write the same result in the description and in the output schema",
        needs=Need.OUTPUT_SCHEMA,
        recommended=False,
        evidence=Evidence.SPECIFICATION,
    ),
    Rule(
        "missing-output-schema",
        "output",
        "a server without any output schema",
        Severity.NOTE,
        Confidence.HIGH,
        help="add an output schema to the tools that return data",
        scope=Scope.SERVER,
        recommended=False,
        strict=False,
        evidence=Evidence.SPECIFICATION,
    ),
    Rule(
        "unstated-failure",
        "output",
        "a server that never says what happens when a call fails",
        Severity.NOTE,
        Confidence.MEDIUM,
        help="say in one description, or in the instructions, what a failed call returns",
        scope=Scope.SERVER,
        component="limitations",
        recommended=False,
        strict=False,
    ),
)
