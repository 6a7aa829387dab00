; Functions that become tools: FastMCP of the fastmcp package, FastMCP and MCPServer of the MCP SDK.
; Patterns are two levels deep at most, since each further one makes a query slower to load; the rest is looked at by
; the code that asks.

; @mcp.tool   @mcp.tool()   @server.tool(name="...")   mcp.tool(name="...")(function)   mcp.tool(function)
; mcp.add_tool(function)   Tool.from_function(function)
((attribute object: (_) @server attribute: (identifier) @method) @callee
  (#any-of? @method "tool" "add_tool" "from_function"))

; @tool   of fastmcp.tools
((decorator (identifier) @bare) @callee
  (#eq? @bare "tool"))

; @tool(...)   of fastmcp.tools
((call function: (identifier) @bare @callee)
  (#eq? @bare "tool"))
