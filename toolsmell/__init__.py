"""toolsmell: finds what is wrong with the tool descriptions of MCP servers."""

__version__ = "0.1.0"
