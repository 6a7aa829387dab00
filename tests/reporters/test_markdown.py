"""The comment for a pull request, rendered by GitHub's own parser."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import cmarkgfm  # type: ignore[import-untyped, unused-ignore]
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from toolsmell.escape import visible
from toolsmell.model import Severity, Summary
from toolsmell.reporters import Style
from toolsmell.reporters.parts.gfm import LONGEST, code, prose
from toolsmell.reporters.parts.stored import StoredReport

Render = Callable[..., str]

OURS = {
    "p",
    "h2",
    "h3",
    "ul",
    "li",
    "code",
    "strong",
    "details",
    "summary",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}


class Page(HTMLParser):
    """The tags and the pieces of text of a page."""

    def __init__(self, markdown: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.feed(cmarkgfm.github_flavored_markdown_to_html(markdown, cmarkgfm.Options.CMARK_OPT_UNSAFE))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def hostile_markdown() -> st.SearchStrategy[str]:
    pieces = [
        "`",
        "**",
        "_",
        "[a](http://x)",
        "![i](x)",
        "<b>",
        "</code>",
        "<!--",
        "|",
        "#",
        "@user",
        "#12",
        "GH-12",
        "www.x.org",
        "https://x.org",
        "a@b.org",
        "&lt;",
        "&#64;",
        "\\",
        "~~",
        "$x$",
        "-",
        "1.",
        ":",
        "org/r#1",
        "xmpp:a@b",
        "a",
        "``",
        "```",
        "\u202e",
        "�",
    ]
    pieces += [" ", "\n", "\n# h\n", "\n- i"]
    return st.lists(st.sampled_from(pieces) | st.text(max_size=5), max_size=8).map("".join)


@given(hostile_markdown())
@example("@user_www.x.org")
def test_text_stays_text(text: str) -> None:
    for write, tags in ((prose, ["p"]), (code, ["p", "code"])):
        page = Page(f"a {write(text)} z")
        assert page.tags == tags
        assert " ".join("".join(page.texts).split()) == " ".join(f"a {visible(text)} z".split())
    # GitHub looks at each piece of text by itself, except in code.
    for piece in Page(f"a {prose(text)} z").texts:
        assert not re.search(r"[@#]\w|\bgh-\d", piece, re.IGNORECASE)


@given(hostile_markdown())
def test_text_stays_in_its_cell(text: str) -> None:
    page = Page(f"| a | b |\n|---|---|\n| {code(text)} | end |")
    assert page.tags.count("td") == 2
    assert page.texts[-2:-1] == ["end"] or "end" in page.texts


def test_long_text_is_cut() -> None:
    assert len(prose("n" * 1_000_000)) == LONGEST


def test_a_hostile_run_adds_nothing_of_its_own(hostile_run: StoredReport, render: Render) -> None:
    page = Page(render("markdown", hostile_run))
    assert set(page.tags) <= OURS
    assert page.tags.count("h2") == 1


def test_it_fits_into_a_comment(samples: Any, render: Render) -> None:
    worst = samples.finding("r", Severity.ERROR, "|" * 5_000, location=samples.at(1, 1, "|" * 5_000))
    tools = [samples.tool(i, "|" * 5_000, [1] * 6, worst) for i in range(200)]
    report = StoredReport(samples.RUN, (samples.server("s", *tools),), (), Summary(1, tools=200, errors=200))
    text = render("markdown", report)
    assert len(text) < 65_536
    assert re.search(r"- and \d+ more", text)


@pytest.fixture
def compared(plain_run: StoredReport, samples: Any, render: Render) -> str:
    """The plain run, changed, and compared with what it was."""
    weather, broken = plain_run.servers
    forecast, alerts, *others = weather.tools
    better = samples.tool(0, "get_forecast", [4, 4, 1, 3, 1, 2], *forecast.findings[2:], tokens=90)
    worse = samples.tool(1, "get_alerts", [4, 3, 3, None, 3, 3], *alerts.findings, tokens=1_310)
    hit = samples.finding("name-restated", Severity.WARNING, "restates its name", location=samples.at(70, 3))
    new = samples.tool(4, "get_tides", [3] * 6, hit)
    changed = weather._replace(tools=(new, worse, better, *others[:2]))
    run = plain_run._replace(servers=(changed, broken))
    return render("markdown", run, Style(base=plain_run))


def section(text: str, title: str) -> str:
    return text.partition(f"### {title}\n\n")[2].partition("\n\n")[0]


def test_it_says_what_changed(compared: str) -> None:
    assert "Tokens: 1,790 before, 1,760 now (-30)." in compared
    assert section(compared, "Better") == (
        "- <code>get_forecast</code>: overall 17 → 38, purpose 2 → 4, usage 1 → 4, -30 tokens"
    )
    assert section(compared, "Worse") == "- <code>get_alerts</code>: overall 60 → 55, completeness 4 → 3"
    assert len(section(compared, "New findings").splitlines()) == 1
    assert "get_tides</code>: restates its name" in section(compared, "New findings")
    assert len(section(compared, "Findings that are gone").splitlines()) == 3
    assert section(compared, "New tools") == "- <code>get_tides</code> of <code>weather</code>, 120 tokens"
    assert section(compared, "Tools that are gone").startswith("- <code>&#35;<!-- -->4</code>")


def test_of_equal_findings_only_what_is_more_is_new(samples: Any, render: Render) -> None:
    hit = samples.finding("r", Severity.WARNING, "is wrong")

    def run(times: int) -> StoredReport:
        report = samples.server("s", samples.tool(0, "t", [4] * 6, *[hit] * times))
        return StoredReport(samples.RUN, (report,), (), Summary())

    assert len(section(render("markdown", run(3), Style(base=run(1))), "New findings").splitlines()) == 2
    assert len(section(render("markdown", run(1), Style(base=run(3))), "Findings that are gone").splitlines()) == 2


def test_servers_with_one_key_are_told_apart(samples: Any, render: Render) -> None:
    hit = samples.finding("r", Severity.WARNING, "is wrong")
    servers = tuple(samples.server("tools", samples.tool(0, name, [4] * 6, hit)) for name in ("a", "b"))
    run = StoredReport(samples.RUN, servers, (), Summary())
    assert "No finding and no score changed." in render("markdown", run, Style(base=run))


def test_without_a_change_it_says_so(plain_run: StoredReport, render: Render) -> None:
    text = render("markdown", plain_run, Style(base=plain_run))
    assert "No finding and no score changed." in text
    assert "### New" not in text


def test_scores_of_another_rubric_are_not_compared(plain_run: StoredReport, render: Render) -> None:
    other = plain_run._replace(run=plain_run.run._replace(rubric_fingerprint="fedcba9876543210"))
    text = render("markdown", plain_run, Style(base=other))
    assert "Scores are not compared" in text
    assert "### Better" not in text


def test_it_is_the_same_from_run_to_run(plain_run: StoredReport, render: Render) -> None:
    assert render("markdown", plain_run) == render("markdown", plain_run)
    assert render("markdown", plain_run).startswith("<!-- toolsmell report -->\n")


def test_what_several_tools_have_is_said_once(samples: Any, render: Render) -> None:
    def hit(message: str, line: int) -> Any:
        return samples.finding("untyped", Severity.WARNING, message, location=samples.at(line, 1))

    tools = [samples.tool(i, f"t{i}", [4] * 6, hit("has no type", i + 1)) for i in range(7)]
    tools.append(samples.tool(7, "t7", [4] * 6, samples.finding("other", Severity.ERROR, "is wrong")))
    run = StoredReport(samples.RUN, (samples.server("s", *tools),), (), Summary(1, tools=8))
    first, *untyped = section(render("markdown", run), "Findings").splitlines()
    assert first == "- **error** <code>t7</code>: is wrong (<code>other</code>)"
    assert untyped[0] == "- warning <code>untyped</code>, 7 times"
    assert untyped[1].startswith("  - has no type: <code>t0</code> (<code>weather.json:1</code>), <code>t1</code>")
    assert untyped[2:] == ["  - and 2 more"]


def test_smells_stand_in_the_table_of_scores(samples: Any, render: Render) -> None:
    smell = samples.smell(1, "unstated-limitations", "unclear-purpose")
    run = StoredReport(
        samples.RUN, (samples.server("s", samples.tool(0, "t", [2, 3, 1, None, 5, 4], smell)),), (), Summary(1, tools=1)
    )
    text = render("markdown", run)
    assert "### Findings" not in text
    assert "| **2** | 3 | **1** | - | 5 | 4 |" in text
