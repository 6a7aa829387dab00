"""Rewrites as edits of the files that the tools were read from: spans only, and read again to prove it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from toolsmell.editing.patch import PatchError, Replacement, splice, string_literal, unified_diff
from toolsmell.evidence.claims import Proposal, texts
from toolsmell.model import Json, Manifest, Place, Pointer
from toolsmell.model.pointer import unescape
from toolsmell.sources.json import document as jsontext
from toolsmell.sources.json.document import Document
from toolsmell.sources.json.manifest import JsonLocator
from toolsmell.text import pattern

_WIDEST = 400
"""Characters of indentation and key that are looked at in front of a value."""


class Patch(NamedTuple):
    """A file before and after."""

    file: str
    before: bytes
    after: bytes

    @property
    def diff(self) -> str:
        """A unified diff that `git apply` takes; empty where nothing changes."""
        return unified_diff(self.file, _text(self.file, self.before), _text(self.file, self.after))


class Patched(NamedTuple):
    """What is written for all servers of a run."""

    files: tuple[Patch, ...]
    left_out: tuple[str, ...] = ()
    """The tools whose texts cannot be written, each with the reason."""


class _Files:
    """The files as they become, one server after the other."""

    def __init__(self) -> None:
        self.before: dict[str, bytes] = {}
        self.after: dict[str, bytes] = {}
        self.documents: dict[str, Document] = {}

    def add(self, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
        self.before = {**before, **self.before}
        self.after |= after


def patched(read: Iterable[tuple[Manifest, Sequence[Proposal]]]) -> Patched:
    """Return the files of manifests with the proposed texts.

    Raises `PatchError` where an edited JSON file would not read back as the same tools with these texts; what source
    code cannot hold is left out, and said.
    """
    files, left_out = _Files(), list[str]()
    for manifest, proposals in read:
        wanted = {p.index: p for p in proposals if p.proposed}
        if not wanted:
            continue
        locator = manifest.locator
        if isinstance(locator, JsonLocator) and locator.document.alone:
            _into_json(files, locator, wanted.values())
        elif is_written(manifest):
            left_out += _into_code(files, manifest, list(wanted.values()))
        else:
            left_out.append(f"{manifest.source}: is no file that can be edited")
    patches = (Patch(file, files.before[file], after) for file, after in files.after.items())
    return Patched(tuple(p for p in patches if p.before != p.after), tuple(left_out))


def is_written(manifest: Manifest) -> bool:
    """Say whether the source code of a manifest is at hand."""
    # Loading what reads source code costs more than asking for a name.
    return type(manifest.locator).__name__ in ("SourceLocator", "SpanLocator")


def unwritable(manifest: Manifest) -> Callable[[int, Pointer], str | None]:
    """Return what says why no text can be written at a place of the source code; elsewhere every text can."""
    if not is_written(manifest):
        return lambda _tool, _pointer: None
    from toolsmell.sources.code import rewrite

    return lambda tool, pointer: rewrite.unwritable(manifest, Place(tool, pointer))


def _into_json(files: _Files, locator: JsonLocator, proposals: Iterable[Proposal]) -> None:
    before = files.documents.get(locator.document.file, locator.document)
    edits = {locator.pointer(place): text for p in proposals for place, text in _texts(p).items()}
    after = files.documents[before.file] = with_texts(before, edits)
    files.add({before.file: _data(before)}, {before.file: _data(after)})


def _into_code(files: _Files, manifest: Manifest, proposals: Sequence[Proposal]) -> list[str]:
    """Write texts into source code: all at once, or else tool by tool; return what cannot be written."""
    from toolsmell.sources.code.rewrite import rewritten

    left_out = []
    try:
        done = rewritten(manifest, {k: v for p in proposals for k, v in _texts(p).items()}, files.after)
    except PatchError as error:
        if len(proposals) == 1:
            return [f"{proposals[0].name}: {error}"]
        for proposal in proposals:
            left_out += _into_code(files, manifest, [proposal])
    else:
        files.add(done.before, done.after)
    return left_out


def _texts(proposal: Proposal) -> dict[Place, str]:
    if proposal.proposed is None:
        return {}
    found = texts(proposal.proposed.rewrite, proposal.description)
    return {Place(proposal.index, pointer): text for pointer, text in found.items()}


def _data(document: Document) -> bytes:
    return document.text.encode("utf-8", "surrogatepass")


def _text(file: str, data: bytes) -> str:
    from toolsmell.sources.code import is_source
    from toolsmell.sources.code.source import decode

    return decode(data, file).text if is_source(file) else data.decode("utf-8", "surrogatepass")


def with_texts(document: Document, edits: Mapping[Pointer, str]) -> Document:
    """Return the document with the texts at the pointers: replaced where there is one, else added to their object."""
    spans = document.value_spans(edits)
    replacements = [
        Replacement(span.start, span.end, string_literal(edits[at], like=span.text)) for at, span in spans.items()
    ]
    added = [at for at in edits if at not in spans]
    replacements += [_added(document, at, edits[at]) for at in added]
    expected = document.value
    for at, text in edits.items():
        expected = _with(expected, [unescape(step) for step in at.split("/")[1:]], text, at)
    after = jsontext.parse(splice(document.text, replacements), document.file)
    if after.value != expected:
        raise PatchError(f"{document.file}: the edited text does not read back as it should; nothing was changed")
    return after


def _added(document: Document, at: Pointer, text: str) -> Replacement:
    """Put a new key behind the name or type of its object, set as that one is; else at the object's beginning."""
    parent, _, key = at.rpartition("/")
    member = f"{string_literal(unescape(key), '')}: {string_literal(text, document.text[:2000])}"
    anchors = document.value_spans([f"{parent}/{anchor}" for anchor in ("name", "type")])
    for anchor in sorted(anchors.values()):
        before = document.text[max(0, anchor.start - _WIDEST) : anchor.start]
        if found := pattern(r'[{,]([ \t\r\n]*)"\w+"[ \t\r\n]*:[ \t\r\n]*\Z').search(before):
            return Replacement(anchor.end, anchor.end, f",{found[1] or _space(before)}{member}")
    span = document.value_span(parent)
    if span is None or not span.text.startswith("{"):
        raise PatchError(f"{document.file}: {at}: there is no object to add it to")
    blank = pattern(r"\{([ \t\r\n]*)(\})?").match(span.text)
    space, empty = (blank[1], blank[2]) if blank else ("", None)
    inside = member if empty else f"{space}{member},{'' if space else ' '}"
    return Replacement(span.start + 1, span.start + 1, inside)


def _space(before: str) -> str:
    """Return the blank that a file puts behind its commas, going by one behind a colon."""
    return " " if before.endswith(" ") else ""


def _with(value: Json, steps: list[str], text: str, at: Pointer) -> Json:
    if not steps:
        return text
    head, rest = steps[0], steps[1:]
    if isinstance(value, dict) and (head in value or not rest):
        return {**value, head: _with(value.get(head), rest, text, at)}
    if isinstance(value, list) and head.isdecimal() and int(head) < len(value):
        return [*value[: int(head)], _with(value[int(head)], rest, text, at), *value[int(head) + 1 :]]
    raise PatchError(f"{at}: there is nothing to edit")
