; What is added to a list, a map or an object after it was made.

(call_expression
  function: (member_expression object: (_) @object property: (property_identifier) @method)
  (#any-of? @method "push" "unshift" "add" "set")) @call
(assignment_expression
  left: (subscript_expression object: (_) @object index: (_) @index)
  right: (_) @right) @change
(assignment_expression
  left: (member_expression object: (_) @object property: (property_identifier) @property)
  right: (_) @right) @change
(augmented_assignment_expression left: (_) @object right: (_) @more) @change
; Object.assign(target, source)
(call_expression
  function: (member_expression object: (identifier) @class property: (property_identifier) @method)
  arguments: (arguments . (_) @object)
  (#eq? @class "Object") (#eq? @method "assign")) @call
(expression_statement
  (call_expression arguments: (arguments . (identifier) @object)) @passed)
