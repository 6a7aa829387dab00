; What only TypeScript's grammar has.

(required_parameter pattern: (identifier) @name)
(optional_parameter pattern: (identifier) @name)
(required_parameter pattern: (object_pattern (shorthand_property_identifier_pattern) @name))
(enum_declaration name: (identifier) @name) @definition
