"""The packages that check a schema against the built-in meta-schema of its dialect; nothing of a server is compiled."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import TypeAlias

from toolsmell.model import Json

SchemaPath: TypeAlias = list[str | int]
"""The steps from the root of a schema to a fault."""
Validator: TypeAlias = Callable[[Json], Iterator[SchemaPath]]
"""Yields the path of each fault in a schema."""


def validator_name() -> str | None:
    """Return the package that checks schemas which the quick check cannot settle, or None if none is installed.

    jsonschema-rs is required; it is missing only if it cannot be installed, such as in a browser.
    """
    from importlib.util import find_spec

    return next((name for name in ("jsonschema_rs", "jsonschema") if find_spec(name)), None)


@cache
def validator(uri: str, label: str) -> Validator | None:
    """Return the best validator that is installed for a dialect, or None."""
    name = validator_name()
    reference = uri if uri.startswith("https") else f"{uri}#"
    if name == "jsonschema_rs":
        return _by_jsonschema_rs(reference, label)
    return _by_jsonschema(reference) if name == "jsonschema" else None


def _by_jsonschema_rs(reference: str, label: str) -> Validator:
    import jsonschema_rs as library

    kinds = {
        "2020-12": library.Draft202012Validator,
        "2019-09": library.Draft201909Validator,
        "draft-07": library.Draft7Validator,
        "draft-06": library.Draft6Validator,
        "draft-04": library.Draft4Validator,
    }
    built = kinds[label]({"$ref": reference}, validate_formats=False)
    return lambda schema: (list(error.instance_path) for error in built.iter_errors(schema))


def _by_jsonschema(reference: str) -> Validator:
    from jsonschema.validators import validator_for  # type: ignore[import-untyped, unused-ignore]

    kind = validator_for({"$schema": reference})
    built = kind(kind.META_SCHEMA)
    return lambda schema: (list(error.absolute_path) for error in built.iter_errors(schema))
