"""The MCP server of toolsmell: a few tools that only read, for agents that write descriptions.

Results are data, and the same data as text. They hold no orders; what a scanned file says is quoted as data.
"""

import json
from collections.abc import Callable
from typing import Annotated, TypeVar, cast

from mcp.server import MCPServer
from mcp.server.mcpserver.tools import Tool
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field

from toolsmell.errors import ToolsmellError
from toolsmell.escape import visible
from toolsmell.model import Json
from toolsmell.serve.roots import Root
from toolsmell.serve.tool_results import BriefAnswer, PageAnswer, ScanAnswer, ScoreAnswer, VerifyAnswer, answerer
from toolsmell.version import __version__

T = TypeVar("T")

_READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
_INSTRUCTIONS = "Scores and lints descriptions of MCP tools in files below one root. No server is started."

Target = Annotated[str, Field(description="File or folder below the root, such as src/tools.py.")]
Path = Annotated[str, Field(description="File or folder below the root.")]
ToolName = Annotated[str, Field(description="Exact name, such as get_user.")]
OneTool = Annotated[str, Field(description="Only this tool; if empty, all tools.")]
Cursor = Annotated[str, Field(description="next_cursor of the last page.")]
Text = Annotated[str, Field(description="The new description.")]
Texts = Annotated[dict[str, str], Field(description='New parameter texts by name, such as {"id": "Id of the user."}.')]
RuleId = Annotated[str, Field(description="Id as scan reports it.")]


def server(root: Root) -> MCPServer:
    """Return the server for files below `root`."""
    answers = answerer(root)

    def scan(path: Target, tool: OneTool = "", cursor: Cursor = "") -> Annotated[CallToolResult, ScanAnswer]:
        return _answer(lambda: answers.scan(path, tool, cursor))

    def explain_score(path: Path, tool: ToolName) -> Annotated[CallToolResult, ScoreAnswer]:
        return _answer(lambda: answers.explain_score(path, tool))

    def explain_rule(rule: RuleId, cursor: Cursor = "") -> Annotated[CallToolResult, PageAnswer]:
        return _answer(lambda: answers.explain_rule(rule, cursor))

    def brief(path: Path, tool: ToolName) -> Annotated[CallToolResult, BriefAnswer]:
        return _answer(lambda: answers.brief(path, tool))

    def verify_rewrite(
        path: Path,
        tool: ToolName,
        description: Text,
        parameters: Texts = {},  # noqa: B006  the SDK copies it
    ) -> Annotated[CallToolResult, VerifyAnswer]:
        return _answer(lambda: answers.verify_rewrite(path, tool, description, parameters))

    tools = [
        _tool(scan, _SCAN),
        _tool(explain_score, _EXPLAIN_SCORE),
        _tool(explain_rule, _EXPLAIN_RULE),
        _tool(brief, _BRIEF),
        _tool(verify_rewrite, _VERIFY),
    ]
    return MCPServer("toolsmell", instructions=_INSTRUCTIONS, version=__version__, tools=tools)


def _tool(function: Callable[..., CallToolResult], description: str) -> Tool:
    """Return a tool whose schemas say nothing twice: the SDK adds a title to every part."""
    made = Tool.from_function(function, description=description, annotations=_READS)
    made.parameters = cast("dict[str, Json]", _without_titles(made.parameters))
    made.fn_metadata.output_schema = cast("dict[str, Json]", _without_titles(made.fn_metadata.output_schema))
    return made


def _without_titles(schema: Json) -> Json:
    """Return a schema without `title`, and without `description` of objects, which repeats a name."""
    if isinstance(schema, list):
        return [_without_titles(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    named = isinstance(schema.get("properties"), dict)
    dropped = {"title"} | ({"description"} if named else set())
    plain = {key: _without_titles(value) for key, value in schema.items() if key not in dropped}
    if named:
        plain["properties"] = {name: _without_titles(value) for name, value in schema["properties"].items()}
    return plain


_SCAN = (
    "Lint and score the tool descriptions in a file or folder: JSON tool lists and source code. Use it first, "
    "and after each edit; for one tool's score use explain_score instead. Returns a verdict and the findings, "
    "worst first, each with place and fix, up to 6,000 tokens a page. It does not run code. Fails if none has "
    'tools. Example: {"path": "src"}.'
)
_EXPLAIN_SCORE = (
    "Show which sentences of one description count, and for what. Use it before you rewrite a description; "
    "for a finding, use explain_rule instead. Returns the level of each component (1 to 5), the statement "
    "kinds of each sentence, and at most three statements to add. It scores English and Chinese texts only. "
    "Fails if no tool has this name. Example: "
    '{"path": "src", "tool": "get_user"}.'
)
_EXPLAIN_RULE = (
    "Show the page of a rule or smell: what it checks, why it matters, examples. Use it when a finding of "
    "scan is not clear; for one tool use explain_score instead. Returns Markdown, up to 6,000 tokens a page. "
    'It does not look at your files. Fails for an unknown id and names the nearest one. Example: {"rule": '
    '"undescribed-parameter"}.'
)


_BRIEF = (
    "List what a writer needs for one description: its text, what is missing, evidence, limits, checks. Use "
    "it before you write; for levels only, use explain_score instead. Returns one text of about 700 tokens, "
    "empty if there is nothing to improve. It does not write the text. Fails for an unknown tool. Example: "
    '{"path": "src", "tool": "add_row"}.'
)
_VERIFY = (
    "Compare new texts of one tool with its present ones. Use it after you write a text; to lint the edited "
    "file, use scan instead. Returns what was lost, unsupported, contradicted or steering, and the score and "
    "token difference. It cannot verify a sentence that only the code shows, and does not save a file. Fails "
    'for an unknown tool or parameter. Example: {"path": "src", "tool": "add_row", "description": "Adds a '
    'row."}.'
)


def _answer(ask: Callable[[], T]) -> CallToolResult:
    """Return an answer as structured content and as the same JSON in a text, or an error with its reason.

    Many clients give the model the text alone: https://modelcontextprotocol.io/specification/2025-06-18/server/tools
    """
    try:
        found = ask()
    except ToolsmellError as error:
        return CallToolResult(content=[TextContent(type="text", text=visible(str(error)))], is_error=True)
    text = json.dumps(found, ensure_ascii=False)
    shown = TextContent(type="text", text=text if visible(text) == text else json.dumps(found))
    return CallToolResult(content=[shown], structured_content=cast("dict[str, object]", found))


def run(root: Root, *, http: bool = False, port: int = 8765) -> None:
    """Serve over stdio, or over streamable HTTP on the loopback address, until the client leaves."""
    made = server(root)
    if http:
        made.run("streamable-http", host="127.0.0.1", port=port)
    else:
        made.run("stdio")
