"""Tools in Python: decorated functions of FastMCP and MCPServer, and `Tool(...)` of the low-level server."""
