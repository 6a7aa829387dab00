"""Makes the subjects of rules that see no list of tools, from a fixture's case or a page's example."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from toolsmell.evidence.code import with_implementations
from toolsmell.model import Finding, Manifest, Provenance, Tool
from toolsmell.model.configured import ClientConfig
from toolsmell.model.declared import ServerJson
from toolsmell.model.verdicts import AgreedDefect, Defect, DefectKind
from toolsmell.reading.context import ServerContext
from toolsmell.rules import Rule
from toolsmell.rules.base import Scope, SuppressionUse
from toolsmell.rules.engine import RuleSet, check_defects, check_drift, check_file, check_suppression
from toolsmell.rules.since_lock import Drift
from toolsmell.sources.code import scan_file

PREAMBLE = """
import shutil
from typing import Annotated, Literal
from pydantic import Field
from mcp.server.fastmcp import FastMCP
mcp = FastMCP("rooms")
"""
"""What examples of rules about code leave out."""


def coded(code: str) -> Manifest:
    """Return the tools of a file with this code, and what the code shows."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "server.py"
        path.write_text(PREAMBLE + code, encoding="utf-8")
        (manifest,) = scan_file(path)
        return with_implementations(manifest)


OF_LISTS = (Scope.TOOL, Scope.SERVER, Scope.RUN)


def listed(tools: list[Any]) -> Manifest:
    return Manifest("rooms", "rooms", Provenance.WIRE, tuple(Tool(i, raw) for i, raw in enumerate(tools)))


def _agreed(subject: Any) -> AgreedDefect:
    """Make a defect on which verdicts agree, from one object."""
    parts = {"certain": True, **subject, "kind": DefectKind(subject["kind"])}
    return AgreedDefect(
        Defect(*(parts[key] for key in Defect._fields)), *(parts[key] for key in AgreedDefect._fields[1:])
    )


def found_in(rule: Rule, subject: Any) -> list[tuple[int | None, Finding]]:
    """Run a rule over a subject of its scope: findings, each with the index of its tool."""
    rules = RuleSet((rule,))
    match rule.scope:
        case Scope.SERVER_JSON:
            return [(None, finding) for finding in check_file(ServerJson(subject), rules)]
        case Scope.CLIENT_CONFIG:
            return [(None, finding) for finding in check_file(ClientConfig(subject), rules)]
        case Scope.JUDGE:
            return [(None, finding) for finding in check_defects([_agreed(subject)], rules, None)]
        case Scope.SUPPRESSION:
            return [(None, finding) for finding in check_suppression(SuppressionUse(**subject), rules)]
        case Scope.DRIFT:
            drift = Drift(listed(subject["before"]), ServerContext(listed(subject["after"])))
            found = check_drift(drift, rules)
            return [(i, f) for i, fs in found.tools.items() for f in fs] + [(None, f) for f in found.server]
    raise AssertionError(rule.scope)
