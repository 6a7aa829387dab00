; The official SDK makes the schema of a tool of the type that its handler takes: mcp.AddTool(server, tool, handler)

((call_expression
  function: [
    (selector_expression field: (field_identifier) @function)
    (index_expression operand: (selector_expression field: (field_identifier) @function))
  ]
  arguments: (argument_list . (_) @server . (_) @tool . (_) @handler)) @call
  (#eq? @function "AddTool"))

((call_expression
  function: (selector_expression field: (field_identifier) @function)
  type_arguments: (type_arguments)
  arguments: (argument_list . (_) @server . (_) @tool . (_) @handler)) @call
  (#eq? @function "AddTool"))
