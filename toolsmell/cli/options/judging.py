"""The options of `scan` that ask models, and what they come down to. Without `--judge` nothing here loads a model."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from toolsmell import app
from toolsmell.cli.options.targets import say
from toolsmell.errors import ExitCode, UsageError
from toolsmell.model import ServerReport

if TYPE_CHECKING:
    from pathlib import Path

    from toolsmell.judge.jurors import JurorOptions
    from toolsmell.judge.panel import Asking
    from toolsmell.judge.prompt import JudgePrompt
    from toolsmell.judge.run import Scope
    from toolsmell.model.verdicts import ModelUsage
    from toolsmell.reading.context import ServerContext

F = TypeVar("F", bound=Callable[..., Any])

_FILE = click.Path(dir_okay=False)

_QUESTIONS = (
    click.option(
        "--judge",
        "judges",
        multiple=True,
        metavar="MODEL",
        help="Let a model score; several are a jury. replay:FILE too.",
    ),
    click.option(
        "--escalate", multiple=True, metavar="MODEL", help="Ask this larger model where the judge leaves doubt."
    ),
    click.option("--judge-all", is_flag=True, help="Ask about every tool, also where the scorecard is sure."),
    click.option("--samples", type=click.IntRange(1, 25), default=1, show_default=True, help="Answers of each model."),
    click.option(
        "--judge-temperature",
        type=click.FloatRange(0, 2),
        default=0.0,
        show_default=True,
        help="Above 0 for samples to differ.",
    ),
    click.option(
        "--prompts",
        type=click.Path(file_okay=False),
        metavar="DIR",
        help="Your own judge.j2, in a sandbox.",
    ),
)
_MODELS = (
    click.option("--judge-url", metavar="URL", help="A server that speaks OpenAI's protocol, up to and with /v1."),
    click.option(
        "--judge-key-env", metavar="NAME", help="Variable with the judge's key. None is sent to --judge-url without it."
    ),
    click.option(
        "--judge-timeout",
        type=click.FloatRange(min=0.1),
        default=120.0,
        show_default=True,
        help="Seconds for one answer.",
    ),
    click.option(
        "--judge-attempts", type=click.IntRange(1, 20), default=5, show_default=True, help="Attempts at one answer."
    ),
    click.option("--max-calls", type=click.IntRange(min=0), metavar="N", help="Ask models at most so often."),
    click.option("--max-cost", type=click.FloatRange(min=0), metavar="USD", help="Ask no more before this is spent."),
    click.option(
        "--concurrency", type=click.IntRange(1, 64), default=4, show_default=True, help="Questions to models at a time."
    ),
    click.option("--offline", is_flag=True, help="Take the judge's answers from the cache alone."),
    click.option("--no-cache", is_flag=True, help="Neither read nor fill the cache of answers."),
    click.option("--cache", type=_FILE, metavar="FILE", help="The cache of answers, if not the user's own."),
    click.option(
        "--record", type=_FILE, metavar="FILE", help="Write the judge's answers to this file, for replay:FILE."
    ),
    click.option("--require-judge", is_flag=True, help="Exit 4 if a tool that needs a verdict got none."),
)


def question_options(function: F) -> F:
    """Add the options that say who judges, and what is asked."""
    return _with(function, _QUESTIONS)


def judge_options(function: F) -> F:
    """Add all options about judging."""
    return _with(function, (*_QUESTIONS, *_MODELS))


def _with(function: F, options: tuple[Callable[[F], F], ...]) -> F:
    for decorate in reversed(options):
        function = decorate(function)
    return function


class Judging:
    """What models add to a scan; by default nothing."""

    def __init__(
        self,
        judge: app.Judging | None = None,
        usage: "Callable[[], tuple[ModelUsage, ...]] | None" = None,
        *,
        required: bool = False,
    ) -> None:
        self._judge = judge
        self._usage = usage
        self._required = required
        self.without_verdict = 0
        """Tools that a verdict was asked for and not given."""

    @property
    def judge(self) -> app.Judging | None:
        return self._judged if self._judge else None

    def usage(self) -> "tuple[ModelUsage, ...] | None":
        """Return what asking took; None where nobody was to be asked."""
        return self._usage() if self._usage else None

    def exit_code(self, code: ExitCode) -> ExitCode:
        """Return the exit code of a run whose scan alone would end with `code`."""
        lasting = code in (ExitCode.CLEAN, ExitCode.FINDINGS)
        return ExitCode.JUDGE_FAILED if self._required and self.without_verdict and lasting else code

    def _judged(self, server: "ServerContext", report: ServerReport) -> ServerReport:
        from toolsmell.model.verdicts import Standing

        assert self._judge  # noqa: S101 - `judge` gives this method only where there is one
        report = self._judge(server, report)
        self.without_verdict += sum(
            tool.judge is not None and tool.judge.standing is Standing.UNSCORED for tool in report.tools
        )
        return report


@contextmanager
def judging(options: dict[str, Any], scan: app.ScanOptions) -> Iterator[Judging]:
    """Give what the models named in `options` add to a scan, and say on stderr what goes where and what it took."""
    if not options["judges"]:
        _refuse_idle(options)
        yield Judging()
        return
    from toolsmell.cli.progress import Progress
    from toolsmell.judge.jurors import connected
    from toolsmell.judge.panel import Panel
    from toolsmell.judge.run import Judge
    from toolsmell.reporters.parts.rows import amount

    asked = juror_options(options)
    scope, prompt = scope_of(options, scan), prompt_of(options, scan)
    with connected(asked) as jurors:
        say_destinations(asked)
        progress = Progress(jurors.usage)
        panel = Panel(prompt, asking_of(options), progress.heard)
        judge = Judge(panel, scope, jurors.jurors, jurors.larger)
        judged = Judging(judge, jurors.usage, required=options["require_judge"])
        try:
            yield judged
        finally:
            progress.clear()
            say(f"toolsmell: the judge took {progress.line()}")
            if judged.without_verdict:
                tools = amount(judged.without_verdict, "tool")
                say(f"toolsmell: the judge gave no verdict on {tools}: the notes of the report say why")


def juror_options(options: dict[str, Any]) -> "JurorOptions":
    """Return what was typed about models."""
    from toolsmell.judge.jurors import JurorOptions
    from toolsmell.models import prices

    return JurorOptions(
        models=options["judges"],
        larger=options["escalate"],
        url=options["judge_url"],
        key_env=options["judge_key_env"],
        timeout=options["judge_timeout"],
        attempts=options["judge_attempts"],
        max_calls=options["max_calls"],
        max_cost=options["max_cost"],
        cache=_path(options["cache"]),
        use_cache=not options["no_cache"],
        offline=options["offline"],
        record=_path(options["record"]),
        pricing=prices.load().pricing,
    )


def _path(name: str | None) -> "Path | None":
    from pathlib import Path

    return Path(name) if name else None


def asking_of(options: dict[str, Any]) -> "Asking":
    """Return how questions are to be put."""
    from toolsmell.judge.panel import Asking

    return Asking(
        samples=options["samples"],
        temperature=options["judge_temperature"],
        concurrency=options.get("concurrency", 1),
    )


def scope_of(options: dict[str, Any], scan: app.ScanOptions) -> "Scope":
    """Return what is to be judged."""
    from toolsmell.judge import cascade
    from toolsmell.judge.run import Scope

    return Scope(
        rubric=scan.rubric,
        frame=scan.frame,
        smells=lambda scores, tool: app.smells_of(scores, tool, scan),
        bands=cascade.load(),
        everything=options["judge_all"],
    )


def prompt_of(options: dict[str, Any], scan: app.ScanOptions) -> "JudgePrompt":
    """Return the prompt over the rubric of the run."""
    from toolsmell.judge.prompt import JudgePrompt
    from toolsmell.judge.run import frames_of

    return JudgePrompt(scan.rubric, frames_of(scan.frame), _path(options["prompts"]))


def say_destinations(options: "JurorOptions") -> None:
    """Say, before anything is sent, what goes where."""
    from toolsmell.judge.jurors import destinations

    if places := destinations(options):
        say(f"toolsmell: names, descriptions and schemas of tools, secrets masked, go to {'; '.join(places)}")


def _refuse_idle(options: dict[str, Any]) -> None:
    """Refuse options that would do nothing: somebody who types them expects a judge."""
    idle = ("escalate", "judge_all", "judge_url", "judge_key_env", "prompts", "record", "require_judge")
    for name in idle:
        if options[name]:
            raise UsageError(f"--{name.replace('_', '-')} needs a judge: name one with --judge MODEL")


def refuse_judge(options: dict[str, Any]) -> None:
    """Refuse a judge where no report is made that it could stand in."""
    if options["judges"]:
        raise UsageError("--judge adds to a report: leave out --diff or --why")
