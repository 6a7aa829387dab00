"""Reads what the prose about a parameter states: its default, its bounds, its values, whether it is required.

Only plain statements are read, and doubtful ones are left out: "default 10 for lists, 50 for searches" states no
default, and "such as a or b" no list of values. Each reading begins with a literal test, so that prose without
such a statement costs nothing.
"""

from collections.abc import Collection, Iterator
from re import IGNORECASE, Match
from typing import NamedTuple

from toolsmell.model import Json
from toolsmell.text import Text, has_any, pattern

_PLAIN = r"[-+]?\d{1,15}(?:[,_]\d{3}){0,5}(?:\.\d{1,15})?"
_NUMBER = rf"{_PLAIN}(?![\w.]{{0,20}}[/-]\d)"  # no part of a date or a ratio
_QUOTED = r"'[^'\n]{0,60}'|\"[^\"\n]{0,60}\"|(?<!`)`[^`\n]{1,60}`(?!`)|“[^”\n]{0,60}”"
_QUOTES = "'\"`“”"
_BARE = r"[A-Za-z_][\w.+-]{0,40}"
_UNIT = r"(?:[ -]?(?P<unit>%|(?!(?:and|or|to|inclusive|each|per|for|default|max|min|maximum|minimum)\b)[A-Za-zµ]+))?"
_LEFT_OUT = (
    r"(?:if|when) (?:it is |it's |they are )?(?:not (?:explicitly )?(?:specified|provided|given|set|passed)"
    r"|not (?:supplied|present)|unspecified|omitted|unset|left out|missing|absent|none\b|empty)"
)
"""What names the case that a default is for, and so limits it in no way."""
_ENDS = rf"(?=[ \t]*(?:[.,;)\]}}\n]|$|[-–—] |\((?!or\b)|{_LEFT_OUT}))"

_DEFAULT = (
    rf"\bdefaults?(?:[ ]value)?(?:[ ]?(?:is|are|to|of|[:=]|-(?=[ ]))){{0,2}}[ ]?"
    rf"(?:(?P<quoted>{_QUOTED})|(?P<number>{_NUMBER}){_UNIT}|(?P<token>{_BARE})){_ENDS}"
)
_BY_DEFAULT = (
    rf"(?:(?P<quoted>{_QUOTED})|(?<![\w.-])(?P<number>{_NUMBER}){_UNIT}|\b(?P<token>{_BARE}))"
    r"[ ](?:\((?:the )?default\)|\[default\]|by default\b)"
)
_RANGE = (
    rf"(?:\bbetween[ ]|\brange[sd]?(?: is| of| from|:)?[ (\[]{{0,2}}|\bvalues?:?[ ](?:from )?|\bfrom[ ]"
    rf"|[(\[][ ]?(?:range:? ?|from |integer |number )?"
    rf"|(?<=[.,;:][ ])(?=\d{{1,9}}[ ]?(?:-|–|to)[ ]?[1-9]\d{{0,8}}[ ]?(?:[.,;)]|$)))"
    rf"(?P<low>{_PLAIN})(?:[ ]?(?:-|–|\.\.\.?|to|and|through)[ ]?|, ?(?=[\d.]+\]))(?P<high>{_NUMBER}){_UNIT}"
)
_LEADS_RANGE = ("between ", "range", "value", "from ", "(", "[", ". ", ", ", "; ", ": ")
_MAXIMUM = (
    r"(?:\bmax(?:imum|\.)?(?:[ ](?:allowed|value|limit|length|of|is|size|possible)){0,3}|\bat most"
    r"|(?<!for )\bup to|\b(?:no|not) more than|\bcapped at"
    rf"|\bmust not exceed|<=|≤)[ ]?[:=]?[ ]?(?P<high>{_NUMBER}){_UNIT}"
)
_LEADS_MAXIMUM = ("max", "at most", "up to", "more than", "capped at", "exceed", "<=", "≤")
_MINIMUM = (
    r"(?:\bmin(?:imum|\.)?(?:[ ](?:allowed|value|length|of|is|possible)){0,3}|\bat least|\bno(?:t)? (?:less"
    r"|fewer) than|>=|≥)"
    rf"[ ]?[:=]?[ ]?(?P<low>{_NUMBER}){_UNIT}"
)
_LEADS_MINIMUM = ("min", "at least", " less than", " fewer than", ">=", "≥")
_ITEM = rf"(?:{_QUOTED}|[A-Za-z0-9_][\w.+-]{{0,40}})"
_NEXT = r"(?:,?\s{1,30}(?:or|and)\s{1,30}|,\s{0,30}|[ ]?[|/][ ]?)"
_LISTED = (
    r"\b(?:one of(?: the following)?|either|(?:possible|valid|allowed|supported|available|accepted) (?:values"
    r"|options|types)(?: are| include)?"
    rf"|options(?: are)?|must be|choose from)[ ]?:?[ ]?[\[({{]?(?P<list>{_ITEM}(?:{_NEXT}{_ITEM}){{1,50}})"
)
_LEADS = ("one of", "either", "values", "options", "types", "must be", "choose from")
_QUOTED_LIST = (
    rf"(?P<list>(?:{_QUOTED})(?:{_NEXT}(?:{_QUOTED})){{0,50}}(?:,?\s{{1,30}}or\s{{1,30}}|[ ]?[|/][ ]?)(?:{_QUOTED}))"
)
_GLOSS = r"(?:[ ]?\([^()\n]{1,80}\))?"
_LABELLED = (
    r"(?:\b(?:values?|options?|choices|allowed|supported|types?|modes?|by \w+|format|order|status)|^[^:\n]{1,60}):[ ]?"
    rf"(?P<list>(?:{_QUOTED}){_GLOSS}(?:{_NEXT}(?:{_QUOTED}){_GLOSS}){{1,30}})(?=[ ]*(?:[.;)\n(]|$))"
)
_BRACKETED = r"[(\[](?P<list>[A-Za-z0-9_][\w.+-]{0,40}(?:[ ]?[|/][ ]?[A-Za-z0-9_][\w.+-]{0,40}){1,50})[)\]]"
_OPEN = r"e\.g|i\.e|such as|\blike\b|example|includ|\betc\b|\.\.\.|…|sample|similar"
# What must not follow bounds: "a maximum 24 hour percent change" is about something else.
_NOUN = (
    r"[ ](?!(?:per|to|and|or|in|at|of|inclusive|each|by|is|are|allowed|maximum|minimum|max|min|will|can|may"
    r"|are)\b)[A-Za-z]"
)
_ADVICE = r"\b(?:higher|lower|larger|smaller|typical(?:ly)?|recommended|usual(?:ly)?|common|best|good)(?: \w+)? ?$"
"""Words before bounds that are advice: `higher values (100-1000) give more detail`."""
_ALTERNATIVE = r"\b(?:or|and|for|if|when|else) [\w-]+ ?$"
"""Words before bounds in brackets that are about one of several cases: `top items, or percent (1-100)`."""
_CONDITION = (
    rf"[ ,]*\(?(?!{_LEFT_OUT})(?:if|when|for|in|on|or|per|unless|depending|with|where|at|as|otherwise|times|x\b)"
    r"\b"
)


_PLACEHOLDERS = frozenset("<>{}$")
_EXCEPTION = rf"[ ,]*\(?(?!{_LEFT_OUT})(?:if|when|for|unless|depending|otherwise)\b"
_PREPOSITIONS = frozenset("on at in by to from before after within above below".split())
"""`must be on or after ...` lists no values."""
_LITERALS = frozenset(("true", "false", "null", "none", "yes", "no", "on", "off", "and", "or"))


class Default(NamedTuple):
    """A default that prose states."""

    text: str
    """The value as written, without its quotes."""
    kind: str
    """`quoted`, `number` or `token`."""
    unit: str
    """The word after a number, lower case; empty if there is none."""
    excerpt: str

    def value(self, types: Collection[str]) -> Json:
        """Return the default as a value of one of `types`; None where it is none of them."""
        number = as_number(self.text) if self.kind == "number" else None
        if number is not None and not {"integer", "number"}.isdisjoint(types):
            return int(number) if number.is_integer() else number
        if "boolean" in types and self.text.lower() in ("true", "false"):
            return self.text.lower() == "true"
        return self.text if "string" in types and self.kind != "number" else None


class Range(NamedTuple):
    """Bounds that prose states; None where it states only the other one."""

    low: float | None
    high: float | None
    unit: str
    excerpt: str


def as_number(text: str) -> float | None:
    """Read a number as people write it: `1,000`."""
    try:
        value = float(text.replace(",", "").replace("_", ""))
    except ValueError:
        return None
    return value if abs(value) < 1e15 else None


def default_of(text: Text, values: Collection[str] = ()) -> Default | None:
    """Return the one default that `text` states; a bare word counts only if it is among `values` or a literal."""
    if "default" not in text.lower:
        return None
    allowed = {v.lower() for v in values} | {"true", "false"}
    found = [d for d in _defaults(text.raw) if d.kind != "token" or d.text.lower() in allowed]
    return found[0] if len({d.text.lower() for d in found}) == 1 else None


def _defaults(raw: str) -> Iterator[Default]:
    for source, condition in ((_DEFAULT, _CONDITION), (_BY_DEFAULT, _EXCEPTION)):
        for match in pattern(source, IGNORECASE).finditer(raw):
            if pattern(condition, IGNORECASE).match(raw, match.end()):
                continue
            kind = match.lastgroup if match.lastgroup != "unit" else "number"
            if match["quoted"]:
                if not _PLACEHOLDERS.isdisjoint(match["quoted"]):
                    continue  # 'Copy of <name>'
                yield Default(match["quoted"][1:-1], "quoted", "", match[0])
            elif kind == "number":
                yield Default(match["number"].rstrip(","), "number", (match["unit"] or "").lower(), match[0])
            else:
                yield Default(match["token"].rstrip("."), "token", "", match[0])


def range_of(text: Text) -> Range | None:
    """Return the bounds that `text` states; None where it states none, or several."""
    if not any(map(text.raw.__contains__, "0123456789")):
        return None
    both = _matches(_RANGE, text, _LEADS_RANGE)
    if both:
        return _range(both[0]) if len(both) == 1 and _certain(both[0]) else None
    highs, lows = _matches(_MAXIMUM, text, _LEADS_MAXIMUM), _matches(_MINIMUM, text, _LEADS_MINIMUM)
    if len(highs) > 1 or len(lows) > 1 or not all(map(_certain, (*highs, *lows))):
        return None
    return _both([*map(_range, lows)], [*map(_range, highs)]) if highs or lows else None


def _matches(source: str, text: Text, leads: tuple[str, ...]) -> list[Match[str]]:
    """Find a pattern that begins with one of `leads`."""
    if not any(map(text.lower.__contains__, leads)):
        return []
    return list(pattern(source, IGNORECASE).finditer(text.raw))


def _range(match: Match[str]) -> Range:
    parts = match.groupdict()
    low, high = (as_number(parts[side]) if parts.get(side) else None for side in ("low", "high"))
    return Range(low, high, (parts.get("unit") or "").lower(), _bracketed(match))


def _bracketed(match: Match[str]) -> str:
    """Return the text of a match, with the bracket that closes the last one opened in it: `range [1, 9]`."""
    text, after = match[0].strip(" (["), match.string[match.end() : match.end() + 1]
    opened = {"]": "[", ")": "("}.get(after)
    return text + after if opened and text.count(opened) > text.count(after) else text


def _both(lows: list[Range], highs: list[Range]) -> Range:
    parts = [*lows, *highs]
    return Range(
        lows[0].low if lows else None,
        highs[0].high if highs else None,
        " ".join(filter(None, (p.unit for p in parts))),
        ", ".join(p.excerpt for p in parts),
    )


def _certain(match: Match[str]) -> bool:
    """Return True if a statement is unconditional, no example, and about nothing else."""
    raw, end = match.string, match.end()
    if pattern(_CONDITION, IGNORECASE).match(raw, end) or pattern(_NOUN, IGNORECASE).match(raw, end):
        return False
    if match[0][0] in "([" and pattern(_ALTERNATIVE, IGNORECASE).search(raw[: match.start()]):
        return False
    before = raw[max(0, match.start() - 30) : match.start()]
    return not pattern(_OPEN, IGNORECASE).search(before) and not pattern(_ADVICE, IGNORECASE).search(before)


def values_of(text: Text, *, announced: bool = False) -> tuple[str, ...]:
    """Return the closed list of values that `text` states, each once; empty if it states none, or gives examples.

    With `announced`, only a list behind words such as "one of", "allowed values" or "must be" counts.
    """
    raw = text.raw
    if has_any(text.lower, _NOT_A_CHOICE):
        return ()
    for source in _sources(text):
        if announced and source is not _LISTED:
            continue
        matches = list(pattern(source, IGNORECASE).finditer(raw))
        for match in matches if len(matches) == 1 or source is not _LISTED else ():
            values = tuple(dict.fromkeys(_items(match["list"])))
            if len(values) > 1 and _closed(match, values):
                return () if _listed_otherwise(raw, match, values) else values
    return ()


def _listed_otherwise(raw: str, match: Match[str], values: tuple[str, ...]) -> bool:
    """Return True if another list in brackets has these values and more: the text does not agree with itself."""
    others = pattern(r"\(([\w.+-]{1,40}(?:, (?:or )?[\w.+-]{1,40}){1,50})\)").finditer(raw)
    found = (
        set(other[1].replace(" or ", " ").replace(" ", "").split(",")) for other in others if other[0] not in match[0]
    )
    return any(set(values) < other for other in found)


_NOT_A_CHOICE = (
    "not both", "values include", "common values", "typical values", "json", "separated",
    "comma ", "mutually exclusive", "only 1 of", "only one of",
    "exactly one of", "one of these must", "must be set", "at least one of", "values depend", "options depend",
    "depends on the", "negate",
)  # fmt: skip
_FEWEST_IN_BRACKETS = 3
"""Items with a slash between them in brackets that are a choice of values; two of them are kinds of one thing."""
_OTHERS_ALLOWED = (
    r"[^.]{0,40}\bor (?:any|an?|other|another|custom|your|leave|omit|more|else|anything|even|whatever)\b"
    r"|[^.]{0,20}\b(?:and more|and others?|among others|etc)\b"
)
_GOES_ON = rf"\s{{0,30}}(?:,\s{{0,30}})?(?:(?:or|and)\s{{1,30}})?(?:{_QUOTED})"
_SOME = r"\b(?:common|popular|typical|usual|frequent|most|main|often|some|supports?|recommended)(?:ly)?\b[^.;\n]{0,12}$"
"""Words before a list of some of the values."""
_BEGAN = r"\)\s{0,30},\s{0,30}$"
_DENIED = r"(?:\bnot|n't|\bnever|\bwithout|\bexcept|\bother than)\b[^.;]{0,60}$"
_SEVERAL = r"\b(?:fields?|columns?|data|parts?|sections?|items?) to (?:return|include|fetch|show)\b"
"""More than one of the values may be passed at once."""
_WAYS = frozenset("name id path slug url uri uuid guid key title index number email login username sha tag".split())
"""Ways to name a thing: `the target (name/path/id)` lists no values."""
_OF_ONE_CASE = r"[ ]?\)?,?[ ](?:for|if|when|in case|with|depending)\b"
_UNDER_CONDITION = r"\b(?:if|when|unless|only for|applies|for (?:the )?\w+ ?:|depending)\b[^.;]*$|\bfor \w+[:=][^.;]*$"


def _sources(text: Text) -> Iterator[str]:
    """Yield the patterns that have a chance."""
    raw, lower = text.raw, text.lower
    barred = "/" in raw or "|" in raw
    if any(map(lower.__contains__, _LEADS)):
        yield _LISTED
    if (barred or " or " in lower) and "e.g." not in lower and ("'" in raw or '"' in raw or "`" in raw or "“" in raw):
        yield _QUOTED_LIST
    if ":" in raw and ("'" in raw or '"' in raw or "`" in raw or "“" in raw):
        yield _LABELLED
    if barred and ("(" in raw or "[" in raw):
        yield _BRACKETED


def _items(listed: str) -> Iterator[str]:
    quoted = listed[0] in _QUOTES
    for item in pattern(_ITEM).findall(pattern(r"\([^()]*\)").sub("", listed) if quoted else listed):
        bare = item.strip(_QUOTES).strip("\\" + _QUOTES).rstrip(".")
        if bare and (item[0] in _QUOTES) is quoted and (quoted or bare.lower() not in ("or", "and")):
            yield bare


def _closed(match: Match[str], values: tuple[str, ...]) -> bool:
    raw, start, end = match.string, match.start(), match.end()
    if "xample" in raw[max(0, start - 300) : start] or pattern(
        r"\b(?:if|when|for|with|only|unless|by|from|via|see|than)\W*$", IGNORECASE
    ).search(raw[max(0, start - 12) : start]):
        return False
    if pattern(_OPEN, IGNORECASE).search(f"{raw[max(0, start - 30) : start]} {match[0]} {raw[end : end + 12]}"):
        return False
    if "default" in raw[max(0, start - 30) : start].lower():
        return False
    if _are_kinds(match, values) or _is_part(match, values):
        return False
    sentence = raw[max(raw.rfind(mark, 0, start) for mark in ".\n") + 1 : start]
    if "/" in match["list"] and match[0].lower().startswith("must be"):
        return False  # `must be cleared/recomputed`
    if pattern(_OF_ONE_CASE, IGNORECASE).match(raw, end) or (
        match[0][0] in "([" and raw[:start].rstrip()[-1:] in _QUOTES
    ):
        return False
    if pattern(_OTHERS_ALLOWED, IGNORECASE).match(raw, end) or pattern(_UNDER_CONDITION, IGNORECASE).search(sentence):
        return False
    if {value.lower() for value in values} <= _LITERALS | _PREPOSITIONS or max(map(len, values)) == 1:
        return False
    if len({value[0].isupper() for value in values if value[0].isalpha()}) > 1:
        return False  # `China, province or city`: a name among kinds
    if any(pattern(r"[A-Za-z_][\w-]*\.[A-Za-z_]").match(value) for value in values):
        return False  # `core.fetch`: names of things, of which there are more
    return not any(set(value) & set(" /:=*#@%,;<>{}") or value.isdecimal() or value == "this" for value in values)


def _are_kinds(match: Match[str], values: tuple[str, ...]) -> bool:
    """Return True for words with slashes in brackets that are no values: `a container (frame/section)`."""
    if "/" not in match["list"] or match[0][0] not in "([":
        return False
    few = match[0][0] == "(" and (len(values) < _FEWEST_IN_BRACKETS or "YYYY" in values)  # `a day (YYYY/MM/DD)`
    return few or _WAYS.issuperset(map(str.lower, values))


def _is_part(match: Match[str], values: tuple[str, ...]) -> bool:
    """Return True for a list that goes on before or behind the match, is denied, or shows forms of one value."""
    raw, start = match.string, match.start("list")
    before = raw[max(0, start - 70) : start]
    if match["list"][0] in _QUOTES and (
        pattern(_GOES_ON).match(raw, match.end("list")) or pattern(_BEGAN).search(before)
    ):
        return True
    if pattern(_DENIED, IGNORECASE).search(before) or pattern(_SOME, IGNORECASE).search(before) or "not" in values:
        return True
    if pattern(_SEVERAL, IGNORECASE).search(raw):
        return True
    if match["list"][0] not in _QUOTES and match[0].lower().startswith("either"):
        return True  # `used to either encrypt or sign`
    if match["list"][0] not in _QUOTES and values[-1] in ("a", "an", "any", "another"):
        return True  # `one of fast, slow, or a number`
    bare = match["list"][0] not in _QUOTES and not pattern(r"\bor\b|[|/]").search(match["list"])
    if bare and not pattern(r"[ ]?(?:$|[.;)\]\n(])").match(raw, match.end("list") - match["list"].endswith(".")):
        return True  # `values are per-project, discoverable with another tool`
    shown = "format" in before[-24:].lower()  # `Use format: "2h", "90m" or "1.5h"`
    return shown and any(c.isdigit() for value in values for c in value)


_OPTIONAL_FIRST = r"\W{0,3}optional(?:ly)?\b(?! (?:if|when|for|unless))"
_OPTIONAL_LATER = r"[(\[,;.] ?optional(?:$|\n|[)\].,;]{1,2}(?:$|\n| (?!if|when|for|unless))| ?[-–:] )"
"""`. Optional fields: ...` is about something inside."""
_REQUIRED_FIRST = r"\W{0,3}(?:required|mandatory)[)\]]?(?:$|[:.;,)-]| [-–(])"
_IN_SOME_CASES = (
    r"\b(?:for|if|when|unless|depending|either|otherwise|with)\b[^.\n]*\b(?:required|mandatory)\b"
    r"|\b(?:required|mandatory)\b[^.\n]{0,3}\b(?:for|if|when|unless|to|by|in|only|with|except|on)\b|\boptional\b"
)
_REQUIRED_LATER = r"(?:[(\[]|[.,;] ?)(?:required|mandatory)(?:[.]?(?:$|\n)|[)\]])"


def required_of(text: Text, signature: str = "") -> bool | None:
    """Return True if prose calls the parameter required, False if optional, None if neither."""
    lower, declared = text.lower, signature.lower()
    if "optional" in declared:
        return False
    if "required" in declared or "mandatory" in declared:
        return True
    if "optional" in lower and _states(lower, _OPTIONAL_FIRST, _OPTIONAL_LATER):
        return False
    if ("required" in lower or "mandatory" in lower) and _states(lower, _REQUIRED_FIRST, _REQUIRED_LATER):
        return None if pattern(_IN_SOME_CASES).search(lower) else True
    return None


def _states(lower: str, first: str, later: str) -> bool:
    return bool(pattern(first).match(lower) or pattern(later).search(lower))
