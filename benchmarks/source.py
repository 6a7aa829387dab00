"""Measures how well tools are read from the source code of public repositories, by name against the wire.

    python benchmarks/source.py REPOSITORIES [--wire DIR] [--half tune|test]

REPOSITORIES is a folder with one folder for each repository, called OWNER+NAME (`benchmarks/repositories.txt` lists
those that the figures in docs/source-code.md are from). DIR holds answers to tools/list as OWNER+NAME.json: the
servers of the same version, started offline. The repositories are split by the hash of their names: one half was used to
develop the reader, the other half only to measure it.
"""

import argparse
import json
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from toolsmell.app import scan
from toolsmell.model import Manifest, Provenance, Severity, Tool
from toolsmell.sources import folder as folders
from toolsmell.sources.options import TargetOptions

MINE = "missing-description duplicate-tool-name invalid-tool-name non-object-schema malformed-tool invalid-schema"
"""Errors that a wrong reading makes."""


class Row(NamedTuple):
    """The tools that were read from one repository, counted."""

    repository: str
    tools: int
    described: int
    """Tools whose descriptions were read."""
    unread: int
    """Notes on registrations that were not read."""
    errors: int
    seconds: float
    listed: int | None = None
    """Tools on the wire, or None if the server was not asked."""
    named: int = 0
    """Tools of the wire that were read by their right names."""
    equal: int = 0
    """Descriptions equal to the wire."""
    unknown: int = 0
    """Descriptions that are unknown, with a reason."""
    why: str = ""
    """Why nothing was read."""


def half_of(repository: str) -> str:
    return "test" if zlib.crc32(repository.encode()) % 2 else "tune"


def read(folder: Path) -> tuple[list[Manifest], str, int]:
    """Return the servers of a repository, or why there are none, and the number of notes on what was not read."""
    found = [one for one in folders.read(str(folder), TargetOptions()) if one.provenance is Provenance.SOURCE]
    manifests = [one for one in found if one.tools]
    reasons = [
        *(one.error.partition(": ")[2] for one in found if one.error),
        *(note for one in found for note in one.unread),
    ]
    why = "" if manifests else "; ".join(reasons) or "no tools in its source code"
    return manifests, why, sum(len(one.unread) for one in found)


def row(folder: Path, wire: Path | None) -> Row:
    """Read one repository, and compare it with the wire if there is an answer for it."""
    start = time.perf_counter()
    manifests, why, unread = read(folder)
    seconds = time.perf_counter() - start
    tools = [tool for manifest in manifests for tool in manifest.tools]
    found = Row(folder.name, len(tools), _described(tools), unread, _errors(manifests), seconds, why=why)
    answer = wire / f"{folder.name}.json" if wire else None
    return _compared(found, tools, json.loads(answer.read_text())) if answer and answer.is_file() else found


def _described(tools: list[Tool]) -> int:
    return sum(tool.description is not None and "description" not in tool.unknown for tool in tools)


def _errors(manifests: list[Manifest]) -> int:
    findings = (finding for server in scan(iter(manifests)) for tool in server.tools for finding in tool.findings)
    return sum(finding.severity is Severity.ERROR and finding.id in MINE.split() for finding in findings)


def _compared(found: Row, tools: list[Tool], listed: list[dict[str, str]]) -> Row:
    by_name: dict[str | None, list[Tool]] = {}
    for tool in tools:  # several servers of a repository may have tools of one name
        by_name.setdefault(tool.name, []).append(tool)
    pairs = [(by_name[one["name"]], one.get("description") or "") for one in listed if one["name"] in by_name]
    same = [any((tool.description or "").split() == text.split() for tool in own) for own, text in pairs]
    reasons = [any("description" in tool.unknown for tool in own) for own, _ in pairs]
    equal = sum(same)
    unknown = sum(reason and not equals for equals, reason in zip(same, reasons, strict=True))
    return found._replace(listed=len(listed), named=len(pairs), equal=equal, unknown=unknown)


def table(rows: list[Row]) -> Iterator[str]:
    yield "| repository | tools | described | not read | errors | on the wire | right name | equal | unknown | seconds |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for one in rows:
        wire = [one.listed, one.named, one.equal, one.unknown] if one.listed is not None else ["", "", "", ""]
        cells = [one.repository.replace("+", "/"), one.tools, one.described, one.unread, one.errors, *wire]
        yield f"| {' | '.join(map(str, cells))} | {one.seconds:.2f} |"


def totals(rows: list[Row]) -> Iterator[str]:
    """Yield the totals of all repositories, and the reasons of those without tools."""
    none = [one for one in rows if not one.tools]
    tools, described = sum(one.tools for one in rows), sum(one.described for one in rows)
    errors = sum(one.errors for one in rows)
    yield ""
    yield f"{len(rows)} repositories, {len(none)} without tools; {tools:,} tools, {described:,} described, {errors} errors."
    asked = [one for one in rows if one.listed is not None]
    if asked:
        listed, named = sum(one.listed or 0 for one in asked), sum(one.named for one in asked)
        equal, unknown = sum(one.equal for one in asked), sum(one.unknown for one in asked)
        wrong = named - equal - unknown
        yield f"{named} of {listed} tools of {len(asked)} servers by right name; {equal} equal, {unknown} unknown, {wrong} wrong."
    yield from (f"{one.repository.replace('+', '/')}: {one.why[:150]}" for one in none)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("repositories", type=Path)
    parser.add_argument("--wire", type=Path)
    parser.add_argument("--half", choices=("tune", "test"))
    options = parser.parse_args()
    folders = sorted(path for path in options.repositories.iterdir() if path.is_dir())
    wanted = [folder for folder in folders if options.half in (None, half_of(folder.name))]
    rows = [row(folder, options.wire) for folder in wanted]
    print("\n".join([*table(rows), *totals(rows)]))


if __name__ == "__main__":
    main()
