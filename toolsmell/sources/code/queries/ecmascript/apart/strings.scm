; Texts that a description can be.
(string) @text
(template_string) @text
(binary_expression) @text
