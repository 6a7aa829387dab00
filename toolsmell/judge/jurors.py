"""Connects the models that judge: `openai/NAME`, `anthropic/NAME`, `replay:FILE`."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from toolsmell.errors import UsageError
from toolsmell.judge.panel import Juror
from toolsmell.model.verdicts import ModelUsage
from toolsmell.models.budget import Budget, Pricing
from toolsmell.models.client import ChatModel, ChatReply, ChatRequest, ModelError
from toolsmell.models.connect import ModelOptions, connect, destination
from toolsmell.models.replay import RecordedModel, ReplayOf

_REPLAY = "replay:"
_OPENAI = "openai/"
_GIVE_UP_AFTER = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class JurorOptions:
    """The user's choices about the models that judge. None may come from a file found in a repository."""

    models: Sequence[str]
    larger: Sequence[str] = ()
    """Models that are asked if the others leave doubt."""
    each: ModelOptions = field(default_factory=lambda: ModelOptions(model=""))
    """Applies to each model, but limits apply to all of them together, and URL and key to models without a provider
    or with `openai/` in their name."""
    pricing: Callable[[str], Pricing | None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Jurors:
    """Connected models, and the budgets that count what they consume."""

    jurors: tuple[Juror, ...]
    larger: tuple[Juror, ...]
    books: tuple[tuple[str, Budget], ...]

    def usage(self) -> tuple[ModelUsage, ...]:
        return tuple(_usage(name, budget) for name, budget in self.books)


def destinations(options: JurorOptions) -> list[str]:
    """Return the address of each model, and whose key is sent there. Recordings have none."""
    live = [spec for spec in (*options.models, *options.larger) if not spec.startswith(_REPLAY)]
    return [_destination(spec, options) for spec in dict.fromkeys(live)] if not options.each.offline else []


@contextmanager
def connected(options: JurorOptions) -> Iterator[Jurors]:
    """Yield the models that `options` name. Raises `UsageError` if they do not fit together."""
    _check(options)
    each = options.each
    shared = Budget(max_calls=each.max_calls, max_cost=each.max_cost, max_tokens=each.max_tokens)
    books: list[tuple[str, Budget]] = []
    with ExitStack() as stack:

        def juror(spec: str) -> list[Juror]:
            if spec.startswith(_REPLAY):
                return _replayed(Path(spec.removeprefix(_REPLAY)), shared, books)
            try:
                connection = stack.enter_context(
                    connect(_model_options(spec, each), options.pricing(_name(spec)), shared)
                )
            except ModelError as error:
                raise UsageError(f"--judge {spec}: {error}") from None
            books.append((_name(spec), connection.budget))
            return [Juror(_name(spec), connection.model)]

        jurors = tuple(found for spec in options.models for found in juror(spec))
        larger = tuple(found for spec in options.larger for found in juror(spec))
        _refuse_twins([juror.name for juror in (*jurors, *larger)])
        yield Jurors(jurors, larger, tuple(books))


def _model_options(spec: str, each: ModelOptions) -> ModelOptions:
    behind_url = each.url is not None and _speaks_openai(spec)
    return replace(
        each,
        model=spec,
        url=each.url if behind_url else None,
        key_env=each.key_env if behind_url or each.url is None else None,
        give_up_after=_GIVE_UP_AFTER,
        # All models share one budget.
        max_calls=None,
        max_cost=None,
        max_tokens=None,
    )


def _check(options: JurorOptions) -> None:
    live = [spec for spec in (*options.models, *options.larger) if not spec.startswith(_REPLAY)]
    _refuse_twins([_name(spec) for spec in live])
    if options.each.url and not any(map(_speaks_openai, live)):
        named = live[0] if live else options.models[0]
        raise UsageError(f"--model-url serves no model that is named: write --judge {_OPENAI}{named}")
    if options.each.key_env and not options.each.url and len({_provider(spec) for spec in live}) > 1:
        raise UsageError("--model-key-env would send one key to several providers: set the variable of each instead")


def _replayed(path: Path, shared: Budget, books: list[tuple[str, Budget]]) -> list[Juror]:
    replay = RecordedModel(path)
    if not replay.models:
        raise UsageError(f"--judge {_REPLAY}{path}: the recording is empty")
    found = []
    # Sorted by name: the order of a recording is that of the answers, which varies.
    for digits, model in sorted(replay.models.items(), key=lambda pair: (pair[1], pair[0])):
        budget = Budget(within=shared)
        name = model or f"model {digits[:8]}"
        books.append((name, budget))
        found.append(Juror(name, _Counted(ReplayOf(replay, digits), budget)))
    return found


class _Counted:
    """`ChatModel` that counts the answers of a recording in a budget."""

    def __init__(self, model: ChatModel, budget: Budget) -> None:
        self._model = model
        self._budget = budget

    def complete(self, request: ChatRequest) -> ChatReply:
        reply = self._model.complete(request)
        self._budget.count_cached()
        return reply


def _destination(spec: str, options: JurorOptions) -> str:
    return f"{_name(spec)} ({destination(_model_options(spec, options.each))})"


def _refuse_twins(names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"{name} is named twice: --samples asks one model several times")


def _speaks_openai(spec: str) -> bool:
    return "/" not in spec or spec.startswith(_OPENAI)


def _provider(spec: str) -> str:
    return "openai" if _speaks_openai(spec) else spec.partition("/")[0]


def _name(spec: str) -> str:
    return spec.removeprefix(_OPENAI)


def _usage(name: str, budget: Budget) -> ModelUsage:
    spent = budget.spent
    return ModelUsage(
        model=name,
        calls=spent.calls,
        cached=spent.cached,
        input_tokens=spent.input_tokens,
        cached_tokens=spent.cached_tokens,
        output_tokens=spent.output_tokens,
        unmetered=spent.unmetered,
        cost=spent.cost,
        prefill_equivalents=spent.prefill_equivalents,
    )
