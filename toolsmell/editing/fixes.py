"""Applies the mechanical fixes of rules to a manifest, until none is left."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from toolsmell.app import Scanner, ScanOptions
from toolsmell.editing.patch import PatchError
from toolsmell.model import Finding, Manifest, Place, Tool
from toolsmell.project.suppress import NOTHING, Given, Suppressor
from toolsmell.sources.json.manifest import JsonLocator, with_edits

ROUNDS = 10
"""A fix may lay another bare; fixes that keep undoing each other end here."""


class Fixed(NamedTuple):
    """A manifest after its safe fixes."""

    manifest: Manifest
    before: Mapping[str, bytes] = {}
    """The files that change, as they were read; by their names."""
    after: Mapping[str, bytes] = {}
    fixes: tuple[str, ...] = ()
    """What was done, for people."""
    refused: tuple[tuple[str, str], ...] = ()
    """What could not be done, each with the reason."""


class _Fix(NamedTuple):
    texts: Mapping[Place, str]
    words: str


def fixed(
    manifest: Manifest, options: ScanOptions, given: Given = NOTHING, files: Mapping[str, bytes] | None = None
) -> Fixed:
    """Return the manifest with every safe fix applied that its files can hold; the others are said to be refused.

    What `given` suppresses is left as it is. `files` are those that hold something else by now than when they were
    read, because another server in them has been fixed.
    """
    fixer = _Fixer(options, given._replace(baseline=()), files or {})
    done = Fixed(manifest)
    refused: dict[str, str] = {}
    for _ in range(ROUNDS):
        fixes = [fix for fix in fixer.fixes(done.manifest) if fix.words not in refused]
        if not fixes:
            break
        try:
            done = fixer.apply(done, fixes)
        except PatchError:
            for fix in fixes:
                try:
                    done = fixer.apply(done, [fix])
                except PatchError as error:
                    refused[fix.words] = str(error)
    return done._replace(refused=tuple(refused.items()))


class _Fixer(NamedTuple):
    options: ScanOptions
    given: Given
    files: Mapping[str, bytes]

    def fixes(self, manifest: Manifest) -> Iterator[_Fix]:
        """Yield the safe fixes; of those that want the same text changed, the first, so that the others wait."""
        taken: set[Place] = set()
        report = Suppressor(self.given).apply(Scanner(self.options).scan(manifest), manifest.ignores)
        tools = {tool.index: tool for tool in manifest.tools}
        for scanned in report.tools:
            for finding in scanned.findings:
                fix = _fix(tools[scanned.index], finding)
                if fix and taken.isdisjoint(fix.texts):
                    taken.update(fix.texts)
                    yield fix

    def apply(self, done: Fixed, fixes: list[_Fix]) -> Fixed:
        """Return what is fixed with more fixes. Raises `PatchError` where the files cannot hold one of them."""
        texts = {place: text for fix in fixes for place, text in fix.texts.items()}
        words = (*done.fixes, *(fix.words for fix in fixes))
        manifest = done.manifest
        if isinstance(manifest.locator, JsonLocator):
            after = with_edits(manifest, texts)
            # The first text of a file stays the one before.
            before = {manifest.source: _text(manifest), **done.before}
            return Fixed(after, before, {manifest.source: _text(after)}, words)
        from toolsmell.sources.code.rewrite import rewritten

        changed = rewritten(manifest, texts, {**self.files, **done.after})
        return Fixed(changed.manifest, {**changed.before, **done.before}, {**done.after, **changed.after}, words)


def _fix(tool: Tool, finding: Finding) -> _Fix | None:
    if finding.fix is None or not finding.fix.safe or finding.suppressed:
        return None
    texts = {Place(tool.index, edit.pointer): edit.text for edit in finding.fix.edits}
    return _Fix(texts, f"{tool.label}: {finding.fix.description} ({finding.id})")


def _text(manifest: Manifest) -> bytes:
    text = manifest.locator.document.text if isinstance(manifest.locator, JsonLocator) else ""
    return text.encode("utf-8", "surrogatepass")
