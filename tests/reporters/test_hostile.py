"""Whatever a server sends, every reporter shows it: mutated manifests through scan and all formats."""

import json
from collections.abc import Callable
from typing import Any
from unicodedata import category

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolsmell import app
from toolsmell.model import Manifest, Provenance, Tool
from toolsmell.project.tally import Tally
from toolsmell.reporters import REPORTERS
from toolsmell.reporters.parts.stored import StoredReport, read_report

Render = Callable[..., str]

texts = st.text(st.characters(codec=None), max_size=40) | st.sampled_from(
    [
        "::error::x",
        "##[add-mask]x",
        "a\nb",
        "\x1b[2J",
        "</script>",
        "\u202e",
        "\ud800",
        "%0A::",
        "`" * 5,
        "|",
        "",
        " ",
    ]
)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | texts
names = texts | st.sampled_from(
    ["type", "properties", "required", "description", "enum", "items", "$ref", "default", "anyOf", "title"]
)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=4),
    max_leaves=8,
)
schemas = st.fixed_dictionaries(
    {
        "type": anything | st.just("object"),
        "properties": anything | st.dictionaries(texts, anything, max_size=4),
    },
    optional={"required": anything, "$ref": texts, "$schema": texts, "$defs": anything},
)
tools = anything | st.fixed_dictionaries(
    {"name": texts | anything, "description": texts | anything},
    optional={
        "inputSchema": schemas | anything,
        "annotations": anything,
        "outputSchema": anything,
        "title": anything,
    },
)


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(listed=st.lists(tools, max_size=6), key=texts, instructions=st.none() | texts)
def test_any_manifest_in_any_format(listed: list[Any], key: str, instructions: str | None, render: Render) -> None:
    manifest = Manifest(
        key=key,
        source=key,
        provenance=Provenance.WIRE,
        tools=tuple(Tool(i, raw) for i, raw in enumerate(listed)),
        instructions=instructions,
        notes=(key,),
    )
    options = app.default_options()
    (report,) = app.scan([manifest], options)
    tally = Tally()
    tally.add(report)
    run = StoredReport(options.run_info(), (report,), (), tally.summary())
    for format_ in REPORTERS:
        shown = render(format_, run)
        assert_harmless(format_, shown)
    text = render("json", run)
    json.loads(text)
    assert render("json", read_report(text.encode(), "r.json")) == text


def assert_harmless(format_: str, shown: str) -> None:
    acting = {"Cc", "Cs", "Zl", "Zp"}
    assert not [c for c in set(shown) - {"\n"} if category(c) in acting or c in "\u200b\u202e\u2066"], format_
    for line in shown.split("\n"):
        assert not line.lstrip().startswith("::") or format_ == "github", format_
        assert "##[" not in line or format_ == "github", format_
