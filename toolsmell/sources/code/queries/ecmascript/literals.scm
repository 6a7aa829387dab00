; Tools that are written down as objects: in the answer to tools/list, in a constant, in a function of the project.

; {name, description, inputSchema}
((pair key: (property_identifier) @key) @member
  (#eq? @key "inputSchema"))
((pair key: (string) @key) @member
  (#any-of? @key "\"inputSchema\"" "'inputSchema'"))
((shorthand_property_identifier) @member
  (#eq? @member "inputSchema"))

; defineTool({name, description, parameters})   defineTool(() => ({name, description, schema}))
((call_expression function: (identifier) @callee) @call
  (#match? @callee "[tT]ool$"))
((member_expression property: (property_identifier) @function) @callee
  (#match? @function "[tT]ool$"))
