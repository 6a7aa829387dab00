; Calls that make a server: server.NewMCPServer("name", "1.0.0"), mcp.NewServer(&mcp.Implementation{Name: "name"}, nil)

((call_expression
  function: (selector_expression operand: (identifier) @package field: (field_identifier) @function)) @server
  (#eq? @function "NewMCPServer"))

((call_expression
  function: (selector_expression operand: (identifier) @package field: (field_identifier) @function)) @server
  (#eq? @function "NewServer")
  (#match? @package "mcp"))
