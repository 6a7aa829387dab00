; Functions that become tools: FastMCP of the fastmcp package, FastMCP and MCPServer of the MCP SDK.

; @mcp.tool   @mcp.tool()   @server.tool(name="...")   mcp.tool(name="...")(function)   mcp.tool(function)
; mcp.add_tool(function)   Tool.from_function(function)
((identifier) @method
  (#any-of? @method "tool" "add_tool" "from_function")
  (#set! callee "in attribute attribute")
  (#set! server "beside object _"))

; @tool   of fastmcp.tools
((identifier) @bare
  (#eq? @bare "tool")
  (#set! callee "in decorator _"))

; @tool(...)   of fastmcp.tools
((identifier) @bare @callee
  (#eq? @bare "tool")
  (#set! call "in call function"))
