"""The calls of real servers that the sentences are about.

`W` stands for a folder that the test fills, `H` for the address of the pages that it serves.
"""

import subprocess
from pathlib import Path
from typing import Any

from tests.models.loopback import Answer, Asked, page

Call = tuple[str, dict[str, Any]]


def fill(folder: Path) -> None:
    """Make the documents and the repository that the calls read."""
    docs, repo = folder / "docs", folder / "repo"
    (docs / "notes").mkdir(parents=True)
    repo.mkdir()
    (docs / "a.txt").write_text("line1\nline2\nline3\nline4\n", encoding="utf-8")
    (docs / "notes" / "b.md").write_text("beta", encoding="utf-8")
    (docs / "empty.txt").write_text("", encoding="utf-8")

    def git(*args: str) -> None:
        identity = ("-c", "user.email=a@example.org", "-c", "user.name=A", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *identity, *args], cwd=repo, check=True, capture_output=True)

    git("init", "-q", "-b", "main", ".")
    for name, text, message in (
        ("a.txt", "one\n", "first"),
        ("a.txt", "one\ntwo\n", "second"),
        ("b.txt", "3\n", "third"),
    ):
        (repo / name).write_text(text, encoding="utf-8")
        git("add", ".")
        git("commit", "-qm", message)
    git("branch", "feature")
    (repo / "a.txt").write_text("one\ntwo\nchanged\n", encoding="utf-8")
    (repo / "new.txt").write_text("x\n", encoding="utf-8")


def served(asked: Asked) -> Answer:
    """Answer as a site with a page, a text and a rule for robots."""
    line = "<p>Paragraph {} tells when the sea is low at the harbour of the town, and how high the waves are.</p>"
    match asked.path:
        case "/robots.txt":
            return Answer(b"User-agent: *\nDisallow: /private\n", headers={"content-type": "text/plain"})
        case "/page" | "/private/x":
            return page(f"<html><body><article>{''.join(map(line.format, range(1, 81)))}</article></body></html>")
        case "/plain.txt":
            return Answer(b"low at six\nhigh at noon\n", headers={"content-type": "text/plain"})
    return Answer(b"gone", 404)


D, R = "W/docs", "W/repo"
CALLS: dict[str, list[Call]] = {
    "filesystem": [
        ("list_allowed_directories", {}),
        ("read_text_file", {"path": f"{D}/a.txt"}),
        ("read_text_file", {"path": f"{D}/a.txt", "head": 2}),
        ("read_text_file", {"path": f"{D}/a.txt", "head": 2, "tail": 1}),
        ("read_text_file", {"path": f"{D}/missing.txt"}),
        ("read_text_file", {"path": "/etc/hostname"}),
        ("read_text_file", {"path": f"{D}/notes"}),
        ("read_text_file", {"path": f"{D}/empty.txt"}),
        ("read_multiple_files", {"paths": [f"{D}/a.txt", f"{D}/missing.txt"]}),
        ("list_directory", {"path": D}),
        ("list_directory", {"path": f"{D}/a.txt"}),
        ("list_directory_with_sizes", {"path": D}),
        ("list_directory_with_sizes", {"path": D, "sortBy": "size"}),
        ("directory_tree", {"path": D}),
        ("directory_tree", {"path": D, "excludePatterns": ["notes"]}),
        ("search_files", {"path": D, "pattern": "*.md"}),
        ("search_files", {"path": D, "pattern": "**/*.md"}),
        ("search_files", {"path": D, "pattern": "zzz"}),
        ("create_directory", {"path": f"{D}/x/y"}),
        ("create_directory", {"path": f"{D}/x/y"}),
        ("write_file", {"path": f"{D}/w.txt", "content": "hello"}),
        ("write_file", {"path": f"{D}/w.txt", "content": "again"}),
        ("read_text_file", {"path": f"{D}/w.txt"}),
        ("write_file", {"path": f"{D}/no/w.txt", "content": "hello"}),
        ("edit_file", {"path": f"{D}/a.txt", "edits": [{"oldText": "line1", "newText": "LINE1"}], "dryRun": True}),
        ("read_text_file", {"path": f"{D}/a.txt"}),
        ("edit_file", {"path": f"{D}/a.txt", "edits": [{"oldText": "nothing", "newText": "x"}]}),
        ("move_file", {"source": f"{D}/w.txt", "destination": f"{D}/a.txt"}),
    ],
    "memory": [
        ("read_graph", {}),
        ("create_entities", {"entities": [{"name": "Ada", "entityType": "person", "observations": ["likes tea"]}]}),
        ("create_entities", {"entities": [{"name": "Ada", "entityType": "robot", "observations": ["x"]}]}),
        ("create_entities", {"entities": [{"name": "Bob", "entityType": "person", "observations": []}]}),
        ("create_relations", {"relations": [{"from": "Ada", "to": "Bob", "relationType": "knows"}]}),
        ("create_relations", {"relations": [{"from": "Ada", "to": "Bob", "relationType": "knows"}]}),
        ("create_relations", {"relations": [{"from": "Ada", "to": "Nobody", "relationType": "knows"}]}),
        ("add_observations", {"observations": [{"entityName": "Ada", "contents": ["likes tea", "runs"]}]}),
        ("add_observations", {"observations": [{"entityName": "Zed", "contents": ["x"]}]}),
        ("search_nodes", {"query": "tea"}),
        ("search_nodes", {"query": "TEA"}),
        ("search_nodes", {"query": "tea runs"}),
        ("open_nodes", {"names": ["Ada", "Zed"]}),
        ("open_nodes", {"names": ["ada"]}),
        ("delete_observations", {"deletions": [{"entityName": "Zed", "observations": ["x"]}]}),
        ("delete_relations", {"relations": [{"from": "X", "to": "Y", "relationType": "z"}]}),
        ("delete_entities", {"entityNames": ["Zed"]}),
        ("delete_entities", {"entityNames": ["Bob"]}),
        ("read_graph", {}),
    ],
    "git": [
        ("git_status", {"repo_path": R}),
        ("git_log", {"repo_path": R}),
        ("git_log", {"repo_path": R, "max_count": 1}),
        ("git_log", {"repo_path": D}),
        ("git_log", {"repo_path": R, "start_timestamp": "2001-01-01", "end_timestamp": "2002-01-01"}),
        ("git_diff_unstaged", {"repo_path": R}),
        ("git_diff_unstaged", {"repo_path": R, "context_lines": 0}),
        ("git_diff_staged", {"repo_path": R}),
        ("git_diff", {"repo_path": R, "target": "feature"}),
        ("git_diff", {"repo_path": R, "target": "nope"}),
        ("git_show", {"repo_path": R, "revision": "HEAD"}),
        ("git_show", {"repo_path": R, "revision": "nope"}),
        ("git_branch", {"repo_path": R, "branch_type": "local"}),
        ("git_branch", {"repo_path": R, "branch_type": "remote"}),
        ("git_branch", {"repo_path": R, "branch_type": "bad"}),
        ("git_add", {"repo_path": R, "files": ["new.txt"]}),
        ("git_add", {"repo_path": R, "files": ["nofile"]}),
        ("git_reset", {"repo_path": R}),
        ("git_commit", {"repo_path": R, "message": "empty"}),
        ("git_create_branch", {"repo_path": R, "branch_name": "b2"}),
        ("git_create_branch", {"repo_path": R, "branch_name": "b2"}),
        ("git_create_branch", {"repo_path": R, "branch_name": "b3", "base_branch": "nope"}),
        ("git_checkout", {"repo_path": R, "branch_name": "nope"}),
        ("git_checkout", {"repo_path": R, "branch_name": "b2"}),
    ],
    "time": [
        ("get_current_time", {"timezone": "Europe/Paris"}),
        ("get_current_time", {"timezone": "Nowhere/X"}),
        ("convert_time", {"source_timezone": "Europe/London", "time": "12:00", "target_timezone": "Asia/Tokyo"}),
        ("convert_time", {"source_timezone": "Europe/London", "time": "25:00", "target_timezone": "Asia/Tokyo"}),
        ("convert_time", {"source_timezone": "Europe/London", "time": "23:30", "target_timezone": "Asia/Tokyo"}),
    ],
    "sqlite": [
        ("list_tables", {}),
        ("create_table", {"query": "CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL)"}),
        ("create_table", {"query": "CREATE TABLE customers (id INTEGER)"}),
        ("create_table", {"query": "SELECT 1"}),
        ("list_tables", {}),
        ("write_query", {"query": "INSERT INTO customers(name) VALUES ('Ada'),('Bob')"}),
        ("write_query", {"query": "SELECT 1"}),
        ("write_query", {"query": "DELETE FROM customers WHERE id=99"}),
        ("read_query", {"query": "SELECT * FROM customers"}),
        ("read_query", {"query": "SELECT * FROM customers WHERE id=99"}),
        ("read_query", {"query": "DELETE FROM customers"}),
        ("read_query", {"query": "SELECT * FROM nope"}),
        ("read_query", {"query": "WITH a AS (SELECT 1) SELECT * FROM a"}),
        ("describe_table", {"table_name": "customers"}),
        ("describe_table", {"table_name": "nope"}),
        ("append_insight", {"insight": "Sales are up"}),
    ],
    "fetch": [
        ("fetch", {"url": "H/page"}),
        ("fetch", {"url": "H/page", "max_length": 100}),
        ("fetch", {"url": "H/page", "max_length": 100, "start_index": 100}),
        ("fetch", {"url": "H/page", "raw": True, "max_length": 80}),
        ("fetch", {"url": "H/plain.txt"}),
        ("fetch", {"url": "H/plain.txt", "start_index": 1000}),
        ("fetch", {"url": "H/missing"}),
        ("fetch", {"url": "H/private/x"}),
        ("fetch", {"url": "not a url"}),
        ("fetch", {"url": "H/page", "max_length": 0}),
    ],
    "everything": [
        ("echo", {"message": "hi"}),
        ("get-sum", {"a": 1, "b": 2}),
        ("get-sum", {"a": 1.5, "b": -2}),
        ("get-structured-content", {"location": "Chicago"}),
        ("get-tiny-image", {}),
        ("get-resource-links", {"count": 3}),
        ("get-resource-reference", {"resourceType": "Text", "resourceId": 1}),
        ("get-resource-reference", {"resourceType": "Text", "resourceId": -1}),
    ],
}
