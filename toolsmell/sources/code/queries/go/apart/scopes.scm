; The scopes of a file, and the names that are bound in them.

(function_declaration) @scope
(method_declaration) @scope
(func_literal) @scope
(block) @scope

((function_declaration) @definition (#set! name "its name identifier"))
((method_declaration) @definition (#set! name "its name field_identifier"))
((type_spec) @definition (#set! name "its name type_identifier"))
((type_alias) @definition (#set! name "its name type_identifier"))
(const_spec name: (identifier) @name value: (expression_list . (_) @value .))
(var_spec name: (identifier) @name value: (expression_list . (_) @value .))
(var_spec name: (identifier) @name !value)
(short_var_declaration left: (expression_list . (identifier) @name .) right: (expression_list . (_) @value .))
; name, err := call(): only a run tells the values.
(short_var_declaration left: (expression_list . (identifier) @name . (_)))
(short_var_declaration left: (expression_list (_) . (identifier) @name))
(assignment_statement left: (expression_list (identifier) @name)) @assignment
(parameter_declaration name: (identifier) @name)
(range_clause left: (expression_list (identifier) @name))

(import_spec) @import
