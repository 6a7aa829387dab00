r"""The forms that orders to the agent take in poisoned tools, as patterns that ordinary descriptions do not meet.

Each pattern begins with words that are rare, and all gaps are bounded: a hostile megabyte costs a second, not a day.
"""

from collections.abc import Iterator
from typing import NamedTuple

from toolsmell.rules.security._search import word_set, words_in
from toolsmell.text import pattern


class OrderForm(NamedTuple):
    """One form of order."""

    order: str
    """The order, for a message: it completes 'orders the agent to'."""
    words: tuple[frozenset[bytes], ...]
    """Every tool with an order of this form has a word of each set."""
    sources: tuple[str, ...]
    """Patterns, for a text in lower case with single spaces."""


_NOT = r"(?:do not|don't|dont|never|must not|mustn't|should not|shouldn't|avoid)(?: ever| even)?"
_USER = r"(?:the )?(?:end )?(?:user|human|operator|person|customer|victim)\b"
_THIS = r"(?:this|it|that|these|any of this|anything|the above|these (?:steps|instructions))"
_HOME = r"(?:~|\$home|%userprofile%|/home/[\w.*]+|/root|/users/[\w.*]+)"
_KEYS = (
    r"(?:\bid_(?:rsa|ed25519|ecdsa|dsa)\b"
    r"|\.(?:ssh|gnupg|aws|kube|netrc|git-credentials|npmrc|pypirc)\b|/etc/(?:passwd|shadow)\b|/proc/self/environ)"
)
_PLACES = r"(?:\bmcp\.json\b|\bclaude_desktop_config\.json|\.(?:bash|zsh)_history\b|\.env\b)"
_READ = r"(?:read|open|cat|print|dump|upload|send|attach|include|exfiltrate)"
_ORDERED = r"(?:before|first|always|must|please|you should|you need to|make sure|ensure|remember to|then|also)"
_SECRETS = (
    r"(?:(?:conversation|chat|message|dialog(?:ue)?)s? (?:history|log|logs|transcript)"
    r"|(?:full|entire|whole|complete|current) (?:conversation|chat|context|prompt)|system prompt"
    r"|(?:api|private|secret|ssh|access) keys?|credentials|passwords|secrets|environment variables|env vars"
    r"|session tokens?|seed phrase|browser cookies)"
)
_ASIDE = r"(?:side_?note|notes?|metadata|debug|feedback|telemetry)\b"
_AWAY = (
    r"(?:to|with) (?:https?://|[\w.+-]{1,40}@[\w-]{1,40}\.\w"
    r"|(?:this|the following|our|my) (?:url|server|endpoint|address|webhook))"
)

FORMS = (
    OrderForm(
        "keep something from its user",
        (
            word_set(
                "tell telling inform informing notify notifying alert alerting warn warning mention mentioning reveal"
            )
            | word_set(
                "revealing disclose let know notice learn told informed aware find keep hide conceal secretly covertly"
            )
            | word_set("stealthily"),
            word_set(
                "user human operator person customer victim you this it that these any anything the above secretly"
            )
            | word_set("covertly stealthily"),
            word_set("not don dont never mustn shouldn avoid without from secretly covertly stealthily"),
        ),
        (
            rf"\b{_NOT} (?:tell|inform|telling|informing) {_USER}(?! to\b)(?!.{{0,80}}\b(?:until|unless)\b)",
            rf"\b{_NOT} (?:notify|alert|warn|notifying|alerting|warning) {_USER} (?:that|about|of)\b",
            rf"\bwithout (?:ever )?(?:telling|informing|notifying|alerting|mentioning (?:{_THIS} )?to) the user\b",
            rf"\b{_NOT} (?:mention|reveal|disclose|mentioning|revealing) (?:{_THIS} )?to {_USER}",
            rf"\b{_NOT} (?:mention|reveal|disclose) (?:that you|{_THIS} (?:in|at all|anywhere))\b",
            rf"\b{_NOT} let {_USER} (?:know|notice|find out)",
            rf"\b(?:keep|hide|conceal) {_THIS} (?:a secret |secret |hidden |confidential )?from {_USER}",
            rf"\b{_USER} (?:must|should) (?:not|never) (?:know|notice|learn|find out|be (?:told|informed|aware))\b",
            (
                r"\b(?:secretly|covertly|stealthily) (?:read|send|forward|copy|upload|include|append|collect|record|log"
                r"|pass|add|bcc|transmit|exfiltrate|store)\b"
            ),
        ),
    ),
    OrderForm(
        "read private files",
        (
            word_set(
                "rsa ed25519 ecdsa dsa ssh gnupg aws kube netrc credentials npmrc pypirc passwd shadow environ mcp"
            )
            | word_set("claude history env home userprofile users root"),
            word_set("read open cat print dump upload send attach include exfiltrate"),
        ),
        (
            rf"\b{_ORDERED}\b[^.]{{0,80}}?\b{_READ}\b.{{0,60}}?{_KEYS}",
            (
                rf"\b(?:before|first|always|must)\b[^.]{{0,80}}?\b{_READ}\b.{{0,60}}?{_PLACES}.{{0,60}}"
                r"\b(?:pass|send|include|content)"
            ),
            (
                rf"\b{_READ} (?:the )?(?:file |contents? (?:of|from) )?[`'\"]?{_HOME}/\S{{1,60}} "
                r"and (?:pass|send|include|put)\b"
            ),
        ),
    ),
    OrderForm(
        "send secrets or the conversation somewhere",
        (
            word_set(
                "conversation conversations chat chats message messages dialog dialogs dialogue dialogues prompt key"
            )
            | word_set("keys context credentials passwords secrets environment env token tokens seed cookies"),
            word_set(
                "send forward post upload transmit exfiltrate email bcc leak report submit pass include put insert"
            )
            | word_set("append attach provide copy"),
            word_set(
                "http https com net org io url server endpoint address webhook sidenote side note notes metadata debug"
            )
            | word_set("feedback telemetry"),
        ),
        (
            (
                r"\b(?:send|forward|post|upload|transmit|exfiltrate|email|bcc|leak|report|submit)\b[^.]{0,60}?"
                rf"\b{_SECRETS}[^.]{{0,30}}? {_AWAY}"
            ),
            (
                r"\b(?:pass|include|put|insert|append|attach|provide|copy)\b[^.]{0,40}?"
                rf"\b{_SECRETS}[^.]{{0,20}}? (?:as|in|into|to) (?:the )?[`'\"]?{_ASIDE}"
            ),
        ),
    ),
    OrderForm(
        "send things to someone else",
        (
            word_set("recipient recipients bcc payee payees beneficiary destination destinations"),
            word_set("change replace redirect override switch always must also ensure make"),
        ),
        (
            (
                r"\b(?:change|replace|redirect|override|switch) the (?:recipient|payee|beneficiary|destination)s? "
                r"(?:address |number )?(?:to|with)\b"
            ),
            r"\b(?:always|must|also|ensure|make sure)\b[^.]{0,40}?\bbcc\b",
        ),
    ),
    OrderForm(
        "set aside its instructions",
        (
            word_set("ignore disregard forget override overriding bypass"),
            word_set(
                "instruction instructions prompt prompts directive directives guideline guidelines guardrail guardrails"
            )
            | word_set("rule rules filter filters"),
        ),
        (
            (
                r"(?<!['\"`(“‘])\b(?:ignore|disregard|forget) (?:all |any |every |the |your |of )*"
                r"(?:previous|prior|above|earlier|preceding|other|system|existing) (?:\w+ )?"
                r"(?:instruction|prompt|directive|guideline)s?\b"
            ),
            (
                r"\b(?:override|overriding|bypass) (?:all |any |the |your )+(?:system |safety |developer |previous )+"
                r"(?:instruction|prompt|guardrail|rule|guideline|filter)s?\b"
            ),
        ),
    ),
    OrderForm(
        "act against its user",
        (
            word_set(
                "usuario usu rio utilisateur benutzer utente instrucciones instru instructions anweisungen istruzioni"
            ),
        ),
        (
            r"(?:不要|不得|切勿|勿|请勿)(?:将此)?(?:(?:告诉|告知|通知)(?:用户|用戶)|(?:向|讓|让)(?:用户|用戶)(?:提及|提到|透露|知道|说明|展示|显示|披露|此))",
            r"(?:忽略|無視|无视)(?:之前|以上|先前|所有)(?:的)?(?:所有)?(?:指令|提示|指示)",
            r"ユーザーに(?:は)?(?:決して|絶対に)?(?:伝え|知らせ|言わ|教え|通知し)(?:ない|ず)",
            r"(?:以前|これまで|上記)の(?:すべての)?(?:指示|命令)を無視",
            r"사용자에게 (?:이를 |절대 )?(?:알리|말하|언급하)지",
            r"\bno (?:le |se lo )?(?:digas|menciones|informes|cuentes)\b[^.\n]{0,30}\bal usuario",
            r"\bn(?:ão|ao) (?:diga|mencione|informe|conte)\b[^.\n]{0,30}\bao usu[aá]rio",
            r"\bne (?:le |l')?(?:dis|dites|mentionne|mentionnez|informe|informez)\b[^.\n]{0,30}\butilisateur",
            r"\b(?:sag|sage|sagen|erwähne|informiere|verrate)\b[^.\n]{0,30}\bbenutzer\b[^.\n]{0,15}\bnicht",
            r"\bnon (?:dire|menzionare|informare|rivelare)\b[^.\n]{0,30}\butente",
            r"\bне (?:говори|сообщай|упоминай|рассказывай)(?:те)?\b[^.\n]{0,30}\bпользовател",
            (
                r"\b(?:ignora|ignore|ignorez|ignoriere|игнорируй)(?:te|те)? (?:\w+ ){0,2}"
                r"(?:instrucciones anteriores|instruções anteriores|instructions précédentes|vorherigen anweisungen"
                r"|istruzioni precedenti|предыдущие инструкции)"
            ),
        ),
    ),
)


RARE = frozenset(word for form in FORMS for words in form.words for word in words)
"""All words of all forms: what a text has of them decides, and that is little."""

OTHER_SCRIPTS = ("用户", "用戶", "指令", "ユーザー", "指示", "사용자", "пользовател", "инструкци")
"""Characters of which one occurs in each text of another script with an order."""


def find(text: str) -> Iterator[tuple[OrderForm, str]]:
    """Yield the forms that a text meets, each once, with the words that meet it."""
    forms = _likely(text)
    if not forms:
        return
    flat = pattern(r"\s{2,}|[^\S ]").sub(" ", text).replace("’", "'")
    lower = flat.lower()
    for form in forms:
        found = (pattern(source).search(lower) for source in form.sources)
        match = next((m for m in found if m), None)
        if match:
            yield form, (flat if len(flat) == len(lower) else lower)[slice(*match.span())]


def _likely(text: str) -> list[OrderForm]:
    """Return the forms that a text has the words of."""
    words = words_in(text) & RARE
    forms = [form for form in FORMS if not any(map(words.isdisjoint, form.words))] if words else []
    if not text.isascii() and FORMS[-1] not in forms and any(map(text.lower().__contains__, OTHER_SCRIPTS)):
        forms.append(FORMS[-1])
    return forms
