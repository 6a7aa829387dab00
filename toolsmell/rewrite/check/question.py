"""Asks a model which sentences about a tool the evidence entails: one question a tool, with controls.

Controls are among them: sentences of the original, which the evidence has word for word, and sentences that the schema
contradicts. An answer that gets one of these controls wrong is void.
"""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Final, NamedTuple

from toolsmell.evidence.check_verdicts import CheckVerdict
from toolsmell.model import Json
from toolsmell.models.client import ChatReply, fingerprint
from toolsmell.models.prompts import Prompt, templates
from toolsmell.models.replies import numbered_answers
from toolsmell.rewrite.asker import Asker, UnusableError, object_in

_VERDICT: Final[Json] = {"type": "string", "enum": ["entailed", "contradicted", "not said"]}
_ANSWER: Final[Json] = numbered_answers(verdict=_VERDICT, quotation={"type": "string"})
_WORDS: Final = {
    "entailed": CheckVerdict.ENTAILED,
    "contradicted": CheckVerdict.CONTRADICTED,
    "not said": CheckVerdict.NOT_SAID,
}
MOST_CONTROLS: Final = 3
_DRAWS: Final = 2
"""Orders in which the sentences are asked, if the first answer is void."""


class Answered(NamedTuple):
    """The verdict of a model on one sentence."""

    verdict: CheckVerdict
    quotation: str = ""
    """What settles it, if the evidence has these words."""


class Controls(NamedTuple):
    """Sentences whose verdict is known, to tell a checker that reads from one that guesses."""

    true: tuple[str, ...]
    """The evidence has them word for word."""
    false: tuple[str, ...] = ()
    """The schema says the opposite."""


class Void(NamedTuple):
    """No answer counts: the model got a control wrong, gave no usable answer, or is not asked any more."""

    reason: str


class Checker:
    """A model that compares sentences with evidence."""

    def __init__(self, asker: Asker) -> None:
        self.asker: Final = asker
        self._known: Final[dict[tuple[str, str], Answered]] = {}
        """Answers by evidence and sentence: the next draft of a text has most sentences of the last one."""
        self._prompt: Final = Prompt(templates("check"), {}, _ANSWER)

    @property
    def name(self) -> str:
        """The name of the model."""
        return self.asker.name

    def ask(self, sentences: Sequence[str], evidence: str, controls: Controls) -> Mapping[str, Answered] | Void:
        """Return the answer for each of `sentences`."""
        about = fingerprint([evidence])
        open_ = [sentence for sentence in sentences if (about, sentence) not in self._known]
        found = self._asked(open_, evidence, controls) if open_ else {}
        if isinstance(found, Void):
            return found
        self._known.update({(about, sentence): answer for sentence, answer in found.items()})
        return {sentence: self._known[about, sentence] for sentence in sentences}

    def _asked(self, sentences: Sequence[str], evidence: str, controls: Controls) -> Mapping[str, Answered] | Void:
        void = Void("it was not asked")
        few = Controls(controls.true[:MOST_CONTROLS], controls.false[:MOST_CONTROLS])
        for draw in range(_DRAWS):
            void_or_answers = self._ask(sentences, evidence, few, draw)
            if not isinstance(void_or_answers, Void):
                return void_or_answers
            void = void_or_answers
            if self.asker.stopped:
                break
        return void

    def _ask(
        self, sentences: Sequence[str], evidence: str, controls: Controls, draw: int
    ) -> Mapping[str, Answered] | Void:
        asked = list(dict.fromkeys((*sentences, *controls.true, *controls.false)))
        subject = fingerprint([asked, evidence, draw])
        Random(subject).shuffle(asked)  # noqa: S311 - an order, not a secret
        listed = "\n".join(f"{number}. {' '.join(sentence.split())}" for number, sentence in enumerate(asked, 1))
        request = self._prompt.request(self.name, subject, evidence=evidence, sentences=listed)
        found = self.asker.ask(self._prompt, request, lambda reply: _answers(reply, asked, evidence))
        if found is None:
            return Void(f"the checker gave no usable answer{f' ({self.asker.stopped})' if self.asker.stopped else ''}")
        if wrong := next((c for c in controls.true if found[c].verdict is not CheckVerdict.ENTAILED), None):
            return Void(f"the checker calls a sentence of the original {found[wrong].verdict}: '{wrong[:80]}'")
        if wrong := next((c for c in controls.false if found[c].verdict is CheckVerdict.ENTAILED), None):
            return Void(f"the checker calls a false sentence {found[wrong].verdict}: '{wrong[:80]}'")
        return {sentence: found[sentence] for sentence in sentences}


def _answers(reply: ChatReply, asked: Sequence[str], evidence: str) -> dict[str, Answered]:
    """Read an answer; a sentence that it leaves out is not said. Raises `UnusableError` if it has no answers."""
    given = object_in(reply).get("answers")
    if isinstance(given, dict):
        given = [{"number": number, "verdict": verdict} for number, verdict in given.items()]
    if not isinstance(given, list):
        raise UnusableError("has no list `answers`")
    found = {sentence: Answered(CheckVerdict.NOT_SAID) for sentence in asked}
    usable = [entry for entry in map(_entry, given) if entry and 0 < entry[0] <= len(asked)]
    if not usable:
        raise UnusableError("has no number with a verdict in `answers`")
    for number, verdict, quotation in usable:
        found[asked[number - 1]] = Answered(verdict, quotation if _has(evidence, quotation) else "")
    return found


def _entry(value: Json) -> tuple[int, CheckVerdict, str] | None:
    if not isinstance(value, dict):
        return None
    number, word, quotation = value.get("number"), value.get("verdict"), value.get("quotation")
    verdict = _WORDS.get(" ".join(str(word).lower().replace("_", " ").replace("-", " ").split()))
    if verdict is None or isinstance(number, bool) or not str(number).strip().isdecimal():
        return None
    return int(str(number)), verdict, quotation.strip()[:300] if isinstance(quotation, str) else ""


def _has(evidence: str, quotation: str) -> bool:
    """Return True if the evidence has a quotation, whatever its blanks and case."""
    return bool(quotation) and _plain(quotation) in _plain(evidence)


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("\\n", " ").split())
