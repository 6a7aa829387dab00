"""Finds the tools that can be trusted: their texts may be quoted, and they may be called."""

from collections.abc import Iterable

from toolsmell.model import Finding, Severity
from toolsmell.reading.context import ServerContext, ToolContext
from toolsmell.rules import RULES
from toolsmell.rules.base import Scope
from toolsmell.rules.engine import RuleSet, check_server


def is_suspicious(tool: ToolContext) -> bool:
    """Return True if a security rule finds something in a tool, for instance text that gives orders to the agent."""
    rules = tuple(rule for rule in RULES if rule.family == "security" and rule.scope in (Scope.TOOL, Scope.SERVER))
    return _accused(alone(tool, RuleSet(rules)))


def alone(tool: ToolContext, rules: RuleSet) -> list[Finding]:
    """Return the findings in a tool as the only one of its server. It may be a variant of one that is listed."""
    server = ServerContext(tool.server.manifest._replace(tools=(tool.tool,)))
    return check_server(server, rules).tools[tool.tool.index]


def suspicious(server: ServerContext, rules: RuleSet) -> frozenset[str]:
    """Return the names of the tools in which a security rule among `rules` finds something."""
    found = check_server(server, rules).tools
    return frozenset(tool.tool.name or "" for tool in server.tools if _accused(found[tool.tool.index]))


def _accused(findings: Iterable[Finding]) -> bool:
    return any(f.family == "security" and f.severity is not Severity.NOTE for f in findings)
