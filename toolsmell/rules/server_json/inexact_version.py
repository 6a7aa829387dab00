"""A version that does not say which one: `latest`, a range, or an image without a tag.

## What it checks

The `version` of the entry and of each package, and the tag of a container image: one exact version, not
`latest`, not a range (`^1.2`, `>=1`, `1.x`, `1 - 2`), and, of an npm or PyPI package, not left out.

## Why it matters

A version that nobody reviewed is installed: the next release runs on every machine, with whatever tools it
has, without anyone having looked at them. The registry rejects ranges and `latest`.

## Smelly

```json
{"name": "io.github.ana/tides", "description": "Tide tables for ports.", "version": "1.0.0",
 "packages": [{"registryType": "npm", "identifier": "tides-mcp", "version": "^1.0.0",
   "transport": {"type": "stdio"}}]}
```

## Better

```json
{"name": "io.github.ana/tides", "description": "Tide tables for ports.", "version": "1.0.0",
 "packages": [{"registryType": "npm", "identifier": "tides-mcp", "version": "1.0.0",
   "transport": {"type": "stdio"}}]}
```

## Not flagged

Versions that do not follow semantic versioning but name one release (`2026.1.25`, `v3`), and images named
by digest.

## References

- server.json, schema of 2025-12-11, `version`: https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json
- What the registry takes for a range: https://github.com/modelcontextprotocol/registry/blob/main/internal/validators/validators.go
"""

from collections.abc import Iterator

from toolsmell.escape import shown
from toolsmell.model.declared import DeclaredPart, ServerJson, image_tag, is_exact
from toolsmell.rules.base import Hit, Options


def check(entry: ServerJson, _options: Options) -> Iterator[Hit]:
    if entry.version and not is_exact(entry.version):
        yield _hit("/version", "the entry", entry.version)
    for i, package in enumerate(entry.packages):
        yield from _package(package, f"package {i}")


def _package(package: DeclaredPart, what: str) -> Iterator[Hit]:
    version = package.text("version")
    kind = package.text("registryType")
    identifier = package.text("identifier") or ""
    if version:
        if not is_exact(version):
            yield _hit(f"{package.pointer}/version", what, version)
    elif kind in ("npm", "pypi"):
        yield Hit(
            package.pointer,
            f"{what} has no version: every start runs the newest one",
            excerpt=identifier[:200],
        )
    elif kind == "oci" and identifier:
        tag = image_tag(identifier)
        if tag is None or not is_exact(tag):
            yield _hit(f"{package.pointer}/identifier", what, tag or "no tag, which is latest")


def _hit(pointer: str, what: str, version: str) -> Hit:
    message = f"the version of {what} is not an exact one ({shown(version)}): what is installed can change unseen"
    return Hit(pointer, message, excerpt=shown(version))
