; The scopes of a file, and the names that are bound in them: what JavaScript and TypeScript share.

(statement_block) @scope
(arrow_function) @scope
(function_declaration) @scope
(function_expression) @scope
(method_definition) @scope
(for_statement) @scope
(for_in_statement) @scope

((function_declaration) @definition (#set! name "its name identifier"))
((class_declaration) @definition (#set! name "its name _"))
((variable_declarator) @declarator (#set! name "its name identifier") (#set! value "its value _"))
(array_pattern (identifier) @name)
((shorthand_property_identifier_pattern) @name @key (#set! pattern "in object_pattern _"))
((object_assignment_pattern left: (shorthand_property_identifier_pattern) @name) @given)
((pair_pattern) @pattern (#set! key "its key property_identifier") (#set! name "its value identifier"))
((assignment_expression) @assignment (#set! name "its left identifier"))
((augmented_assignment_expression) @assignment (#set! name "its left identifier"))
((for_in_statement) @loop (#set! name "its left identifier"))
((arrow_function) @function (#set! name "its parameter identifier"))

(import_statement) @import
((export_statement) @import (#set! source "its source _"))
((export_statement) @export (#set! default "its value _"))
((export_statement) @export (#set! default "its declaration _"))

; exports.name = value
((assignment_expression) @assignment (#set! member "its left member_expression") (#set! value "its right _"))

; What a compiler makes of an enumeration: (function (Name) { Name["A"] = "a"; })(Name || (Name = {}))
((function_expression) @enum (#set! callee "in parenthesized_expression _"))
