; Functions that become tools: FastMCP of the fastmcp package, FastMCP and MCPServer of the MCP SDK.

; @mcp.tool   @mcp.tool()   @server.tool(name="...")
((decorator [
  (attribute object: (_) @server attribute: (identifier) @method)
  (call function: (attribute object: (_) @server attribute: (identifier) @method)) @call
]) @decorator
  (#eq? @method "tool"))

; @tool   @tool(...)   of fastmcp.tools
((decorator [
  (identifier) @bare
  (call function: (identifier) @bare) @call
]) @decorator
  (#eq? @bare "tool"))

; mcp.add_tool(function)   mcp.tool(function, name="...")   Tool.from_function(function)
((call
  function: (attribute object: (_) @server attribute: (identifier) @method)
  arguments: (argument_list . [(identifier) (attribute)] @named)) @call
  (#any-of? @method "add_tool" "tool" "from_function"))

; mcp.tool(name="...")(function)
((call
  function: (call function: (attribute object: (_) @server attribute: (identifier) @method)) @call
  arguments: (argument_list . [(identifier) (attribute)] @named)) @registered
  (#eq? @method "tool"))
