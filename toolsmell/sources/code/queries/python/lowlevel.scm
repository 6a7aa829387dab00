; Tools of the low-level server: Tool(name=..., description=..., inputSchema=...), or the same as a dictionary.

((call function: (identifier) @type) @tool
  (#eq? @type "Tool"))

((call function: (attribute attribute: (identifier) @type)) @tool
  (#eq? @type "Tool"))

((dictionary (pair key: (string (string_content) @key))) @literal
  (#eq? @key "inputSchema"))
