"""Constructions that state for certain what comes of a call: what it changes, what it returns, and when it fails.

Readers gave the kind to nearly all labelled sentences with one of them; a few (`asks the user`) are too rare to tell.
"""

from typing import Final

from toolsmell.model.reading import StatementKind

_CASCADE: Final = (
    r"^\W*(?:\w{2,20}ly )?(?:delete|remove|destroy|drop|archive|purge|erase|wipe)s? [^.;:]{2,80}?"
    r"(?:,| and| along with| together with| including| plus) (?:also )?"
    r"(?:(?:all (?:of )?)?(?:its|their) |all (?:of )?(?:the )?\w|everything\b"
    r"|(?:the |any )?(?:associated|related|attached|linked|dependent|contained|nested) )"
)
_REPLACED: Final = (
    r"^(?!.*\b(?:never|default|defaults|deprecated)\b)\W*(?:an?|any|all|each|every|the|existing|old|previous|other)\b"
    r"(?! (?:tool|function|endpoint))[^.;:]{2,80}? (?:is|are|gets?|will be) (?:then |automatically |silently |also )?"
    r"(?:replaced|overwritten|discarded|superseded)\b(?! in the (?:output|result|response))"
)
_READS: Final = (
    r"^\W*(?:runs?|executes?|performs?|submits?|sends?|issues?|evaluates?) [^.;:]{0,40}?\bread[- ]only\b"
    r"(?! (?:mode|replica|token|key|user|field|propert|access))"
)
_ELICITS: Final = (
    r"\b(?:sends?|makes?|triggers?|issues?|raises?) (?:an? |another )?elicitation\b|\b(?:asks|prompts) the user\b"
    r"|\b(?:requests|asks for|waits for) (?:an? |the )?(?:input|confirmation|clarification|approval|consent|answer)"
    r" (?:from|of|by) the user\b"
)
_DURATION: Final = (
    r"\b(?:takes?|(?:may|can|might|will) (?:also )?take) (?:up to |about |around |a few |several |some |many )?"
    r"(?:\d+ |an? )?(?:minutes?|hours?|seconds|a while)\b(?!['’])"
)
_WHETHER: Final = (
    r"^\W*(?:it )?(?:says|tells|reports|states|indicates|shows|returns?) (?:you )?"
    r"(?:for (?:each|every) [\w -]{2,40}? |of (?:each|every) [\w -]{2,40}? )?(?:whether|if)\b"
)
_KEEPS: Final = (
    r"^\W*(?!simplif|convert|read|get|list|show)[a-z]{3,20} [^.;]{2,80}?\b"
    r"(?:without (?:changing|modifying|affecting|altering|losing|touching)|while (?:preserving|keeping|retaining)) "
    r"(?!structure|format|order)[a-z]"
)
_CHANGES: Final = (
    r"^\W*(?:it|this(?: tool| operation| action)?) (?:only |also |permanently |directly )?"
    r"(?:modifies|overwrites|deletes|removes|replaces|erases|updates|changes) "
)
_COSTS: Final = (
    r"\bincurs? (?:\w{2,20} )?(?:costs?|charges?|fees?)\b|\brequires? gas\b|\bcosts? (?:money|credits|gas)\b"
)
_WHOLE: Final = (
    r"\b(?:completely|entirely|fully) (?:replac|overwrit)"
    r"|\b(?:replaces?|overwrites?) (?:all (?:of )?the|the (?:entire|whole|complete|full|existing)) "
)
_SAVED: Final = (
    r"^(?!.*\b(?:if|unless|default|path|where|whether)\b)[^:]{3,100}? will be (?:saved|stored|written|downloaded) [a-z]"
)
_THEN_GIVEN: Final = (
    r"^\W*(?:when|after|once|if) [^.]{3,80}, (?:an? |the )[^.]{2,80}? (?:is|are|will be) (?:returned|displayed|shown)\b"
    r"|\byou (?:will |['’]ll )(?:get|receive) (?!.{0,30}\berror)(?:an? |the )"
    r"|^\W*(?:expects|takes|accepts) [^.]{2,80}, returns? (?:the|an?|its) "
    r"|\breturns? an? http \W{0,3}2\d\d"
)
_GOES_ON: Final = (
    r"\b(?:failed|failing|failures?|errors?) [^.]{2,60} (?:will not|won['’]t|does not|do not|don['’]t|doesn['’]t) "
    r"(?:stop|abort|affect|break|interrupt)\b"
    r"|\bcontinues? [^.]{0,60}\beven if\b|\bfalls? back to [^.]{2,80}? if\b"
    r"|\b(?:will|would) fail (?:without|if|when|unless)\b"
)
_FALSE: Final = (
    r"\b[\w.]{2,30}\W{0,3}[:=] ?false\W{0,4} (?:means|when|if) "
    r"(?!omitted|unset|left out|not (?:set|given|provided|specified))"
)
_MADE_IF_ABSENT: Final = (
    r"^\W*(?:it |this (?:tool )?)?(?:also |automatically )?"
    r"(?:creates?|spawns?|adds?|makes?|inserts?|builds?|installs?) "
    r"[^.;]{2,80}? if (?:it |they |one |none |there |that |the \w{1,30} )?"
    r"(?:does not|doesn['’]t|do not|don['’]t|is not|isn['’]t|is no|is missing|are no|aren['’]t|missing|absent)\b"
)
_KINDS: Final = tuple(StatementKind).index
_EFFECT, _RESULT, _FAILURE = map(_KINDS, (StatementKind.EFFECT, StatementKind.RESULT, StatementKind.FAILURE))
CONSEQUENCES: Final = (
    # The kind, a word that must be in the text for the pattern to be tried, and the pattern.
    (_EFFECT, "delete", _CASCADE),
    (_EFFECT, "remove", _CASCADE),
    (_EFFECT, "destroy", _CASCADE),
    (_EFFECT, "archive", _CASCADE),
    (_EFFECT, "drop", _CASCADE),
    (_EFFECT, "replaced", _REPLACED),
    (_EFFECT, "overwritten", _REPLACED),
    (_EFFECT, "discarded", _REPLACED),
    (_EFFECT, "superseded", _REPLACED),
    (_EFFECT, "only ", _READS),
    (_EFFECT, "elicitation", _ELICITS),
    (_EFFECT, " the user", _ELICITS),
    (_EFFECT, "take", _DURATION),
    (_RESULT, "whether", _WHETHER),
    (_RESULT, " if ", _WHETHER),
    (_EFFECT, "without ", _KEEPS),
    (_EFFECT, "while ", _KEEPS),
    (_EFFECT, "modifies ", _CHANGES),
    (_EFFECT, "overwrites ", _CHANGES),
    (_EFFECT, "deletes ", _CHANGES),
    (_EFFECT, "removes ", _CHANGES),
    (_EFFECT, "replaces ", _CHANGES),
    (_EFFECT, "erases ", _CHANGES),
    (_EFFECT, "updates ", _CHANGES),
    (_EFFECT, "changes ", _CHANGES),
    (_EFFECT, " if ", _MADE_IF_ABSENT),
    (_FAILURE, "false", _FALSE),
    (_EFFECT, "incur", _COSTS),
    (_EFFECT, " gas", _COSTS),
    (_EFFECT, "cost", _COSTS),
    (_EFFECT, "replac", _WHOLE),
    (_EFFECT, "overwrit", _WHOLE),
    (_EFFECT, " will be ", _SAVED),
    (_RESULT, " returned", _THEN_GIVEN),
    (_RESULT, " displayed", _THEN_GIVEN),
    (_RESULT, " shown", _THEN_GIVEN),
    (_RESULT, "you ", _THEN_GIVEN),
    (_RESULT, ", return", _THEN_GIVEN),
    (_RESULT, "http ", _THEN_GIVEN),
    (_FAILURE, "fail", _GOES_ON),
    (_FAILURE, "error", _GOES_ON),
    (_FAILURE, "continue", _GOES_ON),
    (_FAILURE, " back to ", _GOES_ON),
)
"""`Deletes a room and its bookings` changes more than it names, `will fail without a licence` tells of a failure."""
