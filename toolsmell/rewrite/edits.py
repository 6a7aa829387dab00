"""Rewrites as edits of the files that the tools were read from."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from toolsmell.editing.diff_paths import diff_path
from toolsmell.editing.patch import PatchError, UneditableError, unified_diff
from toolsmell.evidence.proposals import Proposal, texts
from toolsmell.model import Manifest, Place


class Patch(NamedTuple):
    """A file before and after."""

    file: str
    before: bytes
    after: bytes

    @property
    def diff(self) -> str:
        """A unified diff that `git apply` takes; empty if nothing changes."""
        return unified_diff(diff_path(self.file), _text(self.file, self.before), _text(self.file, self.after))


class Patched(NamedTuple):
    """The files to write for all servers of a run."""

    files: tuple[Patch, ...]
    left_out: tuple[str, ...] = ()
    """The tools whose texts cannot be written, each with the reason."""


class _Files:
    """The files as they become, one server after the other."""

    def __init__(self) -> None:
        self.before: dict[str, bytes] = {}
        self.after: dict[str, bytes] = {}

    def add(self, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
        self.before = {**before, **self.before}
        self.after |= after


def patched(read: Iterable[tuple[Manifest, Sequence[Proposal], str | None]]) -> Patched:
    """Return the files of manifests with the proposed texts; a text that a file cannot take is left out, and said.

    The third part is the new text of the instructions, or None if it stays: all texts of that server are then written,
    or none, because the tools no longer say what the instructions say for them.
    """
    files, left_out = _Files(), list[str]()
    for manifest, proposals, instructions in read:
        if wanted := [p for p in proposals if p.proposed]:
            left_out += _into(files, manifest, wanted, instructions)
    patches = (Patch(file, files.before[file], after) for file, after in files.after.items())
    return Patched(tuple(p for p in patches if p.before != p.after), tuple(left_out))


def _into(
    files: _Files, manifest: Manifest, proposals: Sequence[Proposal], instructions: str | None = None
) -> list[str]:
    """Write texts into the files of a manifest: all at once, or else tool by tool; return what cannot be written."""
    if manifest.locator is None:
        return [f"{manifest.source}: is no file that can be edited"]
    wanted = {place: text for p in proposals for place, text in _texts(p).items()}
    if instructions is not None:
        wanted[Place(None, "/instructions")] = instructions
    try:
        done = manifest.locator.edit(manifest, wanted, files.after)
    except UneditableError as error:
        return [str(error)]
    except PatchError as error:
        if instructions is not None:
            return [f"{manifest.source}: {error}"]
        if len(proposals) == 1:
            return [f"{proposals[0].name}: {error}"]
        return [reason for proposal in proposals for reason in _into(files, manifest, [proposal])]
    files.add(done.before, done.after)
    return []


def _texts(proposal: Proposal) -> dict[Place, str]:
    if proposal.proposed is None:
        return {}
    found = texts(proposal.proposed.rewrite, proposal.description)
    return {Place(proposal.index, pointer): text for pointer, text in found.items()}


def _text(file: str, data: bytes) -> str:
    from toolsmell.sources.code import is_source
    from toolsmell.sources.code.source import decode

    return decode(data, file).text if is_source(file) else data.decode("utf-8", "surrogatepass")
