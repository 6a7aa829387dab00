"""Words by which a file of source code may hold tools or servers."""

import re
from collections.abc import Mapping

from toolsmell.sources.code.syntax import Language

_MARKS: Mapping[Language, tuple[bytes, ...]] = {
    Language.PYTHON: (
        b".tool(", b".tool\n", b".tool\r", b"@tool", b"add_tool(", b"from_function(", b"inputSchema", b"input_schema",
        b"from_openapi(", b"FastMCP(", b"MCPServer(", b"Tool(", b"Server(",
    ),
    Language.JAVASCRIPT: (
        b"registerTool", b".tool(", b"addTool(", b"inputSchema", b"McpServer(", b"FastMCP(", b"efineTool(", b"Tool({",
        b"Tool((", b"new Server(", b"= tool(",
    ),
    Language.GO: (b"NewTool", b"Tool{", b"NewMCPServer(", b"NewServer(", b"RegisterTool("),
}  # fmt: skip


def worth_parsing(language: Language, data: bytes) -> bool:
    """Return True if a file may hold tools or servers, by the words in it; that costs much less than parsing."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    marks = _MARKS.get(language, _MARKS[Language.JAVASCRIPT])
    if language is Language.GO and b"mcp" not in data:
        return False
    return any(mark in data for mark in marks) or (language.is_script and bool(_FACTORY.search(data)))


_FACTORY = re.compile(rb"Tool\(\s*(?:async\s+)?\(?\w{0,40}\)?\s*=>")
"""A function that gets a function which makes a tool."""
