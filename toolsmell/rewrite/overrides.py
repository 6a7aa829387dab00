"""Writes new texts for a server that you cannot change: as a map, or as transformations for a FastMCP proxy."""

from collections.abc import Iterable, Mapping
from typing import Any

from toolsmell.evidence.proposals import Proposal
from toolsmell.model import Json
from toolsmell.sources.server.launch import Launch, Remote

SCHEMA = "toolsmell.overrides/v1"


def transformations(proposals: Iterable[Proposal]) -> dict[str, Json]:
    """Return FastMCP's `tools` block: the new description of each tool and of its parameters."""
    found: dict[str, Json] = {}
    for proposal in proposals:
        if proposal.proposed is None or proposal.name is None:
            continue
        rewrite = proposal.proposed.rewrite
        changed: dict[str, Json] = {}
        if rewrite.description != (proposal.description or ""):
            changed["description"] = rewrite.description
        if rewrite.parameters:
            changed["arguments"] = {name: {"description": text} for name, text in rewrite.parameters.items()}
        found[proposal.name] = changed
    return found


def plain_map(by_server: Mapping[str, Iterable[Proposal]]) -> dict[str, Json]:
    """Return the texts by server, tool and parameter, for clients and gateways of any make."""
    servers = {}
    for key, proposals in by_server.items():
        tools = {
            name: {"description": changed.get("description"), "parameters": {
                parameter: about["description"] for parameter, about in changed.get("arguments", {}).items()
            }}
            for name, changed in transformations(proposals).items()
        }  # fmt: skip
        servers[key] = {"tools": tools}
    return {"schema": SCHEMA, "servers": servers}


def fastmcp_config(servers: Iterable[tuple[str, Launch | Remote | None, Iterable[Proposal]]]) -> dict[str, Json]:
    """Return an `mcpServers` configuration for FastMCP that serves each server with the new texts.

    How a server read from a file is started is not known: its entry has the `tools` block alone.
    """
    found: dict[str, Json] = {}
    for key, target, proposals in servers:
        found[key] = {**_reached(target), "tools": transformations(proposals)}
    return {"mcpServers": found}


def _reached(target: Launch | Remote | None) -> dict[str, Any]:
    if isinstance(target, Launch):
        # Values of variables are the user's; their names are passed on by whoever runs the configuration.
        return {"command": target.argv[0], "args": list(target.argv[1:])}
    if isinstance(target, Remote):
        return {"url": target.url.partition("?")[0], "transport": "sse" if target.transport == "sse" else "http"}
    return {}
