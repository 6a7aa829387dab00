; The official SDK makes the schema of a tool of the type that its handler takes: mcp.AddTool(server, tool, handler),
; mcp.AddTool[In, Out](server, tool, handler)

((field_identifier) @function
  (#eq? @function "AddTool")
  (#set! callee "in selector_expression field"))
