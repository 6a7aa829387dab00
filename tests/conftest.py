"""Fixtures that all tests share: expected output as files, which `--update-goldens` writes anew, and servers."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from toolsmell.cli.output import AGENTS
from toolsmell.sources.server.launch import Launch

# A loaded machine, or the measuring of coverage, makes any example slow; `tests/linear.py` measures growth.
settings.register_profile("toolsmell", deadline=None)
settings.load_profile("toolsmell")

EXPECTED = Path(__file__).parent.parent / "fixtures" / "expected"
SERVERS = Path(__file__).parent.parent / "fixtures" / "servers"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write fixtures/expected anew, to be reviewed")


@pytest.fixture(autouse=True, scope="session")
def no_agent_reads() -> None:
    """Let child processes print for people, also if a coding agent runs the tests."""
    for name in AGENTS:
        os.environ.pop(name, None)


@pytest.fixture(autouse=True, scope="session")
def no_cache_of_the_user() -> None:
    """Read all source code anew: no test depends on what another run has left in the cache folder."""
    os.environ["TOOLSMELL_SOURCE_CACHE"] = "0"


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return a check that a text is what `fixtures/expected` holds under a name."""

    def check(name: str, text: str) -> None:
        path = EXPECTED / name
        if request.config.getoption("--update-goldens"):
            path.write_text(text, encoding="utf-8", newline="")
        assert path.exists(), f"{path} is missing: `pytest --update-goldens` writes it, to be reviewed"
        assert text == path.read_bytes().decode(), "`pytest --update-goldens` writes it anew, to be reviewed"

    return check


@pytest.fixture
def serve() -> Callable[..., Launch]:
    """Return what makes the launch of `fixtures/servers/stdio.py` with a behaviour and its argument."""

    def launch(behaviour: str, argument: object = "", **options: object) -> Launch:
        return Launch((sys.executable, str(SERVERS / "stdio.py"), behaviour, str(argument)), **options)  # type: ignore[arg-type]

    return launch


@pytest.fixture
def web() -> Iterator[str]:
    """Run `fixtures/servers/web.py` and return its address."""
    with subprocess.Popen([sys.executable, SERVERS / "web.py"], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        yield server.stdout.readline().strip()
        server.kill()


@pytest.fixture
def apart() -> Callable[[str, str], str]:
    """Return what finds a program that cannot be installed next to toolsmell, by the variable that names its path."""

    def find(variable: str, what: str) -> str:
        if path := os.environ.get(variable):
            return path
        missing = f"{variable} names no {what}: `.ci/run` installs one in an environment of its own"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)

    return find


@pytest.fixture
def node_server() -> Callable[[str], str]:
    """Return what finds the command of an npm package in the folders that TOOLSMELL_NODE_MODULES lists."""

    def find(command: str) -> str:
        folders = os.environ.get("TOOLSMELL_NODE_MODULES", "").split(os.pathsep)
        for path in (Path(folder, ".bin", command) for folder in folders if folder):
            if path.exists():
                return str(path)
        missing = f"{command} is not there: list the node_modules folder that has it in TOOLSMELL_NODE_MODULES"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)

    return find
