; The scopes of a file, and the names that are bound in them.

(function_definition) @scope
(class_definition) @scope
(lambda) @scope

((function_definition) @definition (#set! name "its name identifier"))
((class_definition) @definition (#set! name "its name identifier"))
((assignment) @assignment (#set! name "its left identifier") (#set! value "its right _"))
((augmented_assignment) @assignment (#set! name "its left identifier"))
((named_expression) @assignment (#set! name "its name identifier"))
(type_alias_statement left: (type (identifier) @name) right: (type) @value)

((for_statement) @loop (#set! name "its left identifier"))
(as_pattern_target (identifier) @name)
(parameters (identifier) @name)
(parameters (typed_parameter . (identifier) @name))
((default_parameter) @parameter (#set! name "its name identifier"))
((typed_default_parameter) @parameter (#set! name "its name identifier"))
(lambda_parameters (identifier) @name)

(import_from_statement) @import
(import_statement) @import

(list_comprehension) @scope
(set_comprehension) @scope
(dictionary_comprehension) @scope
(generator_expression) @scope
((for_in_clause) @loop (#set! name "its left identifier"))
(pattern_list (identifier) @name)
(tuple_pattern (identifier) @name)
(list_splat_pattern (identifier) @name) @splat
(dictionary_splat_pattern (identifier) @name) @splat
