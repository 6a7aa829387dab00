"""Applies the mechanical fixes of rules to a manifest, until none is left."""

from typing import NamedTuple

from toolsmell.app import Scanner, ScanOptions
from toolsmell.model import Manifest, Place, Pointer
from toolsmell.sources.manifest import JsonLocator, with_edits

ROUNDS = 10
"""A fix may lay another bare; fixes that keep undoing each other end here."""


class Fixed(NamedTuple):
    """A manifest after its safe fixes."""

    manifest: Manifest
    file: str
    before: str
    after: str
    """The text of the file; equal to `before` where there was nothing to fix."""
    fixes: tuple[str, ...]
    """What was done, for people."""


def fixed(manifest: Manifest, options: ScanOptions) -> Fixed:
    """Return the manifest with every safe fix applied. Raises `PatchError` where its file cannot be edited."""
    before = _text(manifest)
    done: list[str] = []
    for _ in range(ROUNDS):
        edits = _safe_edits(manifest, options, done)
        if not edits:
            break
        manifest = with_edits(manifest, edits)
    return Fixed(manifest, manifest.source, before, _text(manifest), tuple(done))


def _safe_edits(manifest: Manifest, options: ScanOptions, done: list[str]) -> dict[Place, str]:
    """Return one edit for each string that a safe fix wants changed; another fix of that string waits a round."""
    edits: dict[Place, str] = {}
    for tool in Scanner(options).scan(manifest).tools:
        for finding in tool.findings:
            if finding.fix is None or not finding.fix.safe or finding.suppressed:
                continue
            wanted: dict[Pointer, str] = {edit.pointer: edit.text for edit in finding.fix.edits}
            if any(Place(tool.index, pointer) in edits for pointer in wanted):
                continue
            edits |= {Place(tool.index, pointer): text for pointer, text in wanted.items()}
            done.append(f"{tool.name or tool.index}: {finding.fix.description} ({finding.id})")
    return edits


def _text(manifest: Manifest) -> str:
    return manifest.locator.document.text if isinstance(manifest.locator, JsonLocator) else ""
