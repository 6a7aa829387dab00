"""Applies the mechanical fixes of rules to a manifest, until none is left."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from toolsmell.editing.patch import PatchError, UneditableError
from toolsmell.model import Finding, JsonText, Manifest, Place, ServerReport, Tool

Scan: TypeAlias = Callable[[Manifest], ServerReport]
"""Lints a manifest; the findings that must not be fixed are suppressed."""

ROUNDS = 10
"""A fix may make another one possible; fixes that keep undoing each other end here."""


class Fixed(NamedTuple):
    """A manifest after its safe fixes."""

    manifest: Manifest
    before: Mapping[str, bytes] = {}
    """The files that change, as they were read, by name."""
    after: Mapping[str, bytes] = {}
    fixes: tuple[str, ...] = ()
    """The applied fixes, for people."""
    refused: tuple[tuple[str, str], ...] = ()
    """The rejected fixes, each with the reason."""


class _Fix(NamedTuple):
    texts: Mapping[Place, str]
    words: str


def fixed(manifest: Manifest, scan: Scan, files: Mapping[str, bytes] | None = None) -> Fixed:
    """Return the manifest with every safe fix that its files can take. The others are rejected with the reason.

    `files` are those whose content has changed since they were read, because another server in them has been fixed.
    """
    done = Fixed(manifest)
    refused: dict[str, str] = {}
    for _ in range(ROUNDS):
        fixes = [fix for fix in _fixes(scan(done.manifest), done.manifest) if fix.words not in refused]
        if not fixes:
            break
        try:
            done = _applied(done, fixes, files or {})
        except PatchError:
            for fix in fixes:
                try:
                    done = _applied(done, [fix], files or {})
                except PatchError as error:
                    refused[fix.words] = str(error)
    return done._replace(refused=tuple(refused.items()))


def single(manifest: Manifest, tool: Tool, finding: Finding) -> Fixed | None:
    """Return the manifest with the fix of one finding; None if it has no safe one. Raises `PatchError`."""
    fixes = list(_by_tool(finding, tool.index, {one.index: one for one in manifest.tools}))
    return _applied(Fixed(manifest), fixes, {}) if fixes else None


def _fixes(report: ServerReport, manifest: Manifest) -> Iterator[_Fix]:
    """Yield the safe fixes. If several change the same text, the others wait for the next round."""
    taken: set[Place] = set()
    tools = {tool.index: tool for tool in manifest.tools}
    for scanned in report.tools:
        for finding in scanned.findings:
            for fix in _by_tool(finding, scanned.index, tools):
                if taken.isdisjoint(fix.texts):
                    taken.update(fix.texts)
                    yield fix


def _applied(done: Fixed, fixes: list[_Fix], files: Mapping[str, bytes]) -> Fixed:
    """Return the result with more fixes. Raises `PatchError` if the files cannot take one of them."""
    manifest = done.manifest
    if manifest.locator is None:
        raise UneditableError(f"{manifest.source}: was not read from source code; give its folder with `--source DIR`")
    texts = {place: text for fix in fixes for place, text in fix.texts.items()}
    if any(isinstance(text, JsonText) for text in texts.values()) and not getattr(
        manifest.locator, "takes_json", False
    ):
        raise UneditableError(
            f"{manifest.source}: schemas in source code are not edited; follow the help of the finding"
        )
    changed = manifest.locator.edit(manifest, texts, {**files, **done.after})
    words = (*done.fixes, *(fix.words for fix in fixes))
    # `before` keeps the content from before the first fix.
    return Fixed(changed.manifest, {**changed.before, **done.before}, {**done.after, **changed.after}, words)


def _by_tool(finding: Finding, own: int, tools: Mapping[int, Tool]) -> Iterator[_Fix]:
    """Yield the safe fix of a finding for each of its tools, so that one that cannot be edited stops no other."""
    if finding.fix is None or not finding.fix.safe or finding.suppressed:
        return
    texts: dict[int, dict[Place, str]] = {}
    for edit in finding.fix.edits:
        index = own if edit.tool is None else edit.tool
        texts.setdefault(index, {})[Place(index, edit.pointer)] = edit.text
    for index, edits in texts.items():
        yield _Fix(edits, f"{tools[index].label}: {finding.fix.description} ({finding.id})")
