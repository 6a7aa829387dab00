"""Tells what was not read, in few words: registrations, descriptions and languages, counted by file and reason."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import NamedTuple

from toolsmell.sources.code.values import Literal
from toolsmell.sources.suffixes import MARKED_ENDINGS, NOT_READ
from toolsmell.text import pattern

SHOWN = 5
"""Lines of one kind before a total."""

LANGUAGES: Mapping[str, str] = {ending: name for ending, name in NOT_READ.items() if ending not in MARKED_ENDINGS}
"""Languages that are not read, by the endings of their files."""


class Gap(NamedTuple):
    """A registration whose name is not known."""

    file: str
    line: int
    certain: bool = True
    """False for an object that only looks like a tool."""
    is_server: bool = False
    """True for a server none of whose tools was found."""


def registrations(gaps: Iterable[Gap]) -> Iterator[str]:
    """Yield a line for each file with registrations whose names are not known, at most five, then a total."""
    by_file: dict[str, list[int]] = {}
    for gap in gaps:
        if gap.is_server:
            yield f"{gap.file}:{gap.line}: a server is made here whose tools were not found"
            continue
        by_file.setdefault(gap.file, []).append(gap.line)
    for file, lines in list(by_file.items())[:SHOWN]:
        if len(lines) == 1:
            yield f"{file}:{lines[0]}: a tool is made here whose name is computed at run time"
        else:
            yield f"{file}:{min(lines)}: {len(lines)} tools are made from here on whose names are computed at run time"
    rest = list(by_file.values())[SHOWN:]
    if rest:
        yield f"and {sum(map(len, rest))} more in {len(rest)} more files: {sum(map(len, by_file.values()))} in all"


def descriptions(unknown: Sequence[tuple[str, Literal | None]], total: int) -> Iterator[str]:
    """Yield how many descriptions are not known, by reason: the reason of each, and where it is written."""
    by_reason: dict[str, list[Literal | None]] = {}
    for reason, literal in unknown:
        by_reason.setdefault(_kind(reason), []).append(literal)
    ordered = sorted(by_reason.items(), key=lambda item: -len(item[1]))
    for reason, literals in ordered[:SHOWN]:
        first = next((literal for literal in literals if literal is not None), None)
        at = f": first at {first.location.file}:{first.location.line}" if first is not None else ""
        verb = "description is" if total == 1 else "descriptions are"
        yield f"{len(literals)} of {total} {verb} not read: {reason}{at}"
    if len(ordered) > SHOWN:
        yield f"{len(unknown)} of {total} descriptions are not read in all"


def _kind(reason: str) -> str:
    """Return a reason without what differs from tool to tool: of a call, only the function."""
    found = pattern(r"computed at run time: (?:await )?([\w$.]{1,60})\(").match(reason)
    if found:
        return f"computed by {found[1]}()"
    return "changed after their literals" if reason.startswith(("is assigned again", "is changed later")) else reason


def languages(counts: Mapping[str, int], root: str) -> Iterator[str]:
    """Yield one line for all files in languages that are not read, with the way out."""
    by_language: dict[str, int] = {}
    for suffix, count in counts.items():
        by_language[LANGUAGES[suffix]] = by_language.get(LANGUAGES[suffix], 0) + count
    if by_language:
        ordered = sorted(by_language.items(), key=lambda item: -item[1])
        files = _amounts(ordered[:SHOWN], len(ordered) - SHOWN)
        yield f"{files} not read: start the server (`scan --source {root} -- COMMAND`)"


def _amounts(ordered: Sequence[tuple[str, int]], more: int) -> str:
    """Return `1 Ruby file is` or `3 Swift files and 1 Perl file are`."""
    parts = [f"{count} {language} file{'s' if count != 1 else ''}" for language, count in ordered]
    if more > 0:
        parts.append(f"those of {more} more language{'s' if more != 1 else ''}")
    listed = " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
    return f"{listed} {'is' if len(parts) == 1 and ordered[0][1] == 1 else 'are'}"


def nearest(file: str, sources: Sequence[str]) -> int:
    """Return the position of the server whose files are nearest to a file, by their paths."""
    parts = PurePath(file).parts

    def shared(source: str) -> int:
        pairs = zip(parts, PurePath(source).parts, strict=False)
        return next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(parts), 999))

    return max(range(len(sources)), key=lambda at: shared(sources[at]))
