"""`toolsmell eval`."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import click

from toolsmell.cli.models import ModelChoice, model_options, read_model
from toolsmell.cli.targets import TARGET_HELP, TargetCommand, read_options, say, target_options
from toolsmell.errors import ExitCode, SourceError, UsageError
from toolsmell.evaluate import prices, report, starting, table
from toolsmell.evaluate.analysis import Analyser
from toolsmell.evaluate.catalogue import Catalogue
from toolsmell.evaluate.cost import Client, ListCost, list_cost
from toolsmell.evaluate.datasets import load_cases
from toolsmell.evaluate.documents import Form
from toolsmell.evaluate.expansion import all_from_model
from toolsmell.evaluate.retrieval import Setup
from toolsmell.evaluate.retrievers import Embed
from toolsmell.evaluate.study import DEFAULT_SETUPS, Asking, Plan, Study, study
from toolsmell.evaluate.trials import Mode
from toolsmell.llm.connect import Connection, ModelOptions, connect, connect_embeddings
from toolsmell.sources.options import Command, TargetOptions
from toolsmell.sources.targets import manifests
from toolsmell.tokens import ESTIMATE, Counter, exact_counter

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group()
def command() -> None:
    """Measure whether descriptions help: before and after, offline or with a model.

    \b
    toolsmell eval init tools.json > cases.jsonl      a case file to fill in
    toolsmell eval run tools.json --cases cases.jsonl --before old.json
    toolsmell eval cost tools.json --price-of gpt-4.1
    """


@command.command(cls=TargetCommand)
@target_options
@click.option("--cases", "case_file", type=_FILE, required=True, metavar="FILE", help="What users ask (JSON Lines).")
@click.option("--before", metavar="TARGET", help="The tools as they were: a file, a directory or a URL.")
@click.option(
    "--form",
    "forms",
    type=click.Choice([x.value for x in Form]),
    multiple=True,
    help="What is indexed of a tool. [default: full]",
)
@click.option(
    "--method",
    "methods",
    type=click.Choice(["bm25", "dense", "hybrid"]),
    multiple=True,
    help="How it is searched. [default: bm25]",
)
@click.option(
    "--analyser",
    "analysers",
    type=click.Choice([x.value for x in Analyser]),
    multiple=True,
    help="Which words BM25 compares. [default: standard, english]",
)
@click.option(
    "--embeddings",
    metavar="MODEL",
    help="For dense and hybrid: a model at --embeddings-url or of a provider, or local:NAME.",
)
@click.option("--embeddings-url", metavar="URL", help="A server that speaks OpenAI's protocol, up to and with /v1.")
@click.option("--embeddings-key-env", metavar="NAME", help="Variable with the key for the embeddings.")
@model_options
@click.option(
    "--mode",
    "modes",
    type=click.Choice([x.value for x in Mode]),
    multiple=True,
    help="What the model is asked to do. [default: all]",
)
@click.option(
    "--expand", is_flag=True, help="Let the model write what enriched forms add, instead of taking it from cases."
)
@click.option("--gate", is_flag=True, help="Exit 1 where the tools measure worse than --before.")
@click.option(
    "--prices",
    "price_file",
    type=_FILE,
    metavar="FILE",
    help="A price table instead of the one that comes with toolsmell.",
)
@click.option("--exact-tokens", is_flag=True, help="Count tokens instead of estimating them.")
@click.option(
    "--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True, help="To stdout."
)
@click.option(
    "--plots", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Draw plots into this folder."
)
def run(**options: Any) -> int:
    """Measure tools by cases, and what changed since --before.

    Without a model: which tool a search finds for each query, and which tools are taken for one another. With
    --model: which tool the model calls, and with which arguments. Differences come with their interval and a word:
    better, worse, or no difference found.

    \b
    toolsmell eval run tools.json --cases cases.jsonl
    toolsmell eval run tools.json --cases cases.jsonl --before main.json --gate
    toolsmell eval run tools.json --cases cases.jsonl --before main.json --model gpt-4.1-mini --max-cost 1
    """
    targets, target_opts = read_options(options)
    choice = read_model(options)
    if options["gate"] and not options["before"]:
        raise UsageError("--gate compares with the tools as they were: name them with --before")
    cases = load_cases(options["case_file"])
    after = _catalogue(targets, target_opts)
    before = _catalogue([options["before"]], target_opts) if options["before"] else None
    table_of_prices = prices.load(options["price_file"])
    with _embeddings(options) as embed, _model(choice, table_of_prices) as connection:
        plan = Plan(setups=_setups(options), embed=embed, **_asked(options, choice, connection))
        found = study(after, cases, plan, before)
        spent = connection.budget.spent if connection else None
    costs = _costs(before, after, _counter(options["exact_tokens"]))
    if options["format_"] == "json":
        click.echo(json.dumps(report.to_json(found, costs, spent), indent=2))
    else:
        click.echo("\n".join(table.lines(found, costs, spent)))
    if options["plots"]:
        _plot(found, costs, options["plots"])
    return _exit_code(found, gate=options["gate"])


run.help = f"{run.help}\n\n{TARGET_HELP}"


@command.command(cls=TargetCommand)
@target_options
@model_options
@click.option(
    "--each", type=click.IntRange(1, 100), default=3, show_default=True, help="Queries to fill in for each tool."
)
def init(**options: Any) -> int:
    """Start a case file for these tools: a form to fill in, or with --model questions that a model writes.

    What a model asks is what a model thinks that users ask. Questions of real users are worth more, and the cases
    should be read before anything is decided by them.

    \b
    toolsmell eval init tools.json > cases.jsonl
    toolsmell eval init tools.json --model gpt-4.1-mini > cases.jsonl
    """
    targets, target_opts = read_options(options)
    choice = read_model(options)
    catalogue = _catalogue(targets, target_opts)
    with _model(choice, prices.load()) as connection:
        if connection is None or choice.options is None:
            rows = list(starting.form(catalogue, options["each"]))
        else:
            written = starting.Written(
                catalogue, connection.model, choice.options.model, concurrency=choice.concurrency
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
@click.option(
    "--client",
    "clients",
    type=click.Choice([x.value for x in Client]),
    multiple=True,
    help="As this client sends them. [default: all]",
)
@click.option(
    "--price-of", "models", metavar="MODEL", multiple=True, help="Price the list for this model of the price table."
)
@click.option(
    "--requests", type=click.IntRange(min=1), default=20, show_default=True, help="Requests of a conversation."
)
@click.option(
    "--prices",
    "price_file",
    type=_FILE,
    metavar="FILE",
    help="A price table instead of the one that comes with toolsmell.",
)
@click.option("--exact-tokens", is_flag=True, help="Count tokens instead of estimating them.")
@click.option(
    "--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True, help="To stdout."
)
def cost(**options: Any) -> int:
    """Say what the tool list costs in tokens, and in money over a conversation with and without prompt caching.

    \b
    toolsmell eval cost tools.json
    toolsmell eval cost --price-of claude-sonnet-5-5 --requests 50 -- uvx mcp-server-time
    """
    targets, target_opts = read_options(options)
    catalogue = _catalogue(targets, target_opts)
    known = prices.load(options["price_file"])
    chosen = {name: _price(known, name) for name in options["models"]}
    counter = _counter(options["exact_tokens"])
    clients = options["clients"] or list(Client)
    found = [
        list_cost(catalogue, Client(client), chosen, requests=options["requests"], counter=counter)
        for client in clients
    ]
    if options["format_"] == "json":
        rows = [{**report.cost_json(row), "prices_read": known.read} for row in found]
        click.echo(json.dumps({"schema": "toolsmell.eval.cost/v1", "tools": len(catalogue), "clients": rows}, indent=2))
        return ExitCode.CLEAN
    click.echo("\n".join(table.cost_lines([(None, row) for row in found])))
    if chosen:
        click.echo(f"prices as read on {known.read} from {known.source}")
    return ExitCode.CLEAN


cost.help = f"{cost.help}\n\n{TARGET_HELP}"


def _catalogue(targets: Sequence[str | Command], options: TargetOptions) -> Catalogue:
    """Read servers. All of them must answer: a comparison over half of the tools would say what is not so."""
    found = list(manifests(targets, options))
    broken = [manifest.error for manifest in found if manifest.error]
    if broken:
        raise SourceError("; ".join(broken))
    catalogue = Catalogue(found)
    if not len(catalogue):
        raise SourceError("no tool to measure")
    return catalogue


@contextmanager
def _model(choice: ModelChoice, known: prices.Prices) -> Iterator[Connection | None]:
    if choice.options is None:
        yield None
        return
    with connect(choice.options, known.pricing(choice.options.model)) as connection:
        yield connection


@contextmanager
def _embeddings(options: dict[str, Any]) -> Iterator[Embed | None]:
    from toolsmell.evaluate.embedding import embedder, sentence_transformer

    name: str | None = options["embeddings"]
    if name is None:
        yield None
    elif name.startswith("local:"):
        yield sentence_transformer(name.removeprefix("local:"))
    else:
        chosen = ModelOptions(model=name, url=options["embeddings_url"], key_env=options["embeddings_key_env"])
        with connect_embeddings(chosen) as model:
            yield embedder(model)


def _asked(options: dict[str, Any], choice: ModelChoice, connection: Connection | None) -> dict[str, Any]:
    """Return the parts of a plan that a model has in it."""
    if connection is None or choice.options is None:
        if options["expand"]:
            raise UsageError("--expand lets a model write: name one with --model")
        return {}
    model, name = connection.model, choice.options.model
    modes = tuple(map(Mode, options["modes"])) or tuple(Mode)
    parts: dict[str, Any] = {"asking": Asking(model, name, modes, choice.concurrency)}
    if options["expand"]:
        parts["expand"] = partial(all_from_model, model=model, name=name, concurrency=choice.concurrency)
    return parts


def _setups(options: dict[str, Any]) -> tuple[Setup, ...]:
    if not (options["forms"] or options["methods"] or options["analysers"]):
        return DEFAULT_SETUPS
    return tuple(
        Setup(Form(form), method, Analyser(analyser))
        for form in options["forms"] or (Form.FULL,)
        for method in options["methods"] or ("bm25",)
        for analyser in options["analysers"] or (Analyser.STANDARD,)
    )


def _counter(exact: bool) -> Counter:
    return exact_counter() if exact else ESTIMATE


def _price(known: prices.Prices, model: str) -> prices.Price:
    price = known.of(model)
    if price is None:
        raise UsageError(f"the price table has no {model}; it has {', '.join(known.models)}")
    return price


def _costs(before: Catalogue | None, after: Catalogue, counter: Counter) -> list[tuple[ListCost | None, ListCost]]:
    return [
        (
            list_cost(before, client, {}, counter=counter) if before else None,
            list_cost(after, client, {}, counter=counter),
        )
        for client in (Client.OPENAI, Client.CLAUDE_CODE)
    ]


def _plot(found: Study, costs: Sequence[tuple[ListCost | None, ListCost]], folder: Path) -> None:
    from toolsmell.evaluate import plots

    folder.mkdir(parents=True, exist_ok=True)
    if found.comparison is not None:
        plots.save(plots.differences(found.comparison), folder / "differences.svg")
    plots.save(plots.confusion(found.after.mistakes), folder / "confusion.svg")
    versions = [(v, cost) for v, cost in zip((found.before, found.after), costs[0], strict=True) if v and cost]
    points = [plots.Point(v.name, cost.tokens, v.retrieval[0].mean("ndcg@10")) for v, cost in versions if v.retrieval]
    plots.save(plots.tokens_and_score(points, "NDCG@10"), folder / "tokens.svg")
    say(f"plots are in {folder}")


def _exit_code(found: Study, *, gate: bool) -> ExitCode:
    """A model that was asked for and gave no answer fails the run; the gate fails it for what measures worse."""
    versions = [version for version in (found.before, found.after) if version]
    unanswered = sum(answer.choice is None for version in versions for answer in version.answers)
    if unanswered:
        say(f"{unanswered} questions have no answer; run again to ask them (the others are in the cache)")
        return ExitCode.JUDGE_FAILED
    if gate and found.comparison is not None and not found.comparison.acceptable("after"):
        return ExitCode.FINDINGS
    return ExitCode.CLEAN
