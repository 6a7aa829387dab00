"""Observations as a file: with the server's list, so that a replay needs neither server nor model."""

from collections.abc import Iterable
from typing import NamedTuple

from toolsmell.errors import SourceError
from toolsmell.model import Json, Manifest
from toolsmell.rewrite import observe
from toolsmell.rewrite.observe import Observation
from toolsmell.rewrite.policy import Decision
from toolsmell.sources import snapshot

SCHEMA = "toolsmell.recording/v1"


class Recording(NamedTuple):
    """The calls of one server."""

    manifest: Manifest
    decisions: tuple[Decision, ...]
    observations: tuple[Observation, ...]


def to_json(manifest: Manifest, decisions: Iterable[Decision], observations: Iterable[Observation]) -> dict[str, Json]:
    return {
        "schema": SCHEMA,
        "server": snapshot.to_json(manifest),
        "decisions": [d._asdict() for d in decisions],
        "observations": [observe.to_json(o) for o in observations],
    }


def from_json(value: Json, file: str) -> Recording:
    """Read a recording. Raises `SourceError` for what is none."""
    if not isinstance(value, dict) or value.get("schema") != SCHEMA:
        raise SourceError(f"{file}: is no recording ({SCHEMA})")
    manifest = snapshot.from_json(value.get("server"), source=file)
    listed = value.get("observations")
    decided = value.get("decisions")
    if not isinstance(listed, list) or not isinstance(decided, list):
        raise SourceError(f"{file}: `observations` and `decisions` of a recording must be lists")
    try:
        decisions = tuple(Decision(**d) for d in decided)
    except TypeError as error:
        raise SourceError(f"{file}: not a decision: {error}") from None
    return Recording(manifest, decisions, tuple(observe.from_json(o) for o in listed))
