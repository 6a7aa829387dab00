"""`toolsmell eval`."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

import click

from toolsmell.cli.click_parameters import EnumChoice, option
from toolsmell.cli.commands.eval_agent import agent
from toolsmell.cli.commands.eval_compare import compare
from toolsmell.cli.options import evaluating
from toolsmell.cli.options.evaluating import SearchInput, search_options
from toolsmell.cli.options.models import ModelInput, model_options, prices_option, read_model
from toolsmell.cli.options.targets import TargetCommand, TargetInput, read_options, say, target_options
from toolsmell.cli.typed import takes
from toolsmell.cli.whole_files import given_besides
from toolsmell.errors import ExitCode, SourceError, UsageError
from toolsmell.evaluate import evaluation_json, evaluation_text, starting
from toolsmell.evaluate.catalog import Catalog
from toolsmell.evaluate.cost import Client, ListCost, list_cost
from toolsmell.evaluate.datasets import load_cases
from toolsmell.evaluate.study import Study, study
from toolsmell.evaluate.trials import Mode
from toolsmell.model import Manifest
from toolsmell.models import prices
from toolsmell.sources.options import TargetOptions
from toolsmell.tokens import Counter

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group()
def command() -> None:
    """Measure whether descriptions help: before and after, offline or with a model.

    \b
    toolsmell eval init tools.json > cases.jsonl      a case file to fill in
    toolsmell eval run tools.json --cases cases.jsonl --before old.json
    toolsmell eval cost tools.json --price-of gpt-4.1
    toolsmell eval agent --cases cases.jsonl --model gpt-4.1-mini --call 'get_*' -- uvx some-server
    toolsmell eval compare tools.json --before main.json --model gpt-4.1-mini
    """


command.add_command(agent)
command.add_command(compare)


class RunInput(NamedTuple):
    """The options of `eval run` as they were typed."""

    target: TargetInput
    case_file: Path
    before: str | None
    after: str | None
    search: SearchInput
    model: ModelInput
    modes: tuple[Mode, ...]
    expand: bool
    gate: bool
    price_file: Path | None
    exact_tokens: bool
    format_: str
    plots: Path | None


class StartInput(NamedTuple):
    """The options of `eval init` as they were typed."""

    target: TargetInput
    model: ModelInput
    each: int


class CostInput(NamedTuple):
    """The options of `eval cost` as they were typed."""

    target: TargetInput
    clients: tuple[Client, ...]
    models: tuple[str, ...]
    requests: int
    price_file: Path | None
    exact_tokens: bool
    format_: str


_format_option: Final = option(
    "--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True, help="On stdout."
)


@command.command(cls=TargetCommand)
@target_options
@option("--cases", "case_file", type=_FILE, required=True, metavar="FILE", help="What users ask (JSON Lines).")
@option("--before", metavar="TARGET", help="The tools as they were: a file, a directory or a URL.")
@option("--after", metavar="FILE", help="New texts: overrides, augment's JSON, or a list of tools.")
@search_options
@model_options
@option("--mode", "modes", type=EnumChoice(Mode), multiple=True, help="Tasks for the model. [default: all]")
@option("--expand", is_flag=True, help="Let the model write what enriched forms add, instead of taking it from cases.")
@option("--gate", is_flag=True, help="Exit 1 if the tools measure worse than --before.")
@prices_option
@option("--exact-tokens", is_flag=True, help="Count tokens instead of estimating them.")
@_format_option
@option("--plots", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Draw plots into this folder.")
@takes(RunInput)
def run(given: RunInput) -> int:
    """Measure tools by cases, and what changed since --before.

    Without a model: which tool a search finds for each query, and which tools are taken for one another. With
    --model: which tool the model calls, and with which arguments. Differences come with their interval and a word:
    better, worse, or no difference found.

    \b
    toolsmell eval run tools.json --cases cases.jsonl
    toolsmell eval run tools.json --cases cases.jsonl --before main.json --gate
    toolsmell eval run --cases cases.jsonl --after overrides.json -- uvx some-server
    toolsmell eval run tools.json --cases cases.jsonl --before main.json --model gpt-4.1-mini --max-cost 1
    """
    targets, target_opts = read_options(given.target)
    choice = read_model(given.model)
    if given.gate and not (given.before or given.after):
        raise UsageError("--gate compares: name the tools as they were with --before, or new texts with --after")
    with given_besides():
        cases = load_cases(given.case_file)
    if given.plots:
        _make_folder(given.plots)
    before, after = _versions(given, evaluating.read_servers(targets, target_opts), target_opts)
    known = prices.load(given.price_file)
    with evaluating.embeddings(given.search, choice) as embed, evaluating.connected(choice, known) as connection:
        plan = evaluating.plan_of(given.search, embed, choice, connection, modes=given.modes, expand=given.expand)
        found = study(after, cases, plan, before)
        spent = connection.budget.spent if connection else None
    costs = _costs(before, after, evaluating.counter(given.exact_tokens))
    if given.format_ == "json":
        click.echo(json.dumps(evaluation_json.to_json(found, costs, spent), indent=2))
    else:
        click.echo("\n".join(evaluation_text.lines(found, costs, spent)))
    if given.plots:
        _plot(found, costs, given.plots)
    return _exit_code(found, gate=given.gate)


@command.command(cls=TargetCommand)
@target_options
@model_options
@option("--each", type=click.IntRange(1, 100), default=3, show_default=True, help="Queries to fill in for each tool.")
@takes(StartInput)
def init(given: StartInput) -> int:
    """Start a case file for these tools: a form to fill in, or with --model questions that a model writes.

    A model only guesses what users ask. Questions of real users are worth more. Read the cases
    before you decide anything by them.

    \b
    toolsmell eval init tools.json > cases.jsonl
    toolsmell eval init tools.json --model gpt-4.1-mini > cases.jsonl
    """
    targets, target_opts = read_options(given.target)
    choice = read_model(given.model)
    catalog = evaluating.read_catalog(targets, target_opts)
    with evaluating.connected(choice, prices.load()) as connection:
        if connection is None or choice.options is None:
            rows = list(starting.form(catalog, given.each))
        else:
            written = starting.CaseWriter(
                catalog, connection.model, choice.options.model, concurrency=choice.concurrency
            )
            rows = written.cases()
            for problem in written.problems:
                say(f"left out: {problem}")
    for row in rows:
        click.echo(json.dumps(row))
    if not rows:
        raise SourceError("the model wrote no question that could be used")
    return ExitCode.CLEAN


@command.command(cls=TargetCommand)
@target_options
@option(
    "--client",
    "clients",
    type=EnumChoice(Client),
    multiple=True,
    help="Count the tools as this client sends them. [default: all]",
)
@option(
    "--price-of", "models", metavar="MODEL", multiple=True, help="Price the list for this model of the price table."
)
@option("--requests", type=click.IntRange(min=1), default=20, show_default=True, help="Requests of a conversation.")
@prices_option
@option("--exact-tokens", is_flag=True, help="Count tokens instead of estimating them.")
@_format_option
@takes(CostInput)
def cost(given: CostInput) -> int:
    """Show what the tool list costs in tokens, and in money for a conversation with and without prompt caching.

    \b
    toolsmell eval cost tools.json
    toolsmell eval cost --price-of claude-sonnet-5-5 --requests 50 -- uvx mcp-server-time
    """
    targets, target_opts = read_options(given.target)
    catalog = evaluating.read_catalog(targets, target_opts)
    known = prices.load(given.price_file)
    chosen = {name: evaluating.price_of(known, name) for name in given.models}
    counter = evaluating.counter(given.exact_tokens)
    found = [
        list_cost(catalog, client, chosen, requests=given.requests, counter=counter)
        for client in given.clients or tuple(Client)
    ]
    if given.format_ == "json":
        rows = [{**evaluation_json.cost_json(row), "prices_read": known.read} for row in found]
        click.echo(json.dumps({"schema": "toolsmell.eval.cost/v1", "tools": len(catalog), "clients": rows}, indent=2))
        return ExitCode.CLEAN
    click.echo("\n".join(evaluation_text.cost_lines([(None, row) for row in found])))
    if chosen:
        click.echo(f"prices as read on {known.read} from {known.source}")
    return ExitCode.CLEAN


def _versions(given: RunInput, servers: Sequence[Manifest], reading: TargetOptions) -> tuple[Catalog | None, Catalog]:
    """Return the tools before, or None if there is nothing to compare, and after."""
    after = evaluating.catalog_of(servers)
    before = evaluating.read_catalog([given.before], reading) if given.before else None
    if not given.after:
        return before, after
    changed = [evaluating.with_texts_of(given.after, server, reading) for server in servers]
    return before or after, evaluating.catalog_of(changed)


def _costs(before: Catalog | None, after: Catalog, counter: Counter) -> list[tuple[ListCost | None, ListCost]]:
    return [
        (
            list_cost(before, client, {}, counter=counter) if before else None,
            list_cost(after, client, {}, counter=counter),
        )
        for client in (Client.OPENAI, Client.CLAUDE_CODE)
    ]


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"--plots {folder}: cannot be made: {error.strerror}") from None


def _plot(found: Study, costs: Sequence[tuple[ListCost | None, ListCost]], folder: Path) -> None:
    from toolsmell.evaluate import plots

    if found.comparison is not None:
        plots.save(plots.differences(found.comparison), folder / "differences.svg")
    plots.save(plots.confusion(found.after.mistakes), folder / "confusion.svg")
    versions = [(v, cost) for v, cost in zip((found.before, found.after), costs[0], strict=True) if v and cost]
    points = [plots.Point(v.name, cost.tokens, v.retrieval[0].mean("ndcg@10")) for v, cost in versions if v.retrieval]
    plots.save(plots.tokens_and_score(points, "NDCG@10"), folder / "tokens.svg")
    say(f"plots are in {folder}")


def _exit_code(found: Study, *, gate: bool) -> ExitCode:
    """Return the exit code: a missing answer of the model fails the run, and so does a worse result with --gate."""
    versions = [version for version in (found.before, found.after) if version]
    unanswered = sum(answer.choice is None for version in versions for answer in version.answers)
    if unanswered:
        say(f"{unanswered} questions have no answer; run again to ask them (the others are in the cache)")
        return ExitCode.JUDGE_FAILED
    if gate and found.comparison is not None and not found.comparison.acceptable("after"):
        return ExitCode.FINDINGS
    return ExitCode.CLEAN
