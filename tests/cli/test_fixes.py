"""`scan --fix` and `scan --diff` on source code: literals are edited, nothing else, and what cannot be is said."""

import subprocess
from pathlib import Path

import pytest

from tests.commands import manifest, tool, toolsmell

GAP = 40
WIDE = "Books a room for an hour." + "\n" * GAP + "Ask first."
"""A description as it is sent, with a safe fix."""
LITERAL = "Books a room for an hour." + r"\n" * GAP + "Ask first."
FIXED_LITERAL = r"Books a room for an hour.\n\nAsk first."
DOCSTRING = "Books a room for an hour." + "\n" * GAP + "    Ask first."
FIXED_DOCSTRING = "Books a room for an hour.\n\n    Ask first."
CODE = f'''\
from fastmcp import FastMCP

rooms = FastMCP("rooms")
halls = FastMCP("halls")
SHARED = "{LITERAL}"


@rooms.tool()
def book(room: str) -> str:
    """{DOCSTRING}

    Args:
        room: Its number.
    """
    return room


@rooms.tool(description=SHARED)
def swap(room: str) -> str:
    return SHARED + room


@halls.tool(description="{LITERAL.removesuffix("Ask first.")}" 'Ask first.')
def give(room: str) -> str:
    return room


# toolsmell: ignore[wasted-white-space] on purpose
@halls.tool(description="{LITERAL}")
def take(room: str) -> str:
    return room
'''
FIXED = CODE.replace(DOCSTRING, FIXED_DOCSTRING).replace(
    r"\n" * GAP + """" 'Ask first.'""", r"\n\n" + """" 'Ask first.'"""
)
FIX = ("--select", "wasted-white-space", "--fail-on", "never")


def test_literals_are_edited_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "server.py"
    path.write_bytes(CODE.replace("\n", "\r\n").encode())
    done = toolsmell("scan", "server.py", "--fix", *FIX, cwd=tmp_path)
    assert path.read_bytes().decode() == FIXED.replace("\n", "\r\n")
    assert done.code == 0
    assert "fixed book:" in done.stderr
    assert "fixed give:" in done.stderr
    assert "not fixed: server.py:5: the text is held in a constant" in done.stderr
    assert "take" not in done.stderr, "what is suppressed stays"
    assert toolsmell("scan", "server.py", "--diff", *FIX, cwd=tmp_path).stdout == ""


def test_a_diff_of_several_servers_in_a_file_applies(tmp_path: Path) -> None:
    path = tmp_path / "server.py"
    path.write_text(CODE)
    done = toolsmell("scan", ".", "--diff", *FIX, cwd=tmp_path)
    assert (done.code, path.read_text()) == (1, CODE)
    subprocess.run(["git", "apply", "-"], input=done.stdout.encode(), cwd=tmp_path, check=True)
    assert path.read_text() == FIXED


def test_an_editor_gets_a_diff_of_what_it_has_not_saved(tmp_path: Path) -> None:
    (tmp_path / "server.py").write_text("")
    done = toolsmell("scan", "-", "--stdin-filename", "server.py", "--diff", *FIX, cwd=tmp_path, stdin=CODE.encode())
    assert "-\n" * (GAP - 2) in done.stdout


def test_the_source_of_a_manifest_is_edited(tmp_path: Path) -> None:
    (tmp_path / "code").mkdir()
    path = tmp_path / "code" / "server.py"
    path.write_text(CODE)
    dump = manifest(tool("book", WIDE), tool("swap", WIDE), tool("gone", WIDE))
    (tmp_path / "dump.json").write_text(dump)
    done = toolsmell("scan", "dump.json", "--source", "code", "--fix", *FIX, "--format", "json", cwd=tmp_path)
    assert path.read_text() == CODE.replace(DOCSTRING, FIXED_DOCSTRING)
    assert (tmp_path / "dump.json").read_text() == dump, "the next dump has the texts of the source"
    assert "fixed book:" in done.stderr
    assert "gone" in done.stderr, "what is not in the source is said not to be fixed"
    found = [one["findings"] for one in done.report["servers"][0]["tools"]]
    assert [[member["tool"] for f in one for member in f["members"]] for one in found] == [[], ["swap", "gone"], []]


def test_a_docstring_that_was_sent_with_its_indentation(tmp_path: Path) -> None:
    path = tmp_path / "server.py"
    path.write_text(CODE.replace("from fastmcp", "from mcp.server.fastmcp"))
    sent = tool("book", f"{DOCSTRING}\n\n    Args:\n        room: Its number.\n    ")
    (tmp_path / "dump.json").write_text(manifest(sent))
    done = toolsmell("scan", "dump.json", "--source", ".", "--fix", *FIX, cwd=tmp_path)
    assert "fixed book:" in done.stderr
    assert f'    """{FIXED_DOCSTRING}\n\n    Args:\n        room: Its number.\n    """\n' in path.read_text()


def test_indentation_that_is_layout_stays(tmp_path: Path) -> None:
    path = tmp_path / "server.py"
    code = CODE.replace("from fastmcp", "from mcp.server.fastmcp").replace(
        DOCSTRING, "Books.\n\n" + "    More of it.\n" * 11 + "    More of it."
    )
    path.write_text(code)
    (tmp_path / "dump.json").write_text(
        manifest(tool("book", "Books.\n\n" + "    More of it.\n" * 12 + "\n    Args:\n        room: Its number."))
    )
    select = ("--select", "wasted-white-space", "--fail-on", "never")
    done = toolsmell("scan", "dump.json", "--source", ".", "--fix", *select, cwd=tmp_path)
    assert path.read_text() == code
    assert done.stderr.startswith("toolsmell: not fixed:")


@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_nothing_fixed_is_said(option: str, tmp_path: Path) -> None:
    (tmp_path / "tools.json").write_text(manifest(tool("book", description="Books a room. Ask first.")))
    done = toolsmell("scan", "tools.json", option, "--select", "strict", cwd=tmp_path)
    assert "nothing was fixed\n" in done.stderr
    (tmp_path / "tools.json").write_text(manifest(tool("book", description=WIDE)))
    done = toolsmell("scan", "tools.json", option, "--select", "security", cwd=tmp_path)
    assert "nothing was fixed: none of the rules that ran has fixes; these have: " in done.stderr
    assert "wasted-white-space" in done.stderr


def test_a_running_server_has_no_file_to_fix(tmp_path: Path) -> None:
    server = tmp_path / "server.py"
    server.write_text(
        "import json, sys\n"
        "for line in sys.stdin:\n"
        "    asked = json.loads(line)\n"
        "    if 'id' not in asked: continue\n"
        "    answer = {'protocolVersion': '2025-06-18', 'capabilities': {'tools': {}}, 'serverInfo': {'name': 's', 'version': '1'}}\n"
        f"    if asked['method'] == 'tools/list': answer = {{'tools': [{tool('book', WIDE)!r}]}}\n"
        "    print(json.dumps({'jsonrpc': '2.0', 'id': asked['id'], 'result': answer}), flush=True)\n"
    )
    done = toolsmell("scan", "--fix", *FIX, "--", "python3", server, cwd=tmp_path)
    assert "not fixed:" in done.stderr and "--source DIR" in done.stderr


@pytest.mark.parametrize("name", ["server.py"])
def test_a_link_is_not_fixed(name: str, tmp_path: Path) -> None:
    (tmp_path / "real").write_text(CODE)
    (tmp_path / name).symlink_to("real")
    done = toolsmell("scan", name, "--fix", *FIX, cwd=tmp_path)
    assert f"not fixed: {name} is a link" in done.stderr
    assert (tmp_path / "real").read_text() == CODE


def test_a_line_among_others_is_not_fixed(tmp_path: Path) -> None:
    lines = "".join(f"{' '.join(manifest(tool(name, WIDE)).split())}\n" for name in ("a", "b"))
    (tmp_path / "all.jsonl").write_text(lines)
    for option in ("--fix", "--diff"):
        done = toolsmell("scan", "all.jsonl", option, *FIX, cwd=tmp_path)
        assert done.stderr.count("only a file with one JSON document can be edited") == 2
        assert "@@" not in done.stdout
    assert (tmp_path / "all.jsonl").read_text() == lines
