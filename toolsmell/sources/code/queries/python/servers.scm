; Calls that make a server.

((identifier) @type
  (#any-of? @type "FastMCP" "MCPServer" "Server")
  (#set! server "in call function"))

((identifier) @type
  (#any-of? @type "FastMCP" "MCPServer" "Server")
  (#set! callee "in attribute attribute"))
