"""The options that name evidence about tools: recorded calls and documents."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import click

from toolsmell.cli.click_parameters import OptionGroup, option
from toolsmell.data.shipped import open_regular
from toolsmell.errors import UsageError
from toolsmell.model import Manifest

if TYPE_CHECKING:
    from toolsmell.calling.outcomes import Observation
    from toolsmell.calling.recording import Recording
    from toolsmell.rewrite.compare import ExtraEvidence

_LONGEST: Final = 1_000_000
"""Bytes of a document that are read."""


class EvidenceInput(NamedTuple):
    """The options as they were typed."""

    replay_file: str | None
    documents: tuple[Path, ...]


document_option: Final = option(
    "--document",
    "documents",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Use the passages of this file about a tool, such as a README, as evidence.",
)
evidence_options: Final = OptionGroup(
    "Evidence",
    (
        option("--replay", "replay_file", metavar="FILE", help="Use the calls that `augment --record` stored."),
        document_option,
    ),
)


def sources_of(given: EvidenceInput, manifest: Manifest) -> "ExtraEvidence":
    """Return the evidence that was named; calls of tools that have changed since are left out."""
    from toolsmell.rewrite.compare import ExtraEvidence

    seen = fitting(manifest, read_recording(given.replay_file)) if given.replay_file else ()
    return ExtraEvidence(seen, read_documents(given.documents))


def read_recording(file: str) -> "Recording":
    """Read stored calls. Raises `UsageError` if the file has none."""
    from toolsmell.calling import recording
    from toolsmell.cli.whole_files import given_besides, read_file

    with given_besides():
        try:
            value = json.loads(read_file(file))
        except ValueError as error:
            raise UsageError(f"{file}: is not a recording: {error}") from None
        return recording.from_json(value, file)


def fitting(manifest: Manifest, stored: "Recording") -> "tuple[Observation, ...]":
    """Return the stored calls of tools that have not changed since, and say which are left out."""
    from toolsmell.cli.options.targets import say

    then = {tool.name: tool.raw for tool in stored.manifest.tools}
    now = {tool.name: tool.raw for tool in manifest.tools}
    same = {name for name, raw in now.items() if name in then and then[name] == raw}
    if gone := sorted({o.trial.tool for o in stored.observations} - {str(n) for n in same}):
        say(f"stored calls of {', '.join(gone)} are not used: the tool has changed since")
    return tuple(o for o in stored.observations if o.trial.tool in same)


def read_documents(paths: tuple[Path, ...]) -> dict[str, str]:
    """Return the texts of documents by file name. Raises `UsageError` for one that cannot be read."""
    found = {}
    for path in paths:
        try:
            with open_regular(str(path)) as file:
                found[path.name] = file.read(_LONGEST).decode("utf-8", "replace")
        except OSError as error:
            raise UsageError(f"{path}: cannot be read: {error.strerror}") from None
    return found


def private_texts() -> tuple[str, ...]:
    """Return texts that identify this machine and its user."""
    import platform

    return (str(Path.home()), str(Path.cwd()), platform.node())
