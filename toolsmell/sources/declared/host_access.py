"""Says which words of a container's command line give it access to this machine."""

from collections.abc import Iterator, Sequence
from re import DOTALL
from typing import Final

from toolsmell.text import pattern

_RUNNERS: Final = frozenset(("docker", "podman", "nerdctl", "docker.exe", "podman.exe"))
_ALWAYS: Final = frozenset(
    """--privileged --cap-add --device --device-cgroup-rule --volumes-from --security-opt --env-file
    --cgroup-parent""".split()
)
_NAMESPACES: Final = frozenset("--pid --net --network --ipc --uts --userns --cgroupns".split())
_VOLUMES: Final = frozenset(("--volume", "--mount"))
_HOST_PATH: Final = r"(?:^|(?:^|,)(?:src|source)=)[\"']?(?:[/~.$%]|[A-Za-z]:[\\/])|type=bind"
"""A volume that begins with a path is a folder of this machine; one that begins with a name is Docker's own."""


def host_access(argv: Sequence[str]) -> tuple[str, ...]:
    """Return the options of `docker run` (or podman, nerdctl) by which a container gets at this machine."""
    program = argv[0].replace("\\", "/").rpartition("/")[2] if argv else ""
    return tuple(_found(argv[1:])) if program in _RUNNERS else ()


def _found(words: Sequence[str]) -> Iterator[str]:
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else ""
        name, equals, given = word.partition("=")
        value = given if equals else following
        shown = word if equals or not value or value.startswith("-") else f"{word} {value}"
        if name in _ALWAYS:
            yield word if name == "--privileged" else shown
        elif _joins_host(name, value):
            yield shown
        elif short := pattern(r"-[A-Za-z]*?v(.*)", DOTALL).fullmatch(word):
            value = short[1].lstrip("=") or following
            if _is_host_path(value):
                yield word if short[1] else f"{word} {value}"


def _joins_host(name: str, value: str) -> bool:
    """Return True for a namespace of this machine, and for a volume that is a folder of it."""
    shared = name in _NAMESPACES and value.startswith(("host", "container:"))
    return shared or (name in _VOLUMES and _is_host_path(value))


def _is_host_path(value: str) -> bool:
    return pattern(_HOST_PATH).search(value) is not None
