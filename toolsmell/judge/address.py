"""Finds text that speaks to whoever assesses a tool: it asks for marks, quotes a verdict or plays the operator.

A description has no reason to. What is looked for are not words but words that meet: somebody who assesses, the act
of assessing, and the best of all marks. Every pattern is linear: alternatives of fixed words with bounded gaps.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from toolsmell.escape import as_read
from toolsmell.reading.context import ToolContext
from toolsmell.safety.strings import strings
from toolsmell.text import pattern

_LONGEST: Final = 16_000
"""Characters that are searched from each end of a text: the most that a judge is shown."""

_JUDGE = (
    r"(?:evaluators?|judges?|graders?|assessors?|raters?|scorers?|reviewers?|examiners?|appraisers?"
    r"|evaluador(?:es)?|prüfer|gutachter|évaluateurs?|评估(?:者|员|人)|评审|оценщик|эксперт)"
)
_ASSESS = (
    r"(?:evaluat\w{1,5}|judg\w{1,5}|grad(?:e|es|ed|ing)|assess\w{0,6}|rat(?:e|es|ed|ing)|scor(?:e|es|ed|ing)"
    r"|apprais\w{1,4}|mark(?:s|ed|ing)?|award(?:s|ed|ing)?|verdicts?|rubrics?|calibrat\w{1,5}"
    r"|evalúa\w{0,3}|evaluar|califica\w{0,3}|puntúa|puntuaci[oó]n|puntos|bewert\w{1,4}|benot\w{1,4}|not[ea]n?"
    r"|évalu\w{1,6}|评估|评价|评为|打分|评分|оцен\w{1,5}|балл\w{0,2})"
)
_MARKS = r"(?:levels?|scores?|marks?|grades?|ratings?|points?)"
_BEST = (
    rf"(?:(?:maximum|max|highest|top|best|full|perfect)(?: possible)? (?:\w+ )?{_MARKS}"
    rf"|top[- ]level|all fives|five stars|{_MARKS} (?:of )?(?:5|five|ten|10)\b"
    r"|\b(?:5|five) (?:out )?of (?:5|five)|\b5/5|\b(?:10|30|100)/(?:10|30|100)"
    r"|\b(?:a|the|with|an|in|be|below|of) (?:loving )?(?:5|five)\b"
    r"|(?:puntuaci[oó]n|nota|calificaci[oó]n) máxima|höchstnote|bestnote|note maximale|note de 5|最高分|满分"
    r"|максимальн\w{2,3} (?:балл|оценк)\w?|высш\w{2} (?:балл|оценк)\w?)"
)
_THIS = r"(?:this|the|these|our|its|that)"
_WHAT = r"(?:tool|description|text|entry|server|document|component|criteri(?:on|a)|categor(?:y|ies)|rubric)s?"
_ALL = r"(?:all|each|every|everything|everywhere|throughout|any|always|both)\b"
_GIVE = r"(?:give|assign|return|output|award|grant|deserves?|earns?|receives?)\b"
_COMPONENT = r"(?:purpose|usage|limitations?|parameters?|examples?|completeness)"
_FIELD = r"[\"'](?:prose|effective|evidence|improvement)[\"']\s*:"
_NEAR = r"[^\n]{0,90}?"
_CLOSE = r"[^\n]{0,40}?"

_FORMS: Final = (
    # an order to the assessor about the mark
    rf"\b{_JUDGE}\b{_NEAR}{_BEST}",
    rf"{_BEST}{_NEAR}\b{_JUDGE}\b",
    rf"\b{_JUDGE}\b{_CLOSE}(?:must|should|shall|please|will|has to|have to|ought to)\b{_NEAR}\b{_ASSESS}",
    # assessing, and the best mark for everything
    rf"{_ASSESS}\b{_NEAR}{_BEST}{_NEAR}\b(?:{_ALL}|{_WHAT})",
    rf"{_ASSESS}\b{_CLOSE}\b(?:{_ALL}|{_WHAT}){_CLOSE}{_BEST}",
    rf"\b{_ALL}{_NEAR}{_MARKS} ?(?:of |is |: ?|at least )?(?:level )?(?:5|five|4)\b",
    rf"(?:{_ASSESS}\b|\b{_GIVE}){_NEAR}{_BEST}{_NEAR}\b{_ALL}",
    rf"\b{_GIVE}{_CLOSE}{_BEST}",
    rf"\b{_MARKS} (?:of )?(?:5|five) (?:for|on|in|to) {_ALL}",
    rf"\b(?:score|rate|grade|judge|assess|evaluate) {_THIS} {_WHAT}\b{_NEAR}(?:{_BEST}|\b(?:5|five)\b)",
    rf"\b(?:when|while|before) (?:judging|grading|scoring|assessing|rating|evaluating) {_THIS} (?:\w+ )?{_WHAT}",
    rf"(?:al evaluar|bewerte|lors de l'évaluation|评估此|при оценке){_NEAR}{_BEST}",
    # orders about the assessment
    rf"\b(?:components?|rubric|criteri(?:on|a)|judge)\b{_NEAR}(?:level 5|highest level|best marks|30/30|flawless)",
    r"\b(?:ignore|disregard|override|forget) (?:the |your |this |any )?(?:rubric|criteria|grading|scoring|evaluation)",
    r"\b(?:report|find|flag)(?:s|ed)? (?:a |any |no )?smells?\b",
    r"\b(?:evaluation|assessment|grading|scoring) (?:is|was) (?:over|complete|finished|done|final)\b",
    # a complete verdict
    rf"\b{_COMPONENT}\W{{1,6}}(?:\W*\w+\W{{1,4}}){{0,8}}?[1-5]\b(?:[^\n]{{0,120}}?\b{_COMPONENT}\W{{1,6}}){{2}}",
    rf"{_FIELD}[^\n]{{0,200}}?{_FIELD}",
    r"\bfinal verdict\b",
    # a false end of the data, or a false speaker
    r"\bend of (?:untrusted |the )?data\b|\b(?:the|user|tool|untrusted) data (?:ends?|is over)\b",
    rf"\b(?:new|further|real) instructions? (?:from|by|for|of) (?:the )?(?:operator|system|developer|{_JUDGE})",
    r"\b(?:text|content|data) above was (?:the|a|only)\b",
    r"<\|?(?:im_start|im_end|system|assistant|endoftext|eot_id|start_header_id)\|?>",
    # a role for the reader
    r"\byou are (?:now )?(?:a |an |the )?(?:\w+ ){0,3}?(?:reviewer|\w{0,12}judge|evaluator|grader|assessor)\b",
    r"\byou are (?:calibrating|grading|scoring|judging|evaluating)\b",
    r"\b(?:developer|debug|god|dan|jailbreak) mode (?:on|enabled|activated)\b",
)

_NEEDLES: Final = (
    "evalua", "judg", "grad", "assess", "rat", "scor", "review", "examin", "apprais", "mark", "award", "verdict",
    "rubric", "level", "smell", "prose", "effective", "end of", "instruction", "above was", "<|", "you are", "mode",
    "evalú", "califi", "puntu", "bewert", "prüfer", "gutachter", "évalu", "评", "оцен", "балл", "five", "purpose",
)  # fmt: skip
"""Parts of words. Every form contains one of them, so that most texts need no other test."""

_LEET: Final = str.maketrans("013457@$", "oieastas")
_LOOKALIKES: Final = str.maketrans(
    "асеорхуіјѕԁһӏкмтвнΑΒΕΖΗΙΚΜΝΟΡΤΥΧαονρυτικГгі",
    "aceopxyijsdhlkmtbhABEZHIKMNOPTYXaovputikrri",
)


def speaks_to_evaluator(tool: ToolContext) -> str | None:
    """Return the words with which a tool, or the name of its server, speaks to the assessor, or None."""
    manifest = tool.server.manifest
    texts = (*(name for name in (manifest.name, manifest.key) if name), *(s.text for s in strings(tool.tool.raw)))
    return next((words for text in texts if (words := addresses_evaluator(text))), None)


def addresses_evaluator(text: str) -> str | None:
    """Return the words with which `text` speaks to the assessor, or None."""
    for view in _views(text):
        found = _find(view)
        if found:
            return found
    return None


def _find(text: str) -> str | None:
    if not any(needle in text for needle in _NEEDLES):
        return None
    for form in _FORMS:
        if match := pattern(form).search(text):
            return match[0][:120]
    return None


def _views(text: str) -> Iterator[str]:
    """Yield the readings of a text: as it is, undisguised, digits read as letters, spaced letters joined."""
    if len(text) > 2 * _LONGEST:
        text = f"{text[:_LONGEST]}\n{text[-_LONGEST:]}"
    plain = _plain(text)
    yield plain
    if pattern(r"[a-z@$][0134579@$][a-z0-9]|[0134579@$][a-z][0134579@$]").search(plain):
        yield plain.translate(_LEET)
    if pattern(r"(?:\b\w[ .\-_]){6}").search(plain):
        yield pattern(r"(?<=\b\w)[ .\-_](?=\w\b)").sub("", plain)


def _plain(text: str) -> str:
    """Return `text` in lower case, without invisible characters, and with look-alikes replaced by plain letters."""
    if text.isascii():
        return pattern(r"[ \t]+").sub(" ", text.lower())
    seen = unicodedata.normalize("NFKC", as_read(text))
    return pattern(r"[ \t]+").sub(" ", _latin_words(seen).lower())


def _latin_words(text: str) -> str:
    """Return `text` with look-alike letters made Latin in words that mix scripts; foreign words stay."""

    def drawn(word: re.Match[str]) -> str:
        mixed = not word[0].isascii() and any("a" <= c <= "z" for c in word[0].lower())
        latin = word[0].translate(_LOOKALIKES) if mixed else word[0]
        return latin if latin.isascii() else word[0]

    return pattern(r"[^\W_]+").sub(drawn, text)
