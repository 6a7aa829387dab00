"""Every way to make a tool that is known, in a fixture of its own; and what only looks like one."""

from pathlib import Path
from typing import Any

import pytest

from tests.sources.code.reading import FIXTURES, manifest_of
from toolsmell.errors import SourceError
from toolsmell.model import Provenance, Status
from toolsmell.sources.code import scan_file


def read(path: str) -> dict[str, Any]:
    (manifest,) = scan_file(FIXTURES / path)
    assert (manifest.provenance, manifest.status) == (Provenance.SOURCE, Status.COMPLETE)
    return {tool.name or "": tool for tool in manifest.tools}


def test_low_level_python() -> None:
    tools = read("python/lowlevel.py")
    assert list(tools) == ["open_valve", "close_valve", "list_valves", "count_valves", "raw"]
    assert tools["open_valve"].description == "Opens a valve, but only a little.\n\nClose it again."
    assert tools["open_valve"].input_schema == {
        "title": "Valve",
        "description": "A valve, by its number.",
        "type": "object",
        "properties": {
            "number": {"type": "integer", "title": "Number", "description": "Painted on the wheel.", "minimum": 1},
            "turns": {"type": "number", "title": "Turns", "default": 0.5},
        },
        "required": ["number"],
    }
    assert tools["close_valve"].description == "Closes a valve.\n  It takes a while."
    assert tools["close_valve"].input_schema["properties"]["number"]["description"] == "Which one."
    assert tools["close_valve"].annotations == {"readOnlyHint": False, "destructiveHint": False}
    assert tools["list_valves"].annotations == {"title": "List", "readOnlyHint": True}
    assert tools["count_valves"].unknown["description"] == "computed at run time: server.name"
    assert tools["raw"].raw["description"] == "A tool of a server without an SDK."


def test_functions_that_are_registered_by_a_call() -> None:
    tools = read("python/registered.py")
    described = {name: tool.description for name, tool in tools.items()}
    assert described == {
        "multiply": "Multiplies by two.",
        "sum": "Adds, with a name of its own.",
        "subtract": "Subtracts one.",
    }
    assert list(tools["multiply"].input_schema["properties"]) == ["a"]
    assert tools["sum"].input_schema["required"] == ["a"]


def test_typescript() -> None:
    (manifest,) = scan_file(FIXTURES / "typescript" / "server.ts")
    assert (manifest.name, manifest.instructions) == ("harbour", "Ask for a berth first.")
    berth, tug, tide, clock, late = manifest.tools
    assert berth.raw == {
        "name": "find_berth",
        "title": "From the default export",
        "description": "Finds a free berth, nearest first.",
        "inputSchema": {
            "type": "object",
            "properties": {
                "ship": {
                    "type": "object",
                    "properties": {
                        "name": {"type": "string", "description": "As painted on the bow."},
                        "length": {"type": "number", "description": "In metres."},
                    },
                    "required": ["name", "length"],
                },
                "from": {"type": "string", "description": "Day of arrival, such as 2026-05-01."},
                "to-day": {"type": "string"},
            },
            "required": ["ship", "from"],
        },
        "annotations": {"readOnlyHint": True, "openWorldHint": False},
    }
    assert (tug.name, tug.description) == ("order_tug", "Orders a tug for a ship.\n\nOnly in the harbour.")
    assert tug.annotations == {"destructiveHint": True}
    assert tug.raw["inputSchema"]["properties"]["ship"]["description"] == "As painted on the bow."
    assert (tide.description, tide.input_schema) == ("Gives the next high water.", {"type": "object", "properties": {}})
    assert (clock.name, clock.description) == ("clock", None)
    assert late.raw == {"name": "late"}
    assert set(late.unknown) == {"description", "inputSchema"}
    assert any("server.ts:39: a tool is made here whose name is computed" in note for note in manifest.notes)


def test_objects_in_a_handler() -> None:
    tools = read("javascript/lowlevel.cjs")
    assert list(tools) == ["ping", "echo", "zod"]
    assert tools["echo"].description == "Says again what it is told, word for word."
    assert tools["echo"].input_schema["properties"]["times/day"] == {"type": "integer", "minimum": 1, "default": -1}
    assert tools["zod"].description == 'Says it "twice"—at least.'
    assert tools["zod"].input_schema["properties"]["text"]["description"] == "What to say, in full."


def test_options_in_go() -> None:
    tools = read("go/options/main.go")
    assert tools["list_berths"].raw == {
        "name": "list_berths",
        "description": "Lists the berths of a quay, free ones first.",
        "inputSchema": {
            "type": "object",
            "properties": {
                "quay": {"type": "string", "description": "Letter of the quay.", "enum": ["A", "B"], "minLength": 1},
                "length": {
                    "type": "number",
                    "description": "Length of the ship in metres.",
                    "minimum": 2.5,
                    "default": 10,
                },
                "limit": {"type": "integer", "default": 20},
                "free_only": {"type": "boolean", "default": False},
                "tags": {"type": "array", "items": {"type": "string", "minLength": 2}, "maxItems": 3},
                "ship": {
                    "type": "object",
                    "properties": {"name": {"type": "string", "description": "As painted on the bow."}},
                },
            },
            "required": ["quay"],
        },
        "annotations": {
            "title": "List berths",
            "readOnlyHint": True,
            "destructiveHint": True,
            "idempotentHint": False,
            "openWorldHint": True,
        },
    }
    assert tools["sound_horn"].description == "Sounds the fog horn once a minute."
    assert tools["sound_horn"].input_schema == {"type": "object", "properties": {"seconds": {"type": "integer"}}}
    assert not tools["weigh_anchor"].known("description")
    assert not tools["weigh_anchor"].known("inputSchema")
    assert tools["pilot"].annotations == {"title": "Ask for a pilot", "openWorldHint": True}
    assert tools["pilot"].input_schema["required"] == ["at"]


def test_the_official_sdk_in_go() -> None:
    (manifest,) = scan_file(FIXTURES / "go" / "official" / "main.go")
    assert (manifest.name, manifest.instructions) == ("tides", "Ask for one port at a time.")
    tide, forecast, current, made = manifest.tools
    ship = {
        "type": "object",
        "properties": {
            "imo": {"type": "string", "description": "Number of the ship, seven digits."},
            "flag": {"type": "string"},
        },
        "required": ["imo"],
        "additionalProperties": False,
    }
    assert tide.input_schema == {
        "type": "object",
        "properties": {
            "port": {"type": "string", "description": "Name of the port, such as Brest."},
            "hours": {"type": "integer", "description": "How far to look ahead."},
            "exact": {"type": "boolean"},
            "stages": {"type": "array", "items": {"type": "string"}},
            "ship": ship,
        },
        "required": ["port", "stages", "ship"],
        "additionalProperties": False,
    }
    assert tide.annotations == {"readOnlyHint": True, "destructiveHint": False}
    assert forecast.description == "Gives the swell\nof the coming days."
    assert forecast.raw["inputSchema"]["properties"]["lang"]["description"] == "Language of the answer."
    assert forecast.raw["inputSchema"]["required"] == ["days"]
    assert current.raw["inputSchema"]["properties"]["depth"] == {"type": "number", "minimum": 0.0}
    assert made.input_schema == ship


NOT_TOOLS = {
    "agent_framework.py": (
        "from pydantic_ai import Agent\nagent = Agent('x')\n@agent.tool\ndef f(): ...\n@agent.tool_plain()\ndef g(): ...\n"
    ),
    "langchain.py": "from langchain_core.tools import tool\n@tool\ndef f(): ...\n@tool('x')\ndef g(): ...\n",
    "registry.py": "registry = ToolRegistry()\n@registry.tool()\ndef f(): ...\n",
    "other_tool_class.py": "from smolagents import Tool\nTool(name='x', description='y')\n",
    "parameter_of_another_type.py": "def make(app: Agent):\n    @app.tool()\n    def f(): ...\n",
    "client.ts": 'const r = await client.callTool({ name: "x", arguments: {} });\n',
    "ai_sdk.ts": 'import { tool } from "ai";\nconst t = tool({ description: "x", inputSchema: z.object({}) });\n',
    "types.ts": "export interface Tool { name: string; inputSchema: object }\n",
    "main.go": 'package main\nimport "x/y/mcp"\nvar t = mcp.Tool{}\nvar u = other.NewTool("x")\n',
}


@pytest.mark.parametrize(("name", "code"), NOT_TOOLS.items(), ids=NOT_TOOLS)
def test_what_only_looks_like_a_tool_is_none(name: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no tools found"):
        manifest_of(tmp_path, code, name)


TOOLS = {
    "bare.py": "from fastmcp.tools import tool\n@tool\ndef f(): ...\n",
    "named.py": "from fastmcp import FastMCP\nx = FastMCP()\n@x.tool('f', tags={'a'})\ndef g(): ...\n",
    "parameter.py": "def make(app: FastMCP):\n    @app.tool()\n    async def f(): ...\n",
    "attribute.py": "class S:\n    def make(self):\n        @self.mcp.tool()\n        def f(): ...\n",
    "imported.py": "from mcp import types\nfrom .app import app\n@app.tool()\ndef f(): ...\n",
    "subclass.py": "class MyServer(FastMCP): ...\ns = MyServer()\n@s.tool\ndef f(): ...\n",
    "alias.py": "from fastmcp import FastMCP as Server\ns = Server('x')\n@s.tool\ndef f(): ...\n",
    "wrapped.py": "from fastmcp import FastMCP\nm = FastMCP()\n@m.tool()\n@retry(3)\n@wraps\ndef f(): ...\n",
    "add.ts": 'server.addTool({ name: "f", parameters: z.object({}), execute: async () => "" }); // mcp\n',
    "define.ts": 'export const t = defineTool((args) => {\n  return { name: "f", description: "x", schema: {} };\n});\n',
    "shorthand.js": 'const name = "f";\nconst inputSchema = { type: "object" };\nconst T = { name, inputSchema };\n',
    "exported.js": 'exports.T = { name: "f", description: "x", inputSchema: { type: "object" } };\n',
    "slice.go": 'package main\nimport "x/mcp"\nvar ts = []*mcp.Tool{{Name: "f"}}\n',
    "pointer.go": 'package main\nimport gomcp "x/mcp"\nvar t = &gomcp.Tool{Name: "f"}\n',
}


@pytest.mark.parametrize(("name", "code"), TOOLS.items(), ids=TOOLS)
def test_further_ways_to_make_a_tool(name: str, code: str, tmp_path: Path) -> None:
    (tool,) = manifest_of(tmp_path, code, name).tools
    assert tool.name == "f"


def test_what_follows_from_types_is_unknown_where_the_types_are_elsewhere(tmp_path: Path) -> None:
    code = (
        "from fastmcp import FastMCP\nfrom elsewhere import Model, base\nm = FastMCP('x')\n"
        "@m.tool(**base)\ndef f(a: Model, b: list[Model], c: int = base.count):\n    'Does.'\n"
    )
    (tool,) = manifest_of(tmp_path, code).tools
    assert tool.raw["inputSchema"]["properties"] == {
        "a": {},
        "b": {"type": "array"},
        "c": {"type": "integer"},
    }
    assert tool.raw["inputSchema"]["required"] == ["a", "b"]
    assert set(tool.unknown) >= {
        "/inputSchema/properties/a",
        "/inputSchema/properties/b/items",
        "/inputSchema/properties/c/default",
        "annotations",
    }
    assert tool.known("description")
    assert not tool.known("inputSchema")
