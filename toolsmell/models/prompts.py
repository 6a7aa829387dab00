"""Prompts: templates, and the fence around text that the model must not obey."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from toolsmell.data.shipped import read_regular, shipped
from toolsmell.errors import UsageError, reason
from toolsmell.model import Json
from toolsmell.models.client import ChatMessage, ChatReply, ChatRequest, fingerprint

if TYPE_CHECKING:
    from jinja2 import Template

MAX_TOKENS: Final = 4096
"""The longest answer in tokens. Six components need about 700, and some models write down their reasoning."""


def fenced(text: str) -> str:
    """Return `text` between two marks that it cannot contain."""
    mark = mark_for(text)
    return f"<<<{mark}\n{text}\n{mark}>>>"


def mark_for(*texts: str) -> str:
    """Return a mark that none of `texts` can contain: the hash of all of them.

    The same texts always give the same prompt, so that answers can be cached; a random mark would not.
    """
    hashed = sha256()
    for text in texts:
        hashed.update(text.encode("utf-8", "surrogatepass"))
        hashed.update(b"\0")
    return hashed.hexdigest()[:24]


class Prompt:
    """One kind of question. Prompts with equal fingerprints ask it in the same words."""

    def __init__(self, template: "Templates", variables: Mapping[str, Any], schema: Json) -> None:
        self._template = template
        self._schema = schema
        self.system = template.render("system", variables)
        self.fingerprint = fingerprint([self.system, template.source, schema])[:16]

    def request(self, model: str, subject: str, **variables: str) -> ChatRequest:
        """Ask `model` about `subject` (its fingerprint); `variables` are untrusted texts that the template shows."""
        user = self._template.render("user", {"mark": mark_for(*variables.values()), **variables})
        return ChatRequest(
            model=model,
            messages=(ChatMessage("system", self.system), ChatMessage("user", user)),
            max_tokens=MAX_TOKENS,
            schema=self._schema,
            prompt=self.fingerprint,
            subject=subject,
        )

    def again(self, request: ChatRequest, reply: ChatReply, fault: str) -> ChatRequest:
        """Return the question to ask after an answer that could not be used; it says why."""
        complaint = self._template.render("again", {"fault": fault})
        return replace(
            request,
            messages=(*request.messages, ChatMessage("assistant", reply.text), ChatMessage("user", complaint)),
            subject=fingerprint([request.subject, reply.text, complaint]),
        )


@dataclass(frozen=True, slots=True)
class Templates:
    """The blocks of one template file."""

    name: str
    source: str
    template: "Template"

    def render(self, block: str, variables: Mapping[str, Any]) -> str:
        """Return a block. Raises `UsageError` if the template uses an undefined variable."""
        from jinja2 import TemplateError

        try:
            context = self.template.new_context(dict(variables))
            return "".join(self.template.blocks[block](context)).strip()
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
            raise UsageError(f"{self.name}: the prompt's block `{block}` cannot be filled: {error}") from None


def templates(name: str, folder: Path | None = None) -> Templates:
    """Read the template `name`.j2 of `folder`, or toolsmell's own; a user's runs in jinja2's sandbox.

    Raises `UsageError` for a file that is no template, or lacks a block.
    """
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    path = folder / f"{name}.j2" if folder else Path(shipped(f"prompts/{name}.j2"))
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    try:
        source = read_regular(path)
        template = environment.from_string(source)
    except (OSError, UnicodeDecodeError, TemplateError) as error:
        raise UsageError(f"{path}: the prompt cannot be read: {reason(error)}") from None
    if missing := [block for block in ("system", "user", "again") if block not in template.blocks]:
        raise UsageError(f"{path}: the prompt lacks the block `{missing[0]}`")
    return Templates(str(path), source, template)
