"""The MCP server of toolsmell: a few tools that only read, for agents that write descriptions.

Results are data with a short text beside them. They hold no orders; what a scanned file says is quoted as data.
"""

from collections.abc import Callable
from typing import Annotated, TypeVar, cast

from mcp.server import MCPServer
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field

from toolsmell.errors import ToolsmellError
from toolsmell.escape import visible
from toolsmell.serve.answers import PageAnswer, ScanAnswer, ScoreAnswer, answerer
from toolsmell.serve.roots import Root
from toolsmell.version import __version__

T = TypeVar("T")

_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
_INSTRUCTIONS = "Scores and lints descriptions of MCP tools in files below one root. No server is started."

Path = Annotated[str, Field(description="File or folder below the root, such as tools.json or src.")]
Tool = Annotated[str, Field(description="Exact tool name, as scan reports it.")]
OneTool = Annotated[str | None, Field(description="Exact name of the only tool to report. Default: all.")]
Cursor = Annotated[str | None, Field(description="next_cursor of the last result. Default: first page.")]
RuleId = Annotated[str, Field(description="Id as scan reports it, such as undescribed-parameter.")]


def server(root: Root) -> MCPServer:
    """Return the server for files below `root`."""
    answers = answerer(root)
    made = MCPServer("toolsmell", title="toolsmell", instructions=_INSTRUCTIONS, version=__version__)

    @made.tool(title="Scan descriptions", annotations=_READS, description=_SCAN)
    def scan(path: Path, tool: OneTool = None, cursor: Cursor = None) -> Annotated[CallToolResult, ScanAnswer]:
        return _answer(lambda: answers.scan(path, tool, cursor), lambda found: found["verdict"])

    @made.tool(title="Explain a score", annotations=_READS, description=_EXPLAIN_SCORE)
    def explain_score(path: Path, tool: Tool) -> Annotated[CallToolResult, ScoreAnswer]:
        return _answer(lambda: answers.explain_score(path, tool), _shown_score)

    @made.tool(title="Explain a rule", annotations=_READS, description=_EXPLAIN_RULE)
    def explain_rule(rule: RuleId, cursor: Cursor = None) -> Annotated[CallToolResult, PageAnswer]:
        return _answer(lambda: answers.explain_rule(rule, cursor), lambda found: found["markdown"].partition("\n")[0])

    return made


_SCAN = (
    "Lint and score the tool descriptions in a file or folder, without running it. Use it first, and again after each "
    "edit; use explain_score for one tool's score. Returns a verdict and the findings, worst first, each with place, "
    "severity, rule, message and fix; a page holds up to 6,000 tokens. Reads only paths below the root. Fails if no "
    'tools can be read. Example: {"path": "tools.json"}.'
)
_EXPLAIN_SCORE = (
    "Show why one tool scores as it does. Use it before you rewrite a description; use explain_rule for a finding. "
    "Returns the level of each component (1 to 5), what each sentence says, and up to three statements to add if they "
    'are true. Fails if no tool has this name. Example: {"path": "tools.json", "tool": "get_user"}.'
)
_EXPLAIN_RULE = (
    "Show the page of a rule or smell: what it checks, why it matters, and examples. Use it when a finding of scan is "
    "not clear; it does not look at your files. Returns Markdown, up to 6,000 tokens a page. Fails for an unknown id "
    'and names the nearest one. Example: {"rule": "undescribed-parameter"}.'
)


def _answer(ask: Callable[[], T], shorten: Callable[[T], str]) -> CallToolResult:
    """Return an answer as structured content with a short text, or an error with its reason."""
    try:
        found = ask()
    except ToolsmellError as error:
        return CallToolResult(content=[TextContent(type="text", text=visible(str(error)))], is_error=True)
    text = TextContent(type="text", text=visible(shorten(found)))
    return CallToolResult(content=[text], structured_content=cast("dict[str, object]", found))


def _shown_score(found: ScoreAnswer) -> str:
    overall = "not scored" if found["overall"] is None else f"overall {found['overall']:g} of 100"
    return f"{found['tool']}: {overall}"


def run(root: Root, *, http: bool = False, port: int = 8765) -> None:
    """Serve over stdio, or over streamable HTTP on the loopback address, until the client leaves."""
    made = server(root)
    if http:
        made.run("streamable-http", host="127.0.0.1", port=port)
    else:
        made.run("stdio")
