"""Tells what a parameter is, by its name, its schema and what the text says of it: an id, a path, a query."""

from collections import Counter
from typing import Final

from toolsmell.model import Json
from toolsmell.reading.context import ServerContext, ToolContext, per_server, per_tool
from toolsmell.reading.stated import range_of
from toolsmell.reading.stems import stems_of
from toolsmell.schema.reader import Parameter, choices_of, types_of
from toolsmell.schema.walk import ALTERNATIVES, alternatives
from toolsmell.scoring.naming import is_readable
from toolsmell.scoring.siblings import IDS, is_id
from toolsmell.text import Text, has_any, identifier_words, pattern, words_of

NAMES: Final = frozenset("name title url names titles urls".split())
FOLDERS: Final = frozenset("cwd dir directory folder".split())
PATHS: Final = FOLDERS | frozenset("path paths file files filename filepath filepaths".split())
DATES: Final = frozenset("date time since until timestamp datetime day".split())
QUERIES: Final = frozenset(
    """query filter filters expression sql jql search q where selector pattern regex term
    terms keyword keywords""".split()
)
_OUTPUTS: Final = frozenset("output out save dest destination".split())
_CODES: Final = frozenset("code script command commands python javascript".split())
_RUNNING: Final = frozenset("run runs execute executes eval evaluate evaluates".split())
_SQL: Final = frozenset("sql mysql postgresql sqlite".split())
PASSED_ON: Final = frozenset("args headers env params proxy cookies vars metadata options token auth".split())
"""Parameters that a tool passes on: without them it passes nothing."""
_ADDRESSES: Final = frozenset("api endpoint endpoints http route url".split())
_WITHIN: Final = frozenset("object json xml node key property field element menu jsonpath asset class package".split())
"""Words of paths within a document, a scene or a menu."""
_REMOTE: Final = frozenset("method repo owner repository project_id projectId bucket Bucket bucket_name branch".split())
"""Parameters of tools whose paths are not on this machine: in a repository, in a bucket, of an address."""
_PATH_WITHIN: Final = (
    r"\b(?:json|object|xml|node|key|property|menu|element)[ -]?path\b|\bpath (?:in|within) the (?:json|document)"
)
_TERMS: Final = frozenset("term terms keyword keywords phrase natural".split())
"""Words of a description that say that a query is plain words."""
_TEXTS: Final = frozenset("text message content body prompt comment title description".split())
_LONG: Final = frozenset("text message content body prompt".split())
"""Texts of which a service limits the length, and an agent may pass long ones."""
FREE: Final = _TEXTS - {"title"} | frozenset(
    """prompt prompts summary note notes insight thought reason word words wish question answer feedback task code
    script city country address keyword phrase observation observations input goal instruction instructions
    value term separator recipient caption greeting sentence sentences paragraph translation""".split()
)
"""Texts of people, and what everybody can write: an agent needs neither an example nor a meaning."""
PLAIN: Final = (
    FREE
    | NAMES
    | frozenset(
        """tags tag labels label keywords categories cursor token email emails user username password database
    collection table bucket to cc bcc recipients subject headers location topic project repo repository branch channel
    workspace dataset index queue group timezone locale language lang ip
    server host domain hostname tenant owner sheet worksheet keyspace symbols fields""".split()
    )
)
"""Texts, names and lists of them whose values an agent can write."""
LANGUAGES: Final = frozenset(
    """sql mysql postgresql sqlite promql logql jql cql kql soql gaql graphql cypher sparql lucene regex xpath jmespath
    aql flux odata""".split()
)
"""Query languages: a text that names one says which syntax a query has."""
PLACES: Final = frozenset("city country address location place origin destination".split())
_FORM: Final = (
    r"\([\w.-]{1,40}(?: ?/ ?| or )[\w.-]{1,40}"
    r"|\((?:[\w.-]{1,40}, ){1,9}(?:or |and |etc)?[\w.-]{1,40}\)|\bnumber or\b|[A-Z]{2,4}[-/:][A-Z]{2}|ISO|RFC ?\d|UUID"
    r"|\bbase64\b|\b\w+=\w+|<[\w ]+>|\d{2,}|\bformat\b"
)
PLAIN_NUMBERS: Final = frozenset(
    """pid port seed year month lat lng lon long latitude longitude x y z width height temperature priority percentage
    percent age amount price quantity""".split()
)
"""Numbers that count nothing, or whose names tell what they mean."""
_SHORTEST: Final = 5
"""Letters of a tool's name that is no plain word: more than so many."""
_BASE: Final = r"\b(?:0|1|zero|one)[- ]?(?:based|indexed)|\b(?:from|at|with) (?:0|1|zero|one)\b"
"""A text that says what the first index is."""
_DUMMIES: Final = frozenset("dummy random_string no_param no_params noparams".split())
_FEW: Final = 3
"""Tools that may share a parameter without it being common."""
_SENTENCES: Final = 4
"""Sentences about one parameter that are kept."""
_LONGEST: Final = 500
"""Characters of each that are kept."""
BOUNDS: Final = frozenset("limit max count size top n num".split())
COUNTED: Final = frozenset("page offset start skip index row col column line".split())


@per_tool
def parameters_of(tool: ToolContext) -> tuple[Parameter, ...]:
    """Return the parameters that can be spoken of, each with all that schema and text say of it as its description."""
    entries = {entry.name: entry.text for entry in tool.entries}
    said: dict[str, list[str]] = {}
    for sentence in tool.reading.sentences:
        for name in sentence.parameters:
            texts = said.setdefault(name, [])
            if len(texts) < _SENTENCES:  # A sentence may name many parameters: its text must not be copied without end.
                texts.append(sentence.text[:_LONGEST])
    # A keyword that slipped into `properties` has no schema: it is no parameter.
    sound = (p for p in tool.parameters if isinstance(p.schema, dict | bool))
    readable = (p for p in sound if is_readable(p.name) and not _is_dummy(p))
    return tuple([_described(p, [entries.get(p.name, ""), *said.get(p.name, ())]) for p in readable])


def _is_dummy(parameter: Parameter) -> bool:
    """Return True if a parameter is there only because some clients need one: `random_string`, `no_param`."""
    return parameter.name in _DUMMIES or "dummy" in (parameter.description or "").lower()


@per_server
def common_parameters(server: ServerContext) -> frozenset[str]:
    """Return the parameters that most tools of a server have: `repo_path`, `tenant`. Others tell more of a tool.

    An `id` that all have means another thing in each.
    """
    counts = Counter(parameter.name for tool in server.tools for parameter in tool.parameters)
    many = [name for name, count in counts.items() if count > max(_FEW, len(server.tools) // 2)]
    return frozenset(name for name in many if identifier_words(name)[-1:] != ("id",))


@per_tool
def by_name(tool: ToolContext) -> dict[str, Parameter]:
    return {parameter.name: parameter for parameter in parameters_of(tool)}


def _described(parameter: Parameter, more: list[str]) -> Parameter:
    items = items_of(parameter)
    item = items.get("description") if isinstance(items, dict) else None
    more = [*more, item] if isinstance(item, str) else more
    text = "\n".join(filter(None, (parameter.description or "", *more)))
    if not text or not isinstance(parameter.schema, dict):
        return parameter
    return parameter._replace(schema={**parameter.schema, "description": text})


def last_of(parameter: Parameter) -> str:
    """Return the last word of a parameter's name, without a number behind it: `text` of `text2`."""
    words = [word for word in identifier_words(parameter.name) if not word.isdecimal()]
    return words[-1] if words else ""


@per_tool
def names_by_id(tool: ToolContext) -> bool:
    """Return True if a tool has to be given an id: what it names exists."""
    return any(p.required and (last_of(p) in IDS or is_id(p)) for p in parameters_of(tool))


def words_in(parameter: Parameter) -> frozenset[str]:
    return frozenset(identifier_words(parameter.name))


def code_of(tool: ToolContext) -> str | None:
    """Return the name of the required parameter that a tool runs as code or as a command, or None."""
    if _RUNNING.isdisjoint((*tool.name_words, *tool.text.words[:3])):
        return None
    given = (p for p in parameters_of(tool) if p.required and p.types & {"string", "array"})
    given = (p for p in given if "string" in p.types or last_of(p) == "command")
    found = (p.name for p in given if not _CODES.isdisjoint((last_of(p), *identifier_words(p.name)[:1])))
    return next(found, None)


def is_output(parameter: Parameter) -> bool:
    """Return True if a parameter says where something is written."""
    said = f" {parameter.description or ''} ".lower()
    return last_of(parameter) in PATHS and (bool(_OUTPUTS & words_in(parameter)) or " save" in said or "output" in said)


def is_sql(parameter: Parameter, tool: ToolContext) -> bool:
    return is_query(parameter) and bool(_SQL & _languages_of(parameter, tool))


def is_easy(parameter: Parameter, tool: ToolContext) -> bool:
    """Return True if a query is in a language that every agent can write."""
    return is_query(parameter) and bool((_SQL | {"regex"}) & _languages_of(parameter, tool))


def _languages_of(parameter: Parameter, tool: ToolContext) -> frozenset[str]:
    """Return the languages of a query, but none if it may be in one besides SQL and regular expressions."""
    words = {*words_in(parameter), *_languages_in(tool), *words_of(parameter.description or "")}
    if {"select", "query"} <= words_in(parameter) or "select" in _languages_in(tool):
        words.add("sql")
    return frozenset() if (LANGUAGES - _SQL - {"regex"}) & words else frozenset(LANGUAGES & words)


_FROM_TO: Final = r"\b\d+ ?(?:-|–|to) ?\d{2,}\b"


def has_most(parameter: Parameter) -> bool:
    """Return True if the schema or the description of a number tells its largest value."""
    if has(parameter, "maximum", "exclusiveMaximum"):
        return True
    if pattern(_FROM_TO).search((parameter.description or "")[:_READ]):
        return True
    stated = range_of(Text(parameter.description)) if parameter.description else None
    return stated is not None and stated.high is not None


def is_file(parameter: Parameter, tool: ToolContext) -> bool:
    """Return True if a parameter is the path of a file or a folder, not that of an address or of a part of a text."""
    said = parameter.description or ""
    if (
        last_of(parameter) not in PATHS
        or is_structured(parameter)
        or _WITHIN & words_in(parameter)
        or not _REMOTE.isdisjoint(by_name(tool))
    ):
        return False
    within = pattern(_PATH_WITHIN).search(f"{parameter.name} {said}".lower())
    return within is None and _ADDRESSES.isdisjoint(tool.text.vocabulary) and _ADDRESSES.isdisjoint(words_of(said))


def is_structured(parameter: Parameter) -> bool:
    """Return True if a parameter is an object, or a list of objects: `files` with their contents."""
    items = items_of(parameter)
    return "object" in parameter.types | types_of(items) or (isinstance(items, dict) and "$ref" in items)


def is_bound(parameter: Parameter) -> bool:
    """Return True if a number says how many results there are at most."""
    words = frozenset(identifier_words(parameter.name))
    return bool(words & (BOUNDS | {"per"})) and not words & (PLAIN_NUMBERS | IDS) and is_number(parameter)


def is_counted(parameter: Parameter) -> bool:
    """Return True if a number is a place in a sequence: the number of a page, a line."""
    return bool(words_in(parameter) & (COUNTED | PLAIN_NUMBERS))


def tells_base(tool: ToolContext) -> bool:
    """Return True if the text of a tool says what the first index is."""
    return pattern(_BASE).search(tool.text.lower) is not None


def is_number(parameter: Parameter) -> bool:
    return bool(parameter.types & {"integer", "number"})


def has(parameter: Parameter, *keywords: str) -> bool:
    branches = (branch for _, branch in alternatives(parameter.schema, (*ALTERNATIVES, "allOf")))
    schemas = (schema for schema in (parameter.schema, *branches) if isinstance(schema, dict))
    return any(not schema.keys().isdisjoint(keywords) for schema in schemas)


def fields_of(parameter: Parameter) -> tuple[str, ...]:
    """Return the names of the fields of an object, or of the items of an array, that the schema lists."""
    fields = _inner(parameter).get("properties")
    return tuple(filter(is_readable, fields)) if isinstance(fields, dict) else ()


def items_of(parameter: Parameter) -> Json:
    """Return the schema of the items of an array; None if there is none."""
    return parameter.schema.get("items") if isinstance(parameter.schema, dict) else None


def _inner(parameter: Parameter) -> dict[str, Json]:
    schema = parameter.schema if isinstance(parameter.schema, dict) else {}
    items = schema.get("items")
    return items if isinstance(items, dict) else schema


def describes_fields(parameter: Parameter) -> bool:
    """Return True if the schema describes the fields of an object, or of the items of an array."""
    inner = _inner(parameter)
    fields = inner.get("properties")
    described = fields.values() if isinstance(fields, dict) else ()
    own = () if inner is parameter.schema else (inner,)
    return any(isinstance(field, dict) and field.get("description") for field in (*own, *described))


def mentions(parameter: Parameter, words: tuple[str, ...]) -> bool:
    said = (parameter.description or "").lower()
    return has_any(said, words)


def names_a_tool(parameter: Parameter, tool: ToolContext) -> bool:
    """Return True if the text about a parameter names a sibling: it tells where a value comes from."""
    names = pattern(r"[\w-]+").findall(parameter.description or "")
    return any(name in tool.server.by_name and name != tool.tool.name for name in names if len(name) > _SHORTEST)


_READ: Final = 2_000
_LISTED: Final = r"\b[A-Z][\w-]{1,30}(?:, [A-Z][\w-]{1,30}){2}|\b[\w-]{1,30}(?:, [\w-]{1,30}){1,20},? or [\w-]{1,30}\b"
"""Values in a row: `Critical, Error, Warning`, `asc, desc or none`."""
_LAST: Final = r"\w: [a-z][\w-]{1,30}\W*$"
"""A value at the end: `Slicing style: transient`."""


def describes_form(parameter: Parameter) -> bool:
    """Return True if a description shows how a value looks: `YYYY-MM-DD`, a number of digits, a quoted value."""
    said = (parameter.description or "")[:_READ]
    if pattern(_LISTED).search(said) or pattern(_LAST).search(said):
        return True
    return pattern(_FORM).search(said) is not None or said.count("'") > 1 or "[" in said or "`" in said or '"' in said


def speaks_a_language(parameter: Parameter, tool: ToolContext) -> bool:
    """Return True if a query is in a language, by the text of the tool or of the parameter: SQL, GraphQL."""
    said = words_of(parameter.description or "")
    if not _TERMS.isdisjoint(said):
        return False
    return bool(_languages_in(tool)) or any(map(_is_of_a_language, said))


def is_query(parameter: Parameter) -> bool:
    words = identifier_words(parameter.name) or [""]
    named = words[-1] in QUERIES or (words[0] == "query" and words[-1] not in IDS)
    text = not parameter.types or "string" in parameter.types
    return named and text and not choices_of(parameter.schema)


def is_main_query(parameter: Parameter) -> bool:
    """Return True if a query says what is looked for, and does not only narrow it down: `field_selector`."""
    narrows = last_of(parameter).removesuffix("s") in ("filter", "where", "pattern")
    return is_query(parameter) and (parameter.required or (len(identifier_words(parameter.name)) == 1 and not narrows))


def is_long_text(parameter: Parameter) -> bool:
    last = (identifier_words(parameter.name) or [""])[-1]
    return last in _LONG and "string" in parameter.types and not has(parameter, "maxLength", "enum", "const")


def is_new(parameter: Parameter, thing: str | None) -> bool:
    """Return True if a name is that of the thing which is created: `name`, or `table_name` of a new table."""
    *of, last = identifier_words(parameter.name) or [""]
    named = {word.removesuffix("s") for word in of} - {"file", "new"}
    things = [word.removesuffix("s") for word in (thing or "").lower().split()]
    if last in ("url", "urls"):
        return False
    # `dataset_name` of `add_dataset_examples` names a dataset that exists.
    return not named or (named <= set(things) and things[-1] in named)


@per_tool
def _languages_in(tool: ToolContext) -> frozenset[str]:
    """Return the words of the description that name a query language, or are words of one."""
    return frozenset(filter(_is_of_a_language, tool.text.vocabulary))


def _is_of_a_language(word: str) -> bool:
    return word in LANGUAGES or word.startswith("sql") or word == "select"


@per_tool
def known_stems(tool: ToolContext) -> frozenset[str]:
    return tool.name_stems | stems_of(tool.text.vocabulary)
