"""TypeScript as its grammar parses it: types of other files are blanked."""

import re

# `import("./file.js").Type` is a type; the grammar knows only calls of `import`.
# https://github.com/tree-sitter/tree-sitter-typescript/issues/322, /352 and /367
_IMPORT_TYPE = re.compile(rb"""(?<!await )\bimport\((?:"[^"\n]{1,300}"|'[^'\n]{1,300}')\)""")


def without_import_types(data: bytes) -> bytes:
    """Return code of the same length in which `import("...")` is a name, unless it is awaited."""
    return _IMPORT_TYPE.sub(lambda found: b"_" * len(found[0]), data)
