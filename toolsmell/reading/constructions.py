"""Constructions that state a kind for certain, whatever the words in them are about.

The weights of words see `Both must be opened beforehand` or `Does not follow links` only if they were fitted to enough
sentences of this kind; the construction alone is enough. The frequent ones were right in at least nine of ten labelled
sentences; a few (`regardless of`, `call it once, last`) are too rare there to tell.
"""

from typing import Final

from toolsmell.model.reading import StatementKind

_SELF: Final = r"^\W*(?:(?:it|this|this tool|(?:this|the) (?:tool|function|endpoint|action|search|command)) )?"
_NO_FAR: Final = (
    r"(?:does \W{0,2}not\W{0,2}|will not|can(?: )?not|can['’]t|doesn['’]t|won['’]t) "
    r"(?:check|validate|verify|return|include|support|search|cover|follow|resolve|recurse|filter|list|handle|read"
    r"|report|show|contain|apply|accept|parse|download|wait|retry|guarantee|expand|fetch|look|detect|render|execute"
    r"|track|keep|understand|see|find|reach|ingest|index|crawl|evaluate|compare|calculate|translate)\b"
)
_UNABLE: Final = _SELF + _NO_FAR
_NOT_SUPPORTED: Final = r"\b(?:not|n['’]t) (?:yet )?(?:supported|covered)\b"
_LIMITED: Final = (
    r"\b(?:is|are) (?:limited|restricted|confined|capped) (?:to|by|at)\b"
    r"|\b(?:may|might|can) be (?:limited|incomplete|stale|delayed|outdated|truncated|inaccurate)\b"
    r"|\b(?:has|have) (?:\w{2,20} )?(?:limitations|restrictions)\b"
)
_BOUND: Final = (
    r"\bmust be (?:unique|positive|between|in lower ?case|lower ?case|upper ?case|at least|an? (?:valid|absolute)"
    r"|one of|in the (?:form|range)|under|within|less|greater|smaller|larger|the same)\b"
)
_WHATEVER: Final = (
    r"^\W*(?:it )?(?:operates|works|treats|reads|counts|applies|matches|searches|handles|compares|sorts) "
    r"[^.]{2,80}? regardless of\b|\bto only (?:show|return|include|list|search|read)\b"
)
_ALLOWED: Final = r"^\W*(?:allowed|supported|accepted|permitted) [\w -]{2,40}? (?:are|is|include)\b"
_FAILS: Final = (
    r"^\W*(?:it )?(?:fails?|raises?|throws?|errors?(?: out)?|rejects?"
    r"|returns? (?:an? |the )?(?:error|empty|null|none|nothing|false|[45]\d\d)[\w ]{0,30}?) (?:if|when|unless|while)\b"
)
_EMPTY: Final = (
    r"\b(?:empty|null|none)\b`?(?: \w{1,20}){0,3} (?:if|when) (?:no|nothing|the|there|not|an?|it|unknown)\b"
    r"|\breturns? (?:an? )?(?:error|empty|null|none|nothing)\b[\w ]{0,30}? (?:if|when|unless|for)\b"
)
_CALL_WHEN: Final = (
    r"^\W*(?:(?:important|note|tip|hint)\W{1,4})?(?:run|call|use|invoke|choose|pick) (?:this|it)"
    r"(?: tool| function| one)?(?: first| also)? (?:when|whenever|if)\b(?![^.]*:\s*$)"
    r"|^\W*(?:it |this (?:tool |function )?)?(?:should|can|may) be (?:used|called|run|invoked)"
    r" (?:to|for|when|if|whenever)\b"
)
_BEFORE_THIS: Final = (
    r"\bbefore (?:executing|calling|using|running|invoking) (?:this|it)\b[^.]{0,40}?"
    r"\b(?:you|make sure|ensure|check|call|use|get)\b"
)
_READY: Final = (
    r"\b(?:must|should|has to|have to|needs? to) (?:already |first )?"
    r"(?:exist|be (?:installed|running|open|opened|enabled|ready|connected|authenticated|logged in|signed in"
    r"|registered|configured|loaded|accessible|downloaded|active|started))\b"
)
_NEEDS: Final = (
    r"^\W*(?:it |this (?:tool )?)?(?:also )?requires? (?:an? |the |your |prior |admin |valid )?[\w -]{0,40}?"
    r"\b(?:key|token|permissions?|role|scope|login|account|access|subscription|session|rights|privileges|plan"
    r"|licen[cs]e|authentication|credentials|installation|installed)\b"
    r"|\((?:requires?|needs?) [^)]{3,80}\)"
    r"|\b(?:subscription|licen[cs]e|login|api key|token|account|permission|plan) (?:is|are) (?:required|needed)\b"
)
_PASSED_ON: Final = r"\bmust be (?:passed|given|handed) to [`'\"]?\w{1,40}(?:\(\)|[_.]\w)"
_ID_FROM: Final = (
    r"^\W*(?:use|call|run) [`'\"]?[a-z]{1,40}[_-][\w-]{1,40}[`'\"]?(?:\(\))?(?: tool)? (?:first )?"
    r"to (?:find|get|look up|discover|obtain|list|fetch)\b[\w ,]{0,60}?\w{0,30}ids?\b"
)
_CALLED_LAST: Final = (
    r"^\W*(?:call|run|use|invoke) (?:it|this(?: tool)?) (?:only |exactly )?"
    r"(?:once,? (?:last|at the (?:very )?end)|last\b|after all\b|at the (?:very )?end\b)"
)
_NOT_WHILE: Final = (
    r"\b(?:do not|don['’]t|never) (?:execute|run|call|use|invoke) (?:it|this|this tool)"
    r" (?:while|when|if|on|for|during|in)\b(?! any| other| all| every)"
)
_ANOTHER: Final = (
    r"\b(?:use|see|prefer|call|try) (?:the )?[`'\"]?[a-z]{1,40}_\w{1,40}[`'\"]?(?:\(\))?(?: tool)?,? instead\b"
    r"|^\W*deprecated\b.{0,20}\buse\b|^\W*when not to use\b"
)
_UNTOUCHED: Final = (
    r"\bwithout (?:applying|changing|saving|modifying|mutating|executing|writing|sending|deleting|affecting|altering"
    r"|creating|committing|overwriting|touching) (?:it|them|any|anything|the|your|its)\b"
)
_CODE: Final = (
    r"\b(?<!most )(?<!to )(?<!than )(?<!max )(?<!last )(?<!first )(?:40[1-59]|4(?:09|10|22|29)|50[1-4])"
    r" (?:if|when|for|on|unless)\b"
    r"|\b(?:gives?|yields?|answers?|returns?|responds? with) (?:an? )?(?:http )?[45]\d\d\b"
)
_UNKNOWN: Final = (
    r"\b(?:an? |the )?(?:unknown|invalid|expired|nonexistent|non-existent) [\w ]{2,40}?"
    r"(?:gives?|yields?|returns?|raises?|throws?|(?:is|are) (?:rejected|refused|ignored|skipped)|fails?|results? in)\b"
)
_OMITTED: Final = (
    r"\b(?:if|when) (?:(?:it|this|`\w{1,40}`) is )?"
    r"(?:omitted|left out|unset|left empty|not (?:given|set|provided|specified)|none is given"
    r"|no \w{2,30} (?:is )?(?:given|provided|specified|set))\b(?!, (?:ask|the (?:llm|agent|model|user)))"
    r"|^\W*defaults? to\b|\bunless (?:`?\w{1,40}`? is )?(?:given|set|specified|provided|passed)\b"
)
_FROM_TOOL: Final = (
    r"\b(?:returned by|obtained (?:from|by|with|via)|(?:comes?|taken) from) [`'\"]?[a-z]{1,40}_\w"
    r"|\bonly (?:works|available|usable|possible|callable) (?:after|once)\b"
    r"|\b(?:works|available|usable|possible|callable) only (?:after|once)\b"
)
_RATHER: Final = r"\b(?:prefer|use) [`'\"]?[a-z]{1,40}_\w{1,40}[`'\"]? (?:when|if|instead|over)\b"
_KINDS: Final = tuple(StatementKind).index
_LIMIT, _FAILURE = _KINDS(StatementKind.LIMIT), _KINDS(StatementKind.FAILURE)
_BEFORE, _EFFECT = _KINDS(StatementKind.PREREQUISITE), _KINDS(StatementKind.EFFECT)
_DEFAULT = _KINDS(StatementKind.DEFAULT)
CERTAIN: Final = (
    # The kind, a word that must be in the text for the pattern to be tried, and the pattern.
    (_LIMIT, "not", _UNABLE),
    (_LIMIT, "n't ", _UNABLE),
    (_LIMIT, "n’t ", _UNABLE),
    (_LIMIT, "supported", _NOT_SUPPORTED),
    (_LIMIT, " covered", _NOT_SUPPORTED),
    (_LIMIT, "e limited", _LIMITED),
    (_LIMIT, " be ", _LIMITED),
    (_LIMIT, "is limited", _LIMITED),
    (_LIMIT, "restrict", _LIMITED),
    (_LIMIT, "confined", _LIMITED),
    (_LIMIT, "capped", _LIMITED),
    (_LIMIT, "limitations", _LIMITED),
    (_LIMIT, "must be ", _BOUND),
    (_LIMIT, "regardless of", _WHATEVER),
    (_LIMIT, " only ", _WHATEVER),
    (_LIMIT, "allowed ", _ALLOWED),
    (_LIMIT, "supported ", _ALLOWED),
    (_LIMIT, "accepted ", _ALLOWED),
    (_LIMIT, "permitted ", _ALLOWED),
    (_FAILURE, " if ", _FAILS),
    (_FAILURE, " when ", _FAILS),
    (_FAILURE, " unless ", _FAILS),
    (_FAILURE, " while ", _FAILS),
    (_FAILURE, "empty", _EMPTY),
    (_FAILURE, "null", _EMPTY),
    (_FAILURE, "none", _EMPTY),
    (_FAILURE, "return", _EMPTY),
    (_FAILURE, " 4", _CODE),
    (_FAILURE, " 5", _CODE),
    (_FAILURE, "unknown", _UNKNOWN),
    (_FAILURE, "invalid", _UNKNOWN),
    (_FAILURE, "expired", _UNKNOWN),
    (_FAILURE, "existent", _UNKNOWN),
    (_DEFAULT, "if ", _OMITTED),
    (_DEFAULT, "when ", _OMITTED),
    (_DEFAULT, "default", _OMITTED),
    (_DEFAULT, "unless", _OMITTED),
    (_KINDS(StatementKind.WHEN), "this", _CALL_WHEN),
    (_KINDS(StatementKind.WHEN), " it ", _CALL_WHEN),
    (_KINDS(StatementKind.WHEN), " be ", _CALL_WHEN),
    (_BEFORE, "before ", _BEFORE_THIS),
    (_BEFORE, "must ", _READY),
    (_BEFORE, "should ", _READY),
    (_BEFORE, " to ", _READY),
    (_BEFORE, "require", _NEEDS),
    (_BEFORE, "(needs ", _NEEDS),
    (_BEFORE, " needed", _NEEDS),
    (_BEFORE, "must be ", _PASSED_ON),
    (_BEFORE, "id", _ID_FROM),
    (_BEFORE, "last", _CALLED_LAST),
    (_BEFORE, " all", _CALLED_LAST),
    (_BEFORE, " end", _CALLED_LAST),
    (_BEFORE, " by ", _FROM_TOOL),
    (_BEFORE, "from", _FROM_TOOL),
    (_BEFORE, "only", _FROM_TOOL),
    (_KINDS(StatementKind.WHEN_NOT), "n't ", _NOT_WHILE),
    (_KINDS(StatementKind.WHEN_NOT), "_", _RATHER),
    (_KINDS(StatementKind.WHEN_NOT), "not ", _NOT_WHILE),
    (_KINDS(StatementKind.WHEN_NOT), "never ", _NOT_WHILE),
    (_KINDS(StatementKind.WHEN_NOT), "instead", _ANOTHER),
    (_KINDS(StatementKind.WHEN_NOT), "deprecated", _ANOTHER),
    (_KINDS(StatementKind.WHEN_NOT), "when not", _ANOTHER),
    (_EFFECT, "without ", _UNTOUCHED),
)
"""`Does not follow links` limits, `must already exist` comes before, `fails if ...` tells of a failure."""
