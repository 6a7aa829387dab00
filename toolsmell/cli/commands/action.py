"""`toolsmell action`: what the GitHub Action runs, with its inputs in the environment."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from toolsmell.errors import UsageError

_LISTS = {"TOOLSMELL_SELECT": "--select", "TOOLSMELL_IGNORE": "--ignore"}
_VALUES = {"TOOLSMELL_FAIL_ON": "--fail-on", "TOOLSMELL_FAIL_UNDER": "--fail-under"}
_FILES = {"TOOLSMELL_SARIF": "sarif", "TOOLSMELL_COMMENT": "markdown"}


@click.command()
def command() -> int:
    """Run a scan as the GitHub Action does: inputs from TOOLSMELL_* variables, outputs to GITHUB_OUTPUT.

    Findings become annotations and the job's summary; a report in JSON is always written.
    """
    from toolsmell.cli import run

    environment = os.environ
    # A folder of its own, so that a second run of the job can take the report of the first as its base.
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
    """Yield the arguments of the scan that the inputs ask for. Raises `UsageError` for one that cannot be."""
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
    if base := environment.get("TOOLSMELL_BASE"):
        yield from (f"--base={base}", f"--baseline={base}")
    if _asked_to_run(environment):
        yield "--run"
    for target in _lines(environment.get("TOOLSMELL_TARGETS", "") or "."):
        if target.startswith("-"):
            raise UsageError(f"targets: '{target}' is an option, not a file or folder")
        if target.startswith(("http://", "https://")) and not _asked_to_run(environment):
            raise UsageError(f"targets: {target} is a server: connecting to it needs run: true")
        yield target


def _asked_to_run(environment: Mapping[str, str]) -> bool:
    """Say whether servers may be started or connected to.

    Not where a stranger's pull request runs with the repository's secrets.
    """
    wanted = environment.get("TOOLSMELL_RUN", "").strip().lower()
    if wanted not in ("", "true", "false"):
        raise UsageError(f"run: must be true or false, not '{wanted}'")
    if wanted == "true" and environment.get("GITHUB_EVENT_NAME") == "pull_request_target":
        reason = "where a stranger's code would see your secrets"
        raise UsageError(f"run: no server is started on pull_request_target, {reason}")
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
