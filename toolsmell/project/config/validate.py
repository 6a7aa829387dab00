"""Validates a configuration file; every complaint names file, line and key, and the nearest name that is known."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NoReturn

from toolsmell.errors import UsageError
from toolsmell.escape import shown
from toolsmell.model import Json, Severity
from toolsmell.project.config.keys import (
    FORBIDDEN,
    KEYS,
    PATH_KEYS,
    RULE_KEYS,
    SERVER_KEYS,
    SUPPRESS_KEYS,
    TABLES,
    TOOL_KEYS,
    Key,
    option_schema,
)
from toolsmell.project.config.settings import (
    OFF,
    Config,
    PathSettings,
    RuleSettings,
    ServerSettings,
    Suppress,
    ToolSettings,
)
from toolsmell.project.config.toml_lines import KeyLines, Path
from toolsmell.rules import BY_ID


class Reader:
    """Reads one file that parses."""

    def __init__(self, path: str, text: str, prefix: Path) -> None:
        self._path: Final = path
        self._text: Final = text
        self._lines: Final = KeyLines(text)
        self._prefix: Final = prefix

    def config(self, data: Json) -> Config:
        """Return the settings of the file. Raises `UsageError` for the first error in it."""
        if not isinstance(data, dict):
            self._fail((), "must be a table")
        values = {key: value for key, value in data.items() if key not in TABLES}
        self._keys(values, KEYS, (), TABLES)
        tools = self._table(data, "tools")
        return Config(
            file=self._path,
            text=self._text,
            values=values,
            server=self._server(self._table(data, "server")),
            rules=self._rules(self._table(data, "rules"), ("rules",)),
            tools={name: self._tool(name, table) for name, table in tools.items()},
            suppress=tuple(self._suppressions(data.get("suppress", []))),
            paths=tuple(self._path_settings(pattern, table) for pattern, table in self._table(data, "paths").items()),
        )

    def _table(self, data: dict[str, Json], name: str, at: Path = ()) -> dict[str, Json]:
        table = data.get(name, {})
        if not isinstance(table, dict):
            self._fail((*at, name), "must be a table")
        return table

    def _server(self, table: dict[str, Json]) -> ServerSettings:
        self._keys(table, SERVER_KEYS, ("server",))
        if "command" in table and not table["command"]:
            self._fail(("server", "command"), "is empty: write the program and its arguments, one an entry")
        if "command" in table and "url" in table:
            self._fail(("server", "url"), "a server has a command or an address, not both")
        for name in table.get("env", []):
            if "=" in name:
                self._fail(("server", "env"), "holds names only: a value would be a secret in the repository")
        command, env = tuple(table.get("command", ())), tuple(table.get("env", ()))
        return ServerSettings(command, table.get("url"), env, table.get("name"))

    def _rules(self, tables: dict[str, Json], above: Path) -> RuleSettings:
        severities, off, options = {}, set(), {}
        for id_, table in tables.items():
            at = (*above, id_)
            if not isinstance(table, dict):
                self._fail(at, f"must be a table, as in [{'.'.join(above)}.undescribed-parameter]")
            self._keys(table, {**RULE_KEYS, **_options_of(id_)}, at)
            severity = table.get("severity")
            if severity == OFF:
                off.add(id_)
            elif severity is not None:
                severities[id_] = Severity(severity)
            if own := {key: value for key, value in table.items() if key not in RULE_KEYS}:
                options[id_] = own
        return RuleSettings(severities, frozenset(off), options)

    def _tool(self, name: str, table: Json) -> ToolSettings:
        at = ("tools", name)
        if not isinstance(table, dict):
            self._fail(at, "must be a table, as in [tools.my_tool]")
        self._keys({k: v for k, v in table.items() if k != "rules"}, TOOL_KEYS, at, ("rules",))
        rules = self._rules(self._table(table, "rules", at), (*at, "rules"))
        ignored = tuple(table.get("ignore", ()))
        return ToolSettings(ignored, table.get("fail-under"), table.get("tool-tokens"), rules)

    def _path_settings(self, pattern: str, table: Json) -> PathSettings:
        at = ("paths", pattern)
        if not isinstance(table, dict):
            self._fail(at, 'must be a table, as in [paths."examples/**"]')
        self._keys(table, PATH_KEYS, at)
        return PathSettings(pattern, tuple(table.get("ignore", ())))

    def _suppressions(self, rows: Json) -> Iterator[Suppress]:
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self._fail(("suppress",), "must be written as [[suppress]], once for each")
        for number, row in enumerate(rows):
            at = ("suppress", str(number))
            self._keys({k: v for k, v in row.items() if k != "until"}, SUPPRESS_KEYS, at)
            for needed in ("rule", "reason"):
                if not row.get(needed, "").strip():
                    self._fail(at, f"needs `{needed}`")
            until = _day(row["until"]) if "until" in row else None
            if "until" in row and until is None:
                self._fail((*at, "until"), "is no date: write it as 2027-01-31")
            line = self._lines.of(self._prefix + at)
            yield Suppress(row["rule"], row["reason"], row.get("tool"), row.get("server"), until, line)

    def _keys(
        self, table: Mapping[str, Json], allowed: Mapping[str, Key], at: Path, tables: Mapping[str, Any] | Path = ()
    ) -> None:
        for key, value in table.items():
            if key not in allowed:
                self._fail((*at, key), _unknown(key, (*allowed, *tables)))
            if wrong := complaint(value, allowed[key].schema):
                self._fail((*at, key), wrong)

    def _fail(self, at: Path, words: str) -> NoReturn:
        name = shown(".".join((*self._prefix, *at)) or "the file")
        raise UsageError(f"{self._path}:{self._lines.of(self._prefix + at)}: {name}: {words}")


def _options_of(id_: str) -> dict[str, Key]:
    rule = BY_ID.get(id_)
    return {name: Key(option_schema(value), "") for name, value in (rule.options if rule else {}).items()}


def _unknown(key: str, allowed: tuple[str, ...]) -> str:
    plain = key.replace("_", "-").lower()
    if plain in FORBIDDEN:
        return f"cannot be set in a file: {FORBIDDEN[plain]}; give it on the command line"
    if key in KEYS:
        return "is a key for the top of the file, before the first table"
    import difflib

    near = difflib.get_close_matches(plain, allowed, n=1)
    return f"is not known; did you mean `{near[0]}`?" if near else f"is not known; there are {', '.join(allowed)}"


_KINDS: Final[Mapping[str, Callable[[Json], bool]]] = {
    "string": lambda v: isinstance(v, str),
    "boolean": lambda v: isinstance(v, bool),
    "integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "number": lambda v: isinstance(v, int | float) and not isinstance(v, bool),
    "array": lambda v: isinstance(v, list),
}


def complaint(value: Json, schema: Mapping[str, Json]) -> str | None:
    """Return the complaint about `value`, or None. It knows the few keywords that `Key.schema` uses."""
    if "enum" in schema:
        return None if value in schema["enum"] else f"must be one of {', '.join(schema['enum'])}"
    kind = str(schema["type"])
    if not _KINDS[kind](value):
        return f"must be {'an' if kind[0] in 'ai' else 'a'} {kind}"
    if kind == "array" and any(complaint(item, schema["items"]) for item in value):
        return f"must hold {schema['items']['type']}s only"
    # So written that NaN, which TOML has and which fits no bound, is out of range.
    if "minimum" in schema and not value >= schema["minimum"]:
        return f"must be {schema['minimum']} or more"
    if "maximum" in schema and not value <= schema["maximum"]:
        return f"must be {schema['maximum']} or less"
    return None


def _day(value: Json) -> str | None:
    """Return a day as YYYY-MM-DD, from TOML's own date or from text."""
    from datetime import date, datetime

    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    try:
        return date.fromisoformat(value).isoformat() if isinstance(value, str) else None
    except ValueError:
        return None
