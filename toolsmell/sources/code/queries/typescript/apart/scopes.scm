; What only TypeScript's grammar has.

((required_parameter) @parameter (#set! name "its pattern identifier"))
((optional_parameter) @parameter (#set! name "its pattern identifier"))
((enum_declaration) @definition (#set! name "its name identifier"))
((abstract_class_declaration) @definition (#set! name "its name type_identifier"))
