"""`toolsmell judge`: batches of questions, and the agreement of jurors."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from toolsmell import app
from toolsmell.cli.click_parameters import EnumChoice, option
from toolsmell.cli.options.configuration import ConfigInput, config_options, find_config, show, with_settings
from toolsmell.cli.options.judging import QuestionInput, asking_of, prompt_of, question_options, scope_of
from toolsmell.cli.options.linting import LintInput, scan_options_of
from toolsmell.cli.options.targets import TargetCommand, TargetInput, read_options, say, target_options
from toolsmell.cli.typed import takes
from toolsmell.cli.whole_files import given_besides, read_file
from toolsmell.errors import ExitCode, SourceError, UsageError
from toolsmell.model import Frame, ServerReport
from toolsmell.project.tally import Gates, Tally
from toolsmell.reporters.parts.rows import amount

if TYPE_CHECKING:
    from toolsmell.judge.agreement import Estimate, JurorAgreement
    from toolsmell.judge.ratings import Ratings
    from toolsmell.reading.context import ServerContext

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group()
def command() -> None:
    """Ask models in batches, and measure how well jurors agree."""


class ExportInput(NamedTuple):
    """The options of `judge export` as they were typed."""

    target: TargetInput
    frame: Frame
    rubric: str | None
    tools: tuple[str, ...]
    questions: QuestionInput
    model_url: str | None
    config: ConfigInput


class ImportInput(NamedTuple):
    """The options of `judge import` as they were typed."""

    results: Path
    model_url: str | None
    cache: Path | None


class AgreementInput(NamedTuple):
    """The options of `judge agreement` as they were typed."""

    labels: Path
    format_: str


@command.command(cls=TargetCommand)
@target_options
@option(
    "--frame",
    type=EnumChoice(Frame),
    default=Frame.EFFECTIVE.value,
    show_default=True,
    help="What is judged.",
)
@option("--rubric", metavar="FILE", help="Ask by this rubric (.yaml or .json, or tdqs) instead of the six components.")
@option("--tool", "tools", multiple=True, metavar="NAME", help="Ask about this tool only.")
@question_options
@option(
    "--model-url",
    metavar="URL",
    former=("--judge-url",),
    help="Server that will run the batch, if it is not OpenAI.",
)
@config_options
@takes(ExportInput)
def export(given: ExportInput) -> int:
    """Write the questions to a judge as a batch, in OpenAI's format, to stdout.

    \b
    toolsmell judge export tools.json --judge gpt-4.1-mini > requests.jsonl
    toolsmell judge import results.jsonl
    toolsmell scan tools.json --judge gpt-4.1-mini          takes the answers from the cache
    toolsmell scan tools.json --judge replay:results.jsonl  or from the file itself
    """
    from toolsmell.judge.panel import Panel
    from toolsmell.judge.server_judge import Judge
    from toolsmell.models.batch import line_of
    from toolsmell.sources.targets import manifests

    settings = find_config(given.config, given.target)
    lint = with_settings(LintInput(given.frame, given.rubric, tools=given.tools), settings)
    if given.config.show_config:
        click.echo(show(settings, given.target, lint))
        return ExitCode.CLEAN
    model = _single(given.questions)
    targets, target_opts = read_options(given.target)
    scan = scan_options_of(lint, settings)
    questions_of = given.questions
    judge = Judge(Panel(prompt_of(questions_of, scan), asking_of(questions_of)), scope_of(questions_of, scan), ())
    tally, questions = Tally(), 0

    def collect(server: "ServerContext", report: ServerReport) -> ServerReport:
        nonlocal questions
        for request in judge.panel.requests(model, judge.cases(server, report)):
            click.echo(json.dumps(line_of(request, official=not given.model_url)))
            questions += 1
        return report

    for report in app.scan(manifests(targets, target_opts), scan, collect):
        if report.error:
            say(f"toolsmell: {report.error}")
        tally.add(report)
    say(f"toolsmell: {amount(questions, 'question')} about {amount(tally.summary().tools, 'tool')}")
    return tally.exit_code(Gates(fail_on=None))


def _single(given: QuestionInput) -> str:
    """Return the one model that a batch is for."""
    models = given.judges
    if len(models) != 1 or given.escalate:
        raise UsageError("a batch is for one model: name it with --judge MODEL, and export another for the next")
    (name,) = models
    if "/" in name and not name.startswith("openai/"):
        raise UsageError(
            f"{name}: a batch in OpenAI's format needs a model of OpenAI, or --judge openai/NAME --model-url URL"
        )
    return name.removeprefix("openai/")


@command.command("import")
@click.argument("results", type=click.Path(dir_okay=False, exists=True, path_type=Path))
@option("--model-url", metavar="URL", former=("--judge-url",), help="The --model-url that a scan will use, if any.")
@option("--cache", type=_FILE, metavar="FILE", help="Cache of answers. [default: a file in the user's cache folder]")
@takes(ImportInput)
def import_(given: ImportInput) -> int:
    """Put the answers of a batch or a recording into the cache, so that `scan --judge` uses them."""
    from toolsmell.models.cache import opened, stored_key
    from toolsmell.models.client import ChatReply, reply_to_json
    from toolsmell.models.replay import read

    kept = 0
    with opened(given.cache) as store:
        for entry in read(given.results):
            if isinstance(entry.answer, ChatReply):
                store.put(stored_key(entry.key, given.model_url or ""), reply_to_json(entry.answer))
                kept += 1
            else:
                say(f"toolsmell: {entry.key[:12]}…: {entry.answer}")
    if not kept:
        raise SourceError(f"{given.results} has no answer")
    say(f"toolsmell: {kept} answers are in the cache")
    return ExitCode.CLEAN


@command.command()
@click.argument("labels", type=click.Path(dir_okay=False, exists=True, path_type=Path))
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True, help="To stdout."
)
@takes(AgreementInput)
def agreement(given: AgreementInput) -> int:
    """Measure how well jurors agree: kappa of each smell by pair, and ICC(2,1) of the levels, with 95 % intervals.

    LABELS is a file with a line {"server", "scores": {component: [a level of each juror]}} for each tool, or the
    JSON report of a scan with several judges or samples. Intervals come from drawing whole servers.
    """
    from toolsmell.judge.agreement import agreement as measure

    with given_besides():
        ratings = _ratings(given.labels)
    found = measure(ratings)
    if given.format_ == "json":
        click.echo(json.dumps({c: _as_json(a, ratings) for c, a in found.items()}, indent=1))
        return ExitCode.CLEAN
    click.echo("\n".join(_as_text(found, ratings)))
    return ExitCode.CLEAN


def _ratings(path: Path) -> "Ratings":
    """Read labels, or a report of a run with several jurors."""
    from toolsmell.judge.ratings import from_reports, read_labels
    from toolsmell.reporters.parts.stored import read_report

    data, source = read_file(str(path)), str(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SourceError(f"{source}: is not UTF-8 text") from None
    if '"toolsmell.report/' in text[:200]:
        report = read_report(data, source)
        return from_reports(report.servers, report.run.frame, source)
    return read_labels(text, source)


def _as_json(of: "JurorAgreement", ratings: "Ratings") -> dict[str, object]:
    names = ratings.jurors
    return {
        "tools": of.tools,
        "kappa": [{"jurors": [names[a], names[b]], **_interval(e)} for (a, b), e in of.kappa.items()],
        "mean_kappa": of.mean_kappa,
        "icc": _interval(of.icc),
    }


def _interval(estimate: "Estimate") -> dict[str, float | None]:
    return {"value": estimate.value, "low": estimate.low, "high": estimate.high}


def _as_text(found: "dict[str, JurorAgreement]", ratings: "Ratings") -> list[str]:
    from toolsmell.escape import visible

    lines = [f"{len(ratings.items)} tools, {len(ratings.jurors)} jurors"]
    lines += [f"  {n}  {visible(name)}" for n, name in enumerate(ratings.jurors, 1)]
    pairs = list(next(iter(found.values())).kappa)
    heads = [f"kappa {a + 1}-{b + 1}" for a, b in pairs]
    lines.append("".join((f"{'':14}", *(f"{head:<20}" for head in heads), f"{'mean':<7}", "ICC(2,1)")))
    for component, of in found.items():
        cells = [f"{_shown(of.kappa[pair]):<20}" for pair in pairs]
        mean = "-" if of.mean_kappa is None else f"{of.mean_kappa:.2f}"
        lines.append("".join((f"{visible(component):<14}", *cells, f"{mean:<7}", _shown(of.icc))))
    return lines


def _shown(estimate: "Estimate") -> str:
    if estimate.value is None:
        return "-"
    low, high = estimate.low, estimate.high
    return f"{estimate.value:.2f}" + (f" ({low:.2f} to {high:.2f})" if low is not None and high is not None else "")
