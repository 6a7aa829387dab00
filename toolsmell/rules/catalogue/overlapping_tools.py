"""Two tools that say they do the same, and nothing on which of them to take when.

## What it checks

Tools of one server whose first sentences have the same words, apart from articles, plurals and order, or whose names
differ only by an aspect (`get_case`, `get_case_details`) or a verb of the same meaning (`edit_page`, `update_page`),
where neither description names the other tool or says when to use which. A tool for any kind of thing, such as
`delete_resource` with a required `kind`, overlaps with `delete_pod` if the text of `kind` names pods.

## Why it matters

Both fit the task. An agent takes the first that it sees, though the two differ in what matters.

## Smelly

```json
[{"name": "list_trials", "description": "List the trials run on a dataset. Returns an array.", "inputSchema": {
  "type": "object"}},
 {"name": "get_dataset_trials", "description": "List trials run on a dataset. Example: show me the trials of set 4.",
  "inputSchema": {"type": "object"}}]
```

## Better

```json
[{"name": "list_trials", "description": "List the trials run on a dataset. Returns an array.", "inputSchema": {
  "type": "object"}},
 {"name": "get_dataset_trials",
  "description": "List trials run on a dataset with all their results; list_trials gives ids only.",
  "inputSchema": {"type": "object"}}]
```

## Not flagged

Descriptions that are the same as a whole (`identical-description`, `near-identical-description`), tools for one
thing and for several where the names say so too, and texts about each other's noun (plans of a rule, rules of a plan).

## References

- Anthropic, "Writing effective tools for AI agents" (2025): overlapping tools distract agents.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.reading.verbs import deed_named, deed_of, own_words
from toolsmell.rules.base import Hit, Options
from toolsmell.rules.catalogue._words import closest, content, stem, turned
from toolsmell.rules.catalogue.near_identical_description import same_but_for_number
from toolsmell.schema.reader import choices_of
from toolsmell.text import last_word, words_of

_FEWEST = 3
_SHARED = 4
"""Words of content that two descriptions must share."""
_ALIKE = 0.5
_ALIKE_WITH_AND = 0.4
_LONGEST = 30
_CROWD = 8
"""A word in more tools than this says what the server is about."""
_ASPECTS = frozenset("overview details detail info information full basic extended v2 v3".split())
"""Words in a name that promise more or less of the same."""
_SAME_ACT = {
    "edit": ("update",), "update": ("put", "patch", "modify"), "fetch": ("get",), "read": ("get",), "find": ("search",),
    "show": ("get",), "describe": ("get",), "put": ("patch",), "remove": ("delete",), "add": ("create",),
}  # fmt: skip
_KINDS = frozenset("kind type doctype resourcetype objecttype entitytype".split())
_GENERAL = frozenset("resource object item entity record element thing any generic".split())
_BRIEF = 14
"""Words that rarely distinguish two tools."""
_TELLS_APART = ("instead", "unlike", "rather than", "prefer", "as opposed", "in contrast", "deprecated")


def check(server: ServerContext, _options: Options) -> Iterator[Hit]:
    said: set[int] = set()
    for hit in _same_beginning(server):
        said.add(hit.tool or 0)
        yield hit
    for other, tool in _named_alike(server):
        if tool.tool.index not in said and not _told_apart(other, tool):
            said.add(tool.tool.index)
            yield Hit(
                "/description",
                f"the names '{shown(other.tool.label, 50)}' and '{shown(tool.tool.label, 50)}' promise the same, and"
                " nothing says which to take when",
                excerpt=f"{other.tool.label} {tool.tool.label}"[:300],
                tool=tool.tool.index,
                help="say in each of the two when to use it, and what the other one has that it has not",
                members=((other.tool.index, "/description"), (tool.tool.index, "/description")),
            )
    for other, tool in _look_alike(server):
        if tool.tool.index not in said and not _told_apart(other, tool):
            yield Hit(
                "/description",
                f"'{shown(other.tool.label, 50)}' and '{shown(tool.tool.label, 50)}' are described in nearly the same"
                f" words,"
                " and nothing says which to take when",
                excerpt=f"{other.tool.label} {tool.tool.label}"[:300],
                tool=tool.tool.index,
                help="say in each of the two when to use it, and when to use the other one by its name",
                members=((other.tool.index, "/description"), (tool.tool.index, "/description")),
            )

    yield from _any_kind(server, said)


def _any_kind(server: ServerContext, said: AbstractSet[int]) -> Iterator[Hit]:
    """Yield a hit for each tool that takes any kind of thing, with the tools that do the same for one kind."""
    by_noun: dict[tuple[str, str], list[ToolContext]] = {}
    general: list[tuple[str, ToolContext]] = []
    for tool in server.tools:
        deed = deed_of(tool)
        noun = _noun(tool, deed[0]) if deed else ""
        if deed and noun:
            by_noun.setdefault((deed[0], noun), []).append(tool)
            if noun in _GENERAL and tool.tool.index not in said:
                general.append((deed[0], tool))
    for verb, tool in general:
        alike = [other for kind in sorted(_kinds(tool)) for other in by_noun.get((verb, kind), ())[:_CROWD]]
        special = [other for other in alike if not _told_apart(tool, other)]
        if special:
            yield _hit_any_kind(tool, sorted(special, key=lambda other: other.tool.index))


def _hit_any_kind(tool: ToolContext, special: Sequence[ToolContext]) -> Hit:
    name = shown(tool.tool.label, 50)
    names = f"'{shown(special[0].tool.label, 50)}'{f' and {len(special) - 1} more' if len(special) > 1 else ''}"
    return Hit(
        "/description",
        f"'{name}' does for any kind what {names} {'do' if len(special) > 1 else 'does'} for one, and nothing says"
        " which to take when",
        excerpt=f"any kind {tool.tool.label}"[:300],
        tool=tool.tool.index,
        help=f"say in the description of '{name}' to take {names} for its own kind, or the reverse",
        members=tuple((each.tool.index, "/description") for each in (tool, *special)),
    )


def _kinds(tool: ToolContext) -> AbstractSet[str]:
    """Return the stems of the kinds that a tool for any kind speaks of."""
    kinds = [p for p in tool.parameters if p.required and last_word(p.name) in _KINDS]
    texts = (f"{p.description or ''} {' '.join(map(str, choices_of(p.schema)))}" for p in kinds)
    return frozenset(stem(word) for text in texts for word in words_of(text)) - _GENERAL - {""}


def _noun(tool: ToolContext, verb: str) -> str:
    """Return the stem of the one noun in the name of a tool besides its verb; the empty text if there are several."""
    nouns = [word for word in own_words(tool) if word != verb]
    return stem(nouns[0]) if len(nouns) == 1 else ""


def _named_alike(server: ServerContext) -> Iterator[tuple[ToolContext, ToolContext]]:
    """Yield pairs of tools with short texts whose names differ by an aspect, or by a verb of the same meaning."""
    by_words = {tool.name_words: tool for tool in server.tools if tool.name_words}
    for words, tool in by_words.items():
        others = [words[:i] + words[i + 1 :] for i, word in enumerate(words) if word in _ASPECTS]
        others += [(verb, *words[1:]) for verb in _SAME_ACT.get(words[0], ()) if len(words) > 1]
        other = next((by_words[key] for key in others if key in by_words), None)
        if other is not None and max(len(tool.text.words), len(other.text.words)) <= _BRIEF:
            yield other, tool


def _look_alike(server: ServerContext) -> Iterator[tuple[ToolContext, ToolContext]]:
    """Yield pairs whose first sentences share most of their words, and whose names do not tell the difference."""
    stems = [frozenset(content(_first_words(tool))) if tool.text.sentences else frozenset() for tool in server.tools]
    holders: dict[str, list[int]] = {}
    for i, own in enumerate(stems):
        for word in own if len(own) <= _LONGEST else ():
            holders.setdefault(word, []).append(i)
    for i, own in enumerate(stems):
        shared = Counter(j for word in own for j in _few(holders.get(word, ())) if j < i)
        for j, count in closest(shared):
            union = len(own | stems[j])
            kin = _kinship(server.tools[j], server.tools[i]) if count >= _SHARED else None
            if kin is not None and count >= kin * union and not _named_difference(server, stems, i, j):
                yield server.tools[j], server.tools[i]


def _named_difference(server: ServerContext, stems: Sequence[frozenset[str]], i: int, j: int) -> bool:
    """Return True if a word that only one of two descriptions has is in the name of its tool: `whois_ip`."""
    own = stems[i] - stems[j], stems[j] - stems[i]
    return any(
        not alone.isdisjoint(content(word for word in server.tools[k].name_words if word != "and"))
        for alone, k in zip(own, (i, j), strict=True)
        if "and" not in server.tools[k].name_words
    )


def _few(found: Sequence[int]) -> Sequence[int]:
    """Return the tools that have a word, or none if too many have it: the work stays linear."""
    return found if len(found) <= _CROWD else ()


def _kinship(a: ToolContext, b: ToolContext) -> float | None:
    """Return the similarity from which two descriptions count: less if one name is the other with an `and`.

    None means that the names tell the tools apart.
    """
    beginning = a.server.beginning
    mark = {beginning} if beginning and deed_named(beginning) is None else set()
    ours, theirs = (set(tool.name_words) - mark for tool in (a, b))
    if "and" in ours ^ theirs:
        return _ALIKE_WITH_AND if ours - {"and"} < theirs or theirs - {"and"} < ours else None
    return _ALIKE if ours and theirs and ours.isdisjoint(theirs) else None


def _same_beginning(server: ServerContext) -> Iterator[Hit]:
    first: dict[tuple[str, ...], ToolContext] = {}
    for tool in server.tools:
        sentences = tool.text.sentences
        if sentences and (sentences[0].text.rstrip().endswith(":") or sentences[0].text.startswith("⚠")):
            continue  # a heading, or a warning that other tools have too
        words = content(_first_words(tool)) if sentences else ()
        other = first.setdefault(words, tool) if len(words) >= _FEWEST else tool
        if (
            other is not tool
            and not _told_apart(other, tool)
            and not _narrows(other, tool)
            and not _narrows(tool, other)
        ):
            yield Hit(
                "/description",
                f"begins like '{shown(other.tool.label)}' ('{shown(sentences[0].text)}'), and nothing says which "
                "to take when",
                excerpt=f"{other.tool.label} {tool.tool.label}"[:300],
                tool=tool.tool.index,
                help="say in each of the two when to use it, and name the other one",
                members=((other.tool.index, "/description"), (tool.tool.index, "/description")),
            )


def _narrows(a: ToolContext, b: ToolContext) -> bool:
    """Return True if a word that only the name of `a` has is in its text, and not in that of `b`."""
    alone = set(a.name_words).difference(b.name_words)
    return not alone.isdisjoint(a.text.words) and alone.isdisjoint(b.text.words)


def _first_words(tool: ToolContext) -> Sequence[str]:
    """Return the words of the first sentence; of most descriptions it is all there is."""
    first, *others = tool.text.sentences
    return words_of(first.text) if others else tool.text.words


def _told_apart(a: ToolContext, b: ToolContext) -> bool:
    if content(a.text.words) == content(b.text.words) or same_but_for_number(a, b):
        return True  # other rules say so
    if turned(_first_words(a), _first_words(b)):
        return True
    if any(word in tool.text.lower for tool in (a, b) for word in _TELLS_APART):
        return True
    return _names(a, b) or _names(b, a)


def _names(a: ToolContext, b: ToolContext) -> bool:
    """Return True if the description of `a` names `b`; one word without quotes may be a plain verb."""
    name = b.tool.label.lower()
    plain = name.isalpha()
    return any(f"{quote}{name}{quote}" in a.text.lower for quote in "`'\"") if plain else name in a.text.lower
