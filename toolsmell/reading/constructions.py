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
    r"|\b(?:must|has to|have to|needs? to) (?:be (?:in [\w -]{2,20} format"
    r"|an? (?:list|array|string|number|object|json)\b)|(?:end|start) (?:in|with)\b)"
)
_WHATEVER: Final = (
    r"^\W*(?:it )?(?:operates|works|treats|reads|counts|applies|matches|searches|handles|compares|sorts) "
    r"[^.]{2,80}? regardless of\b|\bto only (?:show|return|include|list|search|read)\b"
)
_ALLOWED: Final = r"^\W*(?:allowed|supported|accepted|permitted) [\w -]{2,40}? (?:are|is|include)\b"
_FAILS: Final = (
    r"^\W*(?:it )?(?:fails?|raises?|throws?|errors?(?: out)?|rejects?|does nothing|(?:is a )?no-?op"
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
_EITHER: Final = (
    r"^\W*(?:please )?(?:provide|give|pass|specify|set|supply|accepts?|takes?|requires?|needs?) "
    r"(?:either|(?:exactly|only|at least|at most) one of)\b"
    r"|\bnot both\b|\b(?:exactly|only) (?:\w{3,8} )?one of\b|\bat (?:least|most) one of\b"
)
_SHAPED: Final = (
    r"^\W*(?:(?:the|all|each|every|any) )?(?!this |it |that )(?:[\w`-]{1,30} ){1,5}should (?:all |always )?be (?:in "
    r"|(?:an? |one |the )?(?:\w{2,20}[- ](?:style|separated|encoded|formatted|delimited|based)|glob|regex|regular|iso"
    r"|json|plain|raw|valid|absolute|relative|unique|positive|lower ?case|upper ?case)\b)"
)
_ONLY_ON: Final = r"^\W*only (?:use|call|run) (?:it|this)(?: tool)? (?:on|with|within) "
_HELPFUL: Final = (
    r"(?:[,;(–—]| -) ?(?:which is |it is |and )?(?:very |especially |particularly |also |most )?"
    r"(?:helpful|useful|handy|ideal|perfect|suitable|(?:well[- ])?suited) (?:for|when|whenever|if|in)\b"
)
_UNDONE_BY: Final = (
    r"^\W*(?:stop|close|end|finish|cancel|undo|release|free|resume|commit|poll|follow|monitor|track|check|get|fetch"
    r"|read|retrieve) (?:it|them|(?:the|its|their) [\w -]{2,40}?) (?:later |again |afterwards? )?"
    r"(?:with|by|using|via|through) (?:calling |the )?[`'\"]?[a-z]{1,40}[_-][a-z]"
    r"|\buntil [`'\"]?[a-z]{1,40}_\w{1,40}[`'\"]? (?:is|was|has been|gets) (?:called|run|used)\b"
)
_AT_HAND: Final = (
    r"^\W*(?:first,? )?(?:make sure|ensure|be sure)(?: that)? you have\b"
    r"|\bshould be \w{2,20}ed first\b"
    r"|^\W*after \w{2,20}ing [^.,]{2,60}, (?:use|call|run) (?:it|this)\b"
    r"|\bcan be (?:found|obtained|taken|looked up) (?:in|from|with|by|via) "
    r"(?:the (?:response|result|output)|[`'\"]?[a-z]{1,40}_\w)"
    r"|\b(?:find|get|obtain|look up) (?:the|its|an?|your) [\w -]{2,40} (?:by calling|by using|with|via|using) "
    r"(?:the )?[`'\"]?[a-z]{1,40}_\w"
)
BETTER_THAN: Final = (
    r"^\W*(?:(?:it|this|this tool) is )?(?:a )?"
    r"(?:(?:more|less) \w{3,20}|cheaper|faster|lighter|simpler|quicker|safer|leaner) (?:\w{2,20} ){0,2}than "
)
_BETTER_WHEN: Final = rf"{BETTER_THAN}[^.]{{2,60}}? (?:when|whenever|if|for) "
_CHOICES_FROM: Final = (
    r"^\W*(?:use|call|run|consider using) (?:the )?(?:tool )?[`'\"]?[a-z]{1,40}[_-][\w-]{1,40}[`'\"]?(?:\(\))?"
    r"(?: tool)? (?:first )?to (?:get|list|find|see|look up|discover|obtain|fetch|check) "
    r"(?:(?:an? |the )?(?:list of |all )?(?:the )?"
    r"(?:available|valid|existing|supported|possible|allowed|correct|current)|out which)\b"
)
_WARNED: Final = (
    r"^\W*(?:warning|caution|danger)\W{1,6}(?:this (?:tool |action |operation )?)?(?:will |may |can )?"
    r"(?:permanently |temporarily |immediately |irreversibly )*"
    r"(?:disrupt|interrupt|delet|eras|remov|overwrit|replac|reset|restart|stop|kill|destroy|wip|drop|los[ei]|cost|charg"
    r"|spend|block|break|send|publish|modif|chang|revok|cancel|terminat)\w{0,4}\b"
)
_SETTING: Final = (
    r"^\W*(?:(?:important|note|warning|caution|tip)\W{1,4})?(?:setting|leaving|passing) [^.]{2,80}? "
    r"(?:allows|enables|disables|makes|causes|turns|removes|deletes|gives|grants|lets|clears|resets|overwrites|skips)\b"
)
_BUT_ONLY: Final = r"\b(?:but|and|though) only (?:when|if|for|with|on|in|within|after|once|while|by)\b"
_CODE_MUST: Final = (
    r"\b(?:code|scripts?|programs?|query|queries|callers?|clients?|snippets?|functions?) must "
    r"(?:not |also |always |only )?"
    r"(?:call|return|end|begin|start|contain|include|define|export|use|print|await|assign)\b"
)
_OR_ELSE: Final = (
    r"\bmust .{2,100}?,? or (?:else )?(?:the|it|this|that|they|an?) [\w ]{0,30}?"
    r"(?:fails?|hangs?|waits?|times? out|returns? (?:nothing|null|an? (?:empty|error))"
    r"|(?:is|are) (?:rejected|refused|ignored|lost)|errors?|throws?|raises?)\b"
)
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
    (_LIMIT, "must ", _BOUND),
    (_LIMIT, " to be ", _BOUND),
    (_LIMIT, " to end ", _BOUND),
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
    (_LIMIT, " must ", _CODE_MUST),
    (_LIMIT, " only ", _BUT_ONLY),
    (_KINDS(StatementKind.PURPOSE), "demonstrates ", r"^\W*(?:it |this (?:tool )?)?demonstrates [a-z]"),
    (_FAILURE, " or ", _OR_ELSE),
    (_LIMIT, "either", _EITHER),
    (_LIMIT, " one of", _EITHER),
    (_LIMIT, "not both", _EITHER),
    (_LIMIT, "should ", _SHAPED),
    (_LIMIT, "only ", _ONLY_ON),
    (_KINDS(StatementKind.WHEN), "ful ", _HELPFUL),
    (_KINDS(StatementKind.WHEN), "handy ", _HELPFUL),
    (_KINDS(StatementKind.WHEN), "ideal ", _HELPFUL),
    (_KINDS(StatementKind.WHEN), "perfect ", _HELPFUL),
    (_KINDS(StatementKind.WHEN), "suit", _HELPFUL),
    (_BEFORE, "_", _UNDONE_BY),
    (_BEFORE, "-", _UNDONE_BY),
    (_KINDS(StatementKind.WHEN), " than ", _BETTER_WHEN),
    (_BEFORE, "_", _CHOICES_FROM),
    (_BEFORE, "you have", _AT_HAND),
    (_BEFORE, "ed first", _AT_HAND),
    (_BEFORE, "after ", _AT_HAND),
    (_BEFORE, " found ", _AT_HAND),
    (_BEFORE, "_", _AT_HAND),
    (_EFFECT, "warning", _WARNED),
    (_EFFECT, "caution", _WARNED),
    (_EFFECT, "danger", _WARNED),
    (_EFFECT, "ing ", _SETTING),
)
"""`Does not follow links` limits, `must already exist` comes before, `fails if ...` tells of a failure."""
