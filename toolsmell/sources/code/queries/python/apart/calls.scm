; Calls of a plain name: of a server whose class was imported under another one.
(call function: (identifier) @type) @server
