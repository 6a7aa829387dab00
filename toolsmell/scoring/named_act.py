"""What a tool does, and to which thing, by its name: more verbs than the rules rely on, for words of advice only."""

from enum import StrEnum
from typing import Final

from toolsmell.escape import shown
from toolsmell.reading.context import ServerContext, ToolContext, per_server, per_tool
from toolsmell.reading.verbs import ANSWERS, Deed, deed_named, deed_of, opening_deed, own_words
from toolsmell.text import has_any, pattern

LONGEST_THING: Final = 4
"""Words of a thing that is named in full; the last words of a longer one cannot be left out."""
_OPENING: Final = 12
"""Words at the beginning of a text that say what the tool gives."""
_LONG: Final = 3
"""Words of a name that make up no phrase that people say, if the text does not say it."""
_SEEKING: Final = frozenset("search find query list lookup read run execute get fetch retrieve filter".split())
_SEARCHING: Final = frozenset("search find query lookup".split())
_SCALARS: Final = frozenset(
    """id uid uuid name url count number path version status time balance address token key code email symbol
    price port pid size date length sum total amount signature hash checksum score percentage rate ratio distance
    temperature average mean median value factorial fee cost duration percentile probability currency
    string input path directory link""".split()
)
_QUESTIONS: Final = frozenset("answer answers question questions q qa".split())
_VALIDATING: Final = frozenset("validate verify lint diagnose".split())
_STATES: Final = frozenset("status info stats statistics version health history details summary overview".split())
"""Last words of tools that only answer, if their names have no verb: `vim_status`."""
CONTENTS: Final = frozenset(
    "file files text content contents page pages html image images screenshot log logs docs documentation code".split()
)
"""Things that are returned as they are."""
_ONE: Final = frozenset(
    "exists canvas atlas alias lens news series chaos kubernetes dns https css js aws ios sms gps".split()
)
"""Words in `s` that mean no several things."""
_TOLD: Final = frozenset("schema guide documentation statistics".split())
_SPOKEN: Final = 4
"""A text of more words that has no word of a name is about something else."""
_VAGUE: Final = frozenset("info information details data".split())
"""Last words of names that say nothing of the thing."""
_EMPTY: Final = frozenset(
    "all api available mcp tool tools a an the this that it its my your our multiple bulk batch".split()
)
"""Words of names that name no thing."""
_PREPOSITIONS: Final = frozenset("by for from in of on to with as via and or".split())


class Act(StrEnum):
    """What a tool does with its thing."""

    READ = "read"
    CREATE = "create"
    CHANGE = "change"
    REPLACE = "replace"
    """It writes the whole thing."""
    DESTROY = "destroy"
    MAKE = "make"
    """It makes something that it returns."""
    SWITCH = "switch"
    """It starts, stops or moves something that exists."""


_DEEDS: Final = {
    Deed.READ: Act.READ,
    Deed.CREATE: Act.CREATE,
    Deed.CHANGE: Act.CHANGE,
    Deed.DESTROY: Act.DESTROY,
}
_REPLACING: Final = frozenset("write overwrite upload".split())
_GIVING: Final = frozenset("add send push broadcast publish append insert register fork clone duplicate".split())
"""Verbs whose object is new, whatever it is: `send_report` sends a report that exists, but a new message."""
_MANNERS: Final = frozenset("force permanently safely quick quickly".split())
"""Words before a verb that say how: `force_terminate`."""
_MAKING: Final = frozenset("generate render convert translate draw synthesize transcribe summarize".split())
_SWITCHING: Final = frozenset(
    """stop start restart pause resume kill terminate close move rename copy click press scroll toggle enable disable
    cancel approve reject merge assign archive restore reset lock unlock reply connect disconnect attach detach mount
    deploy install trigger complete forget commit checkout post finalize tap swipe type hover drag fill navigate select
    focus resize submit save store apply input switch set ignore mark pin link activate deactivate
    transfer approve sync refresh authenticate login logout wait sleep deny allow accept decline invite grant revoke
    reopen watch follow unfollow share play reboot shutdown mute vote
    withdraw suspend promote demote scale flush migrate ban kick block unblock hide clear""".split()
)
_ENDING: Final = frozenset(
    "delete remove destroy archive complete close stop cancel kill terminate disable drop purge".split()
)
_ASKING: Final = frozenset(
    """return give provide get say tell check validate echo count calculate compute list search answer extract analyze
    analyse verify
    compare diagnose explain recommend estimate parse detect evaluate suggest identify resolve predict classify preview
    inspect examine measure""".split()
)
"""Verbs of tools that only answer."""


@per_tool
def act_of(tool: ToolContext) -> Act | None:
    """Return what a tool does by its name, or else by the verb that its description begins with."""
    named = deed_of(tool)
    words = _without_manner(own_words(tool))
    if named is None and words:
        if known := _by_name(words, tool):
            return known
        named = opening_deed(tool)
    if named is None:
        if any(map(asks, tool.text.words[:1])):
            return Act.READ
        return _opened(tool) or (Act.READ if any(map(asks, words[:1])) else None)
    verb = named[0].removesuffix("s")
    return Act.REPLACE if verb in _REPLACING else _DEEDS[named[1]]


def _without_manner(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[1:] if len(words) > 1 and words[0] in _MANNERS else words


def _by_name(words: tuple[str, ...], tool: ToolContext) -> Act | None:
    """Return what a name says whose verb the rules do not rely on."""
    if words[0] in _GIVING:  # `add` of a calculator returns a sum.
        numbers = bool(tool.parameters) and all(p.types <= {"number", "integer"} for p in tool.parameters)
        return None if numbers else Act.CREATE
    if words[0] == "create":  # `create_voice_from_preview` makes no preview.
        end = next((i for i, word in enumerate(words) if word in _PREPOSITIONS), len(words))
        return Act.MAKE if words[end - 1] in ANSWERS - _kept(tool.server) else Act.CREATE
    return _other(words[0]) or (Act.READ if words[-1] in _STATES else None)


@per_server
def _kept(server: ServerContext) -> frozenset[str]:
    """Return the last words of the names of tools that change or remove something: what they name is kept."""
    names = (tool.name_words for tool in server.tools)
    changing = (words for words in names if any(deed_named(word) in (Deed.CHANGE, Deed.DESTROY) for word in words))
    return frozenset(words[-1] for words in changing)


def asks(word: str) -> bool:
    """Return True if a verb, in its bare form or with an `s`, says that a tool only answers."""
    return not _ASKING.isdisjoint((word, word.removesuffix("s"), word.removesuffix("es")))


def switches(word: str) -> bool:
    """Return True if a verb, in its bare form or with an `s`, says that a tool starts, stops or moves something."""
    forms = (word, word.removesuffix("s"), word.removesuffix("es"))
    return any(_other(form) is Act.SWITCH for form in forms)


def _other(word: str) -> Act | None:
    if word in _MAKING:
        return Act.MAKE
    return Act.SWITCH if word in _SWITCHING or word.removeprefix("un") in _SWITCHING else None


def _opened(tool: ToolContext) -> Act | None:
    """Return what the first word of the description says: `Stops`, `Generate`; and `A list of` reads."""
    words = tool.text.words
    if not words:
        return None
    if "list" in words[:2]:
        return Act.READ
    bare = words[0].removesuffix("s")
    return _other(words[0]) or _other(bare) or _other(bare.removesuffix("e"))


def ending_verb(tool: ToolContext) -> str | None:
    """Return the first verb in a tool's name that ends or removes its thing: `delete`, `archive`, `stop`."""
    return next((word for word in own_words(tool) if word in _ENDING), None)


@per_tool
def thing_of(tool: ToolContext) -> str | None:
    """Return the subject of the tool: its name without verbs ("calendar events"), or None if nothing is left."""
    own = own_words(tool)
    end = next((i for i, word in enumerate(own) if i and word in _PREPOSITIONS), len(own))
    verbs = [i for i in range(end) if _is_verb(own[i], i)]
    # What follows the last verb (`file_system_read_file`), or else what is before it.
    begin = verbs[-1] + 1 if verbs and verbs[-1] + 1 < end else 0
    words = [own[i] for i in range(begin, end) if i not in verbs and own[i] not in _EMPTY]
    if (
        not words
        or words[-1] == "exists"
        or len(words) == len(own)
        or len(words) > LONGEST_THING
        or len(words[-1]) == 1
    ):
        return None
    if own[0] in _SEARCHING and not is_plural(words[-1]):
        return None  # `search_arxiv`: it may be where it looks.
    if end == len(own) and deed_named(own[-1]) is not None and not is_plural(words[-1]):
        return None  # `semantic_search`: the words before a last verb may only say how it works
    spoken = _as_spoken(words, f" {' '.join(tool.text.words)} ")
    if spoken is None:
        return None
    phrase = " ".join(spoken)
    if pattern(r"\d").search(phrase):
        phrase = pattern(r"\b([a-z]) (?=\d)").sub(r"\1", phrase)  # `l2` is one word
    return shown(_as_written(phrase, tool), 40)


def _as_written(phrase: str, tool: ToolContext) -> str:
    """Return a phrase with those of its words in capitals that the text has in capitals: `ABI`."""
    raw, words = tool.text.raw, phrase.split(" ")
    if not has_any(raw, map(str.upper, words)):
        return phrase
    capitals = frozenset(pattern(r"\b[A-Z]{2,}\b").findall(raw))
    # `HELPER` of a text that has `helper` as well is only loud.
    loud = frozenset(word.upper() for word in pattern(r"\b[a-z]{2,}\b").findall(raw))
    return " ".join(word.upper() if word.upper() in capitals - loud else word for word in words)


def _as_spoken(words: list[str], text: str) -> list[str] | None:
    """Return the longest end of `words` that the text has as well: `pull request comment`, or else `comment`.

    Without one, several words are a phrase that only the name has, and one word is what it is.
    """
    while len(words) > 1 and (words[-1] in _VAGUE or words[-1].endswith("ed")):
        words = words[:-1]
    ends = [words[i:] for i in range(len(words))]
    found = next((end for end in ends if _is_in(text, " ".join(end))), None)
    if found is None:
        return None if len(words) >= _LONG or (text.isascii() and len(text.split()) > _SPOKEN) else words
    if after := _followed(found, text):
        return [*found, after]
    one = found[-1].removesuffix("s")
    singular = is_plural(found[-1]) and f" {one} " in text and f" {found[-1]} " not in text
    return [*found[:-1], one] if singular else found  # `documents_create` creates a new document.


def _followed(words: list[str], text: str) -> str | None:
    """Return the noun that the text has right behind `words`: `movies` of `trending`, `schema` of `records`."""
    after = text.partition(f" {' '.join(words)} ")[2].partition(" ")[0]
    adjective = words[-1].endswith("ing") and is_plural(after) and deed_named(after) is None
    return after if adjective or after in CONTENTS | _TOLD else None


def _is_in(text: str, phrase: str) -> bool:
    forms = (
        phrase,
        f"{phrase}s",
        phrase.removesuffix("s"),
        phrase.removesuffix("es"),
        f"{phrase.removesuffix('y')}ies",
    )
    return any(f" {form} " in text for form in forms)


def gives_a_state(tool: ToolContext) -> bool:
    """Return True if a tool gives one state, by name and text: `Get the status of a job`, no list of fields."""
    words = tool.text.words[:_OPENING]
    end = next((i for i, word in enumerate(words) if i and word in _PREPOSITIONS | {"that", "using"}), len(words))
    return act_of(tool) is Act.READ and "status" in (words[:end][-1:] or tool.name_words[-1:])


def answers_yes_or_no(tool: ToolContext) -> bool:
    """Return True if a tool answers whether something holds: `is_prime`, `Check if`, `Tests whether`."""
    asks = not {"if", "whether"}.isdisjoint(tool.text.words[1:2])
    return asks or own_words(tool)[:1] in (("is",), ("has",), ("can",))


def gives_a_value(tool: ToolContext) -> bool:
    """Return True if the text begins by saying that the tool gives one value, or ids: `Get the port number that`."""
    words = tool.text.words[:_OPENING]
    end = next((i for i, word in enumerate(words) if i and word in _PREPOSITIONS | {"that", "using"}), len(words))
    return act_of(tool) is Act.READ and not _SCALARS.isdisjoint(word.removesuffix("s") for word in words[:end][-1:])


def _is_verb(word: str, place: int) -> bool:
    other = _other(word) is not None or word in _GIVING | _MANNERS | {"download", "export"} or asks(word)
    named = deed_named(word) is not None and not word.endswith(("ing", "ed"))  # A `listing` is a thing.
    return named or (place == 0 and other)


def validates(tool: ToolContext) -> bool:
    """Return True if a tool tells whether something is right: of that there are no fields."""
    opening = (*own_words(tool)[:1], *(word.removesuffix("s") for word in tool.text.words[:1]))
    return not _VALIDATING.isdisjoint(opening)


def answers_a_question(tool: ToolContext) -> bool:
    """Return True if a tool answers what it is asked in words: what it gives are no rows and no things."""
    return not _QUESTIONS.isdisjoint(tool.text.words[:_OPENING])


def seeks(tool: ToolContext) -> bool:
    """Return True if a tool looks for something, by the verb of its name or of its description."""
    if not _SEARCHING.isdisjoint(tool.name_words):
        return True
    first = own_words(tool)[:1] + tuple(tool.text.words[:1])
    return any(word in _SEEKING or word.removesuffix("s").removesuffix("e") in _SEEKING for word in first)


def is_scalar(thing: str) -> bool:
    """Return True if a thing is one value: of an id there are no fields to tell."""
    return not _SCALARS.isdisjoint(thing.lower().split()[-1:])


def is_plural(thing: str) -> bool:
    """Return True if a thing is several."""
    return thing.endswith("s") and not thing.endswith(("ss", "us", "is")) and thing.rsplit(" ", 1)[-1] not in _ONE
