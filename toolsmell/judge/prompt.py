"""Builds the question to a judge: a template over the rubric, filled with one tool."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from toolsmell.errors import UsageError
from toolsmell.judge.judge_reply import answer_schema
from toolsmell.judge.subject import Subject
from toolsmell.model import Frame
from toolsmell.model.verdicts import DefectKind
from toolsmell.models.client import ChatRequest
from toolsmell.models.prompts import Prompt, templates
from toolsmell.scoring.weights import Rubric

DEFECTS: Final[Mapping[str, str]] = {
    DefectKind.CONTRADICTION: (
        "The text says something that its schema, its annotations or another part of it says otherwise: a type, a list "
        "of values, a default, a bound, what is required, what it does."
    ),
    DefectKind.MISSING_EFFECT: (
        "A call changes, deletes, sends, publishes, starts, waits for or costs something, or cannot be undone, and an "
        "agent cannot see that, or not how far it reaches (what else is removed or replaced, who is notified)."
    ),
    DefectKind.MISSING_PREREQUISITE: (
        "A call fails or is useless unless something is done or true before, or unless parameters are passed together "
        "or in one mode only, and the text does not say so."
    ),
    DefectKind.MISSING_RESULT: (
        "The agent needs what a call returns (an address, an id, fields, a unit, whether a part failed), and neither "
        "the text nor `outputSchema` tells what it is."
    ),
    DefectKind.UNCLEAR_CHOICE: (
        "A sibling could do the same task, and neither text tells which of the two to use when."
    ),
    DefectKind.MISLEADING_NAME: (
        "The name of the tool or of a parameter, or an annotation, promises something else than the text: read-only, "
        "but it changes a state or sends data away; not destructive, but it replaces; a closed world, but a remote "
        "service."
    ),
    DefectKind.UNKNOWN_ORIGIN: (
        "A required value cannot be made up (an id, a key, a token, a handle, a name from a closed list), and nothing "
        "says where to get it or in which form."
    ),
    DefectKind.UNCLEAR_VALUE: (
        "A value can be read in two ways that lead to different calls, and nothing tells which is meant: seconds or "
        "milliseconds, counted from 0 or 1, a path relative to what, the form of a date, what holds if it is left out."
    ),
    DefectKind.COERCION: (
        "The text orders the agent about: to prefer this tool, to call it always, first or never, to hide something, "
        "or to pass what the work of the tool does not need."
    ),
}
"""Kind of defect -> the words that ask a judge for it."""


class JudgePrompt:
    """Asks for the levels of one tool."""

    def __init__(self, rubric: Rubric, frames: tuple[Frame, ...], folder: Path | None = None) -> None:
        """Fill the template of `folder`, of the rubric's own prompts, or toolsmell's, from `rubric`."""
        template = templates("judge", folder or (Path(rubric.prompts) if rubric.prompts else None))
        variables = {
            "components": components_of(rubric),
            "frames": [frame.value for frame in frames],
            "frame": frames[-1].value,
            # Many defects are about the schema, which the prose frame does not show.
            "defects": DEFECTS if Frame.EFFECTIVE in frames else {},
        }
        self.frames = frames
        self.components = tuple(rubric.components)
        # A template of the user's own may ask for levels alone.
        self.defects = Frame.EFFECTIVE in frames and "`defects`" in template.render("system", variables)
        self.prompt = Prompt(template, variables, answer_schema(self.components, frames, defects=self.defects))
        shown = self.prompt.request("", "", tool="\x02").messages[1].content
        if shown.count("\x02") != 1:
            raise UsageError(f"{template.name}: the prompt's block `user` must show the tool exactly once")

    @property
    def fingerprint(self) -> str:
        return self.prompt.fingerprint

    def request(self, model: str, subject: Subject) -> ChatRequest:
        return self.prompt.request(model, subject.fingerprint, tool=subject.shown)


def components_of(rubric: Rubric) -> list[dict[str, Any]]:
    """Return the rubric's components as templates show them."""
    return [
        {
            "id": part.component,
            "title": part.title,
            "question": part.question,
            "levels": [part.levels[level] for level in sorted(part.levels)],
            "smell": part.smell,
        }
        for part in rubric.components.values()
    ]
