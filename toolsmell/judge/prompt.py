"""What a judge is asked: a template over the rubric, filled with one tool between two marks drawn by lot."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolsmell.data.files import shipped
from toolsmell.errors import UsageError, reason
from toolsmell.judge.subject import Subject
from toolsmell.judge.verdict import answer_schema
from toolsmell.model import Frame, Json
from toolsmell.models.client import ChatReply, ChatRequest, Message, fingerprint
from toolsmell.scoring.rubric import Rubric

if TYPE_CHECKING:
    from jinja2 import Template

MAX_TOKENS = 4096
"""Of an answer: six components with a quotation and an improvement need about 700, and some models think aloud."""


class Prompt:
    """How one kind of question is put. Equal fingerprints put a question in the same words."""

    def __init__(self, template: "Templates", variables: Mapping[str, Any], schema: Json) -> None:
        self._template = template
        self._schema = schema
        self.system = template.render("system", variables)
        self.fingerprint = fingerprint([self.system, template.source, schema])[:16]

    def request(self, model: str, subject: str, **variables: str) -> ChatRequest:
        """Put a question about `subject` (its fingerprint) to `model`; `variables` are what the template shows."""
        mark = secrets.token_hex(8)
        user = self._template.render("user", {"mark": mark, **variables})
        return ChatRequest(
            model=model,
            messages=(Message("system", self.system), Message("user", user)),
            max_tokens=MAX_TOKENS,
            schema=self._schema,
            prompt=self.fingerprint,
            subject=subject,
        )

    def again(self, request: ChatRequest, reply: ChatReply, fault: str) -> ChatRequest:
        """Ask again after an answer that could not be used, and say why it could not."""
        complaint = self._template.render("again", {"fault": fault})
        return replace(
            request,
            messages=(*request.messages, Message("assistant", reply.text), Message("user", complaint)),
            subject=fingerprint([request.subject, reply.text, complaint]),
        )


@dataclass(frozen=True, slots=True)
class Templates:
    """The blocks of one template file."""

    name: str
    source: str
    template: "Template"

    def render(self, block: str, variables: Mapping[str, Any]) -> str:
        """Return a block; one that uses a variable which there is not is a `UsageError`."""
        from jinja2 import TemplateError

        try:
            context = self.template.new_context(dict(variables))
            return "".join(self.template.blocks[block](context)).strip()
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
            raise UsageError(f"{self.name}: the prompt's block `{block}` cannot be filled: {error}") from None


def templates(name: str, folder: Path | None = None) -> Templates:
    """Read the template `name`.j2 of `folder`, or toolsmell's own; a user's runs in jinja2's sandbox.

    Raises `UsageError` for a file that is none, lacks a block, or does not show what is to be judged.
    """
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    path = folder / f"{name}.j2" if folder else Path(shipped(f"prompts/{name}.j2"))
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    try:
        source = path.read_text(encoding="utf-8")
        template = environment.from_string(source)
    except (OSError, UnicodeDecodeError, TemplateError) as error:
        raise UsageError(f"{path}: the prompt cannot be read: {reason(error)}") from None
    if missing := [block for block in ("system", "user", "again") if block not in template.blocks]:
        raise UsageError(f"{path}: the prompt lacks the block `{missing[0]}`")
    return Templates(str(path), source, template)


class JudgePrompt:
    """Asks for the levels of one tool."""

    def __init__(self, rubric: Rubric, frames: tuple[Frame, ...], folder: Path | None = None) -> None:
        """Fill the template of `folder`, or toolsmell's own, from `rubric`."""
        template = templates("judge", folder)
        variables = {"components": components_of(rubric), "frames": [frame.value for frame in frames]}
        self.frames = frames
        self.prompt = Prompt(template, variables, answer_schema(frames))
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
            "id": part.component.value,
            "title": part.title,
            "question": part.question,
            "levels": [part.levels[level] for level in sorted(part.levels)],
            "smell": part.smell,
        }
        for part in rubric.components.values()
    ]
