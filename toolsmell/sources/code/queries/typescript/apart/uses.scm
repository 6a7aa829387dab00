; What only TypeScript's grammar has.

(class_heritage (extends_clause value: (identifier) @name)) @extends
(class_heritage (extends_clause value: (member_expression property: (property_identifier) @name))) @extends
(class_heritage (implements_clause (type_identifier) @name)) @implements
(class_heritage (implements_clause (generic_type name: (type_identifier) @name))) @implements
(variable_declarator type: (type_annotation) @type value: (_) @value)
(satisfies_expression (_) @value (_) @type) @typed
(as_expression (_) @value (_) @type) @typed
(public_field_definition type: (type_annotation) @type value: (_) @value)
(arrow_function return_type: (type_annotation) @type) @function
(function_declaration return_type: (type_annotation) @type) @function
(method_definition return_type: (type_annotation) @type) @function
