; What is added to a slice, a map or a struct after it was made.

(call_expression
  function: (identifier) @append
  arguments: (argument_list . (_) @object)
  (#eq? @append "append")) @call
(assignment_statement
  left: (expression_list . (index_expression operand: (_) @object index: (_) @index) .)
  right: (expression_list . (_) @right .)) @change
(assignment_statement
  left: (expression_list . (selector_expression operand: (_) @object field: (field_identifier) @property) .)
  right: (expression_list . (_) @right .)) @change
(expression_statement
  (call_expression arguments: (argument_list . (identifier) @object)) @passed)
