; Tools that are written down as objects: in the answer to tools/list, in a constant, in a function of the project.

; {name, description, inputSchema}
((object (pair key: [(property_identifier) (string)] @key)) @object
  (#any-of? @key "inputSchema" "\"inputSchema\"" "'inputSchema'"))
((object (shorthand_property_identifier) @key) @object
  (#eq? @key "inputSchema"))

; defineTool({name, description, parameters})   defineTool(() => ({name, description, schema}))
((call_expression
  function: [(identifier) @function (member_expression property: (property_identifier) @function)]
  arguments: (arguments . [
    (object) @object
    (arrow_function body: (parenthesized_expression (object) @object))
    (arrow_function body: (statement_block (return_statement (object) @object)))
  ])) @call
  (#match? @function "[tT]ool$")
  (#not-eq? @function "addTool"))
