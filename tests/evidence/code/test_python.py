"""The code of tools in Python: handlers, the functions that they reach, and facts."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.evidence.code.following import facts, followed
from toolsmell.model.implementation import CodeEffect, Doubt, FactKind

LOW = """
from mcp.server import Server
from mcp.types import Tool
app = Server("low")
PROPERTIES = {"path": {"type": "string"}, "mode": {"type": "string"}}

@app.list_tools()
async def list_tools():
    return [
        Tool(name="look", description="Look", inputSchema={"type": "object", "properties": PROPERTIES}),
        Tool(name="list", description="List", inputSchema={"type": "object", "properties": PROPERTIES}),
    ]

def look(path, mode="plain"):
    if mode not in ("plain", "hex"):
        raise ValueError("mode must be plain or hex")
    return open(path).read()
"""

DISPATCHERS = {
    "if": """
@app.call_tool()
async def call_tool(name, arguments):
    if name == "look":
        return look(arguments["path"], arguments.get("mode"))
    if name == "list":
        return []
    raise ValueError(name)
""",
    "match": """
@app.call_tool()
async def call_tool(name, arguments):
    match name:
        case "look":
            return look(arguments["path"], arguments.get("mode"))
        case _:
            return []
""",
    "map": """
async def run_look(arguments):
    return look(**arguments)
HANDLERS = {"look": run_look, "list": None}
@app.call_tool()
async def call_tool(name, arguments):
    return await HANDLERS[name](arguments)
""",
    "assigned": """
HANDLERS = {}
HANDLERS["look"] = lambda arguments: look(arguments["path"], arguments["mode"])
@app.call_tool()
async def call_tool(name, arguments):
    return HANDLERS[name](arguments)
""",
}


@pytest.mark.parametrize("form", DISPATCHERS)
def test_a_dispatcher_leads_to_the_code_of_each_tool(tmp_path: Path, form: str) -> None:
    found = followed(tmp_path, {"server.py": LOW + DISPATCHERS[form]})
    assert facts(found["look"], FactKind.ENUM) == [("mode", "in", ("plain", "hex"), "rejected")]
    assert found["list"].of(FactKind.ENUM) == ()


FAST = """
import httpx, json
from mcp.server.fastmcp import FastMCP
from api import Client
mcp = FastMCP("demo")
client = Client("http://x")

@mcp.tool()
async def search(query: str, limit: int = 100, kind: str = "", verbose: bool = False) -> str:
    limit = min(limit, 200)
    return json.dumps(await client.search(query, limit, kind=kind or None))

@mcp.tool()
async def remove(id: str, confirm: bool = False):
    if not confirm:
        return "would remove"
    await client.remove(id)
    return {"removed": id, "ok": True}
"""

API = '''
import httpx
KINDS = ("paper", "book")

class Client:
    def __init__(self, base):
        self.http = httpx.AsyncClient(base_url=base)

    async def search(self, query, limit, kind=None):
        """Search.

        Args:
            query: Words to look for; phrases in double quotes.
        """
        if limit < 1 or limit > 50:
            raise ValueError(f"limit must be between 1 and 50, got {limit}")
        if kind and kind not in KINDS:
            raise ValueError("unknown kind")
        got = await self.http.get("/s", params={"q": query, "per_page": 25})
        return {"hits": got.json(), "total": 3}

    async def remove(self, id):
        return await self._send("DELETE", id)

    async def _send(self, verb, id):
        if verb == "POST":
            return await self.http.post("/x")
        return await self.http.request(verb, "/x/" + id)
'''


def test_facts_come_from_the_functions_that_a_handler_reaches_with_their_way(tmp_path: Path) -> None:
    search = followed(tmp_path, {"server.py": FAST, "api.py": API})["search"]
    assert facts(search, FactKind.BOUND) == [
        ("limit", "<=", (200,), "limited"),
        ("limit", ">=", (1,), "rejected"),
        ("limit", "<=", (50,), "rejected"),
    ]
    assert facts(search, FactKind.ENUM) == [("kind", "in", ("paper", "book"), "rejected")]
    (keys,) = search.of(FactKind.RESULT)
    assert keys.values == ("hits", "total")
    bound = search.of(FactKind.BOUND)[1]
    assert bound.message == "limit must be between 1 and 50, got …"
    assert bound.way[0].function == "Client.search"
    assert bound.way[0].arguments == {"query": "query", "limit": "limit", "kind": "kind"}
    assert bound.citation.startswith(f"code:{bound.lines.file}:15-16@")
    (words,) = search.of(FactKind.DOCUMENTATION)
    assert (words.parameter, words.message) == ("query", "Words to look for; phrases in double quotes.")


def test_a_parameter_that_nothing_reads_is_unused(tmp_path: Path) -> None:
    found = followed(tmp_path, {"server.py": FAST, "api.py": API})
    assert [one.parameter for one in found["search"].unused] == ["verbose"]
    assert found["remove"].unused == ()


def test_an_effect_keeps_the_condition_around_the_call_and_the_branch_that_the_call_takes(tmp_path: Path) -> None:
    remove = followed(tmp_path, {"server.py": FAST, "api.py": API})["remove"]
    (effect,) = remove.of(FactKind.EFFECT)
    assert effect.effect is CodeEffect.DELETES_REMOTE
    assert effect.conditions[0].text == "not confirm"
    assert not effect.conditions[0].holds


SWALLOWING = """
from mcp.server.fastmcp import FastMCP
mcp = FastMCP("demo")
def telemetry(function):
    return function
{decorator}
def search({parameters}) -> str:
    return {body}
"""


@pytest.mark.parametrize(
    ("decorator", "parameters", "body", "doubt"),
    [
        ("@mcp.tool()\n@telemetry", "query: str, reason: str", "query", Doubt.DECORATED),
        ("@mcp.tool()", "query: str, reason: str, **kwargs", "query", Doubt.CATCH_ALL),
        ("@mcp.tool()", "query: str, reason: str", "locals()", None),
    ],
)
def test_nothing_is_unused_if_the_arguments_may_be_read_elsewhere(
    tmp_path: Path, decorator: str, parameters: str, body: str, doubt: Doubt | None
) -> None:
    code = SWALLOWING.format(decorator=decorator, parameters=parameters, body=body)
    search = followed(tmp_path, {"server.py": code})["search"]
    assert search.unused == ()
    assert doubt is None or doubt in {one.doubt for one in search.abstained}


def test_arguments_are_found_inside_of_a_request(tmp_path: Path) -> None:
    handler = """
async def call_tool(context, params):
    if params.name == "look":
        options = Options(**(params.arguments or {}))
        return look(options.path, options.mode)
    if params.name == "list":
        return Options(**(params.arguments or {})).path
"""
    found = followed(tmp_path, {"server.py": LOW + handler})
    assert facts(found["look"], FactKind.ENUM) == [("mode", "in", ("plain", "hex"), "rejected")]
    assert [one.parameter for one in found["list"].unused] == ["mode"]


def test_the_method_that_runs_the_server_is_no_handler(tmp_path: Path) -> None:
    code = """
from mcp.types import Tool
class Records:
    def tools(self):
        return [Tool(name="look", description="Look", inputSchema={"type": "object", "properties": {"path": {}}})]
    async def run(self):
        await self.serve()
"""
    look = followed(tmp_path, {"server.py": code})["look"]
    assert look.functions == ()
    assert look.unused == ()


def test_a_call_of_another_tool_is_a_fact_and_what_that_one_calls_is_its_own(tmp_path: Path) -> None:
    code = """
from mcp.server.fastmcp import FastMCP
mcp = FastMCP("demo")
@mcp.tool()
def third() -> int:
    return 3
@mcp.tool()
def second() -> int:
    return third()
@mcp.tool()
def first() -> int:
    return second()
"""
    found = followed(tmp_path, {"server.py": code})
    assert [fact.name for fact in found["first"].of(FactKind.SIBLING)] == ["second"]


UNTRUE = {
    "an error that the caller keeps to itself": ("query: str", "try:\n        check(query)\n    except Exception:\n        pass"),
    "a divisor": ("limit: int", "share = 10 / max(limit, 1)"),
    "a log": ("limit: int", 'logger.info("searching", limit=25, order=limit or 10)'),
    "a value that follows from another one": (
        "limit: int, query: str", "if limit is None and query:\n        limit = best(query)\n    limit = limit or 5"
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", UNTRUE)
def test_what_is_not_true_of_the_tool_is_no_fact(tmp_path: Path, case: str) -> None:
    parameters, body = UNTRUE[case]
    code = f"""
from mcp.server.fastmcp import FastMCP
mcp = FastMCP("demo")
def check(query):
    if len(query) > 5:
        raise ValueError("query is too long")
@mcp.tool()
def search({parameters}) -> int:
    {body}
    return 3
"""
    search = followed(tmp_path, {"server.py": code})["search"]
    kinds = (FactKind.BOUND, FactKind.DEFAULT, FactKind.CONSTANT, FactKind.GUARD, FactKind.FAILURE)
    assert facts(search, *kinds) == []


def test_a_dispatcher_in_the_file_of_the_tool_comes_first(tmp_path: Path) -> None:
    other = LOW + DISPATCHERS["if"].replace('look(arguments["path"], arguments.get("mode"))', "None")
    found = followed(tmp_path, {"a/server.py": other, "b/server.py": LOW + DISPATCHERS["if"], "pyproject.toml": ""})
    assert facts(found["look"], FactKind.ENUM) == [("mode", "in", ("plain", "hex"), "rejected")]


TESTS = {
    "tests/test_search.py": """
import pytest
async def test_search(client):
    await client.call_tool("search", {"query": "tides of Ostend", "limit": 5, "verbose": True})
    await client.call_tool(name="search", arguments={"query": "harbour masters"})
async def test_search_rejects_a_limit(client):
    await client.call_tool("search", {"query": "x", "limit": 500})
async def test_more(client):
    with pytest.raises(ValueError):
        await client.call_tool("search", {"query": "quays", "limit": 501})
""",
    "tests/search.test.ts": """
it("searches", async () => {
  await client.callTool({ name: "search", arguments: { query: "piers", limit: 7 } });
});
""",
}


def test_arguments_that_tests_pass_are_examples(tmp_path: Path) -> None:
    search = followed(tmp_path, {"server.py": FAST, "api.py": API, **TESTS})["search"]
    assert [(fact.parameter, fact.values[0]) for fact in search.of(FactKind.EXAMPLE)] == [
        ("query", "piers"),
        ("limit", 7),
        ("query", "tides of Ostend"),
        ("limit", 5),
    ]
    assert len({fact.id for fact in search.facts}) == len(search.facts)


NESTED = {
    "negations": "    if " + "not " * 3_000 + "limit:\n        raise ValueError('no limit')\n    return query",
    "brackets": "    return " + "(" * 4_000 + "query" + ")" * 4_000,
    "alternatives": "    if "
    + " or ".join(f"limit == {n}" for n in range(4_000))
    + ":\n        return 1\n    return query",
    "calls": "    return " + " + ".join(["search(query, limit)"] * 4_000),
}


@pytest.mark.parametrize("case", NESTED)
def test_code_that_is_nested_beyond_reason_ends_in_doubt_not_in_a_crash(tmp_path: Path, case: str) -> None:
    code = f"""
from mcp.server.fastmcp import FastMCP
mcp = FastMCP("demo")
@mcp.tool()
def search(query: str, limit: int) -> str:
{NESTED[case]}
"""
    search = followed(tmp_path, {"server.py": code})["search"]
    assert search.unused == ()


def test_indentation_beyond_what_python_runs_is_not_parsed(tmp_path: Path) -> None:
    lines = [f"{' ' * level}if limit > {level}:" for level in range(1, 700)]
    body = "\n".join([*lines, " " * 700 + "raise ValueError('no limit')"])
    code = (
        f"from mcp.server.fastmcp import FastMCP\nmcp = FastMCP('demo')\n@mcp.tool()\ndef search(limit: int):\n{body}\n"
    )
    (tmp_path / "server.py").write_text(code, encoding="utf-8")
    command = [sys.executable, "-m", "toolsmell", "scan", str(tmp_path / "server.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "cannot be parsed" in done.stdout + done.stderr


def test_tools_that_were_listed_are_placed_on_their_code(tmp_path: Path) -> None:
    properties = {"query": {"type": "string"}, "limit": {"type": "integer"}, "verbose": {"type": "boolean"}}
    tool = {"name": "search", "description": "", "inputSchema": {"type": "object", "properties": properties}}
    (tmp_path / "tools.json").write_text(json.dumps({"tools": [tool]}), encoding="utf-8")
    for name, text in {"server.py": FAST, "api.py": API}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    chosen = ["--select", "unused-parameter", "--format", "json", "--source", str(tmp_path)]
    command = [sys.executable, "-m", "toolsmell", "scan", str(tmp_path / "tools.json"), *chosen]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    (finding,) = json.loads(done.stdout)["servers"][0]["tools"][0]["findings"]
    assert finding["pointer"] == "/inputSchema/properties/verbose"
    assert finding["related"][0]["location"]["file"].endswith("server.py")


@pytest.mark.parametrize("name", ["", " ", "\\n", "look\\x00"])
def test_a_tool_with_a_strange_name_has_no_handler(tmp_path: Path, name: str) -> None:
    code = LOW.replace('name="look"', f'name="{name}"') + DISPATCHERS["if"]
    found = followed(tmp_path, {"server.py": code})
    assert all(one.functions == () for other, one in found.items() if other != "list")
