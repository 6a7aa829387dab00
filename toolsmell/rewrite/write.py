"""Adds the sentences of claims after the existing text, which stays as it is."""

from collections.abc import Iterable, Sequence

from toolsmell.evidence.citations import ToolEvidence
from toolsmell.evidence.claims import Claim, Rewrite
from toolsmell.model import Component
from toolsmell.text import pattern

_SECTION = r"(?m)^[ \t]*(?:Args|Arguments|Parameters|Params|Returns|Raises|Yields|Examples?|Notes?)[ \t]*:[ \t]*$"
"""The heading of a part of a docstring."""


def written(evidence: ToolEvidence, claims: Iterable[Claim], order: Sequence[Component]) -> Rewrite:
    """Return the tool's texts with the sentences of `claims` added, in the `order` of their components."""
    ordered = sorted(claims, key=lambda claim: order.index(claim.component))
    own = [claim.text for claim in ordered if claim.parameter is None]
    told = {p.name: p.description or "" for p in evidence.tool.parameters}
    by_parameter: dict[str, list[str]] = {}
    for claim in ordered:
        if claim.parameter is not None:
            by_parameter.setdefault(claim.parameter, []).append(claim.text)
    parameters = {name: _behind(told.get(name, ""), sentences) for name, sentences in by_parameter.items()}
    return Rewrite(_behind(evidence.tool.tool.description or "", own), parameters, tuple(ordered))


def _behind(text: str, sentences: list[str]) -> str:
    if not sentences:
        return text
    added = " ".join(sentences)
    kept = text.rstrip()
    if not kept:
        return added
    if section := pattern(_SECTION).search(kept):
        # After a list of parameters it would read as a part of it.
        head, rest = kept[: section.start()].rstrip(), kept[section.start() :]
        return f"{_behind(head, sentences)}\n\n{rest}" if head else f"{added}\n\n{rest}"
    if "\n" in kept:
        return f"{kept}\n\n{added}"
    return f"{kept}{'' if kept.endswith(('.', '!', '?', ':', ';', '…', '。')) else '.'} {added}"
