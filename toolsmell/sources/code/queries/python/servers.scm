; Calls that make a server.

((call function: (identifier) @type) @server
  (#any-of? @type "FastMCP" "MCPServer" "Server"))

((attribute attribute: (identifier) @type) @callee
  (#any-of? @type "FastMCP" "MCPServer" "Server"))
