"""Builds the question to a judge: a template over the rubric, filled with one tool."""

from pathlib import Path
from typing import Any

from toolsmell.errors import UsageError
from toolsmell.judge.subject import Subject
from toolsmell.judge.verdict import answer_schema
from toolsmell.model import Frame
from toolsmell.models.client import ChatRequest
from toolsmell.models.prompts import Prompt, templates
from toolsmell.scoring.weights import Rubric


class JudgePrompt:
    """Asks for the levels of one tool."""

    def __init__(self, rubric: Rubric, frames: tuple[Frame, ...], folder: Path | None = None) -> None:
        """Fill the template of `folder`, of the rubric's own prompts, or toolsmell's, from `rubric`."""
        template = templates("judge", folder or (Path(rubric.prompts) if rubric.prompts else None))
        variables = {"components": components_of(rubric), "frames": [frame.value for frame in frames]}
        self.frames = frames
        self.components = tuple(rubric.components)
        self.prompt = Prompt(template, variables, answer_schema(self.components, frames))
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
