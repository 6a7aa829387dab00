; Where functions are called, methods declared, and values of a type written, by their names.

(call_expression function: (identifier) @name) @call
(call_expression function: (selector_expression field: (field_identifier) @name)) @call
(call_expression function: (index_expression operand: (identifier) @name)) @call
(call_expression function: (index_expression operand: (selector_expression field: (field_identifier) @name))) @call
(method_declaration name: (field_identifier) @name) @method
(composite_literal type: (type_identifier) @name) @literal
(composite_literal type: (qualified_type name: (type_identifier) @name)) @literal
(composite_literal type: (slice_type element: (type_identifier) @name)) @list
(composite_literal type: (slice_type element: (qualified_type name: (type_identifier) @name))) @list
(composite_literal type: (slice_type element: (pointer_type (type_identifier) @name))) @list
(composite_literal type: (slice_type element: (pointer_type (qualified_type name: (type_identifier) @name)))) @list
(composite_literal type: (map_type value: (type_identifier) @name)) @list
(composite_literal type: (map_type value: (qualified_type name: (type_identifier) @name))) @list
