; Calls that make a server.

((new_expression constructor: [(identifier) (member_expression)] @type arguments: (arguments) @arguments) @server
  (#match? @type "(^|[.])(McpServer|Server|FastMCP)$"))
