"""Values that say how a server is reached: a command to start or an address to connect to.

They are made by whoever reads a command line, a client configuration or a registry entry, shown to the user,
and given to `sources.live`, which alone acts on them.
"""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple, TypeAlias

Transport: TypeAlias = Literal["streamable-http", "sse"]

_MIN_SECRET = 6
# Shorter values ("1", "true") stand in any text; hiding them would hide nothing and spoil it.


class Launch(NamedTuple):
    """A command that starts a server speaking over its stdin and stdout. It is never given to a shell."""

    argv: tuple[str, ...]
    env: Mapping[str, str] = {}
    """Values added to the small default environment; the user's own environment is not passed on."""
    cwd: str | None = None
    """Its working folder; None means that of toolsmell."""
    clear_env: bool = False
    """Pass only PATH and HOME besides `env` and `keep`: for what a file names and the user did not type."""
    empty_folder: bool = False
    """Run in a fresh temporary folder that is removed afterwards; `cwd` must then be None."""
    secrets: Mapping[str, str] = {}
    """Further values, by name, that must not be shown: such as have been expanded into `argv`."""
    keep: tuple[str, ...] = ()
    """Names of the user's own variables that are passed on as well, if they are set."""

    def display(self) -> str:
        """Return the command for people: names of variables without values, arguments quoted."""
        from shlex import join

        argv = [hide(arg, self.secrets) for arg in self.argv]
        return " ".join([*(f"{name}=…" for name in self.env), join(argv)])

    def hidden(self) -> dict[str, str]:
        """Return the values, by name, that must not be in any message."""
        return {**self.env, **self.secrets}

    def private(self, user: Mapping[str, str]) -> tuple[str, ...]:
        """Return the values that the server gets and that nobody else may see; `user` is the user's environment."""
        kept = (user[name] for name in self.keep if name in user)
        return (*self.hidden().values(), *kept)


class Remote(NamedTuple):
    """A server at an address."""

    url: str
    headers: Mapping[str, str] = {}
    """Sent to the host of `url` only."""
    transport: Transport = "streamable-http"
    secrets: Mapping[str, str] = {}
    """Further values, by name, that must not be shown: such as have been expanded into `url`."""

    def display(self) -> str:
        """Return the address for people: without user, password and the values of its query."""
        from urllib.parse import urlsplit

        try:
            parts = urlsplit(hide(self.url, self.secrets))
        except ValueError:
            return "(not a URL)"
        # A part without a name may itself be what opens it.
        named = (part.partition("=") for part in parts.query.split("&") if part)
        query = "&".join(f"{name}=…" if equals else "…" for name, equals, _ in named)
        host = parts.netloc.rpartition("@")[2]
        return f"{parts.scheme}://{host}{parts.path}" + (f"?{query}" if query else "")

    def hidden(self) -> dict[str, str]:
        """Return the values, by name, that must not appear in any message."""
        # Of `Bearer abc`, `abc` must not be shown alone either.
        tokens = {name: value.rpartition(" ")[2] for name, value in self.headers.items()}
        whole = {f"{name} header": value for name, value in self.headers.items()}
        return {**whole, **tokens, **_query(self.url), **self.secrets}


Target: TypeAlias = Launch | Remote


def hide(text: str, values: Mapping[str, str]) -> str:
    """Replace each of `values` in `text` by its name."""
    for name, value in _longest_first(values.items()):
        if len(value) >= _MIN_SECRET:
            text = text.replace(value, f"<{name}>")
    return text


def _query(url: str) -> dict[str, str]:
    from urllib.parse import parse_qsl, urlsplit

    try:
        return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
    except ValueError:
        return {}


def _longest_first(items: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    # A secret that contains another would otherwise be left in pieces.
    return sorted(items, key=lambda item: (-len(item[1]), item))
