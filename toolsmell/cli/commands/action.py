"""`toolsmell action`: the GitHub Action, with its inputs in the environment."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from toolsmell.errors import UsageError

_LISTS = {"TOOLSMELL_SELECT": "--select", "TOOLSMELL_IGNORE": "--ignore"}
_VALUES = {
    "TOOLSMELL_FAIL_ON": "--fail-on",
    "TOOLSMELL_FAIL_UNDER": "--fail-under",
    "TOOLSMELL_MAX_SMELLY": "--max-smelly",
    "TOOLSMELL_SOURCE": "--source",
    "TOOLSMELL_BASELINE": "--baseline",
}
_FLAGS = {
    "TOOLSMELL_ALLOW_PARTIAL": "--allow-partial",
    "TOOLSMELL_ALLOW_UNSCORED": "--allow-unscored",
    "TOOLSMELL_VERIFY": "--verify",
}
_FILES = {"TOOLSMELL_SARIF": "sarif", "TOOLSMELL_COMMENT": "markdown"}


@click.command()
def command() -> int:
    """Run a scan as the GitHub Action does: inputs from TOOLSMELL_* variables, outputs to GITHUB_OUTPUT.

    Findings become annotations and the job's summary; a report in JSON is always written.
    """
    from toolsmell.cli import run

    environment = os.environ
    # A new folder, so that a second run in the job can use the report of the first as its base.
    folder = tempfile.mkdtemp(prefix="toolsmell-", dir=environment.get("RUNNER_TEMP") or None)
    report = Path(folder, "report.json")
    code = run(list(arguments(environment, report)))
    outputs = {
        "report": str(report) if report.exists() else "",
        "sarif": environment.get("TOOLSMELL_SARIF", ""),
        "exit-code": str(code),
    }
    if path := environment.get("GITHUB_OUTPUT"):
        _write(Path(path), outputs)
    return code


def arguments(environment: Mapping[str, str], report: Path) -> Iterator[str]:
    """Yield the arguments of the scan that the inputs ask for. Raises `UsageError` for an input that is wrong."""
    yield from ("scan", "--format", "github", "--output", f"json={report}")
    for name, option in _LISTS.items():
        for value in _lines(environment.get(name, "")):
            yield f"{option}={value}"
    for name, option in _VALUES.items():
        if environment.get(name):
            yield f"{option}={environment[name]}"
    for name, format_ in _FILES.items():
        if environment.get(name):
            yield f"--output={format_}={environment[name]}"
    yield from _base(environment)
    for name, option in _FLAGS.items():
        if _is_true(environment, name):
            yield option
    yield from _targets(environment)


def _base(environment: Mapping[str, str]) -> Iterator[str]:
    """Yield the options for a report or a revision as base; a file with the name of a revision is no revision."""
    report, revision = environment.get("TOOLSMELL_BASE"), environment.get("TOOLSMELL_BASE_REVISION")
    if report and revision:
        raise UsageError("base, base-revision: give the report of the base or its revision, not both")
    if report:
        yield from (f"--base={report}", f"--baseline={report}")
    if revision:
        yield f"--base=git:{revision}"


def _targets(environment: Mapping[str, str]) -> Iterator[str]:
    """Yield the targets, so that none can be an option, and the start command of the server."""
    run, server = _is_true(environment, "TOOLSMELL_RUN"), _command(environment.get("TOOLSMELL_SERVER", ""))
    if (run or server) and environment.get("GITHUB_EVENT_NAME") == "pull_request_target":
        reason = "because a stranger's code would see your secrets"
        raise UsageError(f"run, server: no server is started on pull_request_target, {reason}")
    targets = _lines(environment.get("TOOLSMELL_TARGETS", ""))
    for target in targets:
        if target.startswith("-"):
            raise UsageError(f"targets: '{target}' begins with '-', as options do; it is not a file or folder")
        if target.startswith(("http://", "https://")) and not run:
            raise UsageError(f"targets: {target} is a server: connecting to it needs run: true")
    if run:
        yield "--run"
    if server:
        yield from (*targets, "--", *server)
    elif targets:
        yield from ("--files", *targets)


def _command(text: str) -> list[str]:
    """Return the words of a command line, which no shell reads."""
    import shlex

    try:
        return shlex.split(text)
    except ValueError as error:
        raise UsageError(f"server: {text!r} is no command line: {error}") from None


def _is_true(environment: Mapping[str, str], name: str) -> bool:
    wanted = environment.get(name, "").strip().lower()
    if wanted not in ("", "true", "false"):
        called = name.removeprefix("TOOLSMELL_").lower().replace("_", "-")
        raise UsageError(f"{called}: must be true or false, not '{wanted}'")
    return wanted == "true"


def _write(path: Path, outputs: Mapping[str, str]) -> None:
    try:
        with path.open("a", encoding="utf-8") as file:
            file.writelines(f"{name}={_one_line(value)}\n" for name, value in outputs.items())
    except OSError as error:
        raise UsageError(f"{path}: the outputs cannot be written: {error.strerror or error}") from None


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _one_line(value: str) -> str:
    return value.replace("\r", " ").replace("\n", " ")
