; Tools of the low-level server: Tool(name=..., description=..., inputSchema=...), or the same as a dictionary.

((call function: (identifier) @type) @tool
  (#eq? @type "Tool"))

((attribute attribute: (identifier) @type) @callee
  (#eq? @type "Tool"))

((pair key: (string) @key) @member
  (#any-of? @key "\"inputSchema\"" "'inputSchema'"))
