; metoro-io/mcp-golang: server.RegisterTool("name", "description", handler)

((field_identifier) @method
  (#eq? @method "RegisterTool")
  (#set! callee "in selector_expression field"))
