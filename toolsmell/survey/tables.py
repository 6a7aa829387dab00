"""The tables of a survey: their columns, types and meaning. Columns are added, never renamed."""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple, TypeAlias

SCHEMA: Final = "toolsmell.survey/v1"

Type: TypeAlias = Literal["text", "integer", "number", "texts"]
Value: TypeAlias = str | int | float | list[str] | None


class Column(NamedTuple):
    name: str
    type: Type
    meaning: str


class TableRow(NamedTuple):
    """One row: the name of its table, and a value for each column."""

    table: str
    values: Mapping[str, Value]


_SERVER = Column("server", "text", "key of the server: its name in the input, or the name of the file")
_SERVER_HASH = Column("server_hash", "text", "hash of the server's tools, in order, and its instructions")
_SOURCE = Column("source", "text", "file and line of the server")

RUNS = (
    Column("run", "text", "key of the settings: equal keys give equal rows for equal servers"),
    Column("toolsmell", "text", "version"),
    Column("rubric", "text", "id of the rubric"),
    Column("rubric_fingerprint", "text", "scores are comparable at equal fingerprints only"),
    Column("frame", "text", "what scores are about: effective or prose"),
    Column("rules", "texts", "ids of the rules and smells that ran"),
    Column("clients", "texts", "clients whose limits applied"),
    Column("date", "text", "day of the survey, UTC"),
)
SERVERS = (
    _SOURCE,
    _SERVER,
    _SERVER_HASH,
    Column("key", "text", "hash of server and settings: an unchanged server has an unchanged key"),
    Column("status", "text", "complete, partial, failed (could not be read) or crashed (its scan ended the process)"),
    Column("error", "text", "why the status is not complete"),
    Column("tools", "integer", "number of tools"),
    Column("tokens", "integer", "estimated tokens of all tools"),
    Column("instructions_tokens", "integer", "estimated tokens of the instructions; null without instructions"),
    Column("overall", "number", "mean overall score of its tools, 0 to 100; null if none is scored"),
    Column("smelly_tools", "integer", "tools with at least one smell"),
    Column("notes", "texts", "what a person should know about how the server was read"),
)
TOOLS = (
    _SOURCE,
    _SERVER,
    _SERVER_HASH,
    Column("index", "integer", "position in the server's list, from 0"),
    Column("name", "text", "name of the tool; null if it has none"),
    Column("definition", "text", "hash of the tool as the server sent it"),
    Column("tokens", "integer", "estimated tokens of name, description and input schema"),
    Column("description_tokens", "integer", "estimated tokens of the description"),
    Column("overall", "number", "overall score, 0 to 100, in the frame of the run; null if unscored"),
    Column("overall_prose", "number", "overall score of the description alone"),
    Column("percentile", "integer", "share of public tools with a lower overall score, in percent"),
    Column("smells", "texts", "ids of its smells"),
    Column("levels", "text", "JSON object: component -> level 1 to 5 or null"),
)
FINDINGS = (
    _SOURCE,
    _SERVER,
    _SERVER_HASH,
    Column("tool", "text", "name of the tool; null if the finding is about the server"),
    Column("index", "integer", "position of the tool; null if the finding is about the server"),
    Column("rule", "text", "id of the rule or smell"),
    Column("kind", "text", "tool, catalogue, smell or run"),
    Column("family", "text", "family of the rule"),
    Column("severity", "text", "error, warning or note"),
    Column("confidence", "text", "high, medium or low"),
    Column("message", "text", "what is wrong"),
    Column("pointer", "text", "JSON pointer into the tool, or into the manifest"),
    Column("fingerprint", "text", "identity of the finding across surveys"),
)
DEFINITIONS = (
    Column("definition", "text", "hash of the tool as the server sent it"),
    Column("name", "text", "name of the tool; null if it has none"),
    Column("description", "text", "description; null if it has none"),
    Column("tool", "text", "the tool as the server sent it, as JSON"),
)

TABLES: Final[Mapping[str, tuple[Column, ...]]] = {
    "runs": RUNS,
    "servers": SERVERS,
    "tools": TOOLS,
    "findings": FINDINGS,
    "definitions": DEFINITIONS,
}
"""Name -> columns. A part is finished if its file of `servers` exists: that file is written last."""
