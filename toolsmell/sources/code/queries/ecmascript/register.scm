; Tools that are registered by a call.

; server.registerTool("name", {description, inputSchema}, handler)
; server.tool("name", "description", shape, annotations, handler)
; server.addTool({name, description, parameters, execute})
((member_expression object: (_) @server property: (property_identifier) @method) @callee
  (#any-of? @method "registerTool" "tool" "addTool" "registerToolTask"))
