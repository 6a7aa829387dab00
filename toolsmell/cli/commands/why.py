"""`scan --why`."""

from collections.abc import Iterable, Iterator

import click

from toolsmell.app import ScanOptions
from toolsmell.cli.options.targets import refuse_unknown_tools, say
from toolsmell.errors import ExitCode
from toolsmell.model import Manifest
from toolsmell.reading.context import ServerContext
from toolsmell.reporters import Style
from toolsmell.reporters.parts.why import Explained, explain, why
from toolsmell.scoring.advice import Adviser

WORST = ""
"""The value of `--why` without a name."""


def show(manifests: Iterable[Manifest], tools: frozenset[str], options: ScanOptions, style: Style) -> ExitCode:
    """Print the reasons for the scores of `tools`, in every server that has them. The code is 3 if one was not read.

    Raises `UsageError` if no server has a tool of that name.
    """
    names: set[str] = set()
    worst: Explained | None = None
    code = ExitCode.CLEAN
    for manifest in manifests:
        if manifest.error:
            say(f"toolsmell: {manifest.error}")
            code = ExitCode.NOT_LINTED
        names.update(tool.name for tool in manifest.tools if tool.name is not None)
        for explained in _explained(manifest, tools, options):
            if explained.name in tools:
                _print(explained, style)
            if WORST in tools:
                worst = _worse(explained, worst)
    if names:
        refuse_unknown_tools("--why", tools - {WORST}, names)
    if worst is not None:
        _print(worst, style)
    return code if names else ExitCode.NOT_LINTED


def _explained(manifest: Manifest, tools: frozenset[str], options: ScanOptions) -> Iterator[Explained]:
    """Yield the tools that may have to be printed."""
    server = ServerContext(manifest)
    adviser = Adviser(server)
    for tool in server.tools:
        if tool.tool.name is not None and (WORST in tools or tool.tool.name in tools):
            yield explain(tool, adviser, options.rubric, options.frame)


def _worse(one: Explained, other: Explained | None) -> Explained:
    """Return the one with the lower overall score; a tool without a score only if there is no other."""
    if other is None or one.overall is None:
        return other or one
    return one if other.overall is None or one.overall < other.overall else other


def _print(explained: Explained, style: Style) -> None:
    for line in (*why(explained, style), ""):
        click.echo(line)
