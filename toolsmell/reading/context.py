"""A tool and a server as rules and signals see them: each reading is made once and shared."""

from collections import Counter
from collections.abc import Callable
from typing import Any, Final, TypeVar

from toolsmell.cached import cached_property
from toolsmell.escape import shown
from toolsmell.model import Json, Manifest, Pointer, Provenance, Tokens, Tool
from toolsmell.model.reading import ToolReading
from toolsmell.reading import description_reader
from toolsmell.reading.explained import Entry, Explanation, entries, explanations
from toolsmell.reading.language import unread_language
from toolsmell.reading.readable import Irrelevance
from toolsmell.reading.relevance import judged
from toolsmell.reading.schema_text import SchemaText, read_schema
from toolsmell.reading.sentences import Sentence, read
from toolsmell.reading.shared import Shared
from toolsmell.reading.stems import stems_in_name
from toolsmell.safety.strings import Sent, strings
from toolsmell.schema.reader import MAX_PROPERTIES, Parameter, parameters
from toolsmell.schema.validity import SchemaCheck
from toolsmell.schema.walk import MAX_POINTERS, subschemas
from toolsmell.text import Text, ascii_words, identifier_words, last_word
from toolsmell.tokens import OFFERED, compact_json, of_tool

T = TypeVar("T")
_NOT_BUILT: Final[Any] = object()
Context = TypeVar("Context", "ToolContext", "ServerContext")


class ToolContext:
    """One tool and the readings of it."""

    def __init__(self, tool: Tool, server: "ServerContext") -> None:
        self.tool: Final = tool
        self.server: Final = server
        self.indexes: Final[dict[object, Any]] = {}
        """What `per_tool` keeps, by the function that built it."""

    @cached_property
    def text(self) -> Text:
        """The description; an absent one reads as an empty text."""
        return Text(self.tool.description or "")

    @property
    def text_has_gaps(self) -> bool:
        """Whether code computes a part of the description: nobody can say what is missing from such a text."""
        return self.server.manifest.provenance is Provenance.SOURCE and "…" in self.text.raw

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the description, and what each says."""
        return tuple(read(self.text))

    @cached_property
    def unread_language(self) -> str | None:
        """The language of the description if the signals cannot read it."""
        return unread_language(self.text, self.sentences)

    @cached_property
    def shared_sentences(self) -> frozenset[int]:
        """The positions of the sentences that other tools of the server have too."""
        return self.server.shared.within(self.sentences, frozenset(self.name_words), self._before)

    @property
    def copied_sentences(self) -> frozenset[int]:
        """The positions of the sentences that other tools of the server have word for word."""
        return self.server.shared.copied(self.sentences, self._before)

    @property
    def _before(self) -> tuple[Sentence, ...] | None:
        """The sentences that the server has of the tool, if those of this context are a rewrite of them."""
        known = self.server.by_index.get(self.tool.index)
        return None if known is self or known is None else known.sentences

    @property
    def common_sentences(self) -> frozenset[int]:
        """Which of the sentences, by position, stand in so many tools that they speak of the whole server."""
        return self.server.shared.everywhere(self.sentences)

    @cached_property
    def judged_sentences(self) -> tuple[tuple[Sentence, Irrelevance | None], ...]:
        """The sentences, each with the reason why it says nothing of the tool, or None."""
        return tuple(judged(self))

    @cached_property
    def reading(self) -> ToolReading:
        """The reading of the description: sentences with statement kinds, and the kinds that are missing."""
        return description_reader.read(self)

    @cached_property
    def schema_text(self) -> SchemaText:
        """The texts of the input schema about parameters, at any depth."""
        return read_schema(self.all_parameters)

    @cached_property
    def name_words(self) -> tuple[str, ...]:
        return tuple(identifier_words(self.tool.name or ""))

    @cached_property
    def own_stems(self) -> frozenset[str]:
        """The stems of the tool's own name."""
        return frozenset(stems_in_name(self.tool.name or ""))

    @cached_property
    def name_stems(self) -> frozenset[str]:
        """The stems of the tool's and the server's name: repeating them says nothing."""
        return self.server.name_stems | self.own_stems

    @cached_property
    def all_parameters(self) -> tuple[Parameter, ...]:
        """Every property of the input schema, at any depth."""
        return tuple(parameters(self.tool.input_schema))

    @property
    def read_whole(self) -> bool:
        """Whether all parameters are among `all_parameters`: a schema beyond the bounds is read in part."""
        found = self.all_parameters
        written = sum(len(parameter.pointer) for parameter in found)
        return len(found) < MAX_PROPERTIES and written < MAX_POINTERS and self.input_check.survey.complete

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters that a caller passes: the properties of the input schema itself."""
        return tuple(p for p in self.all_parameters if p.depth == 0)

    @cached_property
    def _paths(self) -> dict[Pointer, str]:
        return {parameter.pointer: parameter.path for parameter in self.all_parameters}

    def of_parameter(self, pointer: Pointer) -> str:
        """Return the parameter that owns a schema, for a message: ` of 'limit'`, or nothing if none does."""
        path = self._paths.get(pointer)
        return f" of '{shown(path)}'" if path else ""

    @cached_property
    def parameter_endings(self) -> frozenset[str]:
        """The last words of all parameters' names in lower case, which mostly name the value (`start_date`)."""
        return frozenset(last_word(parameter.name) for parameter in self.all_parameters)

    @cached_property
    def input_check(self) -> SchemaCheck:
        """Whether the input schema is valid, and which keywords it uses."""
        return SchemaCheck(self.tool.input_schema)

    @cached_property
    def output_check(self) -> SchemaCheck:
        return SchemaCheck(self.tool.output_schema)

    @cached_property
    def prose_lower(self) -> str:
        """The description and those of all parameters, in lower case: for literal tests before a closer look."""
        texts = [self.text.raw]
        for parameter in self.all_parameters:
            schema = parameter.schema
            description = schema.get("description") if isinstance(schema, dict) else None
            if isinstance(description, str):
                texts.append(description)
        return "\n".join(texts).lower()

    @cached_property
    def input_subschemas(self) -> tuple[tuple[Pointer, dict[str, Json]], ...]:
        """Every subschema of the input schema that is an object, with its pointer."""
        return tuple(subschemas(self.tool.input_schema, "/inputSchema"))

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The parts of the description that look like an explanation of a name."""
        return entries(self.text)

    @cached_property
    def explanations(self) -> tuple[Explanation, ...]:
        """The explanation of each parameter, in its schema and in the description; those without are left out."""
        return tuple(explanations(self.all_parameters, self.entries))

    @cached_property
    def all_outputs(self) -> tuple[Parameter, ...]:
        """Every property of the output schema, at any depth."""
        return tuple(parameters(self.tool.output_schema, "/outputSchema"))

    @cached_property
    def cost(self) -> Tokens:
        """Estimated tokens of the tool in a request."""
        raw = self.tool.raw
        whole = isinstance(raw, dict) and raw.keys() <= set(OFFERED)
        return of_tool(self.tool, written=self.sent if whole else None)

    @cached_property
    def sent(self) -> str:
        """The whole tool as one JSON text, for cheap literal tests before `strings` is read."""
        return compact_json(self.tool.raw)

    @cached_property
    def sent_lower(self) -> str:
        return self.sent.lower()

    @cached_property
    def sent_words(self) -> frozenset[bytes]:
        """The words of `sent`: runs of ASCII letters and digits, lower case. A rule that looks for a few rare ones asks
        here whether to look at all."""
        return ascii_words(self.sent)

    @cached_property
    def longest_code(self) -> int:
        """The length of the longest of `sent_words` that is no natural word: one with digits or 30 letters."""
        long = [word for word in self.sent_words if len(word) >= 16]
        return max((len(word) for word in long if len(word) >= 30 or not word.isalpha()), default=0)

    @cached_property
    def strings(self) -> tuple[Sent, ...]:
        """Every string of the tool, with its pointer."""
        return tuple(strings(self.tool.raw))


class ServerContext:
    """All tools of one server, and readings across them. Every reading is linear in the number of tools."""

    def __init__(self, manifest: Manifest) -> None:
        self.manifest: Final = manifest
        self.tools: Final = tuple(ToolContext(tool, self) for tool in manifest.tools)
        self.indexes: Final[dict[object, Any]] = {}
        """What `per_server` keeps, by the function that built it."""

    @cached_property
    def by_name(self) -> dict[str, ToolContext]:
        """The tools by name; of several with one name, the first."""
        found: dict[str, ToolContext] = {}
        for tool in self.tools:
            if tool.tool.name is not None:
                found.setdefault(tool.tool.name, tool)
        return found

    @cached_property
    def name_words(self) -> frozenset[str]:
        """The words of the server's own name and of its key."""
        manifest = self.manifest
        return frozenset(identifier_words(f"{manifest.name or ''} {manifest.key}"))

    @cached_property
    def name_stems(self) -> frozenset[str]:
        """The stems of the server's own name."""
        return frozenset(stems_in_name(self.manifest.name or ""))

    @cached_property
    def key_stems(self) -> frozenset[str]:
        """The stems of the server's name and of its key, by which it is known if it has no name."""
        return frozenset(stems_in_name(" ".join(self.name_words)))

    @cached_property
    def shared(self) -> Shared:
        """The sentences and templates that descriptions of the server share."""
        return Shared([(tool.sentences, frozenset(tool.name_words)) for tool in self.tools])

    @cached_property
    def by_index(self) -> dict[int, ToolContext]:
        return {tool.tool.index: tool for tool in self.tools}

    @cached_property
    def common_stems(self) -> frozenset[str]:
        """Stems in the descriptions of three tools or more: the subject of the server."""
        found = Counter(stem for tool in self.tools for stem in {s for told in tool.sentences for s in told.stems})
        return frozenset(stem for stem, count in found.items() if count > 2)

    @cached_property
    def beginning(self) -> str | None:
        """The prefix of the server's names: the first word of at least three tools and three fifths of all."""
        firsts = Counter(tool.name_words[0] for tool in self.tools if tool.name_words)
        # `most_common` would import heapq for this.
        word = max(firsts, key=firsts.__getitem__, default=None)
        enough = word is not None and firsts[word] >= 3 and firsts[word] * 5 >= len(self.tools) * 3
        return word if enough else None

    @cached_property
    def tokens(self) -> int:
        """Estimated tokens of the definitions of all tools."""
        return sum(tool.cost.total for tool in self.tools)

    @cached_property
    def around(self) -> dict[str, Json]:
        """Everything that the server sent besides its tools, as one JSON value for the manifest's pointers."""
        manifest = self.manifest
        parts = {
            "instructions": manifest.instructions,
            "info": manifest.info,
            "prompts": list(manifest.prompts),
            "resources": list(manifest.resources),
            "resource_templates": list(manifest.resource_templates),
        }
        return {key: part for key, part in parts.items() if part}

    @cached_property
    def sent_around(self) -> str:
        """`around` as one JSON text."""
        return compact_json(self.around)

    @cached_property
    def words_around(self) -> frozenset[bytes]:
        """The words of `sent_around`, as `ToolContext.sent_words` gives them."""
        return ascii_words(self.sent_around)

    @cached_property
    def size(self) -> int:
        """Characters of the definitions of all tools: an upper bound of their tokens that is cheap to compute."""
        return sum(len(tool.sent) for tool in self.tools)

    @cached_property
    def name_counts(self) -> Counter[str]:
        return Counter(tool.tool.name for tool in self.tools if tool.tool.name is not None)


def per_server(build: Callable[[ServerContext], T]) -> Callable[[ServerContext], T]:
    """Return `build` so that it runs once for each server: the server keeps what was built."""
    return _kept(build)


def per_tool(build: Callable[[ToolContext], T]) -> Callable[[ToolContext], T]:
    """Return `build` so that it runs once for each tool: the tool keeps what was built."""
    return _kept(build)


def _kept(build: Callable[[Context], T]) -> Callable[[Context], T]:
    def kept(context: Context) -> T:
        found: T = context.indexes.get(build, _NOT_BUILT)
        if found is _NOT_BUILT:
            found = context.indexes[build] = build(context)
        return found

    return kept
