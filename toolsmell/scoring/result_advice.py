"""Words what a tool could say of its result, by what it does and by what it gives."""

from typing import Final

from toolsmell.reading.context import ToolContext
from toolsmell.reading.verbs import own_words
from toolsmell.scoring.call_advice import of_each_action, shown_call
from toolsmell.scoring.created_advice import of_new
from toolsmell.scoring.named_act import (
    CONTENTS,
    Act,
    act_of,
    answers_a_question,
    answers_yes_or_no,
    gives_a_state,
    gives_a_value,
    is_plural,
    is_scalar,
    seeks,
    thing_of,
    validates,
)
from toolsmell.scoring.named_object import subject_of
from toolsmell.scoring.naming import quoted
from toolsmell.scoring.parameter_facts import (
    PATHS,
    code_of,
    is_output,
    is_query,
    is_sql,
    last_of,
    mentions,
    names_by_id,
    parameters_of,
)
from toolsmell.scoring.siblings import Siblings
from toolsmell.text import pattern


def result(tool: ToolContext, siblings: Siblings) -> str | None:
    """Word what a tool could say of what it returns; None if that is one plain value, or if it is told."""
    act = act_of(tool)
    thing = subject_of(tool) if act in (Act.READ, Act.DESTROY) else thing_of(tool)
    if has_fields(tool) or "count" in tool.name_words:
        return None
    if gives_a_state(tool):
        return "say which values the status may have"
    if unit := _unit(tool, act, thing):
        return unit
    if answers_yes_or_no(tool) or (thing and (_is_value(thing, act) or _is_given(thing, tool))) or gives_a_value(tool):
        return None
    if validates(tool):
        return "say what it returns if it finds a fault, and if it finds none"
    if code := code_of(tool):
        return f"say what it returns of {quoted(code)}: its output, its value, its errors"
    if act is Act.CREATE and "publish" in tool.name_words and names_by_id(tool):
        act = Act.SWITCH  # It is there already.
    if act is Act.CREATE:
        return of_new(tool, thing, siblings)
    return _of_verb(tool, act, thing) if chooses_form(tool) else _of_verb_and_form(tool, act, thing)


def _is_value(thing: str, act: Act | None) -> bool:
    """Return True if a tool gives one value: an e-mail that it sends is none."""
    return is_scalar(thing) and act in (Act.READ, Act.MAKE, None)


def _unit(tool: ToolContext, act: Act | None, thing: str | None) -> str | None:
    """Word the unit of an amount, or the form of a time, if the text has no word of one."""
    last = (thing or "").lower().rsplit(" ", 1)[-1].removesuffix("s")
    if act is not Act.READ or not _TOLD_UNITS.isdisjoint(tool.text.vocabulary):
        return None
    if last in _MEASURED:
        return f"say in which unit it returns the {thing}"
    return f"say in which form it returns the {thing}, with an example" if last in _FORMED else None


def _is_given(thing: str, tool: ToolContext) -> bool:
    """Return True if a tool is given the address of what it returns: `fetch_urls` returns no addresses."""
    return thing in ("url", "urls") and any(p.required and p.name.lower() == thing for p in parameters_of(tool))


def _of_verb_and_form(tool: ToolContext, act: Act | None, thing: str | None) -> str | None:
    """Word the result of a tool that returns it in one form only."""
    if act is Act.MAKE and "convert" in own_words(tool):
        if not _FILES.isdisjoint(tool.text.vocabulary) or any(
            last_of(p) in PATHS | {"url", "file"} for p in parameters_of(tool)
        ):
            return "say whether it returns the content, a path or an address"
        return None if thing is None else f"say in which form it returns the {thing}"
    if act in (Act.READ, None) and own_words(tool)[:1] != ("open",) and (form := _form(tool, thing)):
        return form
    return _of_verb(tool, act, thing)


def _of_verb(tool: ToolContext, act: Act | None, thing: str | None) -> str | None:
    """Word the result by what the tool does."""
    if own_words(tool)[:1] in (("download",), ("export",)):
        if thing is None or any(map(is_output, parameters_of(tool))):
            return None
        return f"say where the {thing} goes: into the result, or to which file"
    if act is None and (_works(tool) or _opens(tool)):
        return None
    if act is None and _runs(tool):
        return "say whether it returns the output or only a confirmation"
    if not _PURE.isdisjoint(tool.text.words[:1]) or pattern(_LISTED).search(tool.text.raw):
        return None
    if act is None:  # It may change something, compute one value or give fields.
        return of_each_action(tool) or shown_call(tool)
    if act is Act.READ:
        return of_fields(tool, None if thing is None or "{" in thing else thing)
    if thing is None or "{" in thing or (act is Act.MAKE and chooses_form(tool)):
        return None
    if act is Act.SWITCH and not (names_by_id(tool) and own_words(tool)[0] in _SETTLING):
        return None
    if act is Act.MAKE and not _makes_a_file(tool):
        return f"say in which form it returns the {thing}"
    return _RESULTS[act].format(thing) if act in _RESULTS else None


def _makes_a_file(tool: ToolContext) -> bool:
    """Return True if what is made or converted may be a file, or be at an address: a colour is neither."""
    placed = any(last_of(p) in PATHS | {"url", "file"} for p in parameters_of(tool))
    return placed or not _FILES.isdisjoint((*tool.text.vocabulary, *tool.name_words))


def of_fields(tool: ToolContext, thing: str | None) -> str | None:
    """Word which fields a tool returns of a thing; of the results of a search, if nothing else is known."""
    if thing is None:
        sought = seeks(tool) and any(map(is_query, parameters_of(tool)))
        return "say which fields each result has" if sought else of_each_action(tool) or shown_call(tool)
    last = thing.lower().rsplit(" ", 1)[-1]
    if is_plural(thing) and last != "emails" and (is_scalar(last.removesuffix("s")) or last in _PLAIN):
        return f"say in which form it returns the {thing}, with an example"
    if last in _SORTS and "list" not in tool.name_words:
        return f"say which {thing} it returns"
    if last in _FIELDED and seeks(tool) and any(p.required and is_query(p) for p in parameters_of(tool)):
        return "say which fields each result has"
    if last in _FIELDED:
        return f"say whether it returns more than the names of the {thing}"
    each = f"say which fields each of the {thing} has"
    return each if is_plural(thing) else f"say which fields of the {thing} it returns"


def _opens(tool: ToolContext) -> bool:
    """Return True if a tool opens something for a person: a page, a file."""
    given = parameters_of(tool)
    shown = not given or any(last_of(p) in PATHS | {"url", "uri"} for p in given)
    return "open" in own_words(tool) and (shown or "browser" in tool.text.vocabulary)


def chooses_form(tool: ToolContext) -> bool:
    """Return True if a parameter chooses the form of what is returned: `outputFormat`."""
    given = parameters_of(tool)
    named = any(not _FORMS.isdisjoint((last_of(p), last_of(p).removesuffix("s"))) for p in given)
    return named or any(last_of(p) == "output" and mentions(p, ("format",)) for p in given)


def has_fields(tool: ToolContext) -> bool:
    """Return True if the output schema tells more than the one text `result` that SDKs wrap every answer in."""
    return any(p.name != "result" or p.types <= {"integer", "number", "boolean"} for p in tool.all_outputs)


def _form(tool: ToolContext, thing: str | None) -> str | None:
    """Word the form of what a tool gives, if it is rows, an answer, a file or a text."""
    if any(is_sql(parameter, tool) for parameter in parameters_of(tool)) and _ROWLESS.isdisjoint(tool.text.vocabulary):
        return "say in which form it returns the rows"
    if not _CALLS.isdisjoint(own_words(tool)[:1]) or (answers_a_question(tool) and seeks(tool)):
        return "say in which form it returns the answer"
    # A list of files has no files in it, and a search finds their paths.
    listed = "list" in tool.name_words or "list" in tool.text.words[:1] or not _LOOKING.isdisjoint(own_words(tool)[:1])
    printed = CONTENTS | _PRINTED | (_COMPARED if "diff" in tool.name_words else frozenset())
    last = (thing or "").lower().rsplit(" ", 1)[-1]
    if thing and not listed and (last in printed or last.endswith("code")):
        return f"say in which form it returns the {thing}"
    if (
        thing is None
        and act_of(tool) is Act.READ
        and not seeks(tool)
        and not _WRITTEN.isdisjoint(tool.text.words[:12])
        and not _MARKUP & frozenset(tool.text.words)
    ):
        return "say in which form it returns the text: plain, Markdown or HTML"
    return None


def _works(tool: ToolContext) -> bool:
    """Return True if a tool without a known verb changes something, by its annotations or its parameters."""
    return is_hinted(tool, read_only=False) or any(p.required and is_output(p) for p in parameters_of(tool))


def _runs(tool: ToolContext) -> bool:
    """Return True if a tool runs something that has an output: no query."""
    verb = own_words(tool)[:1]
    if "connection" in tool.name_words:
        return False
    built = verb == ("build",) and any(last_of(p) in PATHS for p in parameters_of(tool))
    return built or (not _RUNS.isdisjoint(verb) and not any(p.required and is_query(p) for p in parameters_of(tool)))


def is_hinted(tool: ToolContext, *, read_only: bool) -> bool:
    """Return True if the annotations say that the tool only reads, or that it does not."""
    annotations = tool.tool.annotations or {}
    return annotations.get("readOnlyHint") is read_only


_MEASURED: Final = frozenset("balance price amount fee cost distance duration size temperature".split())
_FORMED: Final = frozenset("time date timestamp language currency currencie country countrie locale timezone".split())
"""Things of which a text shows the form: a time, a code; without an `s`."""
_TOLD_UNITS: Final = frozenset(
    """unit units currency usd eur wei sol dollars cents percent seconds minutes hours milliseconds ms meters metres
    kilometers km miles bytes kb mb celsius fahrenheit iso format formatted rfc3339 utc unix epoch""".split()
)
"""Words of a text that tells a unit or a form."""
_COMPARED: Final = frozenset("changes differences".split())
_ROWLESS: Final = frozenset("insert update delete plan explain".split())
"""Words of statements that give no rows."""
_FIELDED: Final = frozenset("tables collections databases datasets schemas forms indexes indices files folders".split())
"""Things that have fields themselves: which fields each has would be another question."""
_LOOKING: Final = frozenset("search find".split())
_PRINTED: Final = frozenset(
    "diff diffs tree schema code output outputs chunk data instructions guidelines pdf pdfs".split()
)
"""Things that are told in lines, as their tools print them."""
_CALLS: Final = frozenset("call invoke".split())
_RUNS: Final = frozenset("run test execute perform".split())
_FILES: Final = frozenset(
    """file files document documents image images audio video pdf page url path picture pictures photo chart charts map
    report presentation slide slides screenshot diagram plot drawing sound speech song music thumbnail icon
    logo""".split()
)
"""Words of what is converted from one file or place to another."""
_WRITTEN: Final = frozenset("content contents documentation readme article".split())
_PURE: Final = frozenset("encode decode hash escape unescape compress decompress".split())
"""Verbs whose result is plain: the same thing in another form."""
_LISTED: Final = r"\([^(),\n]{1,80}(?:,[^(),\n]{1,80}){2}"
"""A list in brackets: `Get the settings (period, length, date)`."""
_FORMS: Final = frozenset("format mimetype".split())
_MARKUP: Final = frozenset("markdown html md plain".split())
_PLAIN: Final = frozenset("facts tips words lines keywords suggestions sentences".split())
"""Texts, which have no fields."""
_SORTS: Final = frozenset("stats statistics metrics analytics settings properties attributes details".split())
"""Things of which a text says the sorts: they have no fields."""
_SETTLING: Final = frozenset(
    """finalize complete cancel approve reject archive restore enable disable close pause resume lock unlock reopen
    assign move rename merge mark publish submit accept decline unarchive revoke withdraw suspend promote
    publish""".split()
)
"""Verbs that leave a thing in another state, which a tool may return."""
_RESULTS: Final = {
    Act.CHANGE: "say whether it returns the changed {} or only a confirmation",
    Act.MAKE: "say in which form it returns the {}: the content, a path or an address",
    Act.SWITCH: "say whether it returns the {} or only a confirmation",
}
