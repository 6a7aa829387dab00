"""The files of a repository that are read, and the notes about the others."""

import os
from pathlib import Path

import pytest

from toolsmell.errors import SourceError
from toolsmell.model import Manifest, Status
from toolsmell.sources.code import scan_directory, scan_file

SERVER = 'from mcp.server.mcpserver import MCPServer\nmcp = MCPServer("{0}")\n@mcp.tool()\ndef {0}(): "Does."\n'


def put(path: Path, name: str | None = None, *, code: str | None = None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(code if code is not None else SERVER.format(name or path.stem))


def names(root: Path) -> set[str]:
    return {tool.name or "" for manifest in scan_directory(root) for tool in manifest.tools}


def notes(manifests: list[Manifest]) -> str:
    return "\n".join(note for manifest in manifests for note in manifest.notes)


def test_dependencies_and_hidden_folders_are_not_read(tmp_path: Path) -> None:
    put(tmp_path / "src" / "kept.py")
    for folder in ("node_modules/x", ".git", ".venv", "__pycache__", "lib/site-packages/x"):
        put(tmp_path / folder / "not_this.py")
    put(tmp_path / "env" / "pyvenv.cfg", code="")
    put(tmp_path / "env" / "lib" / "nor_this.py")
    put(tmp_path / "vendor" / "modules.txt", code="")
    put(tmp_path / "vendor" / "nor_that.py")
    assert names(tmp_path) == {"kept"}


def test_gitignore_as_git_reads_it(tmp_path: Path) -> None:
    put(tmp_path / ".gitignore", code="/dist/\n*_gen.py\n!kept_gen.py\nsecret/\n")
    put(tmp_path / "kept.py")
    put(tmp_path / "kept_gen.py")
    put(tmp_path / "lost_gen.py")
    put(tmp_path / "dist" / "lost.py")
    put(tmp_path / "pkg" / "dist" / "kept_dist.py")
    put(tmp_path / "pkg" / ".gitignore", code="/local.py\n!inner_gen.py\n")
    put(tmp_path / "pkg" / "local.py")
    put(tmp_path / "pkg" / "inner_gen.py")
    put(tmp_path / "pkg" / "deep" / "local.py", "kept_local")
    put(tmp_path / "secret" / "lost.py")
    put(tmp_path / "secret" / ".gitignore", code="!lost.py\n")
    assert names(tmp_path) == {"kept", "kept_gen", "kept_dist", "inner_gen", "kept_local"}


def test_an_ignored_directory_is_read_where_it_is_named(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    put(tmp_path / ".gitignore", code="build/\nlost.py\n")
    put(tmp_path / "build" / "inner" / "a.py")
    for root in ("build", "build/inner"):
        assert len(list(scan_directory(tmp_path / root))) == 1
    with pytest.raises(SourceError):
        list(scan_directory(tmp_path))


def test_gitignore_above_the_directory_counts_up_to_the_top_of_its_repository(tmp_path: Path) -> None:
    put(tmp_path / ".gitignore", code="*.py\n")
    repository = tmp_path / "repository"
    (repository / ".git").mkdir(parents=True)
    put(repository / ".gitignore", code="generated/\n/src/top.py\n")
    put(repository / "src" / "kept.py")
    put(repository / "src" / "top.py")
    put(repository / "src" / "generated" / "lost.py")
    assert names(repository / "src") == {"kept"}


def test_a_pattern_that_could_take_forever_is_not_applied(tmp_path: Path) -> None:
    put(tmp_path / ".gitignore", code="*a*a*a*a*a*a*a*b.py\n")
    put(tmp_path / ("a" * 200 + ".py"), "kept")
    manifests = list(scan_directory(tmp_path))
    assert "too many wildcards" in notes(manifests)


def test_links_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    put(outside / "lost.py")
    root = tmp_path / "root"
    put(root / "kept.py")
    (root / "loop").symlink_to(root, target_is_directory=True)
    (root / "folder").symlink_to(outside, target_is_directory=True)
    (root / "file.py").symlink_to(outside / "lost.py")
    (root / "dangling.py").symlink_to(tmp_path / "nowhere.py")
    manifests = list(scan_directory(root))
    assert [tool.name for manifest in manifests for tool in manifest.tools] == ["kept"]
    assert "2 links to source files not followed" in notes(manifests)


def test_imports_lead_out_of_the_directory_neither_by_dots_nor_by_links(tmp_path: Path) -> None:
    put(tmp_path / "outside.py", code='TEXT = "From outside."\n')
    root = tmp_path / "root"
    root.mkdir()
    (root / "link.py").symlink_to(tmp_path / "outside.py")
    put(
        root / "server.py",
        code="from mcp.server.mcpserver import MCPServer\nfrom ..outside import TEXT\nfrom .link import TEXT as LINKED\n"
        'mcp = MCPServer("s")\n@mcp.tool(description=TEXT)\ndef a(): ...\n@mcp.tool(description=LINKED)\ndef b(): ...\n',
    )
    (manifest,) = scan_directory(root)
    assert all(not tool.known("description") for tool in manifest.tools)


def test_test_files_are_read_only_when_asked_for(tmp_path: Path) -> None:
    put(tmp_path / "kept.py")
    for name in ("tests/a.py", "pkg/__tests__/b.ts", "test_c.py", "d_test.go", "e.test.ts", "f.spec.js", "conftest.py"):
        put(tmp_path / name, "lost")
    manifests = list(scan_directory(tmp_path))
    assert [tool.name for manifest in manifests for tool in manifest.tools] == ["kept"]
    assert "7 test files not read" in notes(manifests)
    with_tests = [tool.name for manifest in scan_directory(tmp_path, tests=True) for tool in manifest.tools]
    assert len(with_tests) > 1


def test_a_directory_of_tests_can_be_scanned_by_name(tmp_path: Path) -> None:
    put(tmp_path / "tests" / "kept.py")
    assert names(tmp_path / "tests") == {"kept"}


def test_large_files_are_passed_over_with_a_word(tmp_path: Path) -> None:
    put(tmp_path / "kept.py")
    put(tmp_path / "generated.py", code=SERVER.format("lost") + "#" * 30_000)
    manifests = list(scan_directory(tmp_path, max_bytes=10_000))
    assert [tool.name for manifest in manifests for tool in manifest.tools] == ["kept"]
    assert "1 source file larger than 10,000 bytes not read" in notes(manifests)
    with pytest.raises(SourceError, match="larger than"):
        list(scan_file(tmp_path / "generated.py", max_bytes=10_000))


def test_what_does_not_parse_is_said_and_the_rest_is_read(tmp_path: Path) -> None:
    put(tmp_path / "kept.py")
    put(tmp_path / "half.py", code=SERVER.format("half") + "\ndef broken(:\n")
    put(tmp_path / "none.py", code="import mcp\n@mcp.tool(\n")
    found = {manifest.key: manifest for manifest in scan_directory(tmp_path)}
    assert found["kept"].status is Status.COMPLETE
    assert (found["half"].status, len(found["half"].tools)) == (Status.PARTIAL, 1)
    assert found["half"].error == f"{tmp_path / 'half.py'}:6: does not parse; tools near that line may be missing"
    failed = found[tmp_path.name]
    assert (failed.status, failed.tools) == (Status.FAILED, ())
    assert "none.py:2: does not parse" in str(failed.error)


def test_a_server_whose_only_tool_does_not_parse_is_not_passed_over(tmp_path: Path) -> None:
    put(tmp_path / "kept.py")
    bare = 'from mcp.server.mcpserver import MCPServer\nmcp = MCPServer("bare")\n@mcp.tool()\ndef bare(x: str -> str:\n'
    put(tmp_path / "bare.py", code=bare)
    found = {manifest.key: manifest for manifest in scan_directory(tmp_path)}
    assert found["kept"].status is Status.COMPLETE
    assert found[tmp_path.name].status is Status.FAILED
    assert "bare.py:3: does not parse" in str(found[tmp_path.name].error)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_what_cannot_be_read_is_said_and_the_rest_is_read(tmp_path: Path) -> None:
    put(tmp_path / "kept.py")
    put(tmp_path / "closed.py")
    (tmp_path / "closed.py").chmod(0)
    kept, failed = scan_directory(tmp_path)
    assert (kept.key, failed.status) == ("kept", Status.FAILED)
    assert "closed.py: cannot be read" in str(failed.error)


def test_a_binary_file_with_a_source_name(tmp_path: Path) -> None:
    put(tmp_path / "kept.py")
    (tmp_path / "binary.py").write_bytes(b"\xff@mcp.tool()\x00\x01\x02")
    kept, failed = scan_directory(tmp_path)
    assert kept.status is Status.COMPLETE
    assert "binary.py: is binary, not source code" in str(failed.error)


ENCODINGS = {
    "utf-8": ("utf-8", ""),
    "byte order mark": ("utf-8-sig", ""),
    "utf-16": ("utf-16", ""),
    "declared latin-1": ("latin-1", "# -*- coding: latin-1 -*-\n"),
    "declared cp1252": ("cp1252", "# vim: set fileencoding=cp1252 :\n"),
    "not what it is": ("latin-1", ""),
}


@pytest.mark.parametrize(("encoding", "cookie"), ENCODINGS.values(), ids=ENCODINGS)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_encodings_and_line_ends(encoding: str, cookie: str, end: str, tmp_path: Path) -> None:
    code = cookie + SERVER.format("f").replace('"Does."', '"""Größe in Metern.\n\n    Zweite Zeile.\n    """')
    path = tmp_path / "server.py"
    path.write_bytes(code.replace("\n", end).encode(encoding))
    (manifest,) = scan_directory(tmp_path)
    (tool,) = manifest.tools
    assert tool.description == "Größe in Metern.\n\nZweite Zeile.\n"
    assert any("read as Latin-1" in note for note in manifest.notes) is (encoding == "latin-1" and not cookie)


@pytest.mark.parametrize("cookie", ["rot13", "zlib", "undefined", "idna", "no-such-thing", "utf-7"])
def test_a_declared_encoding_that_is_none_is_not_used(cookie: str, tmp_path: Path) -> None:
    put(tmp_path / "server.py", code=f"# coding: {cookie}\n" + SERVER.format("f"))
    assert names(tmp_path) == {"f"}


def test_a_folder_without_source_code_is_an_error(tmp_path: Path) -> None:
    put(tmp_path / "tools.json")
    with pytest.raises(SourceError, match="no tools found in 0 source files"):
        list(scan_directory(tmp_path))


def test_no_tools_is_an_error_that_says_what_was_looked_at(tmp_path: Path) -> None:
    put(tmp_path / "a.py", code="x = 1\n")
    put(tmp_path / "test_b.py")
    with pytest.raises(SourceError, match=r"no tools found in 1 source file; 1 test file not read"):
        list(scan_directory(tmp_path))


def test_how_many_tools_are_in_which_file_is_said(tmp_path: Path) -> None:
    put(tmp_path / "one.py", code=SERVER.format("a") + '@mcp.tool()\ndef b(): "Does."\n')
    (manifest,) = scan_directory(tmp_path)
    assert manifest.notes == (f"{tmp_path / 'one.py'}: 2 tools",)


def test_paths_are_written_as_the_user_writes_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "pyproject.toml", code="")
    put(tmp_path / "src" / "server.py")
    monkeypatch.chdir(tmp_path)
    assert [m.source for m in scan_directory("src")] == [os.path.join("src", "server.py")]
    assert [m.source for m in scan_directory(".")] == [os.path.join("src", "server.py")]
    assert [m.source for m in scan_file("src/server.py")] == [os.path.join("src", "server.py")]
    monkeypatch.chdir(tmp_path / "src")
    assert [m.source for m in scan_file("server.py")] == ["server.py"]
    assert [m.source for m in scan_directory(tmp_path)] == [str(tmp_path / "src" / "server.py")]


def test_a_file_that_an_editor_has_not_saved(tmp_path: Path) -> None:
    (manifest,) = scan_file(tmp_path / "new.py", data=SERVER.format("unsaved").encode())
    assert [tool.name for tool in manifest.tools] == ["unsaved"]
