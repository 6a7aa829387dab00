"""The options of `scan` about judging, and the judge that they name. Without `--judge` no model is loaded."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple

import click

from toolsmell import app
from toolsmell.cli.click_parameters import OptionGroup, option
from toolsmell.cli.options.connection import (
    FORMER_MAX_QUESTIONS,
    ConnectionInput,
    asked_as,
    concurrency_option,
    connection_options,
    path_of,
)
from toolsmell.cli.options.targets import say
from toolsmell.errors import ExitCode, UsageError
from toolsmell.model import ServerReport

if TYPE_CHECKING:
    from toolsmell.judge.jurors import JurorOptions
    from toolsmell.judge.panel import Sampling
    from toolsmell.judge.prompt import JudgePrompt
    from toolsmell.judge.server_judge import JudgeScope
    from toolsmell.model.verdicts import ModelUsage
    from toolsmell.reading.context import ServerContext


class QuestionInput(NamedTuple):
    """The options about who judges and what is asked, as they were typed."""

    judges: tuple[str, ...]
    escalate: tuple[str, ...]
    judge_all: bool
    samples: int
    judge_temperature: float
    prompts: str | None


class JudgeInput(NamedTuple):
    """All options about judging, as they were typed."""

    questions: QuestionInput
    connection: ConnectionInput
    concurrency: int
    record: str | None
    require_judge: bool


question_options: Final = OptionGroup(
    "Judge",
    (
        option(
            "--judge",
            "judges",
            multiple=True,
            metavar="MODEL",
            help="Let a model score; several models are a jury. replay:FILE takes recorded answers.",
        ),
        option("--escalate", multiple=True, metavar="MODEL", help="Ask this larger model if the judge is in doubt."),
        option("--judge-all", is_flag=True, help="Ask about every tool, even if the scorecard is sure."),
        option("--samples", type=click.IntRange(1, 25), default=1, show_default=True, help="Answers of each model."),
        option(
            "--judge-temperature",
            type=click.FloatRange(0, 2),
            default=0.0,
            show_default=True,
            help="Must be above 0 for samples to differ.",
        ),
        option(
            "--prompts",
            type=click.Path(file_okay=False),
            metavar="DIR",
            help="Folder with your own judge.j2; it runs in a sandbox.",
        ),
    ),
)

FORMER_NAMES: Final = {
    "--model-url": "--judge-url",
    "--model-key-env": "--judge-key-env",
    "--model-timeout": "--judge-timeout",
    "--model-attempts": "--judge-attempts",
    **FORMER_MAX_QUESTIONS,
}

judge_options: Final = OptionGroup(
    "Judge",
    (
        question_options,
        connection_options(FORMER_NAMES),
        concurrency_option,
        option(
            "--record",
            type=click.Path(dir_okay=False),
            metavar="FILE",
            help="Write the judge's answers to this file, for --judge replay:FILE.",
        ),
        option("--require-judge", is_flag=True, help="Exit 4 if a tool that needs a verdict got none."),
    ),
)


class Judging:
    """The judge of a scan, which may be absent, and its usage."""

    def __init__(
        self,
        judge: app.Judging | None = None,
        usage: "Callable[[], tuple[ModelUsage, ...]] | None" = None,
        *,
        required: bool = False,
        stop: Callable[[], None] = lambda: None,
    ) -> None:
        """`stop` makes the judge ask nothing more."""
        self._judge = judge
        self._usage = usage
        self._required = required
        self.stop = stop
        self.without_verdict = 0
        """The number of tools whose verdict was requested but not given."""

    @property
    def judge(self) -> app.Judging | None:
        return self._judged if self._judge else None

    def usage(self) -> "tuple[ModelUsage, ...] | None":
        """Return the usage of the models, or None if there is no judge."""
        return self._usage() if self._usage else None

    def exit_code(self, code: ExitCode) -> ExitCode:
        """Return the exit code, given that of the scan without the judge."""
        lasting = code in (ExitCode.CLEAN, ExitCode.FINDINGS)
        return ExitCode.JUDGE_FAILED if self._required and self.without_verdict and lasting else code

    def _judged(self, server: "ServerContext", report: ServerReport) -> ServerReport:
        from toolsmell.model.verdicts import Standing

        assert self._judge  # noqa: S101 - `judge` returns this method only if there is a judge
        report = self._judge(server, report)
        self.without_verdict += sum(
            tool.judge is not None and tool.judge.standing is Standing.UNSCORED for tool in report.tools
        )
        return report


@contextmanager
def judging(given: JudgeInput, scan: app.ScanOptions) -> Iterator[Judging]:
    """Yield the judge that `given` names. Destinations and usage are reported on stderr."""
    if not given.questions.judges:
        _refuse_idle(given)
        yield Judging()
        return
    from toolsmell.cli.progress import JudgeProgress
    from toolsmell.judge.jurors import connected
    from toolsmell.judge.panel import Panel
    from toolsmell.judge.server_judge import Judge
    from toolsmell.reporters.parts.rows import amount

    asked = juror_options(given)
    scope, prompt = scope_of(given.questions, scan), prompt_of(given.questions, scan)
    with connected(asked) as jurors:
        say_destinations(asked)
        progress = JudgeProgress(jurors.usage)
        panel = Panel(prompt, asking_of(given.questions, given.concurrency), progress.heard)
        judge = Judge(panel, scope, jurors.jurors, jurors.larger)
        judged = Judging(judge, jurors.usage, required=given.require_judge, stop=panel.stop)
        try:
            yield judged
        finally:
            progress.clear()
            say(f"toolsmell: the judge took {progress.line()}")
            if judged.without_verdict:
                tools = amount(judged.without_verdict, "tool")
                say(f"toolsmell: the judge gave no verdict on {tools}: the notes of the report say why")


def juror_options(given: JudgeInput) -> "JurorOptions":
    """Return which models judge, and how each is asked."""
    from dataclasses import replace

    from toolsmell.judge.jurors import JurorOptions
    from toolsmell.models import prices

    return JurorOptions(
        models=given.questions.judges,
        larger=given.questions.escalate,
        each=replace(asked_as(given.connection), record=path_of(given.record)),
        pricing=prices.load().pricing,
    )


def asking_of(given: QuestionInput, concurrency: int = 1) -> "Sampling":
    """Return the sampling of questions."""
    from toolsmell.judge.panel import Sampling

    return Sampling(samples=given.samples, temperature=given.judge_temperature, concurrency=concurrency)


def scope_of(given: QuestionInput, scan: app.ScanOptions) -> "JudgeScope":
    """Return the scope of the judge."""
    from toolsmell.judge.server_judge import JudgeScope

    return JudgeScope(
        rubric=scan.rubric,
        frame=scan.frame,
        smells=lambda scores, tool, next_: app.smells_of(scores, tool, scan, lambda: next_),
        rules=scan.rules,
        everything=given.judge_all,
    )


def prompt_of(given: QuestionInput, scan: app.ScanOptions) -> "JudgePrompt":
    """Return the prompt over the rubric of the run."""
    from toolsmell.judge.prompt import JudgePrompt
    from toolsmell.judge.server_judge import frames_of

    return JudgePrompt(scan.rubric, frames_of(scan.frame), path_of(given.prompts))


def say_destinations(options: "JurorOptions") -> None:
    """Report what is sent where, before it is sent."""
    from toolsmell.judge.jurors import destinations

    if places := destinations(options):
        say(f"toolsmell: names, descriptions and schemas of tools, secrets masked, go to {'; '.join(places)}")


def _refuse_idle(given: JudgeInput) -> None:
    """Raise `UsageError` for options that do nothing without a judge."""
    idle = {
        "--escalate": given.questions.escalate,
        "--judge-all": given.questions.judge_all,
        "--prompts": given.questions.prompts,
        "--model-url": given.connection.model_url,
        "--model-key-env": given.connection.model_key_env,
        "--record": given.record,
        "--require-judge": given.require_judge,
    }
    for name, value in idle.items():
        if value:
            raise UsageError(f"{name} needs a judge: name one with --judge MODEL")


def refuse_judge(given: JudgeInput) -> None:
    """Raise `UsageError` for a judge if no report is made that could show its verdicts."""
    if given.questions.judges:
        raise UsageError("--judge adds to a report: leave out --diff or --why")
