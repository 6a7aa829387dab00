; Where functions are called or used as decorators, and classes extended, by their names.

(call function: (identifier) @name) @call
(call function: (attribute attribute: (identifier) @name)) @call
(call function: (subscript value: (identifier) @name)) @call
(decorator (identifier) @name) @decorator
(decorator (attribute attribute: (identifier) @name)) @decorator
(class_definition superclasses: (argument_list (identifier) @name) @base)
(class_definition superclasses: (argument_list (attribute attribute: (identifier) @name)) @base)
(class_definition superclasses: (argument_list (subscript value: (identifier) @name)) @base)
