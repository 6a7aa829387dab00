; Tools that are registered by a call.

; server.registerTool("name", {description, inputSchema}, handler)
; server.tool("name", "description", shape, annotations, handler)
; server.addTool({name, description, parameters, execute})
((property_identifier) @method
  (#any-of? @method "registerTool" "tool" "addTool" "registerToolTask")
  (#set! callee "in member_expression property")
  (#set! server "beside object _"))
