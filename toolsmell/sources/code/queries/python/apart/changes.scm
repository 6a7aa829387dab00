; What is added to a list or a dictionary after it was made.

(call
  function: (attribute object: (_) @object attribute: (identifier) @method)
  (#any-of? @method "append" "add" "insert" "extend" "update")) @call
(assignment left: (subscript value: (_) @object subscript: (_) @index) right: (_) @right) @change
(augmented_assignment left: (_) @object right: (_) @more) @change
(assignment left: (attribute object: (_) @object attribute: (identifier) @property) right: (_) @right) @change
(expression_statement
  (call arguments: (argument_list . (identifier) @object)) @passed)
