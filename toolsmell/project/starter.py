"""The files that a project starts with: its configuration, a pre-commit hook, and a workflow."""

import json
from collections.abc import Iterator
from typing import Final, NamedTuple

from toolsmell.project.detection import DetectedServer
from toolsmell.project.installation import Installation

CONFIG: Final = "toolsmell.toml"
BASELINE: Final = "toolsmell-baseline.json"
HOOK: Final = ".pre-commit-config.yaml"
WORKFLOW: Final = ".github/workflows/toolsmell.yml"

CHECKOUT: Final = "actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0"
SETUP_UV: Final = "astral-sh/setup-uv@85856786d1ce8acfbcc2f13a5f3fbd6b938f9f41 # v7.1.2"

FILES: Final = (
    r"\.(json|jsonc|jsonl|ndjson|snap|py|ts|tsx|mts|cts|js|jsx|mjs|cjs|go|cs|java|kt|rs)$|(^|/)\.codex/config\.toml$"
)
"""The files that the hook is for, as a regular expression of pre-commit."""


HOOKS: Final[dict[str, tuple[str, ...]]] = {
    "toolsmell": (
        "name: toolsmell",
        "entry: toolsmell scan --skip-unrecognised --quiet",
        "args: [--files] # last: what follows is a file, whatever its name is",
        "types: [text]",
        f"files: {FILES}",
        "require_serial: true",
        "verbose: true # a warning about tools that were not read shows also if the hook passes",
    ),
    "toolsmell-live": (
        "name: toolsmell (live)",
        "entry: toolsmell scan --run --quiet",
        "pass_filenames: false",
        "always_run: true",
        "stages: [manual]",
    ),
}
"""The shipped hooks by id, as lines of YAML: for a configuration that cannot name a repository."""


class StarterPlan(NamedTuple):
    """The facts about a repository that decide what its new files contain."""

    found: DetectedServer
    installation: Installation | None
    targets: tuple[str, ...] = ()
    """The targets of a scan that does not start the server, empty if it finds nothing."""
    live: bool = False
    """Whether the server has to be started, because its tools cannot be read from the files."""
    partial: bool = False
    """Whether the code has tools that could not be read."""


def files(plan: StarterPlan) -> dict[str, str]:
    """Return the text of each file by its name. A workflow needs a version of toolsmell that others can install."""
    texts = {CONFIG: "\n".join(_config(plan)) + "\n"}
    if _hooks(plan):
        texts[HOOK] = "\n".join(_hook(plan)) + "\n"
        if plan.installation:
            texts[WORKFLOW] = "\n".join(_workflow(plan, plan.installation)) + "\n"
    return texts


def _hooks(plan: StarterPlan) -> dict[str, tuple[str, ...]]:
    """Return the hooks that find something, by id, each with its definition."""
    wanted = {"toolsmell": bool(plan.targets), "toolsmell-live": plan.live and plan.found.command is not None}
    return {id_: HOOKS[id_] for id_, is_wanted in wanted.items() if is_wanted}


def _config(plan: StarterPlan) -> Iterator[str]:
    yield "# What toolsmell checks here. `toolsmell scan --show-config` shows every setting."
    if plan.targets:
        yield f"targets = {json.dumps(plan.targets)}"
    yield 'fail-on = "warning"'
    if plan.targets:
        yield f'baseline = "{BASELINE}" # the findings of the day on which this was set up: only new ones fail'
    yield from (
        "",
        "# [[suppress]]",
        '# rule = "unbounded-limit"',
        '# tool = "my_tool"',
        '# reason = "the server stops at 50 by itself"',
        "# until = 2030-06-30",
        "",
        "# How the server starts. Used by `toolsmell scan --run` only.",
    )
    mark = "" if plan.found.command else "# "
    yield f"{mark}[server]"
    yield f"{mark}command = {json.dumps(plan.found.command or ('./my-server',))}"


def _hook(plan: StarterPlan) -> Iterator[str]:
    hooks, how = _hooks(plan), plan.installation
    if "toolsmell-live" in hooks:
        yield "# The live hook starts the server: pre-commit run --hook-stage manual toolsmell-live"
    yield "repos:"
    if how and how.repository:
        yield from (f"  - repo: {how.repository}", f"    rev: {how.revision}", "    hooks:")
        yield from (f"      - id: {id_}" for id_ in hooks)
        return
    yield from ("  - repo: local", "    hooks:")
    for id_, definition in hooks.items():
        yield f"      - id: {id_}"
        yield from (f"        {line}" for line in (*definition, *_language(how)))


def _language(how: Installation | None) -> tuple[str, ...]:
    """Return the language of a local hook, which decides how toolsmell is installed."""
    if how:
        return ("language: python", f"additional_dependencies: [{json.dumps(how.requirement)}]")
    return ("language: system # the toolsmell of each developer: this one was installed from a folder",)


def _workflow(plan: StarterPlan, installation: Installation) -> Iterator[str]:
    yield from (
        "name: toolsmell",
        "on: pull_request # not pull_request_target: a fork's pull request gets no secrets",
        "permissions:",
        "  contents: read",
        "jobs:",
        "  toolsmell:",
        "    runs-on: ubuntu-latest",
        "    steps:",
        f"      - uses: {CHECKOUT}",
        "        with:",
        "          persist-credentials: false",
        f"      - uses: {SETUP_UV}",
    )
    if plan.live:
        yield from (f"      - run: {json.dumps(command)}" for command in plan.found.install)
    yield f"      - run: uvx --no-config --from {json.dumps(installation.requirement)} toolsmell action"
    settings = []
    if plan.live:
        settings.append('TOOLSMELL_RUN: "true" # starts [server] of toolsmell.toml')
    if plan.partial:
        settings.append('TOOLSMELL_ALLOW_PARTIAL: "true" # some tools cannot be read from the code')
    if settings:
        yield from ("        env:", *(f"          {line}" for line in settings))
