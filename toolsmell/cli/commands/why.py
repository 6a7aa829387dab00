"""`scan --why`."""

from collections.abc import Iterable

import click

from toolsmell.app import ScanOptions
from toolsmell.cli.options.targets import refuse_unknown_tools, say
from toolsmell.errors import ExitCode
from toolsmell.model import Manifest
from toolsmell.reading.context import ServerContext
from toolsmell.reporters import Style
from toolsmell.reporters.parts.why import why
from toolsmell.scoring.score import reasons, score_tool


def show(manifests: Iterable[Manifest], tools: frozenset[str], options: ScanOptions, style: Style) -> ExitCode:
    """Print what moved the scores of `tools`, in every server that has them; exit 3 if one was not read.

    Raises `UsageError` where no server has a tool of that name.
    """
    names: set[str] = set()
    code = ExitCode.CLEAN
    for manifest in manifests:
        if manifest.error:
            say(f"toolsmell: {manifest.error}")
            code = ExitCode.NOT_LINTED
        for tool in ServerContext(manifest).tools:
            name = tool.tool.name
            if name is not None:
                names.add(name)
            if name in tools:
                scores = score_tool(tool, options.rubric, options.frame)
                moved = reasons(tool, options.rubric, options.frame)
                for line in (*why(name, scores, moved, options.rubric, style), ""):
                    click.echo(line)
    if names:
        refuse_unknown_tools("--why", tools, names)
    return code if names else ExitCode.NOT_LINTED
