"""Asks models about tools and returns a verdict for each model and sample, whatever goes wrong."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from toolsmell.judge.defects import checked
from toolsmell.judge.judge_reply import LONGEST_REPLY, Malformed, read_defects, read_verdict
from toolsmell.judge.prompt import JudgePrompt
from toolsmell.judge.suspicion import KnownSigns, suspicions
from toolsmell.model.verdicts import Verdict
from toolsmell.models.client import ChatModel, ChatReply, ChatRequest, ModelError
from toolsmell.models.parallel import Outcome, complete_all


@dataclass(frozen=True, slots=True)
class Juror:
    """A model, and its name in the report."""

    name: str
    model: ChatModel


@dataclass(frozen=True, slots=True)
class JudgedTool:
    """A tool that is to be judged."""

    index: int
    """Index of the tool."""
    evidence: KnownSigns


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """Sampling of a model: number of answers, temperature, concurrency."""

    samples: int = 1
    temperature: float = 0.0
    concurrency: int = 4


@dataclass(frozen=True, slots=True)
class _Hearing:
    """One question to one juror."""

    case: JudgedTool
    request: ChatRequest


class Panel:
    """Asks jurors about cases."""

    def __init__(self, prompt: JudgePrompt, asking: Sampling, heard: Callable[[], None] = lambda: None) -> None:
        """`heard` is called after each answer or failure."""
        self._prompt = prompt
        self._asking = asking
        self._heard = heard
        self._lines = _Lines(asking.concurrency)

    def stop(self) -> None:
        """Ask nothing more: every question that is not yet asked fails."""
        self._lines.closed.set()

    def requests(self, juror: str, cases: Iterable[JudgedTool]) -> list[ChatRequest]:
        """Return the requests to a juror of this name."""
        return [hearing.request for hearing in self._hearings([juror], cases)]

    def verdicts(self, jurors: Sequence[Juror], cases: Iterable[JudgedTool]) -> dict[int, list[Verdict]]:
        """Ask every juror about every case; return the verdicts by the tool's index.

        An answer that cannot be read is requested once more, with its fault. A failure is an unscored verdict
        and does not affect others.
        """
        hearings = self._hearings([juror.name for juror in jurors], cases)
        outcomes = self._complete(jurors, [hearing.request for hearing in hearings])
        found = [self._verdict(h, o) for h, o in zip(hearings, outcomes, strict=True)]
        faulty = [i for i, verdict in enumerate(found) if isinstance(verdict, _Faulty)]
        second = self._complete(jurors, [self._again(hearings[i], found[i]) for i in faulty])
        for i, outcome in zip(faulty, second, strict=True):
            found[i] = self._verdict(hearings[i], outcome)
        sorted_out: dict[int, list[Verdict]] = {hearing.case.index: [] for hearing in hearings}
        for hearing, verdict in zip(hearings, found, strict=True):
            sorted_out[hearing.case.index].append(verdict.given_up() if isinstance(verdict, _Faulty) else verdict)
        return sorted_out

    def _hearings(self, jurors: Sequence[str], cases: Iterable[JudgedTool]) -> list[_Hearing]:
        return [
            _Hearing(case, self._request(juror, case, sample))
            for case in cases
            for juror in jurors
            for sample in range(self._asking.samples)
        ]

    def _request(self, juror: str, case: JudgedTool, sample: int) -> ChatRequest:
        request = self._prompt.request(juror, case.evidence.subject)
        return replace(request, temperature=self._asking.temperature, seed=sample, sample=sample)

    def _again(self, hearing: _Hearing, verdict: "Verdict | _Faulty") -> ChatRequest:
        assert isinstance(verdict, _Faulty)  # noqa: S101 - only faulty answers are requested again
        return self._prompt.prompt.again(hearing.request, verdict.reply, verdict.fault)

    def _complete(self, jurors: Sequence[Juror], requests: Sequence[ChatRequest]) -> list[Outcome]:
        outcomes: dict[int, Outcome] = {}
        switchboard = _Switchboard({juror.name: juror.model for juror in jurors}, self._lines)
        for index, outcome in complete_all(switchboard, requests, concurrency=self._asking.concurrency):
            outcomes[index] = outcome
            self._heard()
        return [outcomes[index] for index in range(len(requests))]

    def _verdict(self, hearing: _Hearing, outcome: Outcome) -> "Verdict | _Faulty":
        request = hearing.request
        verdict = Verdict(request.model, request.prompt, request.sample, "", {})
        if not isinstance(outcome, ChatReply):
            return verdict._replace(unscored=str(outcome))
        verdict = verdict._replace(raw=outcome.text[:LONGEST_REPLY], cached=outcome.cached)
        try:
            opinions = read_verdict(outcome, self._prompt.components, self._prompt.frames)
            defects = read_defects(outcome, self._prompt.components) if self._prompt.defects else ()
        except Malformed as fault:
            return _Faulty(verdict, outcome, str(fault))
        known = hearing.case.evidence
        found = checked(defects, known.subject, known.parameters)
        return verdict._replace(
            opinions=opinions,
            suspicions=suspicions(opinions, known),
            defects=found.kept,
            dropped=found.dropped,
        )


@dataclass(frozen=True, slots=True)
class _Faulty:
    """An answer that cannot be read."""

    verdict: Verdict
    reply: ChatReply
    fault: str

    def given_up(self) -> Verdict:
        return self.verdict._replace(unscored=f"malformed answer: {self.fault}")


class _Lines:
    """The questions that may be under way at a time, about all servers together."""

    def __init__(self, number: int) -> None:
        self.free = threading.Semaphore(number)
        self.closed = threading.Event()


class _Switchboard:
    """`ChatModel` that passes each request to the right juror."""

    def __init__(self, models: Mapping[str, ChatModel], lines: _Lines) -> None:
        self._models = models
        self._lines = lines

    def complete(self, request: ChatRequest) -> ChatReply:
        with self._lines.free:
            if self._lines.closed.is_set():
                raise ModelError("interrupted")
            return self._models[request.model].complete(request)
