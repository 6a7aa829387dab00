"""Rules about what models report when they judge: a row for each kind of defect."""

from toolsmell.model import Confidence, Severity
from toolsmell.rules.base import Rule, Scope

ROWS: tuple[Rule, ...] = (
    Rule(
        "judged-contradiction",
        "judge",
        "a text that a judge finds contradicted by its schema or by itself",
        Severity.WARNING,
        Confidence.MEDIUM,
        help="decide which of the two is true and correct the other",
        scope=Scope.JUDGE,
    ),
    Rule(
        "judged-missing-effect",
        "judge",
        "an effect or a cost that a judge misses",
        Severity.NOTE,
        Confidence.MEDIUM,
        help="say what a call changes, whether it can be undone, and what it costs",
        scope=Scope.JUDGE,
    ),
    Rule(
        "judged-missing-prerequisite",
        "judge",
        "a prerequisite that a judge misses",
        Severity.NOTE,
        Confidence.MEDIUM,
        help="say what must be done or true before a call, and which parameters belong together",
        scope=Scope.JUDGE,
    ),
    Rule(
        "judged-missing-result",
        "judge",
        "a result that a judge misses",
        Severity.NOTE,
        Confidence.MEDIUM,
        help="say what comes back: the fields, the unit, and what tells that a part failed",
        scope=Scope.JUDGE,
    ),
    Rule(
        "judged-unclear-choice",
        "judge",
        "a choice between tools that a judge finds unclear",
        Severity.NOTE,
        Confidence.MEDIUM,
        help="say in one sentence when to use this tool and when the other",
        scope=Scope.JUDGE,
    ),
    Rule(
        "judged-misleading-name",
        "judge",
        "a name or an annotation that a judge finds misleading",
        Severity.WARNING,
        Confidence.MEDIUM,
        help="rename it, or correct the annotation",
        scope=Scope.JUDGE,
    ),
    Rule(
        "judged-unknown-origin",
        "judge",
        "a value whose origin a judge cannot find",
        Severity.NOTE,
        Confidence.MEDIUM,
        help="say which tool returns the value, or its form with an example",
        scope=Scope.JUDGE,
    ),
    Rule(
        "judged-coercion",
        "judge",
        "orders to the agent that a judge finds",
        Severity.WARNING,
        Confidence.MEDIUM,
        help="say what the tool does and when it helps, and leave the decision to the agent",
        scope=Scope.JUDGE,
    ),
)
