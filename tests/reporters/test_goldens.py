"""Every format shows an ordinary run and a hostile one exactly as stored."""

import re
from collections.abc import Callable

import pytest

from toolsmell.reporters import REPORTERS, Style
from toolsmell.reporters.parts.stored import StoredReport


def stable(format_: str, text: str) -> str:
    """Take out the documentation of rules, which changes with them."""
    return re.sub(r'"rules": \[.*\n', '"rules": [...]\n', text) if format_ == "sarif" else text


@pytest.fixture(autouse=True)
def one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let badges be of one date."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")


@pytest.mark.parametrize("format_", REPORTERS)
def test_plain_run(
    format_: str, plain_run: StoredReport, render: Callable[..., str], golden: Callable[[str, str], None]
) -> None:
    golden(f"plain.{format_}", stable(format_, render(format_, plain_run)))


@pytest.mark.parametrize("format_", REPORTERS)
def test_hostile_run(
    format_: str, hostile_run: StoredReport, render: Callable[..., str], golden: Callable[[str, str], None]
) -> None:
    golden(f"hostile.{format_}", stable(format_, render(format_, hostile_run)))


@pytest.mark.parametrize(
    ("name", "style"),
    [
        ("narrow", Style(width=70)),
        ("quiet", Style(quiet=True)),
        ("verbose", Style(verbose=True)),
        ("statistics", Style(statistics=True)),
        ("color", Style(color=True)),
    ],
)
def test_styles_of_text(
    name: str,
    style: Style,
    plain_run: StoredReport,
    render: Callable[..., str],
    golden: Callable[[str, str], None],
) -> None:
    golden(f"plain-{name}.text", render("text", plain_run, style))
