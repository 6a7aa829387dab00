"""Finds the servers of a part whose scan ends the process: child processes scan lines, halved until one is left.

`python -m toolsmell.survey.probe` is such a child. It reads a pickled job and positions from stdin.
"""

import pickle
import subprocess
import sys
from collections.abc import Iterator

from toolsmell.survey.parts import lines
from toolsmell.survey.work import Job, scanned


def culprits(job: Job) -> frozenset[int]:
    """Return the positions of the lines whose scan ends the process."""
    return frozenset(_search(job, list(range(sum(1 for _ in lines(job.part))))))


def _search(job: Job, positions: list[int]) -> Iterator[int]:
    if not positions or _survives(job, positions):
        return
    if len(positions) == 1:
        yield positions[0]
        return
    middle = len(positions) // 2
    yield from _search(job, positions[:middle])
    yield from _search(job, positions[middle:])


def _survives(job: Job, positions: list[int]) -> bool:
    """Return True if a child process scans these lines to the end."""
    child = [sys.executable, "-m", "toolsmell.survey.probe"]
    done = subprocess.run(child, input=pickle.dumps((job, positions)), capture_output=True, check=False)
    return done.returncode == 0


def main() -> None:
    """Scan the lines that stdin names, and drop the rows."""
    job, positions = pickle.load(sys.stdin.buffer)  # noqa: S301  written by the parent process
    wanted = frozenset(positions)
    for position, line in enumerate(lines(job.part)):
        if position in wanted:
            scanned(line, job.settings)


if __name__ == "__main__":
    main()
