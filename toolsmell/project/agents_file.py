"""AGENTS.md, the file that coding agents read: three lines on how to check and write descriptions of tools."""

import re
import shlex
from collections.abc import Sequence
from typing import Final

NAME: Final = "AGENTS.md"
_HEADING: Final = "## Descriptions of MCP tools"
_PLAIN_PATH: Final = re.compile(r"[\w.][\w./-]*", re.ASCII)
"""Other names may contain text that is an instruction to the agent that reads it."""


def advice(targets: Sequence[str], live: bool) -> tuple[str, ...]:
    """Return the lines, for a scan of `targets`; if `live`, the tools come from the server that the project starts.

    Targets with unusual names are left out: `toolsmell scan` reads them from the configuration.
    """
    names = targets if all(map(_PLAIN_PATH.fullmatch, targets)) else ()
    command = shlex.join(["toolsmell", "scan", *(["--run"] if live else []), "--format", "agent", *names])
    compare = shlex.join(["toolsmell", "scan", "--format", "agent", "--base", "HEAD", "--verify", *names])
    saved = "before you edit descriptions, save the tools with `toolsmell dump --run -o FILE`; afterwards, run"
    check = f"{saved} `toolsmell verify BEFORE AFTER`" if live else f"after you edit descriptions, run `{compare}`"
    return (
        f"- To check the descriptions of tools, run `{command}`.",
        "- In a description, write only what the code or the schema shows.",
        f"- {check[0].upper()}{check[1:]}.",
    )


def with_advice(text: str, lines: Sequence[str]) -> str:
    """Return the content of AGENTS.md with the lines. Lines that an earlier run wrote are replaced, not repeated."""
    newline = "\r\n" if "\r\n" in text else "\n"
    before = text.splitlines()
    kept = [next((line for line in lines if _is_earlier(old, line)), old) for old in before]
    missing = [line for line in lines if line not in kept]
    if kept == before and not missing:
        return text
    if len(missing) == len(lines):
        missing = [*([""] if kept else []), _HEADING, "", *missing]
    return newline.join((*kept, *missing, ""))


def _is_earlier(old: str, line: str) -> bool:
    """Return True if an earlier run wrote `old` for `line`: both begin alike and name a command."""
    return "`toolsmell " in old and old.partition(",")[0] == line.partition(",")[0]
