"""The keys that a configuration file may have, and those that it may not."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from toolsmell.model import Confidence, Frame, Json, Severity
from toolsmell.project.config.settings import OFF

FORBIDDEN: Final[Mapping[str, str]] = {
    "judge": "which model judges, and where, is for the person who pays for it to say",
    "model": "which model is asked is for the person who pays for it to say",
    "model-url": "it would send descriptions, and perhaps a key, to an address of the repository's choice",
    "model-key-env": "it would send a key to an address of the repository's choice",
    "judge-url": "it would send descriptions, and perhaps a key, to an address of the repository's choice",
    "base-url": "it would send descriptions, and perhaps a key, to an address of the repository's choice",
    "judge-key-env": "it would send a key to an address of the repository's choice",
    "escalate": "which model judges is for the person who pays for it to say",
    "max-cost": "what may be spent is for the person who pays for it to say",
    "call": "which tools may be called is for the person who runs toolsmell to say",
    "call-read-only": "which tools may be called is for the person who runs toolsmell to say",
    "allow": "which tools may be called is for the person who runs toolsmell to say",
    "rubric": "another rubric would change what the scores mean",
    "prompts": "a prompt is an instruction to a model",
    "run": "starting a server needs the leave of the person who runs toolsmell",
    "explore": "calling tools needs the leave of the person who runs toolsmell",
    "output": "it would write files",
    "fix": "it would write files",
    "apply": "it would write files",
    "unsafe": "it would write files",
    "header": "headers carry secrets",
    "headers": "headers carry secrets",
    "locked": "whoever changes the servers could change what they are held to",
    "config": "one configuration does not name another",
    "isolated": "whether a configuration is read is not for it to say",
}
"""Keys that a file may not have at any place, each with the reason."""


class Key(NamedTuple):
    """A key that a configuration file may have."""

    schema: Mapping[str, Json]
    """JSON Schema of its value; `reader.complaint` knows the keywords that stand here, and no others."""
    help: str


_TEXT: Final = {"type": "string"}
_TEXTS: Final = {"type": "array", "items": _TEXT}
_TOKENS: Final = {"type": "integer", "minimum": 1}
_SCORE: Final = {"type": "number", "minimum": 0, "maximum": 100}
_SEVERITIES: Final = [s.value for s in Severity]

KEYS: Final[Mapping[str, Key]] = {
    "frame": Key({"enum": [f.value for f in Frame]}, "what scores are about"),
    "select": Key(_TEXTS, "run these rules, families or presets only"),
    "extend-select": Key(_TEXTS, "run these as well"),
    "ignore": Key(_TEXTS, "run all but these"),
    "min-confidence": Key({"enum": [c.value for c in Confidence]}, "leave out less sure findings"),
    "fail-on": Key({"enum": [*_SEVERITIES, "never"]}, "exit 1 for a finding of this severity or a higher one"),
    "fail-under": Key(_SCORE, "exit 1 for a tool with an overall score under this"),
    "max-smelly": Key({"type": "integer", "minimum": 0}, "exit 1 for more smelly tools than this"),
    "allow-unscored": Key({"type": "boolean"}, "let fail-under pass tools that cannot be scored"),
    "clients": Key(_TEXTS, "clients whose limits count"),
    "baseline": Key(_TEXT, "the file with old findings, relative to this one and not outside its folder"),
    "tool-tokens": Key(_TOKENS, "tokens that one tool may cost"),
    "server-tokens": Key(_TOKENS, "tokens that all tools of a server may cost together"),
    "targets": Key(_TEXTS, "the files and folders that a scan without a target reads, relative to this file"),
    "exclude": Key(_TEXTS, "files that folders and hooks leave out: patterns as in .gitignore, relative to this file"),
}

SERVER_KEYS: Final[Mapping[str, Key]] = {
    "command": Key(_TEXTS, "the command that starts the server, one argument an entry; acts with --run only"),
    "url": Key(_TEXT, "the address of the server; acts with --run only"),
    "env": Key(_TEXTS, "names of variables that the server needs; each still has to be passed by --env"),
    "name": Key(_TEXT, "what to call the server in reports"),
}

RULE_KEYS: Final[Mapping[str, Key]] = {
    "severity": Key({"enum": [*_SEVERITIES, OFF]}, "the severity of its findings, or `off`"),
}
"""Keys of `[rules.ID]`, besides the options of the rule."""

TOOL_KEYS: Final[Mapping[str, Key]] = {
    "ignore": Key(_TEXTS, "leave out findings of these rules or families in this tool"),
    "fail-under": Key(_SCORE, "replaces the general threshold"),
    "tool-tokens": Key(_TOKENS, "tokens that this tool may cost"),
}
"""Keys of `[tools.NAME]`, besides its own `rules`."""

PATH_KEYS: Final[Mapping[str, Key]] = {
    "ignore": Key(_TEXTS, "suppress findings of these rules or families in these files"),
}
"""Keys of `[paths."PATTERN"]`."""

SUPPRESS_KEYS: Final[Mapping[str, Key]] = {
    "rule": Key(_TEXT, "the rule or smell whose findings are suppressed"),
    "tool": Key(_TEXT, "in this tool only"),
    "server": Key(_TEXT, "of this server only, by its key in reports"),
    "reason": Key(_TEXT, "why; required"),
    "until": Key({"type": "string", "format": "date"}, "the last day it holds, as in 2027-01-31"),
}

TABLES: Final[Mapping[str, str]] = {
    "server": "how the project's own server is reached",
    "rules": "severity and options of a rule, under its id",
    "tools": "what is otherwise for one tool, under its name",
    "paths": "what is set for files, under a pattern as in .gitignore, relative to this file",
    "suppress": "findings to live with, each with a reason",
}


def option_schema(default: Json) -> Mapping[str, Json]:
    """Return the schema of a rule's option, as its default shows it."""
    match default:
        case bool():
            return {"type": "boolean"}
        case int():
            return {"type": "integer"}
        case float():
            return {"type": "number"}
        case list() | tuple():
            return _TEXTS
    return _TEXT
