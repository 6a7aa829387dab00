"""Counts the findings of real servers that are placed on the right span of their source code, and on a wrong one.

    python benchmarks/locate.py [--npm NODE_MODULES] [--show] [--json FILE]
    python benchmarks/locate.py --lists DIR --repositories DIR [--half a|b] [--sample 100] [--show]

The first form starts servers as their packages install them (Python packages of this environment; with `--npm`, Node.js packages of
that folder), asks each for its list, runs every rule, and places each finding in the package's own files. No tool is
called. A server that is not installed, or does not answer, is left out with a word.

The second form reads lists that servers gave (NAME.json, each a server's answer), and places their findings in the
checkouts of their repositories (a folder NAME each). `--half` takes one half of the names, by a hash. `--sample`
prints places for a person to read, drawn at random: first the server, then a place of a finding.

Other code than the one that places decides what is right: it reads the span from the file, which must have the text
of the wire (letters and digits only, escapes decoded), or the name of the tool or parameter that is meant. A parameter must
also be after its tool's name or description and before those of others, or, if schemas are apart from tools,
in front of its own description or type, or together with most of the parameters that it is with on the wire.
"""

import argparse
import hashlib
import json
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from toolsmell.app import read as read_lists
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
    """`right`, `around` (on something around it), `none`, `wrong`, or `absent` (no file says anything of the tool)."""
    location: Location | None
    meant: str = ""
    """What the list says at this place."""
    message: str = ""
    """What the finding says."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--npm", type=Path, metavar="NODE_MODULES", help="folder of the installed Node.js packages")
    parser.add_argument("--lists", type=Path, metavar="DIR", help="folder of lists, NAME.json each")
    parser.add_argument("--repositories", type=Path, metavar="DIR", help="folder of checkouts, NAME each")
    parser.add_argument("--half", choices=("a", "b"), help="one half of the names of --lists, by a hash")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="print N places to read, drawn at random")
    parser.add_argument("--seed", type=int, default=1, help="seed of the sample")
    parser.add_argument("--show", action="store_true", help="show each case that is not right")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the counts")
    options = parser.parse_args()
    findings: list[Case] = []
    places: list[Case] = []
    chosen = listed(options.lists, options.repositories, options.half) if options.lists else servers(options.npm)
    for name, manifest, source in chosen:
        locator = Sources(source).placed(manifest).locator
        if isinstance(locator, SpanLocator):
            absent = absence(source)
            findings.extend(judged(name, manifest, locator, found_places(manifest), absent))
            places.extend(judged(name, manifest, locator, all_places(manifest), absent))
    if not findings:
        print("no server answered", file=sys.stderr)
        return 1
    for title, cases in (("findings", findings), ("every name, description and parameter", places)):
        print(table(title, cases))
    if options.sample:
        print_sample(findings, options.sample, options.seed)
    if options.show:
        for case in (case for case in (*findings, *places) if case.verdict != "right"):
            print(f"{case.verdict:7} {case.server} {case.tool} {case.pointer} {case.location or ''} {case.message}")
    if options.json:
        counts = {
            title: Counter(c.verdict for c in cases) for title, cases in (("findings", findings), ("places", places))
        }
        options.json.write_text(json.dumps(counts, indent=2) + "\n", encoding="utf-8")
    count = Counter(case.verdict for case in findings)
    return 0 if count["right"] >= GOAL * (len(findings) - count["absent"]) and not count["wrong"] else 1


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


def listed(lists: Path, repositories: Path, half: str | None) -> Iterator[tuple[str, Manifest, Path]]:
    """Yield the servers of a folder of lists that have a checkout, or one half of them."""
    for file in sorted(lists.glob("*.json")):
        folder = repositories / file.stem
        if folder.is_dir() and half in (None, half_of(file.stem)):
            for manifest in read_lists(str(file)):
                yield file.stem, manifest._replace(locator=None), folder


def half_of(name: str) -> str:
    """Return the half that a server belongs to, by a hash of its name."""
    return "ab"[hashlib.sha256(name.encode()).digest()[0] % 2]


def answering(server: Server, launch: Launch, source: Path) -> Iterator[tuple[str, Manifest, Path]]:
    manifest = fetch(launch, key=server.package, timeout=60)
    if manifest.tools:
        yield server.package, manifest, source
    else:
        print(f"{server.package}: gave no tools, left out ({manifest.error})", file=sys.stderr)


def found_places(manifest: Manifest) -> Iterator[tuple[Place, str]]:
    """Yield the place of each finding about a tool, with its message."""
    (report,) = scan([manifest._replace(locator=None)])
    for tool in report.tools:
        yield from ((Place(tool.index, one.pointer), f"{one.id}: {one.message}") for one in tool.findings)


def all_places(manifest: Manifest) -> Iterator[tuple[Place, str]]:
    yield from ((place, "") for place in parts(manifest))


def parts(manifest: Manifest) -> Iterator[Place]:
    """Yield the place of every name, description and parameter."""
    for tool in manifest.tools:
        yield Place(tool.index, "/name")
        if tool.description:
            yield Place(tool.index, "/description")
        for parameter in parameters(tool.input_schema):
            yield Place(tool.index, parameter.pointer)
            if parameter.description:
                yield Place(tool.index, f"{parameter.pointer}/description")


def print_sample(cases: list[Case], count: int, seed: int) -> None:
    """Print places of findings for a person to read: what the list says there, and the code."""
    choice = random.Random(seed)
    by_server: dict[str, list[Case]] = {}
    for case in dict.fromkeys(case for case in cases if case.location):
        by_server.setdefault(case.server, []).append(case)
    for servers_ in by_server.values():
        choice.shuffle(servers_)
    for number in range(1, count + 1):
        name = choice.choice(sorted(by_server))
        case = by_server[name].pop()
        if not by_server[name]:
            del by_server[name]
        print(f"\n--- {number}: {case.server} {case.tool} {case.pointer or '(tool)'} [{case.verdict}]")
        print(f"finding: {case.message[:200]}")
        print(f"list: {' '.join(case.meant.split())[:300]}")
        print_span(case.location)


def print_span(location: Location | None) -> None:
    """Print a span of a file between marks, with the lines around it."""
    if location is None:
        return
    before, span, after = read(location)
    head, tail = before.split("\n")[-4:], after.split("\n")[:2]
    shown = span if len(span) < 900 else f"{span[:600]} ... {span[-200:]}"
    print(f"at {location}")
    print("\n".join(head)[-500:] + "«" + shown + "»" + "\n".join(tail)[:300])


def absence(source: Path) -> Callable[[Json], bool]:
    """Return a function that tells whether a folder says nothing of a tool: the server is of another version."""

    @cache
    def written() -> str:
        files = (path for path in source.rglob("*") if path.is_file() and path.suffix not in (".md", ".snap"))
        small = (path for path in files if path.stat().st_size < 1_000_000 and "node_modules" not in path.parts)
        return "\n".join(re.sub(r"[\W_]+", "", path.read_text("utf-8", "replace")) for path in small)

    def is_absent(tool: Json) -> bool:
        sentences = [one for text in texts_of(tool) for one in re.split(r"[.!?]\s|\n", text) if one.count(" ") > 3]
        return not any(letters(one) in written() for one in (str(tool.get("name")), *sentences))

    return is_absent


def texts_of(tool: Json) -> Iterator[str]:
    yield str(tool.get("description") or "")
    yield from (one.description or "" for one in parameters(tool.get("inputSchema")))


def judged(
    name: str,
    manifest: Manifest,
    locator: SpanLocator,
    places: Iterator[tuple[Place, str]],
    absent: Callable[[Json], bool],
) -> Iterator[Case]:
    tools = [tool.raw for tool in manifest.tools]
    for place, message in places:
        if place.tool is None:
            continue
        tool = manifest.tools[place.tool]
        placement = locator.placement(place)
        verdict = judge(place.pointer, tool.raw, placement, tools)
        if verdict == "none" and absent(tool.raw):
            verdict = "absent"
        meant = json.dumps(lookup(tool.raw, place.pointer or "/description"), ensure_ascii=False)[:2000]
        yield Case(name, tool.label, place.pointer, verdict, placement and placement.literal.location, meant, message)


def judge(pointer: str, tool: Json, placement: Placement | None, tools: list[Json]) -> str:
    """Return the verdict on a placement, by the text of the file."""
    if placement is None:
        return "none"
    before, span, after = read(placement.literal.location)
    name, meant = str(tool.get("name")), lookup(tool, pointer)
    ours = in_tool(before, tool, tools)
    if not placement.exact:
        return judge_nearest(pointer, tool, span, ours=ours)
    if pointer in ("", "/name"):
        is_name = letters(name) in letters(span) or re.fullmatch(r"[\w$.]+", span) is not None
        return "right" if is_name or says(span, str(tool.get("description"))) else "wrong"
    if isinstance(meant, str):
        own = pointer == "/description" and ours
        return "right" if own or says(span, meant) or begins_with(meant, span) else "wrong"
    if not pointer.rpartition("/")[0].endswith("/properties"):
        return "right" if ours else "wrong"
    key = unescape(pointer.rpartition("/")[2])
    description = str((meant or {}).get("description") or "")
    if letters(span).lower() != letters(key).lower():
        return "right" if description and says(span, description) else "wrong"
    described = description and letters(description)[:60] in letters(decoded(after[: 4 * len(description) + 400]))
    kind = str((meant or {}).get("type") or "")
    typed = bool(kind) and kind[:3] in after[:120].lower()
    return "right" if ours or described or typed or among_siblings(before, after, pointer, tool) else "wrong"


def judge_nearest(pointer: str, tool: Json, span: str, *, ours: bool) -> str:
    """Return the verdict on the nearest place of a part that has no text of its own.

    That is right for the innermost parameter, or for the tool if the part belongs to no parameter.
    """
    keys = [unescape(step) for step in re.findall(r"/properties/([^/]+)", pointer)]
    if keys and letters(span).lower() == letters(keys[-1]).lower():
        return "right"
    name = letters(str(tool.get("name")))
    is_tool = name.lower() in letters(span).lower() or says(span, str(tool.get("description")))
    has_own_text = isinstance(lookup(tool, pointer), str) and not keys and pointer.count("/") == 1
    if is_tool and not keys and not has_own_text:
        return "right"
    return "around" if ours or is_tool else "wrong"


def begins_with(meant: str, span: str) -> bool:
    """Return True if code adds to a text that begins as a span does."""
    written = letters(decoded(span))
    return len(written) >= 40 and letters(meant).startswith(written)


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
    span = re.sub(r"\]\.join\([^()]*\)\s*$", "]", span)
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
        marks = (f'"{name}"', f"'{name}'", f"`{name}`", f"def {name}", description[:30].strip().split("\n")[0])
        at = max(before.rfind(mark) for mark in marks)
        if at > last:
            last, owner = at, one
    return owner is tool


def table(title: str, cases: list[Case]) -> str:
    rows = [
        f"\n{title}",
        f"{'server':44} {'cases':>6} {'right':>6} {'around':>6} {'none':>6} {'wrong':>6} {'absent':>6}",
    ]
    names = dict.fromkeys(case.server for case in cases)
    for name in (*names, "all"):
        count = Counter(case.verdict for case in cases if name in (case.server, "all"))
        total = sum(count.values())
        columns = " ".join(f"{count[verdict]:6}" for verdict in ("right", "around", "none", "wrong", "absent"))
        present = total - count["absent"]
        share = f"{100 * count['right'] / present:5.1f} %" if present else "-"
        rows.append(f"{name:44} {total:6} {columns}  {share}")
    return "\n".join(rows)


if __name__ == "__main__":
    sys.exit(main())
