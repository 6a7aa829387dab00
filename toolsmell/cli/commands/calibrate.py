"""`toolsmell calibrate`."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from toolsmell.calibrate import require_extra
from toolsmell.cli.options.targets import say
from toolsmell.cli.typed import takes
from toolsmell.cli.whole_files import replace_file
from toolsmell.data.shipped import shipped
from toolsmell.errors import ExitCode, UsageError
from toolsmell.scoring import rubric
from toolsmell.scoring.weights import Rubric

if TYPE_CHECKING:
    from toolsmell.calibrate.labels import Labels

_FILE = click.Path(dir_okay=False, path_type=Path)


class CalibrateInput(NamedTuple):
    """The options as they were typed."""

    labels: str
    output: Path | None
    base: Path | None
    source: str | None


@click.command()
@click.argument("labels", metavar="LABELS.jsonl")
@click.option("-o", "--output", type=_FILE, help="Write a rubric with the fitted weights (.yaml or .json).")
@click.option("--rubric", "base", type=_FILE, help="Rubric whose words it takes (.yaml). [default: the shipped rubric]")
@click.option("--source", help="Name of the labels in the rubric. [default: the name of their file]")
@takes(CalibrateInput)
def command(given: CalibrateInput) -> int:
    """Fit the scorecard to labelled tools, and measure how well it agrees with the labels.

    A line of LABELS.jsonl is one tool: {"server", "name", "description", "scores": {"purpose": [2, 3, 3], ...}},
    with a level from 1 to 5 of each juror, person or model. The figures are about servers that the weights were not
    fitted to. Needs the extra `eval`.

    \b
    toolsmell calibrate labels.jsonl -o rubric.yaml
    toolsmell scan tools.json --rubric rubric.yaml
    """
    require_extra()
    output = given.output
    if output and output.suffix not in {".yaml", ".yml", ".json"}:
        raise UsageError(f"{output}: a rubric is a .yaml or a .json file")
    base, words = _base(given.base)
    from toolsmell.calibrate import labels as reading
    from toolsmell.calibrate.agreement_table import table
    from toolsmell.calibrate.calibration import calibrate

    read = reading.load(given.labels, base.components)
    found = calibrate(read, base)
    for line in table(found.agreements):
        click.echo(line)
    say(_summary(read))
    if output:
        from toolsmell.calibrate.rubric_file import with_fits

        about = {"labels": given.source or Path(given.labels).name, **_calibration(read)}
        text = with_fits(words, found.fits, about)
        replace_file(output, rubric.to_json(text, "rubric.yaml") if output.suffix == ".json" else text)
        say(f"wrote {output}")
    return ExitCode.CLEAN


def _base(base: Path | None) -> tuple[Rubric, str]:
    """Return a valid rubric and its text. Raises `RubricError` if it cannot be used."""
    path = base or Path(shipped(f"{rubric.DEFAULT}.yaml"))
    if path.suffix == ".json":
        raise UsageError(f"{path}: words are taken from a rubric in YAML")
    return rubric.load(str(path)), path.read_text(encoding="utf-8")


def _calibration(labels: "Labels") -> dict[str, int | str]:
    return {
        "fingerprint": labels.fingerprint,
        "tools": len(labels.tools),
        "servers": len(set(labels.servers)),
        "jurors": labels.jurors,
    }


def _summary(labels: "Labels") -> str:
    largest = Counter(labels.servers).most_common(1)[0][1]
    left_out = f"; {labels.unread} left out, in languages that no signal reads" if labels.unread else ""
    return (
        f"{len(labels.tools)} tools of {len(set(labels.servers))} servers (the largest has {largest}), "
        f"{labels.jurors} {'juror' if labels.jurors == 1 else 'jurors'}{left_out}"
    )
