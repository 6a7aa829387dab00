"""Serves toolsmell to other programs: agents over MCP, editors over the language server protocol."""
