"""The identity of a finding across runs: the same while what it is about stays the same.

No line, column or position of a tool is part of it: it survives a reformatted file and reordered tools.
"""

import json

from toolsmell.model import Pointer


def fingerprint(rule_id: str, server_key: str, tool: str | int | None, pointer: Pointer, excerpt: str) -> str:
    """Return 16 hexadecimal digits that stand for one finding.

    `tool` is the tool's name, its index where it has none, or None for a finding about the server. Case and
    amount of white space of the excerpt do not count. Any string will do, also one with lone surrogates.
    """
    from hashlib import sha256

    # JSON in ASCII keeps the parts apart whatever they hold, and knows no unencodable text.
    parts = json.dumps([rule_id, server_key, tool, pointer, " ".join(excerpt.split()).casefold()])
    return sha256(parts.encode("ascii")).hexdigest()[:16]
