"""toolsmell: finds what is wrong with the tool descriptions of MCP servers.

The public API loads when it is used:

    from toolsmell import read, scan

    for server in scan(read("tools.json")):
        print(server.key, [tool.overall for tool in server.tools])
"""

from typing import TYPE_CHECKING

from toolsmell.version import __version__

if TYPE_CHECKING:
    from toolsmell.app import augment, brief, evaluate, read, scan, verify

__all__ = ["__version__", "augment", "brief", "evaluate", "read", "scan", "verify"]


def __getattr__(name: str) -> object:
    """Load a function of the public API: importing `toolsmell` alone stays cheap for the command line."""
    if name not in __all__:
        raise AttributeError(f"module 'toolsmell' has no attribute {name!r}")
    from toolsmell import app

    return getattr(app, name)


def __dir__() -> list[str]:
    return __all__
