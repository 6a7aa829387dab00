"""Asks a person about each proposal: the diff first, then yes, no, edit, skip the server, or quit."""

from collections.abc import Iterator
from typing import Final

import click

from toolsmell.cli.options.delivery import Augmented
from toolsmell.cli.shown_proposals import shown_server
from toolsmell.editing.patch import unified_diff
from toolsmell.escape import inert, shown, visible
from toolsmell.evidence.citations import ToolEvidence
from toolsmell.evidence.proposals import Proposal
from toolsmell.model import Manifest
from toolsmell.reading.context import ServerContext
from toolsmell.rewrite.check.checker import check

DECLINED: Final = "left alone: you declined it"
_CHOICES: Final = "[y]es, [n]o, [e]dit, [s]kip this server, [q]uit"


class Interview:
    """Asks about the proposals of all servers, until the person quits."""

    def __init__(self) -> None:
        self._quit = False

    def ask(self, one: Augmented) -> Augmented:
        """Return the proposals, without those that were not accepted."""
        skip = False
        answered = []
        for proposal in one.proposals:
            accepted: Proposal | None = proposal
            if proposal.proposed is not None:
                word = "n" if skip or self._quit else _word(one.manifest, proposal)
                accepted = _edited(one.manifest, proposal) if word == "e" else proposal if word == "y" else None
                skip, self._quit = skip or word == "s", self._quit or word == "q"
            answered.append(accepted or proposal._replace(proposed=None, reason=DECLINED))
        return one._replace(proposals=tuple(answered))


def _word(manifest: Manifest, proposal: Proposal) -> str:
    for line in (*_diff(proposal), *shown_server(manifest, [proposal])):
        click.echo(line, err=True)
    return _prompt(f"Write this for '{shown(proposal.name or '')}'? {_CHOICES}", "yensq")


def _prompt(question: str, letters: str) -> str:
    """Return the first letter of an answer; the end of the input means no."""
    while True:
        try:
            word = click.prompt(question, default="n", show_default=False, err=True)
        except click.Abort:
            return "q"
        if (letter := str(word).strip().lower()[:1]) in letters and letter:
            return letter
        click.echo(f"answer with one of {', '.join(letters)}", err=True)


def _diff(proposal: Proposal) -> Iterator[str]:
    """Yield the lines of a diff of the texts, a sentence a line as far as they have lines."""
    if proposal.proposed is None:
        return
    rewrite = proposal.proposed.rewrite
    name = proposal.name or ""
    text = unified_diff(f"{name}/description", _ended(proposal.description or ""), _ended(rewrite.description))
    yield from (inert(visible(line)) for line in text.splitlines())
    for parameter, told in rewrite.parameters.items():
        yield inert(f"+ {shown(parameter)}: {visible(told)}")


def _ended(text: str) -> str:
    """Return a text with a sentence on each line, so that a diff shows sentences."""
    return text.replace(". ", ".\n").rstrip("\n") + "\n"


def _edited(manifest: Manifest, proposal: Proposal) -> Proposal | None:
    """Let the person change the description, and say what typed facts object to; None if it is not accepted."""
    if proposal.proposed is None:
        return None
    text = click.edit(proposal.proposed.rewrite.description)
    if text is None or not text.strip():
        return proposal if _prompt("Nothing was changed. Write the proposal? [y]es, [n]o", "yn") == "y" else None
    rewrite = proposal.proposed.rewrite._replace(description=text.strip())
    tool = next(t for t in ServerContext(manifest).tools if t.tool.index == proposal.index)
    found = check(ToolEvidence(tool), rewrite)
    known = {s.text for s in proposal.proposed.checked.sentences}
    for violation in found.violations:
        if violation.sentence not in known:
            click.echo(
                inert(f"  {violation.objection}: {visible(violation.detail)} {visible(violation.sentence)}"), err=True
            )
    if _prompt("Write your text? [y]es, [n]o", "yn") != "y":
        return None
    return proposal._replace(proposed=proposal.proposed._replace(rewrite=rewrite), reason="your own text")
