"""Reads what a sentence states about the code of a tool, by kind of fact: values, what happens to others, polarity.

Each reader returns True if a sentence states a fact and nothing else, False if it states the opposite or another value,
and None if it does neither.
"""

from collections.abc import Callable
from re import IGNORECASE, escape, fullmatch
from typing import Final, NamedTuple

from toolsmell.model import Json
from toolsmell.model.implementation import Aspect, CodeEffect, CodeFact, FactKind, Handling, Operator
from toolsmell.reading.context import ToolContext
from toolsmell.reading.stated import default_of, range_of, values_of
from toolsmell.rewrite.check.contradictions import CONDITIONAL
from toolsmell.rewrite.check.new_sentences import Original
from toolsmell.rewrite.check.typed_facts import GRAMMAR
from toolsmell.text import Text, identifier_words, pattern, words_of

_QUOTED: Final = r"[`'\"“”]([^`'\"“”\n]{1,80})[`'\"“”]"
_TAILS: Final = {
    Handling.REJECTED: (
        r"(?:and |but )?(?:(?:all |any )?(?:other|larger|smaller|higher|lower|greater|further) (?:values?|numbers?)"
        r"|anything (?:else|larger|higher|lower|more|less)|others?) (?:is|are)? ?"
        r"(?:rejected|refused|an error|invalid|not (?:accepted|allowed)|fails?|raises? an error|returns? an error)"
        r"|(?:otherwise|else),? (?:it|the call|the tool) (?:fails|is rejected|returns an error)"
        r"|or (?:it|the call) fails"
    ),
    Handling.LIMITED: (
        r"(?:and |but )?(?:other|larger|smaller|higher|lower|greater|more|less)(?: values?| numbers?)? (?:is|are) "
        r"(?:limited|capped|cut|reduced|clamped|lowered|raised)(?: to (?:it|that|this|\d+))?"
    ),
    Handling.REPLACED: (
        r"(?:and |but )?(?:(?:all |any )?other values?|anything else) (?:is|are) (?:replaced|ignored)"
        r"(?: by the default)?"
    ),
}
"""Ways to speak of other values, by what the code does with them."""
_ACCEPTS: Final = frozenset("accepts accepted allows allowed only one either".split())
_COUNTED: Final = frozenset(("", *"result results item items hit hits entry entries row rows".split()))
_CHARACTERS: Final = frozenset("character characters char chars".split())
_ITEMS: Final = frozenset("item items element elements entry entries".split())
_LENGTHS: Final = {frozenset(("string",)): _CHARACTERS, frozenset(("array",)): _ITEMS}
"""What a length counts, by the types of the parameter."""
_EMPTY: Final = r"(?:is |it is )?(?:empty|missing|omitted|left out|not given|not set|not passed|unset|absent|blank)"
_IF_EMPTY: Final = rf"\b(?:if|when) (?:it |the parameter )?{_EMPTY}(?: or {_EMPTY})?"
_FAILS: Final = (
    r"(?:the (?:call|tool) |it |this )?(?:fails|is rejected|errors|returns an error|raises an error|is an error)"
)
_STATES: Final = (
    r"\b(?:not found|missing|(?:does|do) not exist|no [\w ]{1,40} found|already exists?|unknown|invalid"
    r"|too (?:long|large|many|short|big)|expired|denied|empty|unsupported|not supported)\b"
)
_NEGATIONS: Final = r"\b(?:not|no|never|none|cannot|can't|doesn't|isn't|without|unless|except)\b"
_FOLDER: Final = r"(?:files?|folders?|director(?:y|ies))"
_ROWS: Final = r"(?:a |one |the )?(?:rows?|records?)"
_EFFECTS: Final = {
    CodeEffect.DELETES_FILE: rf"(?:deletes|removes) (?:the |a |an |one |this )?{_FOLDER}(?: (?:from|on) disk)?",
    CodeEffect.WRITES_FILE: rf"(?:writes|creates|saves)(?: to)? (?:the |a |an |one )?{_FOLDER}(?: (?:to|on) disk)?",
    CodeEffect.RUNS_PROGRAM: r"(?:runs|starts) (?:a |an |the )?(?:program|command|process)",
    CodeEffect.SENDS_REQUEST: r"sends (?:a |an |one )?(?:http )?request(?: that may change data)?",
    CodeEffect.DELETES_REMOTE: r"sends (?:a |an |one )?(?:http )?(?:delete request|request that deletes)",
    CodeEffect.WRITES_ROWS: rf"(?:writes|inserts|updates) {_ROWS} (?:in|into|to) (?:a|the) database",
    CodeEffect.DELETES_ROWS: rf"(?:deletes|removes) {_ROWS}(?: (?:from|in) (?:a|the) database)?",
    CodeEffect.SENDS_MESSAGE: r"sends (?:a|the|one) message",
}
_HARMLESS: Final = (
    r"\b(?:read-only|(?:changes|modifies|writes|deletes|sends|removes) nothing|(?:does not|doesn't|never|without) "
    r"(?:\w+ )?(?:chang|modif|writ|delet|remov|send)\w*)\b"
)


class Said(NamedTuple):
    """A sentence next to a fact, without the condition that the fact stands under."""

    tool: ToolContext
    fact: CodeFact
    text: str

    @property
    def plain(self) -> str:
        return self.text.strip().rstrip(".;: ")


def as_text(value: Json) -> str:
    """Return a value as a sentence writes it, without quotes."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _clauses(text: str) -> tuple[str, list[str]]:
    """Return the first clause of a sentence, and those that follow it."""
    parts = [part.strip() for part in pattern(r"[;.](?=\s|$)|, (?=(?:and|but|or|otherwise|else)\b)").split(text)]
    parts = [part for part in parts if part]
    return (parts[0], parts[1:]) if parts else ("", [])


def _tails(fact: CodeFact, tails: list[str]) -> bool | None:
    """Return whether what a sentence says of other values is what the code does with them."""
    for tail in tails:
        said = next((h for h, source in _TAILS.items() if fullmatch(source, tail.lower())), None)
        if said is None:
            return None
        if said is not fact.handling:
            return False
    return True


def _rest(said: Said, text: str) -> set[str]:
    """Return the words of a text that are neither grammar nor the parameter's own."""
    name = said.fact.parameter or ""
    own = {*words_of(name), *identifier_words(name), name.lower()}
    return set(words_of(text.lower())) - GRAMMAR - own - _ACCEPTS


def _bound(said: Said) -> bool | None:
    fact, (main, tails) = said.fact, _clauses(said.text)
    limits = range_of(Text(main))
    if limits is None or not fact.values:
        return None
    counted = _LENGTHS.get(_types(said), _CHARACTERS | _ITEMS) if fact.aspect is Aspect.LENGTH else _COUNTED
    if limits.unit not in counted or (fact.aspect is Aspect.LENGTH and not limits.unit):
        return None
    upper = fact.operator in (Operator.AT_MOST, Operator.BELOW)
    stated = limits.high if upper else limits.low
    if stated is None:
        return None
    whole = all(isinstance(value, int) for value in fact.values)
    step = {Operator.BELOW: -1, Operator.ABOVE: 1}.get(fact.operator or Operator.AT_MOST, 0)
    if step and not (whole and _is_integer(said)):
        return None
    if stated != fact.values[0] + step:
        return False
    other = limits.low if upper else limits.high
    if other is not None and not _other_bound(said, other, upper=upper):
        return False
    if _rest(said, main.replace(limits.excerpt, " ")) - {limits.unit}:
        return None
    return _tails(fact, tails)


def _is_integer(said: Said) -> bool:
    """Return True if only whole numbers can be compared: `x > 0` is then at least 1."""
    return said.fact.aspect is Aspect.LENGTH or _types(said) == {"integer"}


def _types(said: Said) -> frozenset[str]:
    return next((p.types for p in said.tool.parameters if p.name == said.fact.parameter), frozenset())


def _other_bound(said: Said, value: float, *, upper: bool) -> bool:
    """Return True if the code also has the other bound that a sentence states."""
    wanted = (Operator.AT_LEAST, Operator.ABOVE) if upper else (Operator.AT_MOST, Operator.BELOW)
    read = said.tool.server.manifest.implementations or {}
    code = read.get(said.tool.tool.index)
    facts = code.of_parameter(said.fact.parameter or "", FactKind.BOUND) if code is not None else ()
    same = (f for f in facts if f.operator in wanted and f.handling is said.fact.handling)
    return any(
        f.values[0] + {Operator.ABOVE: 1, Operator.BELOW: -1}.get(f.operator or wanted[0], 0) == value for f in same
    )


def _enum(said: Said) -> bool | None:
    fact, (main, tails) = said.fact, _clauses(said.text)
    wanted = {as_text(value) for value in fact.values}
    quoted = set(pattern(_QUOTED).findall(main)) - {fact.parameter}
    named = quoted or set(values_of(Text(main)))
    if not named or pattern(_NEGATIONS).search(main.lower()):
        return None
    if named != wanted:
        return False if named - wanted and named & wanted else None
    left = pattern(_QUOTED).sub(" ", main)
    if _rest(said, left) - {value.lower() for value in wanted}:
        return None
    return _tails(fact, tails)


def _default(said: Said) -> bool | None:
    value = said.fact.values[0]
    text = pattern(_IF_EMPTY, IGNORECASE).sub(" ", said.text)
    stated = default_of(Text(text), (as_text(value),))
    if stated is not None:
        left = text.replace(stated.excerpt, " ")
        given = stated.text
    else:
        match = pattern(r"^[`'\"]?([\w./:-]{1,80})[`'\"]? (?:is|are) used$").match(text.strip(" .,"))
        if match is None or text == said.text:
            return None
        left, given = "", match[1]
    if given.lower() != as_text(value).lower():
        return False
    return None if _rest(said, left) - {"used", "uses", "it"} or pattern(_NEGATIONS).search(left.lower()) else True


def _guard(said: Said) -> bool | None:
    fact = said.fact
    if fact.parameter is None or fact.aspect is not Aspect.VALUE:
        return None
    text = said.plain.replace(f"`{fact.parameter}`", "it").replace(f"'{fact.parameter}'", "it")
    text = pattern(r"^(?:the parameter|this parameter|this|the value|it) ", IGNORECASE).sub("it ", text).lower()
    own = text if text.startswith(("it ", "fails", "the ")) else f"it {text}"
    match fact.operator:
        case Operator.ABSENT:
            return _polar(own, _MUST_BE_GIVEN, _MAY_BE_EMPTY)
        case Operator.GIVEN:
            return _polar(own, (rf"{_FAILS} (?:if|when) it is (?:given|set|passed|not empty)",), _MUST_BE_GIVEN)
        case Operator.EQUALS:
            value = rf"[`'\"]?{escape(as_text(fact.values[0]).lower())}[`'\"]?"
            refused = (rf"it (?:must not|cannot|may not|can't) be {value}", rf"{_FAILS} (?:if|when) it is {value}")
            return _polar(own, refused, (rf"it (?:may|can|must) be {value}",))
    return None


_MUST_BE_GIVEN: Final = (
    r"it (?:must not|cannot|may not|can't|must never) be (?:empty|blank|missing|omitted|left out)",
    r"it must be (?:given|provided|set|passed|not empty|non-empty)",
    r"it is (?:required|mandatory)",
    rf"{_FAILS} (?:if|when) it {_EMPTY}(?: or {_EMPTY})?",
    rf"{_FAILS} unless it is (?:given|provided|set|passed)",
)
_MAY_BE_EMPTY: Final = (
    r"it (?:may|can) be (?:empty|blank|missing|omitted|left out)",
    r"it is optional",
    r"it must be (?:empty|blank|omitted|left out)",
    rf"{_FAILS} (?:if|when) it is (?:given|provided|set|passed)",
    rf"{_FAILS} unless it {_EMPTY}",
)


def _polar(text: str, true: tuple[str, ...], false: tuple[str, ...]) -> bool | None:
    if any(fullmatch(source, text) for source in true):
        return True
    return False if any(fullmatch(source, text) for source in false) else None


def _failure(said: Said) -> bool | None:
    message = " ".join((said.fact.message or "").split()).strip(". ")
    if not message:
        return None
    quoted = pattern(r"[`'\"“](.{4,200})[`'\"”]").search(said.plain)
    if quoted is not None:
        around = f"{said.plain[: quoted.start()]}“”{said.plain[quoted.end() :]}".lower()
        form = rf"{_FAILS} (?:with |saying |with the message )?“”"
        wanted = escape(message.lower()).replace("…", ".{0,80}")
        return True if fullmatch(form, around) and fullmatch(wanted, quoted[1].lower().strip(". ")) else None
    match = pattern(rf"^{_FAILS} (?:if|when) (.+)$", IGNORECASE).match(said.plain)
    return _same_state(match[1], message) if match is not None else None


def _same_state(said: str, message: str) -> bool | None:
    """Return True if a condition names the state that a message reports, about the same things."""
    state = pattern(_STATES, IGNORECASE).search(message)
    if state is None or state[0].lower() not in said.lower():
        return None
    own = set(words_of(message.lower())) - GRAMMAR
    told = set(words_of(said.lower())) - GRAMMAR
    same_parity = len(pattern(_NEGATIONS).findall(said.lower())) == len(pattern(_NEGATIONS).findall(message.lower()))
    return True if same_parity and told and told <= own and len(told & own) * 5 >= len(own) * 3 else None


def _effect(said: Said) -> bool | None:
    effect = said.fact.effect
    if effect is None:
        return None
    harmless = pattern(_HARMLESS, IGNORECASE).search(said.text) and not pattern(CONDITIONAL).search(said.text)
    if effect.certain and harmless:
        return False
    text = pattern(r"^(?:(?:it|this tool|also|and) )+", IGNORECASE).sub("", said.plain).lower()
    return True if fullmatch(_EFFECTS[effect], text) else None


def _result(said: Said) -> bool | None:
    fact = said.fact
    match = pattern(
        r"^(?:it )?returns? (an? |the )?(?:json )?(object|list of objects|fields?)(?: with| of|:)? ", IGNORECASE
    ).match(said.text)
    names = pattern(r"`([^`\n]{1,60})`").findall(said.text)
    if match is None or not names or fact.conditions:
        return None
    rest = set(words_of(pattern(r"`[^`\n]{1,60}`").sub(" ", said.text[match.end() :].lower()))) - {"and", "the", "with"}
    if rest or not (match[2].lower().startswith("field") or match[2].lower() == fact.name):
        return None
    return set(names) <= set(fact.values) or (False if set(names) & set(fact.values) else None)


def _constant(said: Said) -> bool | None:
    value = as_text(said.fact.values[0])
    name = " ".join(identifier_words(said.fact.name))
    forms = {
        "per page": r"(?:it )?(?:fetches|requests|asks for|loads|reads) (\S+) (?:results |items |entries )?per page",
        "page size": r"(?:it )?(?:fetches|requests|asks for|loads|reads) (\S+) (?:results |items |entries )?per page",
        "sort": r"(?:it is |results are )?sorted by [`'\"]?(\S+?)[`'\"]?",
        "order by": r"(?:it is |results are )?(?:sorted|ordered) by [`'\"]?(\S+?)[`'\"]?",
    }
    match = fullmatch(forms[name], said.plain.lower()) if name in forms else None
    return None if match is None else match[1] == value.lower()


def _sibling(said: Said) -> bool | None:
    match = fullmatch(r"(?:it |also |first )*(calls|runs|uses) [`'\"]?([\w.-]+)[`'\"]?(?: first)?", said.plain.lower())
    return True if match is not None and match[2] == said.fact.name.lower() and not said.fact.conditions else None


def _documented(said: Said) -> bool | None:
    message = said.fact.message or ""
    return True if message and not said.fact.conditions and Original(message).has(said.text) else None


def _example(said: Said) -> bool | None:
    match = fullmatch(r"(?:for example|example|e\.g\.):? [`'\"]?(.+?)[`'\"]?", said.plain, IGNORECASE)
    return True if match is not None and match[1] == as_text(said.fact.values[0]) else None


READERS: Final[dict[FactKind, Callable[[Said], bool | None]]] = {
    FactKind.BOUND: _bound,
    FactKind.ENUM: _enum,
    FactKind.DEFAULT: _default,
    FactKind.GUARD: _guard,
    FactKind.FAILURE: _failure,
    FactKind.EFFECT: _effect,
    FactKind.RESULT: _result,
    FactKind.CONSTANT: _constant,
    FactKind.SIBLING: _sibling,
    FactKind.DOCUMENTATION: _documented,
    FactKind.EXAMPLE: _example,
}
"""By kind: whether a sentence states a fact (True), contradicts it (False), or does neither (None)."""
