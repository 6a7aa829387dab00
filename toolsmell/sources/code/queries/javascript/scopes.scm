; What only JavaScript's grammar has.

(formal_parameters (identifier) @name)
(formal_parameters (assignment_pattern left: (identifier) @name))
(formal_parameters (object_pattern (shorthand_property_identifier_pattern) @name))
