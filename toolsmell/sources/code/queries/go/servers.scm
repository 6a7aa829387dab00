; Calls that make a server: server.NewMCPServer("name", "1.0.0"), mcp.NewServer(&mcp.Implementation{Name: "name"}, nil)

((field_identifier) @function
  (#any-of? @function "NewMCPServer" "NewServer")
  (#set! package "beside operand identifier")
  (#set! callee "in selector_expression field"))
