"""`toolsmell init`."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click

from toolsmell.cli.files import replace_file
from toolsmell.cli.typed import takes
from toolsmell.errors import UsageError
from toolsmell.version import __version__


class Found(NamedTuple):
    """What a repository says of its server."""

    language: str
    command: tuple[str, ...] | None
    why: str


class InitInput(NamedTuple):
    """The options as they were typed."""

    folder: Path
    force: bool


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True), default=".")
@click.option("--force", is_flag=True, help="Replace files that are there.")
@takes(InitInput)
def command(given: InitInput) -> None:
    """Write toolsmell.toml, a pre-commit hook and a workflow for this repository.

    It looks at pyproject.toml, package.json and go.mod for the language and for how the server starts, starts
    nothing, replaces nothing that is there, and shows what it wrote.
    """
    folder = given.folder
    found = look(folder)
    click.echo(f"found: {found.language} ({found.why})")
    for name, text in _files(found).items():
        path = folder / name
        if not Path(os.path.realpath(path.parent)).is_relative_to(folder.resolve()):
            raise UsageError(f"{path.parent}: leads out of {folder}, so nothing is written there")
        if path.exists() and not given.force:
            click.echo(f"\nkept {name}: it is there already; this would have been written:\n\n{_indented(text)}")
            continue
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"{path.parent}: cannot be made: {error.strerror}") from None
        replace_file(path, text)
        click.echo(f"\nwrote {name}:\n\n{_indented(text)}")


def look(folder: Path) -> Found:
    """Say what language the server is in and how it starts, as far as the files tell."""
    for finder in (_python, _node, _go):
        for found in finder(folder):
            return found
    return Found("unknown language", None, "no pyproject.toml, package.json or go.mod here")


def _python(folder: Path) -> Iterator[Found]:
    import tomllib

    path = folder / "pyproject.toml"
    if not path.is_file():
        return
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        scripts = list(document.get("project", {}).get("scripts", {}))
        scripts = scripts or list(document.get("tool", {}).get("poetry", {}).get("scripts", {}))
    except (OSError, ValueError, AttributeError, TypeError):
        yield Found("Python", None, "pyproject.toml could not be read")
        return
    runner = _runner(folder)
    if scripts:
        name = next((s for s in scripts if "mcp" in s or "server" in s), scripts[0])
        yield Found("Python", (*runner, name), f"pyproject.toml has the script {name}")
        return
    packages = sorted(main.parent.name for main in (*folder.glob("*/__main__.py"), *folder.glob("src/*/__main__.py")))
    if len(packages) == 1:
        yield Found("Python", (*runner, "python", "-m", packages[0]), f"{packages[0]} has a __main__.py")
        return
    yield Found("Python", None, "pyproject.toml names no script that would start the server")


def _runner(folder: Path) -> tuple[str, ...]:
    """Return what runs a command in the environment of the project; nothing where that is not told."""
    locks = {"uv.lock": ("uv", "run"), "poetry.lock": ("poetry", "run"), "pdm.lock": ("pdm", "run")}
    return next((command for name, command in locks.items() if (folder / name).is_file()), ())


def _node(folder: Path) -> Iterator[Found]:
    path = folder / "package.json"
    if not path.is_file():
        return
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
        binary = package.get("bin")
    except (OSError, ValueError, AttributeError):
        yield Found("JavaScript or TypeScript", None, "package.json could not be read")
        return
    entry = next(iter(binary.values()), None) if isinstance(binary, dict) else binary
    entry = entry or package.get("main")
    if not isinstance(entry, str):
        yield Found("JavaScript or TypeScript", None, "package.json names neither bin nor main")
        return
    yield Found("JavaScript or TypeScript", ("node", entry), f"package.json starts {entry}")


def _go(folder: Path) -> Iterator[Found]:
    if not (folder / "go.mod").is_file():
        return
    commands = sorted(main.parent.name for main in folder.glob("cmd/*/main.go"))
    if len(commands) == 1 and not (folder / "main.go").exists():
        yield Found("Go", ("go", "run", f"./cmd/{commands[0]}"), f"go.mod is here, and cmd/{commands[0]}/main.go")
        return
    yield Found("Go", ("go", "run", "."), "go.mod is here")


def _files(found: Found) -> dict[str, str]:
    return {
        "toolsmell.toml": _config(found),
        ".pre-commit-config.yaml": _HOOK.format(version=__version__),
        ".github/workflows/toolsmell.yml": _WORKFLOW.format(version=__version__),
    }


def _config(found: Found) -> str:
    argv = ", ".join(json.dumps(arg) for arg in found.command or ("./my-server",))
    mark = "" if found.command else "# "
    return f"""# What toolsmell checks here; `toolsmell scan --show-config` shows every setting.
fail-on = "error"

# [[suppress]]
# rule = "unbounded-limit"
# tool = "my_tool"
# reason = "the server stops at 50 by itself"
# until = 2027-06-30

# How the server starts: used by `toolsmell scan --run`, and only then.
{mark}[server]
{mark}command = [{argv}]
"""


_HOOK = """repos:
  - repo: https://github.com/toolsmell/toolsmell
    rev: v{version}
    hooks:
      - id: toolsmell
"""

_WORKFLOW = """name: toolsmell
on: pull_request
permissions:
  contents: read
jobs:
  toolsmell:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0
        with:
          persist-credentials: false
      # What the action toolsmell/toolsmell runs; unlike the tag of an action, a version on PyPI never changes.
      - run: pipx run "toolsmell=={version}" action
        env:
          TOOLSMELL_TARGETS: .
"""


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.splitlines())
