; The scopes of a file, and the names that are bound in them: what JavaScript and TypeScript share.

(statement_block) @scope
(arrow_function) @scope
(function_declaration) @scope
(function_expression) @scope
(method_definition) @scope
(for_statement) @scope
(for_in_statement) @scope

(function_declaration name: (identifier) @name) @definition
(class_declaration name: (_) @name) @definition
(variable_declarator name: (identifier) @name value: (_) @value)
(array_pattern (identifier) @name)
(object_pattern (shorthand_property_identifier_pattern) @name @key) @pattern
(pair_pattern key: (property_identifier) @key value: (identifier) @name) @pattern
(assignment_expression left: (identifier) @name)
(augmented_assignment_expression left: (identifier) @name)
(for_in_statement left: (identifier) @name)
(arrow_function parameter: (identifier) @name)

(import_statement) @import
(export_statement source: (_)) @import
(export_statement value: (_) @default)

; exports.name = value
(assignment_expression left: (member_expression) @member right: (_) @value)

; What a compiler makes of an enumeration: (function (Name) { Name["A"] = "a"; })(Name || (Name = {}))
(parenthesized_expression (function_expression) @enum) @callee
