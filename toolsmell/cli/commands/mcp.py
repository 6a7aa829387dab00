"""`toolsmell mcp`."""

from typing import NamedTuple

import click

from toolsmell.cli.typed import takes
from toolsmell.errors import UsageError


class McpInput(NamedTuple):
    """The options as they were typed."""

    root: str
    http: bool
    port: int


@click.command()
@click.option("--root", default=".", show_default=True, metavar="DIR", help="Read only files below this folder.")
@click.option("--http", is_flag=True, help="Serve streamable HTTP on 127.0.0.1 instead of stdio.")
@click.option("--port", type=click.IntRange(1, 65535), default=8765, show_default=True, help="Port for --http.")
@takes(McpInput)
def command(given: McpInput) -> None:
    """Serve toolsmell to an agent over MCP: scan, explain, nothing that runs or writes.

    \b
    toolsmell mcp --root .                     over stdio, as a client starts it
    toolsmell mcp --root . --http --port 8765  at http://127.0.0.1:8765/mcp
    """
    from toolsmell.serve.roots import rooted

    root = rooted(given.root)
    try:
        from toolsmell.serve import mcp_server
    except ImportError as error:
        raise UsageError(f"the MCP server needs the package {error.name}") from None
    mcp_server.run(root, http=given.http, port=given.port)
