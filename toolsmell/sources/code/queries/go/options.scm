; mark3labs/mcp-go: mcp.NewTool("name", mcp.WithDescription("..."), mcp.WithString("parameter", ...))

((call_expression
  function: (selector_expression operand: (identifier) @package field: (field_identifier) @function)) @tool
  (#any-of? @function "NewTool" "NewToolWithRawSchema")
  (#match? @package "mcp"))
