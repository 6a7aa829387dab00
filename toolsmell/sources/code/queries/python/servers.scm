; Calls that make a server.

((call function: (identifier) @type) @server
  (#any-of? @type "FastMCP" "MCPServer" "Server"))

((call function: (attribute attribute: (identifier) @type)) @server
  (#any-of? @type "FastMCP" "MCPServer" "Server"))
