"""The cache of source code: with it and without it, the same is read."""

import json
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.commands import toolsmell
from toolsmell.errors import ToolsmellError
from toolsmell.evidence.code import with_implementations
from toolsmell.model import Place
from toolsmell.sources.code import SourceLocator, scan_directory, syntax
from toolsmell.sources.code.disk_answers import digest
from toolsmell.sources.code.source_cache import SourceCache

PYTHON = '''from fastmcp import FastMCP
from shared import HINT

mcp = FastMCP("ponds")

@mcp.tool()
def feed_fish(pond: str, grams: int = 5) -> str:
    """Feed the fish of a pond.

    Args:
        pond: Name of the pond.
    """
    if grams > 50:
        raise ValueError("too much")
    return pond

mcp.add_tool(feed_fish, name="feed_again", description=HINT)
'''
SCRIPT = """import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
import { TEXT } from "@/texts";
const server = new McpServer({ name: "birds", version: "1" });
server.registerTool("count_birds", { description: TEXT, inputSchema: { tree: z.string().nullable() } }, count);
"""
GO = """package main

import "github.com/mark3labs/mcp-go/mcp"
import "example.com/ponds/words"

//go:embed help.md
var help string

func main() {
	s.AddTool(mcp.NewTool("clean", mcp.WithDescription(help)), handle)
	s.AddTool(mcp.NewTool("dirty", mcp.WithDescription(words.Text)), handle)
}
"""
FILES = {
    "server.py": PYTHON,
    "shared.py": 'HINT = "Feed the fish once more."\n',
    "requirements.txt": "fastmcp==3.0.0\n",
    "web/src/server.ts": SCRIPT,
    "web/src/texts.ts": 'export const TEXT = "Count the birds of a tree.";\n',
    "web/tsconfig.json": '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}',
    "web/package.json": '{"dependencies": {"zod": "3.2.1"}}',
    "go.mod": "module example.com/ponds\n",
    "main.go": GO,
    "help.md": "Clean a pond.",
    "words/words.go": 'package words\n\nconst Text = "Make a pond dirty."\n',
    "plain.py": "print('no tools')\n",
    ".gitignore": "*.log\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> SourceCache:
    return SourceCache(tmp_path / "cache", _fail)


def _fail(message: str) -> None:
    raise AssertionError(message)


def everything(folder: Path, store: SourceCache | None) -> str:
    """Return all that is read: the servers, the places of every part, and the message if nothing is."""
    return "\n".join(_lines(folder, store))


def _lines(folder: Path, store: SourceCache | None) -> Iterator[str]:
    try:
        for manifest in scan_directory(folder, store=store):
            yield repr(manifest._replace(locator=None))
            if isinstance(manifest.locator, SourceLocator):
                yield from (repr((one.head, sorted(one.marks.items()))) for one in manifest.locator.tools)
    except ToolsmellError as error:
        yield str(error)


@pytest.fixture
def unparsed(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return what makes every attempt to parse code fail."""

    def forbid() -> None:
        monkeypatch.setattr(syntax, "parse", _fail)
        monkeypatch.setattr("toolsmell.sources.code.parsed.parse", lambda *_: _fail("parsed"))

    return forbid


def test_nothing_is_parsed_if_nothing_has_changed(
    project: Path, store: SourceCache, unparsed: Callable[[], None]
) -> None:
    anew = everything(project, store)
    assert anew.count("Manifest(") == 2
    unparsed()
    assert everything(project, store) == anew


CHANGES = {
    "a file with tools": ("server.py", PYTHON.replace("Feed the fish of", "Starve the fish of")),
    "a constant in another file": ("shared.py", 'HINT = "Feed nobody."\n'),
    "the version of fastmcp": ("requirements.txt", "fastmcp==3.2.5\n"),
    "the version of zod": ("web/package.json", '{"dependencies": {"zod": "4.0.0"}}'),
    "an alias": ("web/tsconfig.json", "{}"),
    "an embedded text": ("help.md", "Clean a pond with a net."),
    "the name of a Go module": ("go.mod", "module example.com/lakes\n"),
    "what git ignores": (".gitignore", "server.py\n"),
    "a new lock file": ("uv.lock", 'name = "fastmcp"\nversion = "3.2.5"\n'),
    "a new file": ("more.py", PYTHON.replace("ponds", "lakes")),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_that_matters_is_seen(project: Path, store: SourceCache, change: str) -> None:
    before = everything(project, store)
    name, text = CHANGES[change]
    (project / name).write_text(text, encoding="utf-8")
    after = everything(project, None)
    assert after != before
    assert everything(project, store) == after
    assert everything(project, store) == after


def test_a_text_that_appears_later_is_seen(project: Path, store: SourceCache) -> None:
    (project / "help.md").unlink()
    assert "Clean a pond." not in everything(project, store)
    (project / "help.md").write_text("Clean a pond.", encoding="utf-8")
    assert "Clean a pond." in everything(project, store)


@pytest.mark.parametrize("seed", range(12))
def test_random_changes_are_read_as_without_a_cache(project: Path, store: SourceCache, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(12):
        _changed(project, chance)
        assert everything(project, store) == everything(project, None)


def _changed(folder: Path, chance: random.Random) -> None:
    """Edit, rename, copy, remove or restore a file."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    path = chance.choice(files)
    match chance.randrange(6):
        case 0:
            path.write_text(path.read_text(encoding="utf-8").replace("pond", chance.choice(("lake", "sea"))), "utf-8")
        case 1:
            path.rename(path.with_name(f"new{chance.randrange(5)}{path.suffix}"))
        case 2:
            path.with_name(f"copy{chance.randrange(5)}{path.suffix}").write_bytes(path.read_bytes())
        case 3 if len(files) > 3:
            path.unlink()
        case 4:
            text = path.read_text(encoding="utf-8")
            at = chance.randrange(len(text) + 1)
            path.write_text(text[:at] + chance.choice(("", "#", '"', "\n", "tool")) + text[at + 1 :], encoding="utf-8")
        case _:
            name, text = chance.choice(sorted(FILES.items()))
            (folder / name).write_text(text, encoding="utf-8")


def entry(tmp_path: Path) -> Path:
    (found,) = (tmp_path / "cache").glob("*.cache")
    return found


def forged(entry: Path, change: Callable[[str], str]) -> bytes:
    """Return an entry with another body whose checksum is right."""
    head, body = entry.read_text(encoding="ascii").split("\n", 1)
    body = change(body)
    return f"{head.rpartition(' ')[0]} {digest(body.encode())}\n{body}".encode()


DAMAGED: dict[str, Callable[[Path], bytes]] = {
    "empty": lambda _: b"",
    "cut off": lambda path: path.read_bytes()[:-20],
    "a changed byte": lambda path: path.read_bytes().replace(b"Feed", b"Fees", 1),
    "something else": lambda _: b"\x80\x04cposix\nsystem\n",
    "no JSON": lambda path: forged(path, lambda body: body[:-1]),
    "another JSON": lambda path: forged(path, lambda _: "[1, 2]"),
    "no manifests": lambda path: forged(path, lambda _: '{"manifests": 3, "gaps": [], "seen": []}'),
    "nested deeply": lambda path: forged(path, lambda _: "[" * 200_000),
    "a number for a name": lambda path: forged(path, lambda body: body.replace('"ponds"', "7", 1)),
    "an unknown kind of literal": lambda path: forged(path, lambda body: body.replace('"docstring"', '"shell"')),
    "a place too few": lambda path: forged(path, _without_a_place),
}


def _without_a_place(body: str) -> str:
    data = json.loads(body)
    data["manifests"][0]["places"].pop()
    return json.dumps(data)


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_entry_is_ignored_and_written_anew(project: Path, tmp_path: Path, damage: str) -> None:
    said: list[str] = []
    store = SourceCache(tmp_path / "cache", said.append)
    right = everything(project, store)
    whole = entry(tmp_path).read_bytes()
    entry(tmp_path).write_bytes(DAMAGED[damage](entry(tmp_path)))
    assert everything(project, store) == right
    assert len(said) == 1
    assert "is ignored" in said[0]
    assert entry(tmp_path).read_bytes() == whole


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_a_pipe_as_entry_is_ignored(project: Path, tmp_path: Path) -> None:
    said: list[str] = []
    store = SourceCache(tmp_path / "cache", said.append)
    right = everything(project, store)
    path = entry(tmp_path)
    path.unlink()
    os.mkfifo(path)
    assert everything(project, store) == right
    assert "it is a pipe" in said[0]


def test_a_folder_that_cannot_be_written_changes_nothing(project: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    said: list[str] = []
    assert everything(project, SourceCache(tmp_path / "file" / "cache", said.append)) == everything(project, None)
    assert "cannot be written" in said[-1]


def test_the_oldest_entries_are_removed(project: Path, tmp_path: Path) -> None:
    for number in range(5):
        (project / "shared.py").write_text(f'HINT = "Feed the fish {number} times."\n', encoding="utf-8")
        store = SourceCache(tmp_path / "cache", _fail, most=25_000)
        list(scan_directory(project, name=f"name{number}", store=store))
        for path in (tmp_path / "cache").iterdir():
            os.utime(path, (number, number))
    sizes = [path.stat().st_size for path in (tmp_path / "cache").iterdir()]
    assert 1 <= len(sizes) < 5
    assert sum(sizes) <= 25_000


def test_no_parts_of_files_are_left(project: Path, store: SourceCache, tmp_path: Path) -> None:
    everything(project, store)
    assert [path.suffix for path in (tmp_path / "cache").iterdir()] == [".cache"]


def test_files_that_cannot_be_read_are_tried_again(project: Path, store: SourceCache, tmp_path: Path) -> None:
    (project / "broken.py").write_bytes(b'@mcp.tool()\x00\xff\n"""mcp"""\n# -*- coding: ascii -*-\n')
    first = everything(project, store)
    assert "broken.py" in first
    assert everything(project, store) == first
    assert not list((tmp_path / "cache").glob("*"))


def test_the_code_behind_tools_is_read_if_it_is_asked_for(project: Path, store: SourceCache) -> None:
    def facts() -> list[str]:
        return [repr(with_implementations(one).implementations) for one in scan_directory(project, store=store)]

    anew = facts()
    assert "50" in "".join(anew)
    assert facts() == anew


def test_texts_are_written_as_without_a_cache(project: Path, store: SourceCache) -> None:
    def edited() -> list[dict[str, bytes]]:
        found = []
        for manifest in scan_directory(project, store=store):
            places = [Place(tool.index, "/description") for tool in manifest.tools]
            assert manifest.locator
            for place in places:
                if manifest.locator.unwritable(place) is None:
                    found.append(dict(manifest.locator.edit(manifest, {place: "Another text."}).after))
        return found

    anew = edited()
    assert anew
    assert edited() == anew


def test_the_command_uses_the_cache_unless_it_is_turned_off(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    off = toolsmell("scan", project, cwd=tmp_path)
    assert not list(tmp_path.rglob("*.cache"))
    monkeypatch.delenv("TOOLSMELL_SOURCE_CACHE")
    toolsmell("scan", "--no-source-cache", project, cwd=tmp_path)
    assert not list(tmp_path.rglob("*.cache"))
    assert toolsmell("scan", project, cwd=tmp_path).stdout == off.stdout
    (path,) = tmp_path.rglob("*.cache")
    assert toolsmell("scan", project, cwd=tmp_path).stdout == off.stdout
    path.write_bytes(b"nonsense")
    assert "is ignored" not in toolsmell("scan", project, cwd=tmp_path).stderr
    path.write_bytes(b"nonsense")
    assert f"{path.name} is ignored: it is no entry" in toolsmell("scan", "-v", project, cwd=tmp_path).stderr
