; The scopes of a file, and the names that are bound in them.

(function_declaration) @scope
(method_declaration) @scope
(func_literal) @scope
(block) @scope

(function_declaration name: (identifier) @name) @definition
(method_declaration name: (field_identifier) @name) @definition
(type_spec name: (type_identifier) @name) @definition
(type_alias name: (type_identifier) @name) @definition
(const_spec name: (identifier) @name value: (expression_list . (_) @value .))
(var_spec name: (identifier) @name value: (expression_list . (_) @value .))
(short_var_declaration left: (expression_list . (identifier) @name .) right: (expression_list . (_) @value .))
(assignment_statement left: (expression_list (identifier) @name))
(parameter_declaration name: (identifier) @name)
(range_clause left: (expression_list (identifier) @name))

(import_spec) @import
