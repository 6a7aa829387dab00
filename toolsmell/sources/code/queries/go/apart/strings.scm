; Texts that a description can be.
(interpreted_string_literal) @text
(raw_string_literal) @text
(binary_expression) @text
