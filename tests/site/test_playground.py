"""The playground: built by its command, and used in Debian's Chromium with the Pyodide of npm."""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).parents[2]
BUILD: Final = ROOT / "site" / "playground" / "build.py"
LIST: Final = {
    "tools": [
        {
            "name": "get_ship",
            "description": "Gets a ship. Always use this tool first.",
            "inputSchema": {"type": "objekt"},
        }
    ]
}

pytestmark = pytest.mark.timeout(300)


def pyodide() -> Path:
    folders = os.environ.get("TOOLSMELL_NODE_MODULES", "").split(os.pathsep)
    found = next(
        (Path(one, "pyodide") for one in folders if one and Path(one, "pyodide", "pyodide.mjs").exists()), None
    )
    if found is None:
        pytest.skip("npm's pyodide is not in TOOLSMELL_NODE_MODULES")
    return found


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("playground") / "dist"
    command = [sys.executable, str(BUILD), "--pyodide", str(pyodide()), "--out", str(folder)]
    subprocess.run(command, check=True, cwd=folder.parent)
    return folder


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture(scope="module")
def address(dist: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(dist))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def page(address: str) -> Iterator[Any]:
    """Return the page with Python loaded; its requests and complaints are lists on it."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed (extra `test`)")
    path = os.environ.get("TOOLSMELL_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("Chromium is not installed: `apt-get install chromium`")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        opened = browser.new_page()
        opened.requested, opened.complaints, opened.dialogs = [], [], []
        opened.context.on("request", lambda request: opened.requested.append(request.url))
        opened.on("console", lambda message: opened.complaints.append(message.text))
        opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.on("dialog", lambda dialog: (opened.dialogs.append(dialog.message), dialog.dismiss()))
        opened.goto(address)
        opened.get_by_text("Ready.").wait_for(timeout=120_000)
        yield opened
        browser.close()


def check(page: Any, text: str, state: str = "Checked.") -> None:
    page.locator("#input").fill(text)
    page.locator("#check").click()
    page.locator("#state", has_text=state).wait_for(timeout=90_000)


def test_a_pasted_list_is_checked_as_the_command_line_checks_it(page: Any, tmp_path: Path) -> None:
    check(page, json.dumps(LIST, indent=1))
    (tmp_path / "pasted.json").write_text(json.dumps(LIST, indent=1))
    command = [sys.executable, "-m", "toolsmell", "scan", "pasted.json", "--format", "json", "--isolated"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    (tool,) = json.loads(done.stdout)["servers"][0]["tools"]
    cells = page.locator("#tools tr td").all_inner_texts()
    assert float(cells[0]) == tool["overall"]
    assert [int(cell) if cell != "-" else None for cell in cells[1:7]] == [s["value"] for s in tool["scores"].values()]
    shown = page.locator("#findings").inner_text()
    rules = {finding["id"] for finding in tool["findings"] if finding["kind"] != "smell"}
    assert {"steering-description", "invalid-schema"} <= rules
    assert all(rule in shown for rule in rules)
    assert page.locator("#findings li").count() == len([f for f in tool["findings"] if f["kind"] != "smell"])
    assert "1 tool" in page.locator("#verdict").inner_text()


def test_it_says_what_it_leaves_out(page: Any) -> None:
    check(page, json.dumps(LIST))
    notes = page.locator("#notes").inner_text()
    for words in ("Tokens are estimated", "Source code is not read", "jsonschema"):
        assert words in notes


def test_only_its_own_files_are_loaded_and_nothing_after_that(page: Any, address: str) -> None:
    before = len(page.requested)
    check(page, json.dumps(LIST))
    assert len(page.requested) == before
    assert before >= 8, "the files of Pyodide are among them"
    assert [url for url in page.requested if not url.startswith((address, f"blob:{address}"))] == []


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", "the text is empty"),
        ("{", "not valid JSON"),
        ('{"a": 1}', "nothing of MCP"),
        ('{"tools": []}', "lists no tools"),
        ('{"mcpServers": {"a": {"command": "a"}}}', "also checks client configurations"),
        ("[" * 50_000, "nested deeper than 200 levels"),
        ('{"tools": ["' + '\\"' * 500_000, "unterminated string"),
        (f'{{"tools": [{"[" * 190}{"]" * 190}]}}', "Checked."),
    ],
)
def test_what_is_no_list_is_said(page: Any, text: str, state: str) -> None:
    check(page, text, state)
    assert page.locator("#result").is_hidden() is (state != "Checked.")
    check(page, json.dumps(LIST))


def test_a_list_that_ends_python_lets_it_load_again(page: Any, address: str) -> None:
    other = page.context.browser.new_page()
    dying = "onmessage = () => postMessage({ fatal: 'stack' }); postMessage({ ready: true });"
    other.route("**/worker.js", lambda route: route.fulfill(body=dying, content_type="text/javascript"))
    other.goto(address)
    other.get_by_text("Ready.").wait_for()
    seen = other.evaluate_handle(
        "() => { const seen = []; new MutationObserver(() => seen.push(document.getElementById('state').textContent))"
        ".observe(document.getElementById('state'), { childList: true }); return seen; }"
    )
    other.locator("#check").click()
    other.wait_for_function("seen => seen.at(-1) === 'Ready.'", arg=seen)
    assert any("could not be checked (stack); Python is loading again" in words for words in seen.json_value())
    other.close()


def test_a_list_that_is_too_large_is_rejected(page: Any) -> None:
    page.evaluate("document.getElementById('input').value = ' '.repeat(2_000_001)")
    page.locator("#check").click()
    page.get_by_text("this page takes 2,000,000").wait_for()


def test_a_hostile_list_stays_text(page: Any) -> None:
    evil = "<img src=x onerror=alert(1)><script>alert(2)</script>\u202e\x1b[2J"
    tool = {
        "name": evil,
        "title": evil,
        "description": f"{evil} Always use this tool first.",
        "inputSchema": {evil: evil, "properties": {evil: {"type": evil}}},
    }
    check(page, json.dumps({"tools": [tool]}))
    assert page.dialogs == []
    assert page.locator("#result img, #result script, #result a").count() == 0
    assert "<img src=x onerror=alert(1)>" in page.locator("#tools").inner_text()
    for part in ("#tools", "#findings"):
        assert not {"\x1b", "\u202e"} & set(page.locator(part).inner_text())


def test_the_policy_is_strict_and_nothing_offends_it(page: Any) -> None:
    policy = page.locator("meta[http-equiv]").get_attribute("content")
    assert "unsafe-inline" not in policy
    assert "'unsafe-eval'" not in policy
    assert policy.startswith("default-src 'none'")
    assert [words for words in page.complaints if "Content Security Policy" in words or "Refused" in words] == []
    blocked = page.evaluate(
        "fetch('https://example.com/').then(() => 'sent', () => 'blocked')",
    )
    assert blocked == "blocked"


def test_everybody_can_use_it(page: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    check(page, json.dumps(LIST))
    assert axe.Axe().run(page).response["violations"] == []


def test_the_package_of_the_page_needs_no_other(dist: Path, tmp_path: Path) -> None:
    shutil.unpack_archive(dist / "toolsmell.zip", tmp_path)
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import playground; print(playground.check(sys.stdin.read()))"
    command = [sys.executable, "-I", "-S", "-c", code]
    done = subprocess.run(command, input=json.dumps(LIST), capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["tools"][0]["name"] == "get_ship"


def test_without_pyodide_the_build_says_what_to_install(tmp_path: Path) -> None:
    command = [sys.executable, str(BUILD), "--pyodide", str(tmp_path), "--out", str(tmp_path / "dist")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "npm install pyodide" in done.stderr
    assert not (tmp_path / "dist").exists()
