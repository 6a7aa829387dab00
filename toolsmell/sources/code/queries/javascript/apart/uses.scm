; What only JavaScript's grammar has.

(class_heritage (identifier) @name) @extends
(class_heritage (member_expression property: (property_identifier) @name)) @extends
