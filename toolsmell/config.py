"""What a project says of itself in `toolsmell.toml`, or under `[tool.toolsmell]` of pyproject.toml.

Such a file is found in a repository, so it is data: it chooses rules and thresholds and names the command that
starts the server, and nothing acts on that command without `--run`. What it may never choose is in `FORBIDDEN`.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple, NoReturn

from toolsmell.errors import UsageError
from toolsmell.model import Confidence, Frame, Json, Severity
from toolsmell.rules import BY_ID

NAMES: Final = ("toolsmell.toml", "pyproject.toml")
OFF: Final = "off"
MAX_BYTES: Final = 1024 * 1024

FORBIDDEN: Final[Mapping[str, str]] = {
    "judge": "which model judges, and where, is for the person who pays for it to say",
    "judge-url": "it would send descriptions, and perhaps a key, to an address of the repository's choice",
    "judge-key-env": "it would send a key to an address of the repository's choice",
    "escalate": "which model judges is for the person who pays for it to say",
    "call": "which tools may be called is for the person who runs toolsmell to say",
    "call-read-only": "which tools may be called is for the person who runs toolsmell to say",
    "rubric": "another rubric would change what the scores mean",
    "prompts": "a prompt is an instruction to a model",
    "run": "starting a server needs the leave of the person who runs toolsmell",
    "output": "it would write files",
    "apply": "it would write files",
    "unsafe": "it would write files",
    "header": "headers carry secrets",
}
"""Keys that a file may not have, each with the reason (they are options of the command line only)."""


class Key(NamedTuple):
    """A key that a configuration file may have."""

    schema: Mapping[str, Json]
    """JSON Schema of its value; `type`, `enum`, `items`, `minimum` and `maximum` are what it may use."""
    help: str


_TEXT: Final = {"type": "string"}
_TEXTS: Final = {"type": "array", "items": _TEXT}

KEYS: Final[Mapping[str, Key]] = {
    "frame": Key({"enum": [f.value for f in Frame]}, "what scores are about"),
    "select": Key(_TEXTS, "run these rules, families or presets only"),
    "extend-select": Key(_TEXTS, "run these as well"),
    "ignore": Key(_TEXTS, "run all but these"),
    "min-confidence": Key({"enum": [c.value for c in Confidence]}, "leave out less sure findings"),
    "fail-on": Key({"enum": [*(s.value for s in Severity), "never"]}, "exit 1 for a finding of this severity or graver"),
    "fail-under": Key({"type": "number", "minimum": 0, "maximum": 100}, "exit 1 for a tool with an overall score under this"),
    "clients": Key(_TEXTS, "clients whose limits count"),
    "baseline": Key(_TEXT, "the file with old findings, relative to this one"),
    "tool-tokens": Key({"type": "integer", "minimum": 1}, "tokens that one tool may cost"),
    "server-tokens": Key({"type": "integer", "minimum": 1}, "tokens that all tools of a server may cost together"),
}

SERVER_KEYS: Final[Mapping[str, Key]] = {
    "command": Key(_TEXTS, "the command that starts the server, one argument an entry; acts with --run only"),
    "url": Key(_TEXT, "the address of the server; acts with --run only"),
    "env": Key(_TEXTS, "names of variables that the server needs; each still has to be passed by --env"),
    "name": Key(_TEXT, "what to call the server in reports"),
}

RULE_KEYS: Final[Mapping[str, Key]] = {
    "severity": Key({"enum": [*(s.value for s in Severity), OFF]}, "the severity of its findings, or `off`"),
}
"""Keys of `[rules.ID]`, besides the options of the rule."""

SUPPRESS_KEYS: Final[Mapping[str, Key]] = {
    "rule": Key(_TEXT, "the rule or smell whose findings are suppressed"),
    "tool": Key(_TEXT, "in this tool only"),
    "server": Key(_TEXT, "of this server only"),
    "reason": Key(_TEXT, "why; required"),
    "until": Key({"type": "string", "format": "date"}, "the last day it holds, as in 2027-01-31"),
}

TABLES: Final = ("server", "rules", "suppress")


class Suppress(NamedTuple):
    """Findings that a project has decided to live with."""

    rule: str
    reason: str
    tool: str | None = None
    server: str | None = None
    until: str | None = None
    """The last day it holds, as YYYY-MM-DD."""
    line: int = 1
    """Where it stands in the file."""


class Server(NamedTuple):
    """How the project's own server is reached. Nothing here is leave to start it."""

    command: tuple[str, ...] = ()
    url: str | None = None
    env: tuple[str, ...] = ()
    name: str | None = None


class Config(NamedTuple):
    """A validated configuration file; `Config()` is no file."""

    file: str | None = None
    values: Mapping[str, Json] = {}
    """The keys of `KEYS` that are set."""
    lines: Mapping[str, int] = {}
    """Key -> where it stands."""
    server: Server = Server()
    severities: Mapping[str, Severity] = {}
    off: frozenset[str] = frozenset()
    """Rules whose severity is `off`."""
    options: Mapping[str, Mapping[str, Json]] = {}
    suppress: tuple[Suppress, ...] = ()

    @property
    def folder(self) -> str:
        return os.path.dirname(self.file) if self.file else ""


def find(start: str) -> Config:
    """Return the configuration of the nearest folder at or above `start` that has one.

    Raises `UsageError` where it cannot be read or holds what it may not.
    """
    folder = os.path.abspath(start)
    while True:
        for name in NAMES:
            path = os.path.join(folder, name)
            text = _text(path)
            if text is not None and (name == NAMES[0] or "[tool.toolsmell" in text or "tool.toolsmell" in text):
                config = parse(text, path)
                if config.file is not None:
                    return config
        parent = os.path.dirname(folder)
        if parent == folder:
            return Config()
        folder = parent


def read(path: str) -> Config:
    """Return the configuration of one file. Raises `UsageError` where there is none in it."""
    text = _text(path)
    if text is None:
        raise UsageError(f"{path}: no such file")
    config = parse(text, path)
    if config.file is None:
        raise UsageError(f"{path}: has no [tool.toolsmell]")
    return config


def _text(path: str) -> str | None:
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from None
    if len(data) > MAX_BYTES:
        raise UsageError(f"{path}: larger than {MAX_BYTES} bytes")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise UsageError(f"{path}: is not UTF-8") from None


def parse(text: str, path: str) -> Config:
    """Read and validate a configuration file. Raises `UsageError` with file, line and key."""
    import tomllib

    try:
        data: dict[str, Any] = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"{path}: not valid TOML: {error}") from None
    prefix: tuple[str, ...] = ()
    if os.path.basename(path) == "pyproject.toml":
        prefix = ("tool", "toolsmell")
        tool = data.get("tool")
        data = tool.get("toolsmell", {}) if isinstance(tool, dict) else {}
        if not data:
            return Config()
    return _Reader(path, text, prefix).config(data)


class _Reader:
    """Validates one file; every complaint names file, line and key."""

    def __init__(self, path: str, text: str, prefix: tuple[str, ...]) -> None:
        self._path = path
        self._lines = text.split("\n")
        self._prefix = prefix

    def config(self, data: Json) -> Config:
        if not isinstance(data, dict):
            self._fail((), "must be a table")
        values = {key: value for key, value in data.items() if key not in TABLES}
        self._keys(values, KEYS, ())
        rules = list(self._rules(self._table(data, "rules")))
        return Config(
            file=self._path,
            values=values,
            lines={key: self._line((key,)) for key in values},
            server=self._server(self._table(data, "server")),
            severities={id_: Severity(s) for id_, s, _ in rules if s not in (None, OFF)},
            off=frozenset(id_ for id_, s, _ in rules if s == OFF),
            options={id_: options for id_, _, options in rules if options},
            suppress=tuple(self._suppressions(data.get("suppress", []))),
        )

    def _table(self, data: dict[str, Json], name: str) -> dict[str, Json]:
        table = data.get(name, {})
        if not isinstance(table, dict):
            self._fail((name,), "must be a table")
        return table

    def _server(self, table: dict[str, Json]) -> Server:
        self._keys(table, SERVER_KEYS, ("server",))
        if "command" in table and not table["command"]:
            self._fail(("server", "command"), "is empty: write the program and its arguments, one an entry")
        for name in table.get("env", []):
            if "=" in name:
                self._fail(("server", "env"), "holds names only: a value would be a secret in the repository")
        return Server(tuple(table.get("command", ())), table.get("url"), tuple(table.get("env", ())), table.get("name"))

    def _rules(self, tables: dict[str, Json]) -> Iterator[tuple[str, str | None, dict[str, Json]]]:
        for id_, table in tables.items():
            at = ("rules", id_)
            if not isinstance(table, dict):
                self._fail(at, "must be a table, as in [rules.undescribed-parameter]")
            rule = BY_ID.get(id_)
            allowed = {**RULE_KEYS, **{name: Key(_schema_of(v), "") for name, v in (rule.options if rule else {}).items()}}
            self._keys(table, allowed, at)
            options = {key: value for key, value in table.items() if key not in RULE_KEYS}
            yield id_, table.get("severity"), options

    def _suppressions(self, rows: Json) -> Iterator[Suppress]:
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self._fail(("suppress",), "must be written as [[suppress]], once for each")
        for number, row in enumerate(rows):
            at = ("suppress", str(number))
            self._keys(row, SUPPRESS_KEYS, at, dates=("until",))
            for needed in ("rule", "reason"):
                if not row.get(needed):
                    self._fail(at, f"needs `{needed}`")
            until = str(row["until"]) if "until" in row else None
            if until is not None and not _is_date(until):
                self._fail((*at, "until"), "is no date: write it as 2027-01-31")
            yield Suppress(row["rule"], row["reason"], row.get("tool"), row.get("server"), until, self._line(at))

    def _keys(
        self, table: Mapping[str, Json], allowed: Mapping[str, Key], at: tuple[str, ...], dates: tuple[str, ...] = ()
    ) -> None:
        for key, value in table.items():
            if key not in allowed:
                self._fail((*at, key), self._unknown(key, allowed))
            complaint = None if key in dates else wrong(value, allowed[key].schema)
            if complaint:
                self._fail((*at, key), complaint)

    def _unknown(self, key: str, allowed: Mapping[str, Key]) -> str:
        if key in FORBIDDEN:
            return f"cannot be set in a file: {FORBIDDEN[key]}; give it on the command line"
        import difflib

        near = difflib.get_close_matches(key, [*allowed, *TABLES], n=1)
        return f"is not known; did you mean `{near[0]}`?" if near else f"is not known; there are {', '.join(allowed)}"

    def _fail(self, at: tuple[str, ...], complaint: str) -> NoReturn:
        name = ".".join((*self._prefix, *at)) or "the file"
        raise UsageError(f"{self._path}:{self._line(at)}: {name}: {complaint}")

    def _line(self, at: tuple[str, ...]) -> int:
        """Return about where a key stands: the last step that can be seen in its table."""
        return _line_of(self._lines, self._prefix, at)


def wrong(value: Json, schema: Mapping[str, Json]) -> str | None:
    """Say what is wrong with `value`, or None: for the few keywords that `Key.schema` uses."""
    if "enum" in schema:
        return None if value in schema["enum"] else f"must be one of {', '.join(schema['enum'])}"
    kinds: Mapping[str, Callable[[Json], bool]] = {
        "string": lambda v: isinstance(v, str),
        "boolean": lambda v: isinstance(v, bool),
        "integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
        "number": lambda v: isinstance(v, int | float) and not isinstance(v, bool),
        "array": lambda v: isinstance(v, list),
    }
    kind = str(schema.get("type"))
    if kind in kinds and not kinds[kind](value):
        return f"must be {'an' if kind[0] in 'ai' else 'a'} {kind}"
    if kind == "array" and "items" in schema and any(wrong(item, schema["items"]) for item in value):
        return f"must hold {schema['items'].get('type', 'value')}s only"
    if "minimum" in schema and value < schema["minimum"]:
        return f"must be {schema['minimum']} or more"
    if "maximum" in schema and value > schema["maximum"]:
        return f"must be {schema['maximum']} or less"
    return None


def _schema_of(default: Json) -> dict[str, Json]:
    """Return the schema of a rule's option from its default."""
    if isinstance(default, bool):
        return {"type": "boolean"}
    if isinstance(default, int):
        return {"type": "integer"}
    if isinstance(default, float):
        return {"type": "number"}
    if isinstance(default, list | tuple):
        return dict(_TEXTS)
    return dict(_TEXT)


def _is_date(text: str) -> bool:
    from datetime import date

    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _line_of(lines: list[str], prefix: tuple[str, ...], at: tuple[str, ...]) -> int:
    table: tuple[str, ...] = ()
    count = -1
    best = 1
    for number, line in enumerate(lines, start=1):
        words = line.strip()
        if words.startswith("["):
            name = words.split("#")[0].strip("[] \t").replace('"', "").replace("'", "")
            table = tuple(part.strip() for part in name.split("."))
            if words.startswith("[["):
                count += 1
                table = (*table, str(count))
            if table == (*prefix, *at) or (len(at) > 1 and table == (*prefix, *at[:-1])):
                best = number
        elif "=" in words and not words.startswith("#"):
            key = words.split("=")[0].strip().strip("\"'")
            if (*table, *key.split(".")) == (*prefix, *at):
                return number
    return best


def json_schema() -> dict[str, Json]:
    """Return the JSON Schema of `toolsmell.toml`, for editors."""

    def properties(keys: Mapping[str, Key]) -> dict[str, Json]:
        return {name: {**key.schema, "description": key.help} for name, key in keys.items()}

    def table(keys: Mapping[str, Key]) -> dict[str, Json]:
        return {"type": "object", "properties": properties(keys), "additionalProperties": False}

    rules = {
        rule.id: {
            "type": "object",
            "description": rule.summary,
            "properties": {
                **properties(RULE_KEYS),
                **{name: {**_schema_of(value), "default": value} for name, value in rule.options.items()},
            },
            "additionalProperties": False,
        }
        for rule in BY_ID.values()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "toolsmell.toml",
        "type": "object",
        "properties": {
            **properties(KEYS),
            "server": table(SERVER_KEYS),
            "rules": {"type": "object", "properties": rules, "additionalProperties": table(RULE_KEYS)},
            "suppress": {"type": "array", "items": {**table(SUPPRESS_KEYS), "required": ["rule", "reason"]}},
        },
        "additionalProperties": False,
    }
