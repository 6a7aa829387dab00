"""A survey's summary as text, Markdown or JSON (`toolsmell.survey.report/v1`: keys are added, never renamed)."""

import json
from collections.abc import Iterator, Sequence

from toolsmell.escape import shown
from toolsmell.survey.summary import Share, SurveySummary

SCHEMA = "toolsmell.survey.report/v1"
_BAR = 40
_ROWS = 15


def as_json(summary: SurveySummary) -> str:
    """Return the summary as JSON."""
    return json.dumps({"schema": SCHEMA, **_plain(summary)}, indent=2)


def _plain(summary: SurveySummary) -> dict[str, object]:
    values = summary._asdict()
    values["smelly"] = summary.smelly._asdict()
    values["smells"] = [share._asdict() for share in summary.smells]
    values["names"] = [name._asdict() for name in summary.names]
    values["rules"] = [{"rule": rule, "findings": n, "servers": servers} for rule, n, servers in summary.rules]
    values["change"] = summary.change._asdict() if summary.change else None
    return values


class Table:
    """A titled table: a line of headings, and rows of the same length."""

    def __init__(self, title: str, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        self.title = title
        self.headings = headings
        self.rows = [[shown(str(cell)) for cell in row] for row in rows]

    def text(self) -> Iterator[str]:
        """Yield the lines for a terminal: the first column is text, the others are figures."""
        yield ""
        yield self.title
        widths = [max(len(row[i]) for row in [self.headings, *self.rows]) for i in range(len(self.headings))]
        for row in [self.headings, *self.rows]:
            cells = zip(row, widths, self.headings, strict=True)
            shown_ = [c.ljust(w) if n == 0 or not h else c.rjust(w) for n, (c, w, h) in enumerate(cells)]
            yield f"  {'  '.join(shown_)}".rstrip()

    def markdown(self) -> Iterator[str]:
        """Yield the lines of a Markdown table."""
        yield ""
        yield f"## {self.title}"
        yield ""
        for number, row in enumerate([self.headings, *self.rows]):
            cells = [str(cell).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;") for cell in row]
            yield f"| {' | '.join(cells)} |"
            if number == 0:
                yield f"|{'---|' * len(self.headings)}"


def as_text(summary: SurveySummary) -> str:
    """Return the summary for a terminal."""
    lines = [_headline(summary)]
    for table in _tables(summary):
        lines.extend(table.text())
    return "\n".join(lines)


def as_markdown(summary: SurveySummary) -> str:
    """Return the summary as Markdown."""
    lines = ["# Survey", "", _headline(summary)]
    for table in _tables(summary):
        lines.extend(table.markdown())
    return "\n".join(lines)


_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
table { border-collapse: collapse; margin: 2rem 0; width: 100%; }
caption { text-align: left; font-weight: 600; padding-bottom: .5rem; }
th, td { border-bottom: 1px solid #8886; padding: .25rem .5rem; text-align: right; overflow-wrap: anywhere; }
th:first-child { text-align: left; font-weight: 400; }
thead th { font-weight: 600; }
"""


def as_html(summary: SurveySummary) -> str:
    """Return the summary as one HTML page: no script, no request."""
    from base64 import b64encode
    from hashlib import sha256
    from pathlib import Path

    from jinja2 import Environment

    page = Environment(autoescape=True, trim_blocks=True).from_string(
        Path(__file__).with_name("page.html.j2").read_text(encoding="utf-8")
    )
    style_hash = b64encode(sha256(_STYLE.encode()).digest()).decode()
    return page.render(style=_STYLE, style_hash=style_hash, headline=_headline(summary), tables=list(_tables(summary)))


def _headline(summary: SurveySummary) -> str:
    mean = (
        "no tool is scored" if summary.overall_mean is None else f"mean overall score {summary.overall_mean:g} of 100"
    )
    status = ", ".join(f"{count:,} {name}" for name, count in sorted(summary.status.items()))
    day = f"{summary.date}: " if summary.date else ""
    return f"{day}{summary.servers:,} servers ({status}), {summary.tools:,} tools, {mean}"


def _tables(summary: SurveySummary) -> Iterator[Table]:
    yield Table(
        "Smells (share of tools, 95 % interval by bootstrap over servers)",
        ("component", "tools", "share", "interval"),
        [_share(share) for share in (summary.smelly, *summary.smells)],
    )
    most = max((*summary.overall, 1))
    yield Table(
        "Overall score",
        ("score", "tools", ""),
        [(f"{i * 10}-{i * 10 + 10}", f"{n:,}", "#" * round(_BAR * n / most)) for i, n in enumerate(summary.overall)],
    )
    yield Table("Tokens of a tool", ("", "tokens"), [(name, f"{value:,}") for name, value in summary.tokens.items()])
    yield Table(
        "Findings", ("rule", "findings", "servers"), [(r, f"{n:,}", f"{s:,}") for r, n, s in summary.rules[:_ROWS]]
    )
    if summary.names:
        yield Table(
            "Names that several servers use for different tools",
            ("name", "servers", "definitions"),
            [(n.name, n.servers, n.definitions) for n in summary.names[:_ROWS]],
        )
    if summary.duplicates:
        yield Table(
            "Tools with nearly the same description",
            ("tools", "count"),
            [
                (", ".join(names[:5]) + (" ..." if len(names) > 5 else ""), len(names))
                for names in summary.duplicates[:_ROWS]
            ],
        )
    if change := summary.change:
        yield Table(
            "Changes",
            ("", ""),
            [
                ("servers added", change.servers_added),
                ("servers removed", change.servers_removed),
                ("servers changed", change.servers_changed),
                ("mean overall of the servers in both, before", _known(change.overall_before)),
                ("mean overall of the servers in both, after", _known(change.overall_after)),
            ],
        )


def _share(share: Share) -> tuple[str, str, str, str]:
    return share.name, f"{share.tools:,}", f"{share.share:.1%}", f"{share.low:.1%} to {share.high:.1%}"


def _known(value: float | None) -> str:
    return "-" if value is None else f"{value:g}"
