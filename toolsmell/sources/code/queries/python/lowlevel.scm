; Tools of the low-level server: Tool(name=..., description=..., inputSchema=...), or the same as a dictionary.

((identifier) @type
  (#eq? @type "Tool")
  (#set! tool "in call function"))

((identifier) @type
  (#eq? @type "Tool")
  (#set! callee "in attribute attribute"))

((string) @key
  (#any-of? @key "\"inputSchema\"" "'inputSchema'")
  (#set! member "in pair key"))
