; Tools that are written down as objects: in the answer to tools/list, in a constant, in a function of the project.

; {name, description, inputSchema}
((property_identifier) @key
  (#eq? @key "inputSchema")
  (#set! member "in pair key"))
((string) @key
  (#any-of? @key "\"inputSchema\"" "'inputSchema'")
  (#set! member "in pair key"))
((shorthand_property_identifier) @member
  (#eq? @member "inputSchema"))

; defineTool({name, description, parameters})   defineTool(() => ({name, description, schema}))
((identifier) @callee
  (#match? @callee "[tT]ool$")
  (#set! call "in call_expression function"))
((property_identifier) @function
  (#match? @function "[tT]ool$")
  (#set! callee "in member_expression property"))
