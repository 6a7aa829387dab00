"""What a reader of sentences has to know of a tool: what `context.ToolContext` offers, for the modules below it."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Protocol

from toolsmell.model import Tool
from toolsmell.reading.schema_text import SchemaText
from toolsmell.reading.sentences import Sentence
from toolsmell.schema.reader import Parameter
from toolsmell.text import Text


class Irrelevance(StrEnum):
    """Why a sentence says nothing about its tool."""

    SHARED = "is in other tools of the server too"
    GENERIC = "fits any tool, or says what the name, the schema or a sentence before it says"
    UNANCHORED = "has nothing to do with the tool"


class ReadableServer(Protocol):
    """The tools of a server."""

    @property
    def tools(self) -> Collection[object]: ...

    @property
    def by_name(self) -> Mapping[str, object]: ...

    @property
    def common_stems(self) -> frozenset[str]: ...

    @property
    def key_stems(self) -> frozenset[str]: ...


class Readable(Protocol):
    """A tool with its description and its siblings, each reading made when it is asked for."""

    @property
    def tool(self) -> Tool: ...

    @property
    def server(self) -> ReadableServer: ...

    @property
    def text(self) -> Text: ...

    @property
    def sentences(self) -> tuple[Sentence, ...]: ...

    @property
    def unread_language(self) -> str | None: ...

    @property
    def shared_sentences(self) -> frozenset[int]: ...

    @property
    def copied_sentences(self) -> frozenset[int]:
        """Which of the shared sentences, by position, stand word for word in another tool."""

    @property
    def common_sentences(self) -> frozenset[int]:
        """Which of the sentences, by position, stand in so many tools that they speak of the whole server."""

    @property
    def judged_sentences(self) -> tuple[tuple[Sentence, Irrelevance | None], ...]: ...

    @property
    def name_words(self) -> tuple[str, ...]: ...

    @property
    def name_stems(self) -> frozenset[str]: ...

    @property
    def schema_text(self) -> SchemaText: ...

    @property
    def parameters(self) -> tuple[Parameter, ...]: ...
