"""The code of a tool as text for a model: numbered lines within a budget, and what was left out."""

from pathlib import Path

from tests.evidence.code.following import followed
from toolsmell import tokens
from toolsmell.evidence.code.shown import fact_lines, slices
from toolsmell.model.implementation import FactKind, Implementation

PADDING = "\n".join(f"    value = table[{number}] + compute(value, {number})" for number in range(400))
CODE = f"""
from mcp.server.fastmcp import FastMCP
mcp = FastMCP("demo")

def plain(value):
{PADDING}
    return value

def checked(limit):
    if limit > 50:
        raise ValueError("limit must be at most 50")
    return limit

@mcp.tool()
def search(query: str, limit: int) -> str:
    return plain(query)[: checked(limit)]
"""


def search(folder: Path) -> Implementation:
    return followed(folder, {"server.py": CODE})["search"]


def test_the_least_relevant_functions_are_left_out_by_name(tmp_path: Path) -> None:
    code = search(tmp_path)
    text = slices(code, budget=300)
    assert tokens.ESTIMATE.tokens(text) <= 330
    assert "| def search(query: str, limit: int) -> str:" in text
    assert "|     if limit > 50:" in text
    assert text.endswith("Not shown, because they matter least: plain")


def test_lines_have_the_numbers_of_their_file(tmp_path: Path) -> None:
    numbered = dict(line.split("| ", 1) for line in slices(search(tmp_path)).splitlines() if "| " in line)
    written = (tmp_path / "server.py").read_text(encoding="utf-8").splitlines()
    assert all(written[int(number) - 1] == line for number, line in numbered.items())


def test_each_fact_is_a_line_that_begins_with_its_citation(tmp_path: Path) -> None:
    code = search(tmp_path)
    (bound,) = code.facts
    said = '`limit` is at most 50; anything else fails with "limit must be at most 50"'
    assert list(fact_lines(code)) == [f"{bound.citation}: {said}"]


def test_effects_of_javascript_are_neither_shown_nor_cited_because_too_few_were_true(tmp_path: Path) -> None:
    package = '{"name": "demo", "dependencies": {"@modelcontextprotocol/sdk": "1.20.0"}}'
    code = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import fs from "node:fs";
import { z } from "zod";
const server = new McpServer({ name: "demo", version: "1" });
server.tool("clear", "Clears a page.", { path: z.string() }, async ({ path }) => {
  fs.rmSync(path);
  return { content: [] };
});
"""
    found = followed(tmp_path, {"package.json": package, "index.js": code})["clear"]
    (effect,) = found.of(FactKind.EFFECT)
    assert effect.off
    assert not [line for line in fact_lines(found) if "deletes" in line]
