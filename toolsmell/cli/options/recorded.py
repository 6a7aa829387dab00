"""Reads and writes the record of evidence: which sentences rest on which lines of code."""

import os
from typing import TYPE_CHECKING

from toolsmell.model import Json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from toolsmell.model.implementation import Rest

FILE = ".toolsmell/evidence.json"
"""The record, in the working directory."""


def recorded() -> "tuple[Rest, ...]":
    """Return the record of the working directory; empty if there is none. Raises `UsageError` if it is malformed."""
    if not os.path.isfile(FILE):
        return ()
    from toolsmell.cli.options.suppressions import document_of
    from toolsmell.project.sentence_record import rests_in

    return rests_in(document_of(FILE, "record of evidence"), FILE)


def changed_rests(lock: Json, file: str) -> "Mapping[str, tuple[Rest, ...]]":
    """Return the sentences of the record, and of a lock, whose lines of code have changed, by server."""
    if lock is None and not os.path.isfile(FILE):
        return {}
    from toolsmell.project.sentence_record import by_server, changed, in_lock

    known = dict.fromkeys((*recorded(), *in_lock(lock, file)))
    return by_server(changed(known, os.getcwd()))


def record(new: "Iterable[Rest]") -> int:
    """Add sentences to the record of the working directory, and return how many were added."""
    import json
    from pathlib import Path

    from toolsmell.cli.whole_files import replace_file
    from toolsmell.project.sentence_record import merged, to_json

    added = tuple(new)
    Path(FILE).parent.mkdir(exist_ok=True)
    replace_file(Path(FILE), json.dumps(to_json(merged(recorded(), added)), indent=1) + "\n")
    return len(added)
