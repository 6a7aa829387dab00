"""The identity of a finding across runs. It changes only if the text that the finding is about changes.

It contains no line, column or position of a tool, so it survives a reformatted file and reordered tools.
"""

import json
from json.encoder import encode_basestring_ascii as _quoted

from toolsmell.deferred import sha256
from toolsmell.model import Finding, Pointer, ServerReport, ToolReport
from toolsmell.model.pointer import escape


def fingerprint(rule_id: str, server_key: str, tool: str | int | None, pointer: Pointer, excerpt: str) -> str:
    """Return the identity of a finding: 16 hexadecimal digits.

    `tool` is the tool's name, its index if it has none, or None for a finding about the server. Case and
    amount of white space of the excerpt do not count. Any string will do, also one with lone surrogates.
    """
    # JSON in ASCII keeps the parts apart whatever they hold, and knows no unencodable text.
    parts = (rule_id, server_key, tool, pointer, " ".join(excerpt.split()).casefold())
    listed = ", ".join(_quoted(part) if isinstance(part, str) else json.dumps(part) for part in parts)
    return sha256(f"[{listed}]".encode("ascii"))[:16]


def of(finding: Finding, server: ServerReport | None = None, tool: ToolReport | None = None) -> str:
    """Return the fingerprint of a finding about a tool of a server, about a server, or about the run."""
    if finding.fingerprint is not None:
        return finding.fingerprint
    if finding.members:  # stays the same if one of the tools is fixed
        return fingerprint(finding.id, server.key if server else "", None, "", finding.excerpt)
    return fingerprint(
        finding.id,
        server.key if server else "",
        None if tool is None else tool.index if tool.name is None else tool.name,
        _by_name(finding.pointer, server) if server and not tool else finding.pointer,
        finding.excerpt,
    )


def _by_name(pointer: Pointer, server: ServerReport) -> Pointer:
    """Return a pointer into a manifest with the name of the tool instead of its position."""
    if not pointer.startswith("/tools/"):
        return pointer
    index, slash, rest = pointer.removeprefix("/tools/").partition("/")
    position = int(index) if index.isdecimal() and len(index) < 10 else -1
    tool = server.tools[position] if 0 <= position < len(server.tools) else None
    name = tool.name if tool and tool.index == position and tool.name is not None else index
    return f"/tools/{escape(name)}{slash}{rest}"
