"""The options about what is scored and linted."""

from typing import Final, NamedTuple

import click

from toolsmell import app
from toolsmell.cli.click_parameters import EnumChoice, OptionGroup, names, option
from toolsmell.cli.options.configuration import configured, refuse_unknown_rules
from toolsmell.cli.options.frame import frame_option
from toolsmell.cli.options.recorded import changed_rests
from toolsmell.cli.options.suppressions import document_of
from toolsmell.model import Confidence, Frame
from toolsmell.project.config.settings import Config
from toolsmell.rules import BY_ID
from toolsmell.rules.selection import rule_set
from toolsmell.rules.watch import DEFAULT_SECONDS
from toolsmell.scoring import rubric, smelly
from toolsmell.scoring.weights import Rubric


class LintInput(NamedTuple):
    """The options as they were typed; the defaults are for commands without the option."""

    frame: Frame = Frame.EFFECTIVE
    rubric: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_confidence: Confidence = Confidence.LOW
    tools: tuple[str, ...] = ()
    exact_tokens: bool = False
    clients: tuple[str, ...] = ()
    locked: str | None = None
    lint_seconds: float = DEFAULT_SECONDS


lint_options: Final = OptionGroup(
    "Rules and scores",
    (
        option(
            "--select",
            multiple=True,
            callback=names,
            metavar="IDS",
            help="Run these rules, families or presets only.",
        ),
        option("--ignore", multiple=True, callback=names, metavar="IDS", help="Run all but these."),
        option(
            "--min-confidence",
            type=EnumChoice(Confidence),
            default=Confidence.LOW.value,
            help="Leave out findings with a lower confidence.",
        ),
        option("--tool", "tools", multiple=True, metavar="NAME", help="Report this tool only."),
        option("--client", "clients", multiple=True, metavar="NAME", help="Check the limits of this client."),
        frame_option,
        option(
            "--rubric",
            metavar="FILE",
            help="Score by this rubric (.yaml or .json, or tdqs) instead of the six components.",
        ),
        option("--exact-tokens", is_flag=True, help="Count tokens instead of estimating them."),
        option(
            "--lint-seconds",
            type=click.FloatRange(min=0.5),
            default=DEFAULT_SECONDS,
            show_default=True,
            help="Stop linting a tool after this time, and exit 3.",
        ),
        option("--locked", metavar="FILE", help="Report what changed since this lock was written (`toolsmell lock`)."),
    ),
)


def known_ids(shipped: Rubric) -> frozenset[str]:
    """Return the ids of every rule and smell."""
    return frozenset((*BY_ID, smelly.SMELLY)).union(part.smell for part in shipped.components.values())


def thresholds(settings: Config) -> dict[str, float]:
    """Return the lowest overall scores that the configuration sets for single tools."""
    return {name: tool.fail_under for name, tool in settings.tools.items() if tool.fail_under is not None}


def scan_options_of(given: LintInput, settings: Config) -> app.ScanOptions:
    """Return the options of the scan. Typed options override the configuration, which overrides the defaults."""
    shipped = rubric.load(given.rubric)
    extended = settings.values.get("extend-select", ())
    select = (*(given.select or ("recommended",)), *extended) if extended else given.select
    rules, smells = rule_set(select, given.ignore, shipped)
    refuse_unknown_rules(settings, known_ids(shipped))
    rules = configured(rules, settings, given.clients)
    options = app.ScanOptions(
        rubric=shipped,
        rules=rules._replace(min_confidence=given.min_confidence),
        smells=smells - settings.rules.off,
        frame=given.frame,
        tools=frozenset(given.tools),
        lint_seconds=given.lint_seconds,
    )
    document = document_of(given.locked, "lock") if given.locked else None
    if given.locked:
        from toolsmell.project.lock import read_lock

        options = options._replace(locked=read_lock(document, given.locked))
    options = options._replace(rests=changed_rests(document, given.locked or ""))
    if given.exact_tokens:
        from toolsmell.tokens import exact_counter

        options = options._replace(counter=exact_counter())
    return options
