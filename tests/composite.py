"""Runs the steps of a composite action as GitHub's runner does: fresh files for outputs, environment by step."""

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML

_EXPRESSION = re.compile(r"\$\{\{\s*([\w.-]+)\s*\}\}")
_BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail")
"""What `shell: bash` is."""


class Job(NamedTuple):
    """The job that an action runs in."""

    workspace: Path
    """The checkout of the repository that uses the action."""
    temp: Path
    """RUNNER_TEMP"""
    event: str = "pull_request"
    path: str = os.environ["PATH"]


class Outcome(NamedTuple):
    code: int
    log: str
    """stdout and stderr, as the runner reads both for commands."""
    outputs: Mapping[str, str]
    summary: str


def run(action: Path, job: Job, inputs: Mapping[str, str], *, skip: tuple[str, ...] = ()) -> Outcome:
    """Run an action up to the first step that fails. Steps named in `skip`, and those that use actions, are passed."""
    document = YAML(typ="safe").load(action.read_text(encoding="utf-8"))
    unknown = inputs.keys() - document["inputs"].keys()
    assert not unknown, f"the action has no such inputs: {unknown}"
    known = {
        f"inputs.{name}": str(inputs.get(name, spec.get("default", ""))) for name, spec in document["inputs"].items()
    }
    logs, summaries, code = [], [], 0
    for number, step in enumerate(document["runs"]["steps"]):
        if "uses" in step or step.get("name") in skip or code:
            continue
        files = {name: job.temp / f"{name}-{number}" for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_ENV")}
        for file in files.values():
            file.touch()
        code, log = _step(step, job, action.parent, known, files)
        logs.append(log)
        summaries.append(files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8"))
        if "id" in step:
            known |= {f"steps.{step['id']}.outputs.{k}": v for k, v in _outputs(files["GITHUB_OUTPUT"]).items()}
    outputs = {name: _evaluated(spec["value"], known) for name, spec in document["outputs"].items()}
    return Outcome(code, "".join(logs), outputs, "".join(summaries))


def _step(
    step: Mapping[str, Any], job: Job, action: Path, known: Mapping[str, str], files: Mapping[str, Path]
) -> tuple[int, str]:
    assert "${{" not in step["run"], "what an input says must not become part of a script"
    script = job.temp / "script.sh"
    script.write_text(step["run"], encoding="utf-8")
    environment = {
        "PATH": job.path,
        "HOME": str(job.temp),
        "CI": "true",
        "GITHUB_ACTIONS": "true",
        "GITHUB_ACTION_PATH": str(action),
        "GITHUB_EVENT_NAME": job.event,
        "GITHUB_WORKSPACE": str(job.workspace),
        "RUNNER_TEMP": str(job.temp),
        **{name: str(file) for name, file in files.items()},
        **{name: _evaluated(str(value), known) for name, value in step.get("env", {}).items()},
        **{name: value for name, value in os.environ.items() if name.startswith(("PIP_", "UV_", "SSL_"))},
    }
    command = [*_BASH, str(script)]
    done = subprocess.run(
        command, cwd=job.workspace, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    return done.returncode, done.stdout.decode()


def _evaluated(text: str, known: Mapping[str, str]) -> str:
    return _EXPRESSION.sub(lambda match: known.get(match[1], ""), text)


def _outputs(file: Path) -> dict[str, str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    assert all("=" in line for line in lines)
    return dict(line.split("=", 1) for line in lines)
