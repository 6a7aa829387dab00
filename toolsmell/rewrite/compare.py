"""Compares the tools of a server before and after a rewrite, whoever wrote it: what is lost, and what is not true."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from toolsmell.calling.outcomes import Observation
from toolsmell.evidence.check_verdicts import Checked, CheckedSentence, CheckVerdict
from toolsmell.evidence.citations import ToolEvidence
from toolsmell.evidence.claims import Objection, Rewrite, Violation
from toolsmell.evidence.code import with_implementations
from toolsmell.evidence.proposals import Measured
from toolsmell.model import Manifest, Severity, Tool
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rewrite.check.checker import check
from toolsmell.rewrite.check.objections import against_losses
from toolsmell.rewrite.check.question import Checker
from toolsmell.rewrite.documents import passages
from toolsmell.rewrite.measure import Bench, Yardstick
from toolsmell.rewrite.schema_change import schema_change


class Verification(NamedTuple):
    """The comparison of one tool before and after."""

    name: str
    checked: Checked
    before: Measured | None
    after: Measured | None
    """Scores and tokens; None if the tool is missing on that side."""
    findings: tuple[str, ...] = ()
    """Findings that the new text has and the old one does not, each as `id: message`."""
    routing: tuple[Violation, ...] = ()
    """Siblings that the new text reads more like than the old one did."""

    @property
    def lost(self) -> tuple[Violation, ...]:
        """Facts that the original states and the rewrite does not."""
        return self.checked.lost

    @property
    def unsupported(self) -> tuple[CheckedSentence, ...]:
        """New sentences that the evidence does not say, or that nobody could verify."""
        return self.checked.having(CheckVerdict.NOT_SAID, CheckVerdict.UNVERIFIED)

    @property
    def contradicted(self) -> tuple[CheckedSentence, ...]:
        """New sentences that the tool or the evidence contradicts."""
        return self.checked.having(CheckVerdict.CONTRADICTED)

    @property
    def steering(self) -> tuple[CheckedSentence, ...]:
        """New sentences that order the agent about or praise the tool."""
        return self.checked.having(CheckVerdict.STEERING)

    @property
    def verified(self) -> tuple[CheckedSentence, ...]:
        """New sentences that are true by the evidence."""
        return self.checked.having(CheckVerdict.ENTAILED)

    @property
    def sound(self) -> bool:
        """Whether nothing is lost, invented, contradicted or steering."""
        return self.checked.sound

    def passes(self, *, allow_unverified: bool) -> bool:
        """Return True if the rewrite is sound, or is but for sentences that nothing speaks for or against."""
        if not allow_unverified:
            return self.sound
        return not self.lost and all(s.accepted or s.unsettled for s in self.checked.sentences)

    @property
    def changed(self) -> bool:
        """Whether the check has anything to say."""
        return bool(self.checked.sentences or self.checked.lost or self.findings or self.before != self.after)


class ExtraEvidence(NamedTuple):
    """Evidence besides the server's own list."""

    observations: Sequence[Observation] = ()
    documents: Mapping[str, str] = {}
    """Texts such as a README, by name: passages that name a tool are evidence about it."""
    private: tuple[str, ...] = ()


def verify(
    before: Manifest,
    after: Manifest,
    yardstick: Yardstick,
    sources: ExtraEvidence | None = None,
    checker: Checker | None = None,
    *,
    tools: frozenset[str] = frozenset(),
) -> Iterator[Verification]:
    """Yield the comparison of each tool of `before`, in its order; of `tools` only, if some are named.

    Tools are matched by name; new tools of `after` are not compared. Without `checker`, a new sentence is verified
    only if it states typed facts alone.
    """
    sources = sources or ExtraEvidence()
    old, new = Bench(ServerContext(with_implementations(before)), yardstick), Bench(ServerContext(after), yardstick)
    for tool in old.server.by_name.values():
        if tools and tool.tool.name not in tools:
            continue
        now = new.server.by_name.get(tool.tool.name or "")
        if now is None:
            gone = Violation(Objection.LOST_REFERENCE, "the tool is missing after the rewrite")
            yield Verification(tool.tool.name or "", Checked((), (gone,)), old.measured(tool), None)
        else:
            yield _compared(old, new, tool, now, sources, checker)


def added(before: Manifest, after: Manifest) -> tuple[str, ...]:
    """Return the names of the tools that only `after` has."""
    known = {tool.name for tool in before.tools}
    return tuple(tool.name for tool in after.tools if tool.name is not None and tool.name not in known)


def _compared(
    old: Bench, new: Bench, tool: ToolContext, now: ToolContext, sources: ExtraEvidence, checker: Checker | None
) -> Verification:
    rewrite = rewrite_between(tool.tool, now.tool)
    documents = passages(tool.tool.name or "", sources.documents)
    evidence = ToolEvidence(tool, sources.observations, sources.private, documents)
    checked = check(evidence, rewrite, checker) if rewrite else Checked()
    if rewrite and checked.lost:
        told = _new_instructions(old.server.manifest, new.server.manifest)
        missing = against_losses(evidence, rewrite._replace(description=f"{rewrite.description}\n\n{told}"))
        checked = checked._replace(lost=tuple(v for v in checked.lost if v in missing))
    if words := schema_change(tool.tool, now.tool, old.findings_of(tool)):
        checked = checked._replace(lost=(*checked.lost, Violation(Objection.LOST_VALUE, words)))
    found = _new_findings(old, new, tool, now)
    routing = tuple(old.nearer(tool, now)) if rewrite else ()
    return Verification(tool.tool.name or "", checked, old.measured(tool), new.measured(now), found, routing)


def _new_instructions(before: Manifest, after: Manifest) -> str:
    """Return the lines of the server's instructions that are new: what they say is not lost, but moved."""
    known = (before.instructions or "").splitlines()
    return "\n".join(line for line in (after.instructions or "").splitlines() if line not in known)


def rewrite_between(before: Tool, after: Tool) -> Rewrite | None:
    """Return the texts of `after` as a rewrite of `before`, or None if no text differs."""
    told = {name: text for name, text in described(after).items() if text != described(before).get(name)}
    same = (after.description or "") == (before.description or "") and after.raw.get("title") == before.raw.get("title")
    return None if same and not told else Rewrite(after.description or "", told)


def described(tool: Tool) -> dict[str, str]:
    """Return the descriptions of the parameters; one that is missing is an empty text."""
    schema = tool.input_schema
    named = schema.get("properties") if isinstance(schema, dict) else None
    about = named if isinstance(named, dict) else {}
    told = {name: value.get("description") for name, value in about.items() if isinstance(value, dict)}
    return {name: text if isinstance(text, str) else "" for name, text in told.items()}


def _new_findings(old: Bench, new: Bench, tool: ToolContext, now: ToolContext) -> tuple[str, ...]:
    known = {f.id for f in old.findings_of(tool)}
    found = (f for f in new.findings[now.tool.index] if f.severity is not Severity.NOTE and f.id not in known)
    return tuple(dict.fromkeys(f"{f.id}: {f.message}" for f in found))
