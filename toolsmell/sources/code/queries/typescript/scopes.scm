; What only TypeScript's grammar has.

(required_parameter pattern: (identifier) @name)
(optional_parameter pattern: (identifier) @name)
(enum_declaration name: (identifier) @name) @definition
