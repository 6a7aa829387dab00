"""Moves sentences that several tools share from the tools to the server's instructions."""

from collections.abc import Callable, Mapping, Sequence
from re import IGNORECASE
from typing import Final, NamedTuple

from toolsmell.evidence.citations import ToolEvidence
from toolsmell.evidence.claims import Claim, Rewrite
from toolsmell.evidence.facts import mentions
from toolsmell.evidence.proposals import Proposal, VariantKind
from toolsmell.model import Pointer
from toolsmell.model.reading import StatementKind
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rewrite.check.new_sentences import normal
from toolsmell.rewrite.measure import Bench
from toolsmell.rewrite.propose import poisoned, untouchable
from toolsmell.rewrite.variants import variant
from toolsmell.rewrite.waste import SharedSentence, shared, without_sentence
from toolsmell.text import pattern

_BOUND: Final = (
    r"^(?:this|it|its|these|those|they|then|also|otherwise|however|if so|in this case|instead|and|but)\b"
    r"|\b(?:this|these) (?:tool|call|function|parameters?|fields?|values?|operation)\b"
)
"""Words that bind a sentence to its tool or to the sentence before it."""


class Move(NamedTuple):
    """The new instructions, with the sentences that the tools had in common."""

    instructions: str
    sentences: tuple[SharedSentence, ...]
    tokens: int
    """Change in the tokens of the server: instructions and tools."""


class Moved(NamedTuple):
    """The proposals of a server after the move."""

    proposals: tuple[Proposal, ...]
    move: Move | None = None
    reason: str = ""
    """Why nothing was moved."""


def moved(
    bench: Bench, proposals: Sequence[Proposal], unwritable: Callable[[int | None, Pointer], str | None]
) -> Moved:
    """Move the sentences that at least three tools share, if they mean the same in the instructions."""
    server, made = bench.server, tuple(proposals)
    instructions = server.manifest.instructions
    if not instructions:
        why = server.manifest.unknown.get("instructions", "the server sends none")
        return Moved(made, reason=f"nothing is moved to the instructions: {why}")
    if fixed := unwritable(None, "/instructions"):
        return Moved(made, reason=f"nothing is moved to the instructions: {fixed}")
    free = {t.tool.label: t for t in server.tools if _may_lose(t, bench, unwritable)}
    found = [one for one in (_among(s, free) for s in shared(server)) if _pays(one, server)]
    if not found:
        return Moved(made, reason="nothing is moved to the instructions: no sentence that tools share can stand alone")
    lines = [_line(one, server) for one in found]
    text = "\n".join((instructions.rstrip(), *(line for line in lines if line not in instructions)))
    after = tuple(_shorter(one, found, bench) for one in made)
    count = bench.yardstick.counter.tokens
    cost = count(text) - count(instructions) + sum(map(_saved, made, after))
    return Moved(after, Move(text, tuple(found), cost)) if cost < 0 else Moved(made, reason="moving would save nothing")


def _may_lose(tool: ToolContext, bench: Bench, unwritable: Callable[[int | None, Pointer], str | None]) -> bool:
    safe = untouchable(tool) is None and not any(poisoned(tool, bench))
    return safe and not unwritable(tool.tool.index, "/description")


def _among(one: SharedSentence, free: Mapping[str, ToolContext]) -> SharedSentence:
    """Return a sentence with only those tools that may lose it."""
    tools = tuple(name for name in one.tools if name in free)
    return one._replace(tools=tools, saved=(len(tools) - 1) * max(1, len(one.text) // 4))


def _pays(one: SharedSentence, server: ServerContext) -> bool:
    """Return True if a sentence means the same outside of its tools, and saves more than naming them costs."""
    if len(one.tools) < 3 or pattern(_BOUND, IGNORECASE).search(one.text):
        return False
    named = {p.name for name in one.tools for p in server.by_name[name].parameters if len(p.name) > 2}
    first = server.by_name[one.tools[0]].reading.sentences
    steers = any(s.text == one.text and StatementKind.STEERING in s.says for s in first)
    if any(mentions(one.text.lower(), name.lower()) and f"`{name}`" in one.text for name in named) or steers:
        return False
    return len(_line(one, server)) < len(one.text) * len(one.tools)


def _line(one: SharedSentence, server: ServerContext) -> str:
    """Return the line for the instructions: the sentence, and the tools that it is about."""
    everything = [tool.tool.label for tool in server.tools]
    others = [name for name in everything if name not in one.tools]
    if not others:
        return f"All tools: {one.text}"
    if len(others) < len(one.tools):
        return f"All tools but {_listed(others)}: {one.text}"
    return f"{_listed(one.tools)}: {one.text}"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _shorter(proposal: Proposal, found: Sequence[SharedSentence], bench: Bench) -> Proposal:
    """Remove the moved sentences from the text that is proposed for a tool, or from the original."""
    tool = bench.server.by_name.get(proposal.name or "")
    gone = [one for one in found if proposal.name in one.tools]
    if tool is None or tool.tool.index != proposal.index or not gone:
        return proposal
    before = proposal.proposed
    rewrite = before.rewrite if before else Rewrite(tool.text.raw)
    description = rewrite.description
    for one in gone:
        description = without_sentence(description, one.text)
    if description == rewrite.description:
        return proposal
    kept: tuple[Claim, ...] = tuple(c for c in rewrite.claims if normal(c.text) not in {normal(s.text) for s in gone})
    made = variant(VariantKind.LEAN, ToolEvidence(tool), rewrite._replace(description=description, claims=kept), bench)
    made = made._replace(violations=(), checked=before.checked if before else made.checked)
    if before:
        made = made._replace(kind=before.kind, by_model=before.by_model, uses=before.uses)
    cost = made.measured.tokens - proposal.original.tokens
    words = f"{'; ' if before else ''}what {len(gone[0].tools)} tools share moves to the instructions, {cost:+d} tokens"
    return proposal._replace(proposed=made, reason=f"{proposal.reason if before else ''}{words}")


def _saved(before: Proposal, after: Proposal) -> int:
    """Return the tokens that a tool saves by the move."""
    was = before.proposed.measured.tokens if before.proposed else before.original.tokens
    now = after.proposed.measured.tokens if after.proposed else after.original.tokens
    return now - was
