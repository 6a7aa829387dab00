"""The settings of a survey as plain values, which travel to worker processes and become scan options there."""

import json
from functools import cache
from hashlib import blake2b
from typing import NamedTuple

from toolsmell.app import ScanOptions
from toolsmell.model import Frame
from toolsmell.rules.selection import rule_set
from toolsmell.scoring import rubric
from toolsmell.version import __version__


class Settings(NamedTuple):
    """Settings of the scan. All values are plain, so that any engine can send them to its workers."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rubric: str | None = None
    """A rubric file; None is the shipped rubric."""
    frame: str = Frame.EFFECTIVE.value
    clients: tuple[str, ...] = ()
    max_bytes: int = 64 * 1024 * 1024
    """The largest server that is read, in bytes."""


@cache
def scan_options(settings: Settings) -> ScanOptions:
    """Return the options of a scan. Raises `UsageError` for an unknown rule or a rubric that cannot be read."""
    chosen = rubric.load(settings.rubric) if settings.rubric else rubric.load()
    rules, smells = rule_set(settings.select, settings.ignore, chosen)
    if settings.clients:
        limited = {rule.id: {"clients": list(settings.clients)} for rule in rules.rules if "clients" in rule.options}
        rules = rules._replace(options=limited)
    return ScanOptions(chosen, rules, smells, frame=Frame(settings.frame))


@cache
def run_key(settings: Settings) -> str:
    """Return the hash of everything that rows depend on besides the servers."""
    options = scan_options(settings)
    parts = (
        __version__,
        options.rubric.fingerprint,
        sorted(options.ids),
        settings.frame,
        sorted(settings.clients),
        settings.max_bytes,
    )
    return digest(json.dumps(parts).encode())


def digest(*parts: bytes) -> str:
    """Return 32 hexadecimal digits that identify `parts`."""
    made = blake2b(digest_size=16)
    for part in parts:
        made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.hexdigest()
