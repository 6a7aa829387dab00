"""JSON Schema types of parameters, by the type that the code names."""

import re
from collections.abc import Mapping
from typing import Final

from toolsmell.model import Json

_TYPES: Final[Mapping[str, str]] = {
    name: kind
    for kind, names in {
        "string": "string String str char Char Character CharSequence Guid UUID Uri URI DateTime DateTimeOffset"
        " DateOnly TimeSpan LocalDate LocalDateTime Instant PathBuf Cow",
        "integer": "int Int Integer long Long short Short byte Byte uint ulong ushort sbyte Int16 Int32 Int64 UInt32"
        " i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 usize isize BigInteger",
        "number": "double Double float Float decimal Decimal BigDecimal f32 f64",
        "boolean": "bool Boolean boolean",
    }.items()
    for name in names.split()
}
_LISTS: Final = frozenset(
    "List IList IEnumerable ICollection IReadOnlyList IReadOnlyCollection HashSet ISet Set Collection ArrayList Array"
    " MutableList Vec VecDeque BTreeSet Iterable".split()
)
_MAPS: Final = frozenset(
    "Map Dictionary IDictionary IReadOnlyDictionary HashMap BTreeMap MutableMap JsonObject".split()
)
_WRAPPERS: Final = frozenset("Option Nullable Optional Box Arc Rc".split())
_GENERIC = re.compile(r"^([\w.:]+)\s*<(.*)>$", re.DOTALL)


def schema_of(code: str) -> tuple[dict[str, Json] | None, bool]:
    """Return the schema of a type, or None if it is declared elsewhere, and whether it may be left out."""
    plain = " ".join(code.split()).removeprefix("&").removeprefix("'static ").removeprefix("mut ").strip()
    if plain.endswith("?"):
        return schema_of(plain[:-1])[0], True
    if plain.endswith("[]"):
        return _array(plain[:-2]), False
    if match := _GENERIC.match(plain):
        outer, inner = match[1].replace("::", ".").rpartition(".")[2], match[2]
        if outer in _WRAPPERS:
            return schema_of(inner)[0], outer != "Box"
        if outer in _LISTS:
            return _array(inner), False
        return ({"type": "object"}, False) if outer in _MAPS else (None, False)
    kind = _TYPES.get(plain.replace("::", ".").rpartition(".")[2])
    return ({"type": kind} if kind else None), False


def _array(item: str) -> dict[str, Json]:
    items = schema_of(item)[0]
    return {"type": "array", "items": items} if items else {"type": "array"}
