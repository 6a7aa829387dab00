"""`toolsmell dump`."""

import json
from datetime import date
from pathlib import Path
from typing import NamedTuple

import click

from toolsmell.cli.options.targets import TargetCommand, TargetInput, read_options, say_failed, target_options
from toolsmell.cli.typed import takes
from toolsmell.errors import ExitCode, SourceError
from toolsmell.model import Manifest, Status
from toolsmell.sources.json import snapshot
from toolsmell.sources.targets import manifests


class DumpInput(NamedTuple):
    """The options as they were typed."""

    target: TargetInput
    output: Path | None


@click.command(cls=TargetCommand)
@target_options
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file instead of stdout."
)
@takes(DumpInput)
def command(given: DumpInput) -> int:
    """Save what a live server sends, as it sent it: to commit, diff and scan offline.

    One server makes one JSON document, several make JSON Lines.

    \b
    toolsmell dump -o tools.json -- uvx mcp-server-time
    toolsmell dump .mcp.json --run > servers.jsonl
    """
    targets, target_opts = read_options(given.target)
    found = list(manifests(targets, target_opts))
    # A file that declares servers has no tools of its own to save.
    read = [manifest for manifest in found if manifest.declared is None]
    for manifest in read:
        if manifest.status is not Status.COMPLETE:
            say_failed(manifest)
    listed = [manifest for manifest in read if manifest.status is not Status.FAILED]
    if not listed:
        declares = len(read) < len(found) and not given.target.run
        hint = "; add --run to start the servers that a file declares" if declares else ""
        raise SourceError(f"nothing to save: no server gave its tools{hint}")
    today = date.today().isoformat()  # noqa: DTZ011  the day of the person who runs it
    _write(_text([m if m.date else m._replace(date=today) for m in listed]), given.output)
    return ExitCode.CLEAN if all(m.status is Status.COMPLETE for m in read) else ExitCode.NOT_LINTED


def _text(listed: list[Manifest]) -> str:
    # ASCII, so that hidden characters are visible in a diff and lone surrogates can be written.
    if len(listed) == 1:
        return json.dumps(snapshot.to_json(listed[0]), indent=2) + "\n"
    return "".join(json.dumps(snapshot.to_json(manifest)) + "\n" for manifest in listed)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text, nl=False)
        return
    from toolsmell.cli.whole_files import replace_file

    replace_file(output, text)
