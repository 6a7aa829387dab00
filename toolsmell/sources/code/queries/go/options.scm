; mark3labs/mcp-go: mcp.NewTool("name", mcp.WithDescription("..."), mcp.WithString("parameter", ...))

((field_identifier) @function
  (#any-of? @function "NewTool" "NewToolWithRawSchema")
  (#set! package "beside operand identifier")
  (#set! callee "in selector_expression field"))
