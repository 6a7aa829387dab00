"""The sentences of proposals that rest on lines of code."""

from collections.abc import Iterable, Iterator

from toolsmell.evidence.claims import Citation, CiteKind, Claim
from toolsmell.evidence.proposals import Proposal, pointer_of
from toolsmell.model.implementation import CodeLines, Rest
from toolsmell.text import pattern

_PLACE = r"(.+):(\d+)(?:-(\d+))?@([0-9a-f]+)#\w+"


def rests_of(proposals: Iterable[tuple[str, Iterable[Proposal]]]) -> Iterator[Rest]:
    """Yield the proposed sentences that cite code, of servers given by their keys."""
    for server, made in proposals:
        for proposal in made:
            claims = proposal.proposed.rewrite.claims if proposal.proposed is not None else ()
            for claim in claims if proposal.name is not None else ():
                if lines := tuple(_lines_of(claim)):
                    yield Rest(server, proposal.name or "", pointer_of(claim.parameter), claim.text, lines)


def _lines_of(claim: Claim) -> Iterator[CodeLines]:
    found = (lines_at(cite) for cite in claim.cites if cite.kind is CiteKind.CODE)
    yield from dict.fromkeys(lines for lines in found if lines is not None)


def lines_at(cite: Citation) -> CodeLines | None:
    """Return the lines that a citation of code names, or None if it is malformed."""
    match = pattern(_PLACE).fullmatch(cite.at)
    return CodeLines(match[1], int(match[2]), int(match[3] or match[2]), match[4]) if match is not None else None
