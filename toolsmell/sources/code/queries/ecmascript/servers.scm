; Calls that make a server: new McpServer({name, version}, {instructions})

((new_expression constructor: (identifier) @type) @server
  (#any-of? @type "McpServer" "Server" "FastMCP"))

((member_expression property: (property_identifier) @type) @callee
  (#any-of? @type "McpServer" "Server" "FastMCP"))
