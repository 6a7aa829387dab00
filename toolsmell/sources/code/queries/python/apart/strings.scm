; Texts that a description can be.
(string) @text
(concatenated_string) @text
(binary_operator) @text
