"""Rules about what the description of a tool says."""

from toolsmell.model import Confidence, Evidence, Severity
from toolsmell.rules.base import Need, Rule, Scope, words

ROWS: tuple[Rule, ...] = (
    Rule(
        "missing-description",
        "description",
        "a tool without a description",
        Severity.ERROR,
        Confidence.HIGH,
        help="add a description: what the tool does, what it returns, and when to use it",
        component="purpose",
        evidence=Evidence.REJECTION,
    ),
    Rule(
        "placeholder-description",
        "description",
        "a description that was never written",
        Severity.ERROR,
        Confidence.HIGH,
        help="write the description",
        component="purpose",
    ),
    Rule(
        "name-restated",
        "description",
        "a description that only repeats the name",
        Severity.WARNING,
        Confidence.HIGH,
        help="add what the name does not say: which fields come back, limits, or when to use it",
        component="purpose",
        evidence=Evidence.PRECISION,
    ),
    Rule(
        "buried-purpose",
        "description",
        "a description that opens with something else than the purpose",
        Severity.WARNING,
        Confidence.MEDIUM,
        help="begin with what the tool does",
        component="purpose",
        recommended=False,
    ),
    Rule(
        "unanchored-sentence",
        "description",
        "text that has nothing to do with the tool",
        Severity.NOTE,
        Confidence.LOW,
        help="remove the sentences, or say what they mean for a call",
        recommended=False,
        strict=False,
    ),
    Rule(
        "steering-description",
        "description",
        "a description that orders the agent to use the tool",
        Severity.WARNING,
        Confidence.HIGH,
        component="usage",
        words=words(
            "always must first before instead other preferred proactively whenever everything every any all have"
            " often each never"
        ),
        evidence=Evidence.EFFECT,
    ),
    Rule(
        "self-praise",
        "description",
        "a description that advertises the tool",
        Severity.NOTE,
        Confidence.HIGH,
        help="remove the praise",
        component="purpose",
        words=words(
            "powerful seamless seamlessly effortless effortlessly cutting art world industry best blazing blazingly"
            " unparalleled revolutionary unmatched gen generation amazing amazingly fastest reliable advanced"
            " incredibly incredible"
        ),
        recommended=False,
    ),
    Rule(
        "implementation-detail",
        "description",
        "a description that tells how the tool is built",
        Severity.NOTE,
        Confidence.MEDIUM,
        component="purpose",
        recommended=False,
    ),
    Rule(
        "mixed-languages",
        "description",
        "tools of one server described in different scripts",
        Severity.WARNING,
        Confidence.HIGH,
        help="describe all tools in one language",
        scope=Scope.SERVER,
        needs=Need.NON_ASCII,
        recommended=False,
    ),
    Rule(
        "repeated-sentence",
        "description",
        "a sentence that is in one description twice",
        Severity.NOTE,
        Confidence.HIGH,
        component="completeness",
        recommended=False,
    ),
    Rule(
        "unknown-reference",
        "description",
        "a description that names a tool that does not exist",
        Severity.WARNING,
        Confidence.MEDIUM,
        help="name a tool of this server, or say what to do instead",
        scope=Scope.SERVER,
        component="usage",
        recommended=False,
    ),
    Rule(
        "phantom-parameter",
        "description",
        "a parameter that only the description has",
        Severity.WARNING,
        Confidence.HIGH,
        component="parameters",
    ),
    Rule(
        "truncated-description",
        "description",
        "a text that was cut off",
        Severity.WARNING,
        Confidence.HIGH,
    ),
)
