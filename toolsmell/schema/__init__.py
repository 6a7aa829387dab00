"""JSON Schema as data: what a schema says, whether it is valid, and whether a value fits it."""
