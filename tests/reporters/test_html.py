"""The HTML report: complete without scripts, no request, safe with hostile text, usable by keyboard, quick when large."""

import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from toolsmell.errors import UsageError
from toolsmell.model import Severity, Summary
from toolsmell.model.changes import BaseChanges, ChangeState, Objections, ServerChange, TextChange, ToolChange
from toolsmell.model.reading import ReadSentence, ToolReading
from toolsmell.reporters import Style
from toolsmell.reporters.formats import html
from toolsmell.reporters.parts.page import differing_words
from toolsmell.reporters.parts.page.treemap import HEIGHT, TILES, WIDTH, tiles
from toolsmell.reporters.parts.stored import StoredReport

Render = Callable[..., str]
Open = Callable[..., Any]


def reading(*texts: str) -> ToolReading:
    return ToolReading(tuple(ReadSentence(text, 0, len(text), (), (), counts=True, reason=None) for text in texts))


def run_of(samples: Any, *tools: Any, **changes: Any) -> StoredReport:
    counts = Summary(1, tools=len(tools), smelly_tools=1, overall=40.0)
    return StoredReport(samples.RUN, (samples.server("s", *tools, **changes),), (), counts)


def test_everything_is_in_the_page_without_scripts(plain_run: StoredReport, render: Render) -> None:
    page = render("html", plain_run)
    for words_ in ("2 errors, 5 warnings", "Not read in full", "API_KEY is not set", "The worst descriptions"):
        assert words_ in page
    assert "say how it differs from `get_alerts`" in page
    assert page.count('<th scope="row">get_forecast</th>') == 2, "in the heat map and in the table of tokens"
    assert 'href="https://github.com/' in page
    assert "only restates its name" not in page, "what is suppressed is not shown"
    assert "http-equiv" in page
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert sum(map(len, scripts)) < 15_000


def test_pairs_stand_side_by_side_with_the_words_that_differ(samples: Any, render: Render) -> None:
    alike = samples.finding("overlapping-tools", Severity.WARNING, "begins as 'get_ship' does")
    first = samples.tool(0, "get_ship", [3] * 6)._replace(reading=reading("Get one ship."))
    second = samples.tool(1, "find_ship", [3] * 6, alike._replace(family="catalogue"))
    second = second._replace(reading=reading("Get some ship."))
    page = render("html", run_of(samples, first, second))
    assert "Tools that are easily confused" in page
    assert re.search(r"Get <del>some</del> ship\.", page)
    assert re.search(r"Get <ins>one</ins> ship\.", page)
    lone = samples.tool(0, "get_ship", [3] * 6, alike._replace(family="catalogue"))
    assert "easily confused" not in render("html", run_of(samples, lone))


def test_a_base_gives_before_and_after_with_the_text(samples: Any, render: Render) -> None:
    old = samples.tool(0, "get_ship", [1] * 6)._replace(reading=reading("Get a ship."))
    new = samples.tool(0, "get_ship", [3] * 6, tokens=150)._replace(reading=reading("Get a ship by its number."))
    page = render("html", run_of(samples, new, samples.tool(1, "x", [3] * 6)), Style(base=run_of(samples, old)))
    assert "Before and after" in page
    assert 'overall 0 → <span class="up">50</span>, +30 tokens' in page
    assert "purpose 1 → 3" in page
    assert re.search(r"Get a <del>ship\.</del> <ins>ship by its number\.</ins>", page)
    assert "New tools: x" in page


def since(*texts: str) -> BaseChanges:
    """Return a change of one tool from the first text to the second, with every kind of objection."""
    before, after = texts
    told = Objections(*((after,) for _ in Objections._fields))
    tool = ToolChange(before, ChangeState.CHANGED, 30, 40, 50.0, 40.0, (TextChange(after, before, after),), told, True)
    gone = ToolChange(after, ChangeState.REMOVED, 30)
    return BaseChanges(before, (ServerChange(before, ChangeState.CHANGED, (tool, gone), after),), ((before, after),))


def test_a_base_revision_shows_what_the_check_says(samples: Any, render: Render) -> None:
    run = run_of(samples, samples.tool(0, "x", [3] * 6))
    run = run._replace(summary=run.summary._replace(changes=since("Get a ship.", "Get one ship.")))
    page = render("html", run)
    assert "Changed descriptions" in page
    assert re.search(r"Get <del>a</del> <ins>one</ins> ship\.", page)
    for word in ("lost", "contradicted", "steering", "unsupported", "routing risk", "new finding"):
        assert f"<b>{word}</b>: Get one ship." in page
    assert "score 50 -&gt; 40, +10 tokens" in page


def test_hostile_text_stays_text(hostile_run: StoredReport, render: Render) -> None:
    evil = since("<script>alert(1)</script>", "<img src=x onerror=alert(1)>\x1b[2J javascript:")
    hostile_run = hostile_run._replace(summary=hostile_run.summary._replace(changes=evil))
    page = render("html", hostile_run, Style(base=hostile_run))
    body = re.sub(r"<script>(?:document\.documentElement|\(\(\) =>).*?</script>", "", page, flags=re.DOTALL)
    assert "<script" not in body
    assert "<img" not in body
    assert not re.search(r"""(?:href|src)=["']?javascript:""", body)
    assert "\x1b" not in body


def test_a_page_that_is_too_large_is_rejected_with_the_size(
    samples: Any, render: Render, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = run_of(samples, *(samples.tool(i, f"t{i}", [3] * 6) for i in range(30)))
    monkeypatch.setattr(html, "LARGEST", 10_000)
    with pytest.raises(UsageError, match=r"too large \(\d+\.\d MiB for 30 tools; the limit is 0 MiB\): scan fewer"):
        render("html", run)
    monkeypatch.setattr(html, "MOST_TOOLS", 20)
    with pytest.raises(UsageError, match="30 tools"):
        render("html", run)


def test_the_areas_of_a_treemap_are_the_shares() -> None:
    values = [(f"t{i}", 1 + i * i) for i in range(200)] + [("nothing", 0)]
    found = tiles(values)
    assert len(found) == TILES + 1
    total = sum(value for _, value in values)
    for tile in found:
        assert tile.width * tile.height == pytest.approx(WIDTH * HEIGHT * tile.value / total, rel=1e-6)
        assert -1e-6 <= tile.x <= tile.x + tile.width <= WIDTH + 1e-6
        assert -1e-6 <= tile.y <= tile.y + tile.height <= HEIGHT + 1e-6
    assert tiles([]) == tiles([("a", 0)]) == ()


def test_a_diff_of_long_texts_is_bounded() -> None:
    start = time.perf_counter()
    pieces = differing_words.merged("a b " * 100_000, "b a " * 100_000)
    assert sum(len(piece.text.split()) for piece in pieces) <= 2 * differing_words.WORDS
    assert time.perf_counter() - start < 5


def browser_path() -> str | None:
    return os.environ.get("TOOLSMELL_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return Debian's Chromium under Playwright; without either, these tests are skipped."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed (extra `test`)")
    path = browser_path()
    if path is None:
        pytest.skip("Chromium is not installed: `apt-get install chromium`")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Return what opens a page in a browser; its requests and complaints are lists on it."""
    contexts = []

    def opened(text: str, **options: Any) -> Any:
        path = tmp_path / "report.html"
        path.write_text(text, encoding="utf-8")
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.requests, page.complaints = [], []
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("dialog", lambda dialog: page.complaints.append(dialog.message))
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


def own_requests(page: Any) -> list[str]:
    return [url for url in page.requests if not url.startswith(("file:", "data:"))]


def shown_names(page: Any) -> list[str]:
    found: list[str] = page.eval_on_selector_all(
        "#heat tbody tr", "rows => rows.filter(r => !r.hidden).map(r => r.cells[0].textContent)"
    )
    return found


@pytest.mark.parametrize("run", ["plain_run", "hostile_run"])
def test_no_request_no_complaint_and_a_policy_that_holds(
    run: str, show: Open, render: Render, request: pytest.FixtureRequest
) -> None:
    page = show(render("html", request.getfixturevalue(run)))
    assert page.evaluate("document.documentElement.dataset.ready") == "1"
    assert own_requests(page) == []
    assert page.complaints == []
    assert page.evaluate("document.querySelectorAll('img, iframe, object, form').length") == 0
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=\"http://127.0.0.1:9/x\">')")
    page.evaluate(
        "{ const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s) }"
    )
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None, "the policy refuses scripts of others"
    assert any("Content Security Policy" in text for text in page.complaints)


def test_without_scripts_all_is_read(plain_run: StoredReport, show: Open, render: Render) -> None:
    page = show(render("html", plain_run), java_script_enabled=False)
    text = page.inner_text("body")
    for name in ("get_forecast", "get_alerts", "list_stations"):
        assert name in text
    assert not page.is_visible("#filter"), "what needs a script is not shown"
    page.click("summary >> nth=0")


def test_sorting_filtering_and_the_keyboard(plain_run: StoredReport, show: Open, render: Render) -> None:
    page = show(render("html", plain_run))
    assert shown_names(page)[0] == "get_forecast"
    page.focus("#heat thead th:nth-child(3) button")
    page.keyboard.press("Enter")
    assert page.get_attribute("#heat thead th:nth-child(3)", "aria-sort") == "ascending"
    page.keyboard.press("Enter")
    assert page.get_attribute("#heat thead th:nth-child(3)", "aria-sort") == "descending"
    assert shown_names(page)[0] == "list_stations", "the best comes first, tools without a score last"
    page.fill("#filter", "forecast")
    page.get_by_text("1 of 5 tools", exact=True).wait_for()
    assert shown_names(page) == ["get_forecast"]
    page.fill("#filter", "")
    page.get_by_text("5 of 5 tools", exact=True).wait_for()
    page.focus("#smelly")
    page.keyboard.press("Space")
    assert shown_names(page) == ["get_forecast"]
    page.focus("#open")
    page.keyboard.press("Enter")
    assert page.evaluate("Array.from(document.querySelectorAll('details')).every(d => d.open)")


def test_a_large_table_shows_its_rows_when_asked(samples: Any, show: Open, render: Render) -> None:
    text = render("html", run_of(samples, *(samples.tool(i, f"tool_{i}", [3] * 6) for i in range(html.NEAR + 50))))
    assert text.count('<tr><th scope="row">tool_') >= html.NEAR + 50, "all rows are there without scripts"
    page = show(text)
    assert len(shown_names(page)) == html.NEAR
    page.click("#more")
    assert len(shown_names(page)) == html.NEAR + 50
    assert page.is_hidden("#more")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(scheme: str, samples: Any, plain_run: StoredReport, show: Open, render: Render) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed (extra `test`)")
    old = samples.tool(0, "get_forecast", [1] * 6)._replace(reading=reading("Get it."))
    summary = plain_run.summary._replace(changes=since("Get a ship.", "Get one ship."))
    plain_run = plain_run._replace(summary=summary)
    page = show(render("html", plain_run, Style(base=run_of(samples, old))), color_scheme=scheme, bypass_csp=True)
    page.click("#open")
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.slow
def test_ten_thousand_tools_are_interactive_within_three_seconds(samples: Any, show: Open, render: Render) -> None:
    smell = samples.smell(1, "unclear-purpose")
    tools = (samples.tool(i, f"tool_{i}", [1 + i % 5] * 6, smell, tokens=100 + i % 900) for i in range(10_000))
    text = render("html", run_of(samples, *tools))
    assert len(text) < html.LARGEST / 2
    page = show("<p>warm</p>")
    took = []
    for _ in range(3):
        start = time.perf_counter()
        page = show(text)
        page.wait_for_selector("html[data-ready='1']", state="attached")
        page.fill("#filter", "tool_9999")
        page.get_by_text("1 of 10000 tools", exact=True).wait_for()
        took.append(time.perf_counter() - start)
    assert min(took) < 3, took
