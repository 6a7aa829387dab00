; What only JavaScript's grammar has.

(formal_parameters (identifier) @name)
(assignment_pattern left: (identifier) @name)
