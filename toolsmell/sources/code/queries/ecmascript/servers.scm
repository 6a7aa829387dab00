; Calls that make a server.

((new_expression
  constructor: [(identifier) @type (member_expression property: (property_identifier) @type)]
  arguments: (arguments) @arguments) @server
  (#any-of? @type "McpServer" "Server" "FastMCP"))
