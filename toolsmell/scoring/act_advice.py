"""Words what a text could say by the verb of its tool alone: of what is sent, uploaded, clicked, asked or reset."""

from collections.abc import Iterator
from typing import Final

from toolsmell.model.reading import StatementKind
from toolsmell.reading.context import ServerContext, ToolContext, per_server
from toolsmell.reading.stems import stems_of
from toolsmell.reading.verbs import own_words
from toolsmell.schema.reader import Parameter
from toolsmell.scoring.created_advice import NAMED
from toolsmell.scoring.named_act import Act, act_of, is_plural, thing_of
from toolsmell.scoring.naming import name_of, quoted
from toolsmell.scoring.parameter_facts import (
    FOLDERS,
    PATHS,
    PLAIN_NUMBERS,
    has,
    is_bound,
    is_counted,
    is_file,
    is_long_text,
    is_number,
    is_output,
    last_of,
    parameters_of,
    tells_base,
)
from toolsmell.scoring.siblings import IDS, LISTED, is_id
from toolsmell.scoring.state_advice import TIES, unchanged
from toolsmell.text import pattern

_SENT: Final = frozenset("email emails mail message messages tweet tweets sms notification post posts dm".split())
_SENDERS: Final = frozenset(
    "account from sender bot user users token authenticated configured behalf as number".split()
)
"""Words of a text or a parameter that may say who sends something."""
_SENDING: Final = frozenset("send post publish reply tweet draft push".split())
_FILES: Final = frozenset("image images video videos audio media photo photos picture pictures file files".split())
_FORMATS: Final = frozenset("png jpg jpeg gif mp4 mp3 wav pdf format formats mb size bytes supports any".split())
_SIZES: Final = frozenset("mb kb size bytes large larger largest limit".split())
_TOUCHING: Final = frozenset("click tap press swipe type hover drag scroll fill input double".split())
_SHOWING: Final = frozenset("screenshot snapshot".split())
_ASKING: Final = frozenset("ask chat agent answer converse consult prompt reasoning".split())
_ASKED: Final = frozenset("prompt question message content query".split())
_MEMORY: Final = frozenset("conversation conversations session thread stateless remembers remember memory".split())
_RESETTING: Final = frozenset("clear reset flush cleanup wipe revert rollback".split())
_UNDONE: Final = frozenset("undo undone restore restored irreversible permanently reversible recover permanent".split())
_MOVING: Final = frozenset("price prices quote quotes ticker tickers weather forecast traffic departures".split())
"""What changes from minute to minute."""
_FRESH: Final = frozenset(
    """live realtime real-time current latest cached delayed updated refreshed historical daily hourly now today time
    past history date""".split()
)
_EXISTENCE: Final = frozenset("exist exists exactly unique same taken already".split())
_PROBING: Final = frozenset("test verify check ping validate".split())
_FAILING: Final = frozenset("fail fails failed failure error errors unreachable".split())
_SIGNING: Final = frozenset("authenticate login authorize signin".split())
_FIRST: Final = frozenset("first before once automatically needed required expires expired".split())
_CHOOSING: Final = frozenset("switch current default active".split())
_LASTING: Final = frozenset("later subsequent until session future following other".split())
_LATER: Final = frozenset("asynchronous asynchronously background".split())
"""Words of a text whose tool returns before its work is done."""
_TELLING: Final = frozenset("status done progress wait poll".split())
"""Words of names of tools that tell whether work is done."""
_WRITING: Final = frozenset("write create save export".split())
_FOLDERS: Final = frozenset("parent folder folders directory directories nested missing recursively".split())
"""Words of a text that may say which folders are made."""
_TERMINALS: Final = frozenset("terminal console serial repl shell".split())
_INPUTS: Final = frozenset("write send input type".split())
_OUTPUTS: Final = frozenset("read output receive".split())
_TITLED: Final = frozenset("task project event document page issue record user organization scope course".split())
"""Things that have a name or a title, which some call has to give."""
_ANY: Final = frozenset("a an existing specific specified given".split())
_BEFORE: Final = 3
"""Words before a thing that say which one is meant."""
_SORTS: Final = frozenset("mode type kind level state status".split())
"""Numbers that stand for words."""
_SIDES: Final = frozenset(("width", "height"))
_ONWARD: Final = ("back", "forward")
"""Verbs of tools that go through pages that were open before."""
_INTO: Final = r"\A\W{0,9}Adds? (?:an?|new) (?:\w+ ){1,4}to the (\w+)\W{0,9}\Z"
"""A text that names only what something is added to."""


def by_act(tool: ToolContext) -> Iterator[str]:
    """Yield statements about the act of a tool, the most useful first."""
    act, thing, verbs = act_of(tool), thing_of(tool), frozenset(own_words(tool))
    thing = None if thing and "{" in thing else thing
    if act is not Act.READ:
        yield from _by_sibling(tool)
    yield from _of_order(tool, act, thing, verbs)
    yield from _limits(tool, act, thing, verbs)
    yield from _effects(tool, act, thing, verbs)
    if not _says(tool, StatementKind.FAILURE) and tool.text.vocabulary.isdisjoint(_EXISTENCE):
        yield from _failures(tool, act, thing, verbs)
    if (into := pattern(_INTO).match(tool.text.raw)) and not _reads(tool.server, into[1]):
        yield f"say how the {into[1]} can be read"


def _by_sibling(tool: ToolContext) -> Iterator[str]:
    """Yield statements about the sibling that shows what a tool did."""
    if not _TOUCHING.isdisjoint(own_words(tool)[:2]) and (shown := _shows_screen(tool)):
        yield f"say that {quoted(shown)} shows what it changed"
    if reader := _reader_of_terminal(tool):
        yield f"say that {quoted(reader)} gives the output"
    if not _LATER.isdisjoint(tool.text.vocabulary) and (telling := _tells_when_done(tool)):
        yield f"say that {quoted(telling)} tells when it is done"


def _of_order(tool: ToolContext, act: Act | None, thing: str | None, verbs: frozenset[str]) -> Iterator[str]:
    """Yield statements about the calls before and after one of a tool."""
    words = tool.text.vocabulary
    if not verbs.isdisjoint(_PROBING) and "connection" in verbs and words.isdisjoint(_FAILING):
        yield "say what it returns if the connection fails"
    if _signs_in(tool) and words.isdisjoint(_FIRST) and len(tool.server.tools) > 1:
        yield "say whether it has to be called before the other tools"
    if not verbs.isdisjoint(_CHOOSING) and act is Act.SWITCH and thing and words.isdisjoint(_LASTING):
        yield f"say whether later calls use the new {thing}"


def _effects(tool: ToolContext, act: Act | None, thing: str | None, verbs: frozenset[str]) -> Iterator[str]:
    """Yield statements about what a tool changes."""
    if not verbs.isdisjoint(_SENDING) and thing and act is not Act.READ and _sender_unknown(tool, thing):
        yield f"say from which account it sends the {thing}"
    if act is Act.SWITCH and not _says(tool, StatementKind.FAILURE) and (state := unchanged(tool, thing)):
        yield state
    if "toggle" in verbs and not _says(tool, StatementKind.RESULT):
        yield "say whether it returns the new state: on or off"
    if _says(tool, StatementKind.EFFECT) or not tool.text.vocabulary.isdisjoint(_UNDONE):
        return
    tie = (thing or "").rsplit(" ", 1)[-1].removesuffix("s") in TIES
    if act is Act.DESTROY and thing and "from" not in verbs and not tie:
        yield f"say whether the removed {thing} can be restored"
    if not verbs.isdisjoint(_RESETTING) and act in (Act.SWITCH, None):
        yield "say whether it can be undone"


def _signs_in(tool: ToolContext) -> bool:
    return not _SIGNING.isdisjoint(own_words(tool)[:1]) or {"refresh", "token"} <= {*own_words(tool)}


def _limits(tool: ToolContext, act: Act | None, thing: str | None, verbs: frozenset[str]) -> Iterator[str]:
    """Yield statements about limits."""
    words = tool.text.vocabulary
    kind = next((word for word in tool.text.words if word in _FILES), None)
    if "upload" in verbs and kind:
        they = "they" if kind.endswith("s") else "it"
        if words.isdisjoint(_FORMATS):
            yield f"say which formats the {kind} may have, and how large {they} may be"
        elif words.isdisjoint(_SIZES):
            yield f"say how large the {kind} may be"
    texts = [p for p in parameters_of(tool) if last_of(p) in _ASKED and p.required and "string" in p.types]
    remembers = (
        _MEMORY.isdisjoint({*words, *(last_of(p) for p in tool.parameters)}) and "session_id" not in tool.text.raw
    )
    if not verbs.isdisjoint(_ASKING) and act in (Act.READ, None) and texts and remembers:
        yield "say whether it remembers what earlier calls asked"
    if act in (Act.SWITCH, Act.CHANGE, Act.MAKE) and not _says(tool, StatementKind.LIMIT):
        kinds = (p for p in parameters_of(tool) if p.required and is_number(p) and last_of(p) in _SORTS)
        yield from (f"say which number of {quoted(p.name)} stands for what" for p in kinds if not has(p, "enum"))
        open_ = (p for p in parameters_of(tool) if p.required and _is_open_number(p))
        yield from (f"say the smallest and the largest value that {quoted(p.name)} may have" for p in open_)
    if act in (Act.REPLACE, Act.CREATE, Act.MAKE, Act.SWITCH) and words.isdisjoint(_FOLDERS):
        paths = (p for p in parameters_of(tool) if last_of(p) in PATHS - FOLDERS and is_file(p, tool))
        written = (p for p in paths if is_output(p) or not verbs.isdisjoint(_WRITING))
        yield from (f"say whether it creates missing folders of {quoted(p.name)}" for p in written)
    if not tells_base(tool):
        places = (p.name for p in parameters_of(tool) if _is_place(p))
        yield from (f"say whether {quoted(name)} counts from 0 or from 1" for name in places)
    if long := _stored_text(tool, act):
        yield f"say how long {quoted(long)} may be"
    last = (thing or "").lower().rsplit(" ", 1)[-1]
    if act is Act.READ and last in _MOVING and words.isdisjoint(_FRESH):
        yield f"say whether the {thing} {'are' if is_plural(thing or '') else 'is'} live, or how old at most"


def _failures(tool: ToolContext, act: Act | None, thing: str | None, verbs: frozenset[str]) -> Iterator[str]:
    """Yield statements about failures of a tool of which no parameter names its thing."""
    for verb in (verb for verb in _ONWARD if verb in verbs and not tool.parameters):
        yield f"say what happens if there is no page to go {verb} to"
    for parameter in parameters_of(tool):
        if last_of(parameter) in ("tag", "label") and f"by {last_of(parameter)}" in tool.text.lower:
            yield f"say what happens if nothing has the {quoted(parameter.name)}"
    if tool.parameters or thing is None or is_plural(thing):
        return
    yield from _unnamed(tool, act, thing)


def _unnamed(tool: ToolContext, act: Act | None, thing: str) -> Iterator[str]:
    """Yield statements about a thing that no parameter names."""
    has_schema, last = tool.tool.input_schema is not None, thing.lower().rsplit(" ", 1)[-1]
    if act is Act.CREATE and own_words(tool)[:1] != ("add",):
        if last in _TITLED and has_schema and tool.text.vocabulary.isdisjoint(("name", "named", "title", "titled")):
            yield f"list the parameters: the input schema has none, not even a name for the new {thing}"
        if last in NAMED | PATHS:
            yield f"say what happens if a {thing} with this name already exists"
    if has_schema and act in (Act.CHANGE, Act.DESTROY, Act.REPLACE) and _is_any(tool, thing):
        yield f"say which {thing} it means: no parameter names one"
    elif act is Act.CHANGE or own_words(tool)[:1] == ("copy",):
        yield f"say what happens if the {thing} does not exist"


def _is_any(tool: ToolContext, thing: str) -> bool:
    """Return True if a text speaks of any thing, not of a certain one: `Updates an existing task`."""
    words, head = tool.text.words, thing.lower().split()
    starts = (i for i in range(len(words)) if words[i : i + len(head)] == tuple(head))
    return any(not _ANY.isdisjoint(words[max(0, i - _BEFORE) : i]) for i in starts)


def _says(tool: ToolContext, kind: StatementKind) -> bool:
    return any(kind in sentence.says for sentence in tool.reading.sentences)


def _is_open_number(parameter: Parameter) -> bool:
    """Return True if a number has no bounds, and is no id and no place."""
    plain = (is_counted(parameter) and last_of(parameter) not in _SIDES) or is_id(parameter)
    plain = plain or last_of(parameter) in PLAIN_NUMBERS - _SIDES | IDS | _SORTS
    bounded = has(parameter, "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "default")
    alone = is_number(parameter) and "string" not in parameter.types
    told = any(sign.isdecimal() for sign in parameter.description or "")
    return alone and not (plain or bounded or told or is_bound(parameter))


def _is_place(parameter: Parameter) -> bool:
    """Return True if a required number is the place of something, and nothing says what the first one is."""
    numbered = last_of(parameter) in ("index", "page") and is_number(parameter) and parameter.required
    said = (parameter.description or "").lower()
    known = any(sign.isdecimal() for sign in said) or "zero" in said or "based" in said
    return numbered and not known and not has(parameter, "minimum", "default")


def _stored_text(tool: ToolContext, act: Act | None) -> str | None:
    """Return the name of a required text that a tool keeps, if nothing says how long it may be."""
    if act is not Act.CREATE or _says(tool, StatementKind.LIMIT) or any(last_of(p) in PATHS for p in tool.parameters):
        return None
    return next((p.name for p in parameters_of(tool) if p.required and is_long_text(p)), None)


def _sender_unknown(tool: ToolContext, thing: str) -> bool:
    given = {word for p in tool.parameters for word in (p.name.lower(), last_of(p))}
    sent = thing.lower().rsplit(" ", 1)[-1] in _SENT
    return sent and _SENDERS.isdisjoint(tool.text.vocabulary) and _SENDERS.isdisjoint(given)


def _shows_screen(tool: ToolContext) -> str | None:
    found = _screens(tool.server)
    return found if found and found not in tool.text.raw and found != name_of(tool) else None


def _reader_of_terminal(tool: ToolContext) -> str | None:
    """Return the sibling that reads the terminal or the port that a tool writes to."""
    shared = _TERMINALS & frozenset(tool.name_words)
    if not shared or _INPUTS.isdisjoint(tool.name_words):
        return None
    reads = (t for t in _readers(tool.server) if shared & {*t.name_words} and t is not tool)
    return next((name for t in reads if (name := name_of(t)) and name not in tool.text.raw), None)


def _tells_when_done(tool: ToolContext) -> str | None:
    """Return the sibling that tells whether the work is done: one about a thing that the text of `tool` names."""
    spoken = stems_of(tool.text.words)
    for name, stems in _tellers(tool.server):
        if name != tool.tool.name and stems and stems <= spoken and name not in tool.text.raw:
            return name
    return None


def _reads(server: ServerContext, word: str) -> bool:
    """Return True if the name of a tool has a word."""
    return word.lower() in _all_words(server)


@per_server
def _all_words(server: ServerContext) -> frozenset[str]:
    return frozenset(word for tool in server.tools for word in tool.name_words)


@per_server
def _screens(server: ServerContext) -> str | None:
    """Return the name of the tool that shows the screen."""
    shows = (t for t in server.tools if _SHOWING & {*t.name_words} or {"screen", "capture"} <= {*t.name_words})
    return next(map(name_of, shows), None) or None


@per_server
def _readers(server: ServerContext) -> tuple[ToolContext, ...]:
    """Return the first tools that read what is written somewhere."""
    return tuple([tool for tool in server.tools if not _OUTPUTS.isdisjoint(tool.name_words)][:LISTED])


@per_server
def _tellers(server: ServerContext) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the tools that tell whether work is done, by name, and the stems of what the work is."""
    found = [tool for tool in server.tools if not _TELLING.isdisjoint(tool.name_words) and name_of(tool)]
    marks = _TELLING | {"get", "is", "check", "for", "mcp", server.beginning}
    return tuple((name_of(tool), frozenset(stems_of(set(tool.name_words) - marks))) for tool in found[:LISTED])
