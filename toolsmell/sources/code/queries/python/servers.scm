; Calls that make a server.

((identifier) @type
  (#any-of? @type "FastMCP" "MCPServer" "Server")
  (#set! server "in call function"))

((identifier) @type
  (#any-of? @type "FastMCP" "MCPServer" "Server")
  (#set! callee "in attribute attribute"))

; main.mount(other, namespace="name")   main.import_server("name", other)
((identifier) @mount
  (#any-of? @mount "mount" "import_server")
  (#set! callee "in attribute attribute")
  (#set! parent "beside object _"))
