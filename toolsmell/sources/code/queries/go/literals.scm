; Both libraries: mcp.Tool{Name: "name", Description: "...", InputSchema: ...}

((composite_literal
  type: (qualified_type package: (package_identifier) @package name: (type_identifier) @type)
  body: (literal_value) @body) @tool
  (#eq? @type "Tool")
  (#match? @package "mcp"))

; []mcp.Tool{{Name: "name"}}   []*mcp.Tool{{Name: "name"}}
((composite_literal
  type: (slice_type element: [
    (qualified_type package: (package_identifier) @package name: (type_identifier) @type)
    (pointer_type (qualified_type package: (package_identifier) @package name: (type_identifier) @type))
  ])
  body: (literal_value (literal_element (literal_value) @body) @tool))
  (#eq? @type "Tool")
  (#match? @package "mcp"))
