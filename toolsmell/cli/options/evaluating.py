"""Prepares what `toolsmell eval` evaluates: tools, models, ways of searching."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Final, NamedTuple

import click

from toolsmell.cli.click_parameters import EnumChoice, OptionGroup, option
from toolsmell.cli.options.models import ModelChoice
from toolsmell.cli.options.targets import say
from toolsmell.cli.whole_files import read_file
from toolsmell.errors import SourceError, UsageError
from toolsmell.escape import shown
from toolsmell.evaluate import other_texts
from toolsmell.evaluate.analysis import Analyser
from toolsmell.evaluate.catalog import Catalog
from toolsmell.evaluate.expansion import all_from_model
from toolsmell.evaluate.retrieval import Setup
from toolsmell.evaluate.retrievers import Embed
from toolsmell.evaluate.search_documents import DocumentForm
from toolsmell.evaluate.study import DEFAULT_SETUPS, Selector, StudyPlan
from toolsmell.evaluate.trials import Mode
from toolsmell.model import Manifest
from toolsmell.models import prices
from toolsmell.models.connect import Connection, connect, connect_embeddings, destination
from toolsmell.rules.engine import RuleSet
from toolsmell.rules.selection import rule_set
from toolsmell.scoring import rubric
from toolsmell.sources.options import Command, TargetOptions
from toolsmell.sources.targets import manifests
from toolsmell.tokens import ESTIMATE, Counter, exact_counter


class SearchInput(NamedTuple):
    """The options about searching, as they were typed."""

    forms: tuple[DocumentForm, ...]
    methods: tuple[str, ...]
    analysers: tuple[Analyser, ...]
    embeddings: str | None
    embeddings_url: str | None
    embeddings_key_env: str | None


search_options: Final = OptionGroup(
    "Search",
    (
        option(
            "--form",
            "forms",
            type=EnumChoice(DocumentForm),
            multiple=True,
            help="Text of a tool that is indexed. [default: full]",
        ),
        option(
            "--method",
            "methods",
            type=click.Choice(["bm25", "dense", "hybrid"]),
            multiple=True,
            help="How it is searched. [default: bm25]",
        ),
        option(
            "--analyser",
            "analysers",
            type=EnumChoice(Analyser),
            multiple=True,
            help="Which words BM25 compares. [default: standard, english]",
        ),
        option(
            "--embeddings",
            metavar="MODEL",
            help="For dense and hybrid: a model at --embeddings-url or of a provider, or local:NAME.",
        ),
        option(
            "--embeddings-url", metavar="URL", help="A server that speaks OpenAI's protocol; the URL ends with /v1."
        ),
        option("--embeddings-key-env", metavar="NAME", help="Variable with the key for the embeddings."),
    ),
)


def read_catalog(targets: Sequence[str | Command], options: TargetOptions) -> Catalog:
    """Read servers into a catalog. All must answer, because a part of the tools would give wrong figures."""
    return catalog_of(read_servers(targets, options))


def catalog_of(servers: Sequence[Manifest]) -> Catalog:
    catalog = Catalog(servers)
    if not len(catalog):
        raise SourceError("no tool to measure")
    return catalog


def read_servers(targets: Sequence[str | Command], options: TargetOptions) -> list[Manifest]:
    """Read servers. Raises `SourceError` if one does not answer."""
    found = list(manifests(targets, options))
    broken = [manifest.error for manifest in found if manifest.error]
    if broken:
        raise SourceError("; ".join(broken))
    return found


def with_texts_of(file: str, manifest: Manifest, options: TargetOptions) -> Manifest:
    """Return a server with the texts of a file, and report texts for unknown tools."""
    new = other_texts.of_server(_texts(file, options), manifest.key, file)
    if gone := other_texts.unknown(manifest, new):
        say(f"{file}: the server has no {', '.join(map(shown, gone[:10]))}; their texts are not used")
    changed = other_texts.with_texts(manifest, new)
    if changed == manifest:
        raise UsageError(f"{file}: changes no text of this server, so there is nothing to compare")
    return changed


def _texts(file: str, options: TargetOptions) -> dict[str, other_texts.ByTool]:
    try:
        found = other_texts.from_document(json.loads(read_file(file)), file)
    except (ValueError, RecursionError):
        found = None  # JSON Lines, or source code
    return found if found is not None else {m.key: other_texts.from_manifest(m) for m in read_servers([file], options)}


def guarding_rules() -> RuleSet:
    """Return the rules that find tools which must not be called."""
    rules, _ = rule_set(("security",), (), rubric.load())
    return rules


@contextmanager
def connected(
    choice: ModelChoice, known: prices.Prices, sent: str = "cases and the tools as they are"
) -> Iterator[Connection | None]:
    """Yield the named model, or None, after reporting what is sent where."""
    if choice.options is None:
        yield None
        return
    asked = choice.options
    with connect(asked, known.pricing(asked.model)) as connection:
        if not asked.offline and not asked.replay:
            say(f"toolsmell: {sent} go to {shown(asked.model)} ({shown(destination(asked), 300)})")
        yield connection


@contextmanager
def embeddings(given: SearchInput, choice: ModelChoice) -> Iterator[Embed | None]:
    """Yield the named embedding model, or None. It shares the cache with the model."""
    from toolsmell.evaluate.embedding import embedder, sentence_transformer

    name = given.embeddings
    if name is None:
        yield None
    elif name.startswith("local:"):
        yield sentence_transformer(name.removeprefix("local:"))
    else:
        url, key_env = given.embeddings_url, given.embeddings_key_env
        with connect_embeddings(replace(choice.shared, model=name, url=url, key_env=key_env)) as model:
            yield embedder(model)


def plan_of(
    search: SearchInput,
    embed: Embed | None,
    choice: ModelChoice,
    connection: Connection | None,
    *,
    modes: tuple[Mode, ...],
    expand: bool,
) -> StudyPlan:
    """Return the plan of the evaluation, with a model if one is connected."""
    plan = StudyPlan(setups=setups(search), embed=embed)
    if connection is None or choice.options is None:
        if expand:
            raise UsageError("--expand lets a model write: name one with --model")
        return plan
    model, name = connection.model, choice.options.model
    plan = replace(plan, asking=Selector(model, name, modes or tuple(Mode), choice.concurrency))
    if not expand:
        return plan
    return replace(plan, expand=partial(all_from_model, model=model, name=name, concurrency=choice.concurrency))


def setups(given: SearchInput) -> tuple[Setup, ...]:
    """Return every way of searching that the options name."""
    if not (given.forms or given.methods or given.analysers):
        return DEFAULT_SETUPS
    return tuple(
        Setup(form, method, analyser)
        for form in given.forms or (DocumentForm.FULL,)
        for method in given.methods or ("bm25",)
        for analyser in given.analysers or (Analyser.STANDARD,)
    )


def counter(exact: bool) -> Counter:
    return exact_counter() if exact else ESTIMATE


def price_of(known: prices.Prices, model: str) -> prices.Price:
    price = known.of(model)
    if price is None:
        raise UsageError(f"the price table has no {model}; it has {', '.join(known.models)}")
    return price
