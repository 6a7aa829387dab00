; The scopes of a file, and the names that are bound in them.

(function_definition) @scope
(class_definition) @scope
(lambda) @scope

(function_definition name: (identifier) @name) @definition
(class_definition name: (identifier) @name) @definition
(assignment left: (identifier) @name right: (_) @value)
(augmented_assignment left: (identifier) @name)
(named_expression name: (identifier) @name)
(type_alias_statement left: (type (identifier) @name) right: (type) @value)

(for_statement left: (identifier) @name)
(as_pattern_target (identifier) @name)
(parameters (identifier) @name)
(parameters (typed_parameter . (identifier) @name))
(parameters (default_parameter name: (identifier) @name))
(parameters (typed_default_parameter name: (identifier) @name))
(lambda_parameters (identifier) @name)

(import_from_statement) @import
(import_statement) @import
