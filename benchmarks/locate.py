"""Counts the findings of real servers that are placed on the right span of their source code, and on a wrong one.

    python benchmarks/locate.py [--npm NODE_MODULES] [--show] [--json FILE]

Starts servers as their packages install them (Python packages of this environment; with `--npm`, Node.js packages of
that folder), asks each for its list, runs every rule, and places each finding in the package's own files. No tool is
called. A server that is not installed, or does not answer, is left out with a word.

Other code than the one that places decides what is right: it reads the span from the file, which must have the text
of the wire (letters and digits only, escapes decoded), or the name of the tool or parameter that is meant. A parameter must
also be after its tool's name or description and before those of others, or, if schemas are apart from tools,
in front of its own description or type, or together with most of the parameters that it is with on the wire.
"""

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from toolsmell.app import scan
from toolsmell.model import Json, Location, Manifest, Place
from toolsmell.model.pointer import lookup, unescape
from toolsmell.schema.reader import parameters
from toolsmell.sources.code.locate import Placement, Sources, SpanLocator
from toolsmell.sources.server.launch import Launch
from toolsmell.sources.server.live import fetch

GOAL = 0.95


class Server(NamedTuple):
    """A package with a server, and what it must be given to list its tools."""

    package: str
    arguments: tuple[str, ...] = ()
    env: Mapping[str, str] = {}


PYTHON = (
    Server("mcp_server_git"),
    Server("mcp_server_time", ("--local-timezone", "Europe/Athens")),
    Server("mcp_server_fetch"),
)
NODE = (
    Server("@modelcontextprotocol/server-everything"),
    Server("@modelcontextprotocol/server-filesystem", (tempfile.gettempdir(),)),
    Server("@modelcontextprotocol/server-memory"),
    Server("@modelcontextprotocol/server-sequential-thinking"),
    Server("@modelcontextprotocol/server-gitlab", env={"GITLAB_PERSONAL_ACCESS_TOKEN": "none"}),
    Server("@modelcontextprotocol/server-github", env={"GITHUB_PERSONAL_ACCESS_TOKEN": "none"}),
    Server("@modelcontextprotocol/server-slack", env={"SLACK_BOT_TOKEN": "none", "SLACK_TEAM_ID": "none"}),
    Server("@modelcontextprotocol/server-brave-search", env={"BRAVE_API_KEY": "none"}),
    Server("@upstash/context7-mcp"),
    Server("@eslint/mcp"),
    Server("tavily-mcp", env={"TAVILY_API_KEY": "none"}),
    Server("firecrawl-mcp", env={"FIRECRAWL_API_KEY": "fc-none"}),
    Server("exa-mcp-server", env={"EXA_API_KEY": "none"}),
    Server("figma-developer-mcp", ("--stdio", "--figma-api-key=none")),
    Server("chrome-devtools-mcp"),
)


class Case(NamedTuple):
    """One place of one server, and the location that was found for it."""

    server: str
    tool: str
    pointer: str
    verdict: str
    """`right`, `around` (on something around it), `none` or `wrong`."""
    location: Location | None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--npm", type=Path, metavar="NODE_MODULES", help="folder of the installed Node.js packages")
    parser.add_argument("--show", action="store_true", help="show each case that is not right")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the counts")
    options = parser.parse_args()
    findings: list[Case] = []
    places: list[Case] = []
    for name, manifest, source in servers(options.npm):
        locator = Sources(source).placed(manifest).locator
        if isinstance(locator, SpanLocator):
            findings.extend(judged(name, manifest, locator, found_places(manifest)))
            places.extend(judged(name, manifest, locator, all_places(manifest)))
    if not findings:
        print("no server answered", file=sys.stderr)
        return 1
    for title, cases in (("findings", findings), ("every name, description and parameter", places)):
        print(table(title, cases))
    if options.show:
        for case in dict.fromkeys(case for case in (*findings, *places) if case.verdict != "right"):
            print(f"{case.verdict:7} {case.server} {case.tool} {case.pointer} {case.location or ''}")
    if options.json:
        counts = {
            title: Counter(c.verdict for c in cases) for title, cases in (("findings", findings), ("places", places))
        }
        options.json.write_text(json.dumps(counts, indent=2) + "\n", encoding="utf-8")
    count = Counter(case.verdict for case in findings)
    return 0 if count["right"] >= GOAL * len(findings) and not count["wrong"] else 1


def servers(npm: Path | None) -> Iterator[tuple[str, Manifest, Path]]:
    """Yield the servers that answer, each with its list and the folder of its files."""
    for server in PYTHON:
        spec = find_spec(server.package)
        if spec is None or not spec.submodule_search_locations:
            print(f"{server.package}: not installed, left out", file=sys.stderr)
            continue
        launch = Launch((sys.executable, "-m", server.package, *server.arguments), env=server.env)
        yield from answering(server, launch, Path(spec.submodule_search_locations[0]))
    for server in NODE if npm else ():
        folder = npm / server.package if npm else Path()
        if not (folder / "package.json").exists():
            print(f"{server.package}: not installed, left out", file=sys.stderr)
            continue
        command = json.loads((folder / "package.json").read_text(encoding="utf-8"))["bin"]
        script = command if isinstance(command, str) else next(iter(command.values()))
        launch = Launch(("node", str(folder / script), *server.arguments), env=server.env)
        yield from answering(server, launch, folder)


def answering(server: Server, launch: Launch, source: Path) -> Iterator[tuple[str, Manifest, Path]]:
    manifest = fetch(launch, key=server.package, timeout=60)
    if manifest.tools:
        yield server.package, manifest, source
    else:
        print(f"{server.package}: gave no tools, left out ({manifest.error})", file=sys.stderr)


def found_places(manifest: Manifest) -> Iterator[Place]:
    """Yield the place of each finding about a tool."""
    (report,) = scan([manifest._replace(locator=None)])
    for tool in report.tools:
        yield from (Place(tool.index, finding.pointer) for finding in tool.findings)


def all_places(manifest: Manifest) -> Iterator[Place]:
    for tool in manifest.tools:
        yield Place(tool.index, "/name")
        if tool.description:
            yield Place(tool.index, "/description")
        for parameter in parameters(tool.input_schema):
            yield Place(tool.index, parameter.pointer)
            if parameter.description:
                yield Place(tool.index, f"{parameter.pointer}/description")


def judged(name: str, manifest: Manifest, locator: SpanLocator, places: Iterator[Place]) -> Iterator[Case]:
    tools = [tool.raw for tool in manifest.tools]
    for place in places:
        if place.tool is None:
            continue
        tool = manifest.tools[place.tool]
        placement = locator.placement(place)
        verdict = judge(place.pointer, tool.raw, placement, tools)
        yield Case(name, tool.label, place.pointer, verdict, placement.literal.location if placement else None)


def judge(pointer: str, tool: Json, placement: Placement | None, tools: list[Json]) -> str:
    """Return the verdict on a placement, by the text of the file."""
    if placement is None:
        return "none"
    before, span, after = read(placement.literal.location)
    name, meant = str(tool.get("name")), lookup(tool, pointer)
    ours = in_tool(before, tool, tools)
    if not placement.exact:
        return "around" if ours or letters(name) in letters(span) else "wrong"
    if pointer in ("", "/name"):
        is_name = letters(name) in letters(span) or re.fullmatch(r"[\w$.]+", span) is not None
        return "right" if is_name or says(span, str(tool.get("description"))) else "wrong"
    if isinstance(meant, str):
        return "right" if says(span, meant) else "wrong"
    if not pointer.rpartition("/")[0].endswith("/properties"):
        return "right" if ours else "wrong"
    key = unescape(pointer.rpartition("/")[2])
    description = str((meant or {}).get("description") or "")
    if letters(span) != letters(key):
        return "right" if description and says(span, description) else "wrong"
    described = description and letters(description)[:60] in letters(decoded(after[: 4 * len(description) + 400]))
    kind = str((meant or {}).get("type") or "")
    typed = bool(kind) and kind[:3] in after[:120].lower()
    return "right" if ours or described or typed or among_siblings(before, after, pointer, tool) else "wrong"


def among_siblings(before: str, after: str, pointer: str, tool: Json) -> bool:
    """Return True if most parameters of the wire are near this one, in a schema apart from its tool."""
    names = list(lookup(tool, pointer.rpartition("/")[0]))
    near = before[-6000:] + after[:6000]
    beside = sum(bool(re.search(rf"\b{re.escape(name)}\b", near)) for name in names)
    return len(names) > 1 and beside >= 0.5 * len(names)


def read(location: Location) -> tuple[str, str, str]:
    """Return what stands in a file before a span, in it, and after it."""
    lines = Path(location.file).read_text(encoding="utf-8").split("\n")
    before = "\n".join([*lines[: location.line - 1], lines[location.line - 1][: location.column - 1]])
    whole = "\n".join([*lines[: location.end_line - 1], lines[location.end_line - 1][: location.end_column - 1]])
    return before, whole[len(before) :], "\n".join(lines)[len(whole) :]


def letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def decoded(code: str) -> str:
    """Return code without its escapes."""
    code = re.sub(r"\\u\{?([0-9a-fA-F]{2,6})\}?|\\x([0-9a-fA-F]{2})", lambda m: chr(int(m[1] or m[2], 16)), code)
    return re.sub(r"\\[nrt]", " ", code)


def says(span: str, meant: str) -> bool:
    """Return True if a piece of code has a text, or most of it if a part of the code is computed."""
    holes = re.split(r"\$\{[^}]*\}|\{\w[^{}]*\}|\"\s*\+\s*\w[\w.]*", decoded(span))
    pieces = [letters(re.sub(r"^\s*[rbfu]{1,2}(?=[\"'])", "", piece)) for piece in holes]
    text, at = letters(meant), 0
    for piece in pieces:
        at = text.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return sum(map(len, pieces)) >= (1 if len(pieces) == 1 else 0.2) * len(text)


def in_tool(before: str, tool: Json, tools: list[Json]) -> bool:
    """Return True if `tool` is the one whose name or description is the last before a span."""
    last, owner = -1, None
    for one in tools:
        name, description = str(one.get("name")), str(one.get("description") or one.get("name"))
        marks = (f'"{name}"', f"'{name}'", f"`{name}`", f"def {name}(", description[:30].strip().split("\n")[0])
        at = max(before.rfind(mark) for mark in marks)
        if at > last:
            last, owner = at, one
    return owner is tool


def table(title: str, cases: list[Case]) -> str:
    rows = [f"\n{title}", f"{'server':44} {'cases':>6} {'right':>6} {'around':>6} {'none':>6} {'wrong':>6}"]
    names = dict.fromkeys(case.server for case in cases)
    for name in (*names, "all"):
        count = Counter(case.verdict for case in cases if name in (case.server, "all"))
        total = sum(count.values())
        columns = " ".join(f"{count[verdict]:6}" for verdict in ("right", "around", "none", "wrong"))
        rows.append(f"{name:44} {total:6} {columns}  {100 * count['right'] / total:5.1f} %")
    return "\n".join(rows)


if __name__ == "__main__":
    sys.exit(main())
