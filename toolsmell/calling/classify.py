"""Classifies the answer to a call: a result, nothing, a rejection by the tool, or trouble of the environment.

The words of an error decide, because servers return most errors as text. What the tool checks itself ("Only SELECT
queries are allowed", ENOENT) is behaviour that a description may state. Trouble of the environment (authentication,
quota, network, time, a broken server) is not.
"""

import json
from enum import StrEnum
from re import IGNORECASE
from typing import Final

from toolsmell.model import Json
from toolsmell.text import pattern


class Outcome(StrEnum):
    """What a call showed."""

    RESULT = "result"
    EMPTY = "empty"
    """A successful answer with nothing in it."""
    REJECTED = "rejected by the tool"
    """The tool's own check: a missing thing, a state that does not allow it, a forbidden operation."""
    INVALID_ARGUMENTS = "invalid arguments"
    LOGIN = "login"
    QUOTA = "quota"
    NETWORK = "network"
    TIME = "time"
    SERVER = "server"


SPEAKING: Final = (Outcome.RESULT, Outcome.EMPTY, Outcome.REJECTED, Outcome.INVALID_ARGUMENTS)
"""Outcomes that show behaviour of the tool. The others are trouble of the environment."""

_HEAD: Final = 600
_SHORT: Final = 400
"""Longest successful answer, in characters, that may be a disguised error or say that there is nothing."""

_DISGUISED: Final = (
    r"\W{0,4}(?:[\w'-]+ ){0,3}?(?:error|exception|failure)\s?(?::|\(\d|- |\d{3}\b|(?:occurred|while|executing"
    r"|calling)\b)"
    r"|\W{0,4}(?:failed to|unable to|could not|cannot|can't) \w+|\W{0,4}(?:(?:unauthorized|forbidden)\W*(?:$"
    r"|[:(])|traceback \()"
    r"|\W{0,4}(?:access|permission) denied\b|\W{0,4}invalid \w+ ?:"
)
_NOTHING: Final = (
    r"\W{0,3}(?:no (?:[\w-]+ ){0,4}?(?:found|results?|matches|match|output|available|data|rows|tables|items"
    r"|records|entries)\b"
    r"|(?:found )?(?:0|zero) (?:results?|matches|rows|items|records|files)\b|there are no \w+|nothing (?:found"
    r"|to \w+)"
    r"|none found|empty\W*$|n/a\W*$)"
)
_PROTOCOL: Final = (
    r"-32602|input validation error|validation errors? for|is a required property|\bfield required\b|invalid_type"
    r"|expected \w+, received|is not of type '|(?:greater|less) than the (?:maximum|minimum) of"
    r"|additional properties are not allowed|unexpected keyword argument|invalid enum value"
)
_TROUBLE: Final = (
    (
        Outcome.LOGIN,
        (
            r"\b401\b|\bunauthori[sz]ed\b|\b403\b|bad credentials|not_authed|invalid_auth|missing_scope|invalid_grant"
            r"|\bauthenticat\w+ (?:failed|error|required)|\b(?:not|isn't|aren't) (?:logged in|authenticated"
            r"|authorized)"
            r"|\b(?:invalid|expired|missing|no|incorrect) (?:api[ _-]?key|(?:access |security )?token|credentials?"
            r"|password)\b"
            r"|\b(?:token|credentials?|session|key)\b[^.\n]{0,60}\b(?:expired|revoked|is invalid)\b"
            r"|\b[A-Z][A-Z0-9]*_(?:[A-Z0-9]+_)*(?:KEY|TOKEN|SECRET|PASSWORD)\b"
            r"|\bapi key (?:is )?(?:required|missing|not)|not accessible by|lacks? (?:the )?(?:scope|permission|role)"
            r"|\baccessdenied\b|\bnot authorized to\b|\bplease (?:log|sign) in\b|\bforbidden\b"
        ),
    ),
    (
        Outcome.QUOTA,
        (
            r"\b429\b|too many requests|rate.?limit|\b402\b|payment required|\bquota\b|\bsubscri(?:be|bed|ption)\b"
            r"|\b(?:request|usage|call) limit (?:reached|exceeded)|upgrade your|\binsufficient_quota\b|\bpremium\b"
        ),
    ),
    (
        Outcome.NETWORK,
        (
            r"\bECONN\w+|\bENOTFOUND\b|\bEAI_AGAIN\b|\bENETUNREACH\b|\bEHOSTUNREACH\b|\bfetch failed\b|net::ERR_"
            r"|socket hang up"
            r"|max retries exceeded|name or service not known|name resolution|\bconnect(?:ion)? ?error\b"
            r"|\b(?:cannot|could not|can't|unable to|failed to) (?:connect|reach)\b|connection (?:refused|timed out"
            r"|reset|issue|failed|closed)"
            r"|certificate_verify|\bssl:|\bproxy error|network (?:error|is unreachable)|\bunreachable\b|\bdns\b"
        ),
    ),
    (
        Outcome.TIME,
        (r"\btime(?:d)?[ -]?out\b|\btimeouterror\b|\bdeadline\b|\bETIMEDOUT\b|-32001|\b504\b|gateway time-?out"),
    ),
    (
        Outcome.SERVER,
        (
            r"\bunknown tool\b"
            r"|\btool [\w'\"`./-]{1,80} (?:(?:was )?not found|does not exist|is not (?:available|registered))\b"
            r"|\b50[0-3]\b|internal (?:server )?error|bad gateway|service unavailable|under maintenance"
            r"|traceback \(most recent"
            r"|\b(?:Key|Attribute|Name|Index|Import|ModuleNotFound|Runtime|Assertion|NotImplemented|Recursion)Error\b"
            r"|cannot read propert|is not a function\b|undefined is not|null ?pointer|nonetype|no module named"
            r"|\bspawn \S+ ENOENT"
            r"|\bsh: [^\n]{0,80}: not found$|command not found|\bENOSPC\b|\bEROFS\b|\bEMFILE\b|\bEACCES\b"
            r"|no space left|out of memory"
            r"|executable doesn't exist|failed to launch|not installed|segmentation fault|something went wrong"
            r"|operation failed\W*$"
        ),
    ),
)
"""Trouble of the environment and how servers report it; the first that fits."""
_REJECTED: Final = (
    r"\bENOENT\b|\bENOTDIR\b|\bEISDIR\b|\bEEXIST\b|\bENOTEMPTY\b|\bno such\b|\b404\b|\b409\b|\b410\b"
    r"|\bnot found\b|_not_found\b"
    r"|does(?:n't| not) exist|already exists?|did not (?:resolve|match)|could not find|unable to find"
    r"|no match\b|nothing matches"
    r"|\bonly [^.]{1,60} (?:are|is) (?:allowed|supported|permitted)|(?:not|n't) (?:be )?(?:allowed|permitted"
    r"|supported)\b"
    r"|outside (?:of )?(?:the )?(?:allowed|permitted|root)|read-only|constraint failed|syntax error"
    r"|cannot specify both"
    r"|has been deleted|is archived|is not (?:mergeable|a git repository|on the list)|too large|exceeds the maximum"
)
_INVALID: Final = (
    r"\binvalid (?:\w+ ){0,3}\w+|\bmissing (?:required|parameter|argument)|\brequired (?:parameter|argument"
    r"|property|field)"
    r"|\b(?:is|are) required\b|\bmust (?:be|not be|have|match|contain|start|end)\b|\bshould be\b|\bexpected\b"
    r"|\bunknown (?:arg|param|field|opt)"
    r"|\bnot a valid\b|out of range|too (?:small|big|long|short)\b|\b400\b|\b422\b|bad request|unprocessable"
    r"|does not match (?:format|pattern)|cannot be (?:empty|null|blank)|please provide|\bvalueerror\b"
)


def classified(text: str, *, is_error: bool, faulty: bool) -> Outcome:
    """Return the outcome of a call. `faulty` says that the call had a known fault.

    A server that returns its error as a successful result is recognised by the words of the error.
    """
    head = text[:_HEAD]
    if not is_error and not _disguised(text):
        return Outcome.EMPTY if _is_empty(text) else Outcome.RESULT
    if pattern(_PROTOCOL, IGNORECASE).search(head):
        return Outcome.INVALID_ARGUMENTS
    if trouble := _trouble_in(head):
        return trouble
    if not faulty and pattern(_REJECTED, IGNORECASE).search(head):
        return Outcome.REJECTED
    if faulty or pattern(_INVALID, IGNORECASE).search(head):
        return Outcome.INVALID_ARGUMENTS
    return Outcome.REJECTED if len(head.split()) > 2 else Outcome.SERVER


def _trouble_in(head: str) -> Outcome | None:
    """Return the trouble of the environment that an error reports, or None."""
    for outcome, source in _TROUBLE:
        if pattern(source, IGNORECASE).search(head):
            return outcome
    return None


def _disguised(text: str) -> bool:
    """Return True if a successful answer is an error: by its first words, or by a field of its JSON object."""
    found = _parsed(text)
    if isinstance(found, dict):
        failed = found.get("success") is False or found.get("ok") is False or found.get("status") in ("error", "failed")
        error = found.get("error")
        return failed or (isinstance(error, str | dict) and bool(error) and len(found) <= 4)
    return len(text) <= _SHORT and pattern(_DISGUISED, IGNORECASE).match(text) is not None


def _is_empty(text: str) -> bool:
    found = _parsed(text)
    if isinstance(found, dict | list):
        try:
            return _holds_nothing(found)
        except RecursionError:  # nested so deeply that it is not nothing
            return False
    bare = text.strip()
    return bare in ("", "null", "None") or (
        len(bare) <= _SHORT and pattern(_NOTHING, IGNORECASE).match(bare) is not None
    )


def _holds_nothing(value: Json) -> bool:
    """Return True if a JSON answer has only empty lists and empty values."""
    if isinstance(value, list):
        return not value
    if not isinstance(value, dict):
        return value in (None, "", 0)
    if set(value) == {"content"} and isinstance(value["content"], str):
        return _is_empty(value["content"])
    return all(_holds_nothing(item) for item in value.values())


def _parsed(text: str) -> Json:
    """Return the JSON value of an answer, or None if it is not JSON."""
    if text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
