"""Decides whether a scan is worth several processes."""

import os
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from toolsmell.app import Scanner, ScanOptions, with_code
from toolsmell.model import Manifest, ServerReport

MANY_SERVERS: Final = 200
MANY_TOOLS: Final = 2_000
"""From this many on, starting processes saves more time than it takes."""


def scan(
    servers: Iterable[Manifest], options: ScanOptions, jobs: int | None = None
) -> Iterator[tuple[Manifest, ServerReport]]:
    """Yield each server with its report, in order.

    `jobs` is the number of processes. None uses all cores if there are many servers or tools, and one process
    otherwise. If a scan ends its process, the server that caused it gets a failed report, and the others are scanned.
    """
    first, rest = _beginning(servers)
    many = len(first) >= MANY_SERVERS or sum(len(server.tools) for server in first) >= MANY_TOOLS
    count = jobs or (os.cpu_count() or 1 if many else 1)
    everything = chain(first, rest)
    if count > 1:
        from toolsmell.survey import pool

        if pool.is_possible(options):
            # The code of tools is read here: what leads to it stays in this process.
            return pool.scan((with_code(server, options) for server in everything), options, count)
    scanner = Scanner(options)
    return ((server, scanner.scan(server)) for server in everything)


def _beginning(servers: Iterable[Manifest]) -> tuple[list[Manifest], Iterator[Manifest]]:
    """Return servers from the start, enough to know whether there are many, and the rest."""
    rest = iter(servers)
    first: list[Manifest] = []
    tools = 0
    for server in rest:
        first.append(server)
        tools += len(server.tools)
        if len(first) >= MANY_SERVERS or tools >= MANY_TOOLS:
            break
    return first, rest
