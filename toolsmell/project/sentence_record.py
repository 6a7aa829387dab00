"""The record of sentences and the lines of code that they rest on: a file beside the code that nothing else reads.

`augment --apply --record-evidence` writes it, a lock can hold a copy, and a scan compares it with the code as it is.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from toolsmell.deferred import sha256
from toolsmell.errors import UsageError
from toolsmell.model import Json
from toolsmell.model.basics import is_whole
from toolsmell.model.implementation import CodeLines, Rest

EVIDENCE_SCHEMA: Final = "toolsmell.evidence/v1"
DIGITS: Final = 12
"""Hexadecimal digits of a digest."""
_LARGEST: Final = 2 * 1024 * 1024
_MOST_LINES: Final = 2_000
_TEXTS: Final = ("server", "tool", "pointer", "sentence")


def digest(text: str) -> str:
    """Return the digest of lines; indentation, white space at line ends and blank lines do not count."""
    return _digest_of(_told(text))


def _told(text: str) -> list[str]:
    return [line for one in text.splitlines() if (line := one.strip())]


def _digest_of(lines: Sequence[str]) -> str:
    return sha256("\n".join(lines).encode("utf-8", "surrogatepass"))[:DIGITS]


def to_json(rests: Iterable[Rest]) -> dict[str, Json]:
    """Return the document that `rests_in` reads."""
    ordered = sorted(rests, key=lambda rest: (rest.server, rest.tool, rest.pointer, rest.sentence))
    return {"schema": EVIDENCE_SCHEMA, "sentences": [sentence_json(rest) for rest in ordered]}


def sentence_json(rest: Rest) -> dict[str, Json]:
    """Return one sentence with its lines."""
    named = {name: getattr(rest, name) for name in _TEXTS}
    lines = [{"file": at.file, "line": at.line, "end_line": at.end_line, "digest": at.digest} for at in rest.lines]
    return {**named, "lines": lines}


def rests_in(document: Json, file: str) -> tuple[Rest, ...]:
    """Return the sentences of a document. Raises `UsageError` if it is no record of evidence."""
    listed = document.get("sentences") if isinstance(document, dict) else None
    if not isinstance(listed, list) or document.get("schema") != EVIDENCE_SCHEMA:
        raise UsageError(f"{file}: is no record of evidence; `toolsmell augment --apply --record-evidence` writes one")
    return tuple(sentence_in(entry, f"{file}: sentences[{at}]") for at, entry in enumerate(listed))


def in_lock(document: Json, file: str) -> Iterator[Rest]:
    """Yield the sentences that a lock holds. Raises `UsageError` if one is malformed."""
    servers = document.get("servers") if isinstance(document, dict) else None
    for server in servers.values() if isinstance(servers, dict) else ():
        tools = server.get("tools") if isinstance(server, dict) else None
        for tool in tools.values() if isinstance(tools, dict) else ():
            listed = tool.get("evidence") if isinstance(tool, dict) else None
            yield from (sentence_in(entry, file) for entry in (listed if isinstance(listed, list) else ()))


def sentence_in(entry: Json, where: str) -> Rest:
    """Return one sentence. Raises `UsageError` if it is malformed."""
    named = {name: entry.get(name) if isinstance(entry, dict) else None for name in _TEXTS}
    lines = entry.get("lines") if isinstance(entry, dict) else None
    if not all(isinstance(value, str) for value in named.values()) or not isinstance(lines, list) or not lines:
        raise UsageError(f"{where}: needs the texts {', '.join(_TEXTS)}, and lines")
    server, tool, pointer, sentence = (str(named[name]) for name in _TEXTS)
    return Rest(server, tool, pointer, sentence, tuple(_lines_in(one, where) for one in lines))


def _lines_in(value: Json, where: str) -> CodeLines:
    given = value if isinstance(value, dict) else {}
    file, text, line, end = (given.get(key) for key in ("file", "digest", "line", "end_line"))
    if isinstance(file, str) and isinstance(text, str) and is_whole(line) and is_whole(end):
        lines = CodeLines(file, int(line or 0), int(end or 0), text)
        if 0 < lines.line <= lines.end_line < lines.line + _MOST_LINES:
            return lines
    raise UsageError(f"{where}: lines need a file, a digest, and the numbers line and end_line")


def changed(rests: Iterable[Rest], root: str) -> Iterator[Rest]:
    """Yield the sentences that rest on lines which are not below `root` as they were, with these lines only.

    Lines that only moved within their file are the same.
    """
    files: dict[str, list[str] | None] = {}
    for rest in rests:
        gone = tuple(at for at in rest.lines if not _holds(at, root, files))
        if gone:
            yield rest._replace(lines=gone)


def _holds(at: CodeLines, root: str, files: dict[str, list[str] | None]) -> bool:
    if at.file not in files:
        files[at.file] = _read(at.file, root)
    lines = files[at.file]
    if lines is None:
        return False
    if _digest_of([line for line in lines[at.line - 1 : at.end_line] if line]) == at.digest:
        return True
    told = [line for line in lines if line]
    longest = at.end_line - at.line + 1
    # Blank lines may have been between them, so a moved run may have fewer lines than were recorded.
    for count in {longest, longest - 1, longest - 2} - {0, -1}:
        if any(_digest_of(told[start : start + count]) == at.digest for start in range(len(told) - count + 1)):
            return True
    return False


def _read(file: str, root: str) -> list[str] | None:
    """Return the lines of a file below `root` without their indentation, or None if it is not there."""
    base = os.path.realpath(root)
    path = os.path.realpath(os.path.join(base, file))
    if os.path.commonpath((base, path)) != base or not os.path.isfile(path) or os.path.getsize(path) > _LARGEST:
        return None
    with open(path, encoding="utf-8", errors="replace") as stream:
        return [line.strip() for line in stream.read().splitlines()]


def merged(before: Iterable[Rest], now: Iterable[Rest]) -> tuple[Rest, ...]:
    """Return the record with new sentences; texts that were written anew lose what was recorded for them."""
    new = tuple(now)
    written = {(rest.server, rest.tool, rest.pointer) for rest in new}
    return (*(rest for rest in before if (rest.server, rest.tool, rest.pointer) not in written), *new)


def by_server(rests: Iterable[Rest]) -> Mapping[str, tuple[Rest, ...]]:
    """Return the sentences by the key of their server."""
    found: dict[str, tuple[Rest, ...]] = {}
    for rest in rests:
        found[rest.server] = (*found.get(rest.server, ()), rest)
    return found
