; Calls that make a server: new McpServer({name, version}, {instructions})

((identifier) @type
  (#any-of? @type "McpServer" "Server" "FastMCP")
  (#set! server "in new_expression constructor"))

((property_identifier) @type
  (#any-of? @type "McpServer" "Server" "FastMCP")
  (#set! callee "in member_expression property"))
