"""Words what a text could say although no kind is missing in it for certain."""

from collections.abc import Iterator
from typing import Final

from toolsmell.model.reading import StatementKind
from toolsmell.reading.context import ToolContext
from toolsmell.reading.stems import stems_of
from toolsmell.reading.verbs import own_words
from toolsmell.schema.reader import choices_of
from toolsmell.scoring.call_advice import of_each_action, shown_call
from toolsmell.scoring.failure_advice import failure
from toolsmell.scoring.named_act import (
    Act,
    act_of,
    answers_yes_or_no,
    gives_a_state,
    gives_a_value,
    is_plural,
    is_scalar,
    thing_of,
    validates,
)
from toolsmell.scoring.named_object import object_of, subject_of
from toolsmell.scoring.naming import quoted
from toolsmell.scoring.parameter_facts import (
    DATES,
    NAMES,
    PATHS,
    PLAIN,
    has,
    has_most,
    is_counted,
    is_number,
    is_query,
    last_of,
    mentions,
    parameters_of,
)
from toolsmell.scoring.result_advice import has_fields, of_fields
from toolsmell.scoring.siblings import IDS, Siblings


def last_resort(tool: ToolContext, siblings: Siblings) -> Iterator[str]:
    """Yield what the text of a tool could say although no kind is missing in it for certain."""
    if fields := _fields(tool):
        yield fields
    if _EXISTENCE.isdisjoint(tool.text.vocabulary):
        if wrong := failure(tool, siblings):
            yield wrong
        given = (p for p in parameters_of(tool) if p.required and p.types == {"string"} and not choices_of(p.schema))
        unknown = (
            p
            for p in given
            if last_of(p) not in PLAIN | PATHS | IDS | DATES and not is_query(p) and mentions(p, _LISTED)
        )
        yield from (f"say what happens if {quoted(p.name)} is not known" for p in unknown)
    numbers = (p for p in parameters_of(tool) if is_number(p) and "string" not in p.types)
    wide = (p for p in numbers if has(p, "minimum") and not has_most(p))
    yield from (f"say the largest value that {quoted(p.name)} may have" for p in wide if not is_counted(p))
    if act_of(tool) is Act.CREATE and _TWICE.isdisjoint(tool.text.words):
        named = (p for p in parameters_of(tool) if p.required and last_of(p) in NAMES and "title" not in p.name)
        yield from (f"say what a second call with the same {quoted(p.name)} does" for p in named)
    if not _LASTING.isdisjoint(own_words(tool)[:1]) and "wait" not in tool.text.lower:
        yield "say whether it waits until it is done"
    yield from filter(None, [of_each_action(tool)])
    yield from _of_subject(tool)
    if other := siblings.counterpart(tool):
        does = {Act.READ: "changes what it returns", Act.CREATE: "shows what it created"}
        yield f"say that {quoted(other)} {does.get(act_of(tool) or Act.CHANGE, 'shows what it changed')}"
    writes = act_of(tool) in (Act.CREATE, Act.CHANGE, Act.REPLACE)
    if (
        writes
        and not tool.parameters
        and tool.tool.input_schema is not None
        and not _CERTAIN.isdisjoint(tool.text.words)
    ):
        yield "list its parameters: the input schema has none"


def _of_subject(tool: ToolContext) -> Iterator[str]:
    """Yield what can be said of any tool that its text does not say of it: a failure first, then its task."""
    words, missing = tool.text.vocabulary, tool.reading.missing
    if StatementKind.FAILURE in missing and words.isdisjoint(_EXISTENCE | _FAILING):
        act, thing = act_of(tool), thing_of(tool) or object_of(tool)
        if act is Act.READ and not _SIGNED_IN.isdisjoint(words) and not _OWNERS.isdisjoint(words):
            yield "say what it returns if no user is signed in"
        if answers_yes_or_no(tool):
            yield "say what it returns if it cannot tell"
        if act is Act.READ and _looks_up(tool, thing):
            yield f"say what it returns if the {thing} is not found"
    if _shows_no_call(tool) and _needs_a_call(tool) and (call := shown_call(tool)):
        yield call
    if gives_a_state(tool) and StatementKind.RESULT in missing:
        yield "say which values the status may have"
    if isinstance(tool.tool.raw, dict) and "inputSchema" not in tool.tool.raw and tool.tool.known("inputSchema"):
        yield "list its parameters: the tool has no input schema"


def _shows_no_call(tool: ToolContext) -> bool:
    if any(StatementKind.EXAMPLE in sentence.says for sentence in tool.reading.sentences):
        return False
    return tool.text.vocabulary.isdisjoint(_EXAMPLES) and "e.g" not in tool.text.lower


def _needs_a_call(tool: ToolContext) -> bool:
    """Return True if a call would show more than the schema does: a value, or what comes back."""
    if not tool.parameters:
        return act_of(tool) is Act.READ and not gives_a_value(tool) and not has_fields(tool)
    needed = [p for p in parameters_of(tool) if p.required]
    told = any(StatementKind.RESULT in sentence.says for sentence in tool.reading.sentences)
    if told and needed and all(mentions(p, _SHOWN) or has(p, "examples", "example") for p in needed):
        return False
    return bool(needed) or act_of(tool) in (Act.READ, Act.MAKE, None)


def _looks_up(tool: ToolContext, thing: str | None) -> bool:
    """Return True if a tool looks for one thing by what it has to be given."""
    texts = (p for p in parameters_of(tool) if p.required and "string" in (p.types or {"string"}))
    given = any(not choices_of(p.schema) for p in texts)
    if not given or thing is None or "{" in thing:
        return False
    if not _WORKING.isdisjoint(own_words(tool)):
        return False  # It is given what it works on.
    return not (is_plural(thing) or is_scalar(thing) or gives_a_value(tool)) and thing in " ".join(tool.text.words)


def _fields(tool: ToolContext) -> str | None:
    """Word what a tool that reads could say of the fields that it returns, if its text lists nothing."""
    if act_of(tool) not in (Act.READ, None) or has_fields(tool) or "count" in tool.name_words:
        return None
    if not {",", ":"}.isdisjoint(tool.text.raw) or not _LISTING.isdisjoint(tool.text.words):
        return None
    if {"return", "returns"} & {*tool.text.words[1:]} or gives_a_value(tool):
        return None
    thing = subject_of(tool) or _only_word(tool)
    if (
        thing is None
        or validates(tool)
        or is_scalar(thing)
        or "{" in thing
        or thing not in " ".join(tool.text.words[1:])
    ):
        return None
    if not is_plural(thing) and any(StatementKind.RESULT in sentence.says for sentence in tool.reading.sentences):
        return None  # `Returns the sum of two numbers`
    return of_fields(tool, thing)


def _only_word(tool: ToolContext) -> str | None:
    """Return the word that a name of one word has, if it is no letter and no word of grammar: those name nothing."""
    own = own_words(tool)
    return own[0] if len(own) == 1 and stems_of(own) else None


_EXISTENCE: Final = frozenset(
    """exist exists found invalid unknown missing valid bad abort aborts aborting rejects rejected refuses refused
    ignored skipped null reported empty taken fail fails""".split()
)
_FAILING: Final = frozenset("fails failed failure failures error errors raises throws exception otherwise null".split())
_WORKING: Final = frozenset("extract analyze analyse parse generate convert summarize explain compare compute".split())
_LISTED: Final = ("one of:", "must be one of", "allowed values", "valid values", "options:")
"""Words of a description that lists values."""
_SHOWN: Final = ("such as", "e.g", "for example", "for instance", "example:")
_EXAMPLES: Final = frozenset("example examples sample instance".split())
_SIGNED_IN: Final = frozenset("token current currently authenticated logged signed my me your connected".split())
_OWNERS: Final = frozenset("user account profile identity whoami".split())
"""Things of which a service knows one if somebody is signed in."""
_TWICE: Final = frozenset("taken duplicate duplicates twice again already".split())
_CERTAIN: Final = frozenset("existing specified specific given single multiple".split())
"""Words of a text about things that a call has to name."""
_LASTING: Final = frozenset("restart deploy install trigger build sync reload rebuild".split())
"""Verbs of what may last longer than a call."""
_LISTING: Final = frozenset("including includes include contains containing with fields such like text content".split())
"""Words before a list of what is returned."""
