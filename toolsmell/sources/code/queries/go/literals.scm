; Both libraries: mcp.Tool{Name: "name", Description: "...", InputSchema: ...}, []mcp.Tool{{...}}, []*mcp.Tool{{...}}

((type_identifier) @type
  (#eq? @type "Tool")
  (#set! package "beside package package_identifier")
  (#set! qualified "in qualified_type name"))
