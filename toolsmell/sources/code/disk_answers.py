"""Looks at files around source code, and remembers the answers: what is read of a project depends on them."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from toolsmell.data.shipped import open_regular


class Question(NamedTuple):
    """A question about a path."""

    about: str
    """`exists`, `is_file`, `inside`, `data` or `names`."""
    path: str
    limit: int = 0
    """The number of bytes that are read, for `data`."""


class DiskAnswers:
    """The questions that the reading of a project asked about the disk, with a digest of each answer.

    Source files that the project keeps are not among them.
    """

    def __init__(self, root: Path) -> None:
        self._root: Final = root
        self.remembers = False
        """Whether answers are remembered."""
        self.answers: Final[dict[Question, str]] = {}

    def exists(self, path: Path) -> bool:
        return self._noted(Question("exists", str(path)), os.path.exists(path))

    def is_file(self, path: Path) -> bool:
        return self._noted(Question("is_file", str(path)), os.path.isfile(path))

    def is_inside(self, path: Path) -> bool:
        """Return True if a path is a file of the project. Imports may contain names that no file can have."""
        try:
            inside = os.path.isfile(path) and path.resolve().is_relative_to(self._root)
        except (OSError, ValueError):
            inside = False
        return self._noted(Question("inside", str(path)), inside)

    def data(self, path: Path, limit: int) -> bytes | None:
        """Return the first bytes of a file, or None if it cannot be read."""
        try:
            with open_regular(str(path)) as file:
                data = file.read(limit)
        except (OSError, ValueError):
            data = None
        if self.remembers:
            self.answers[Question("data", str(path), limit)] = "none" if data is None else digest(data)
        return data

    def text(self, path: Path, limit: int) -> str:
        """Return the beginning of a file as text, or an empty text if it cannot be read."""
        return (self.data(path, limit) or b"").decode("utf-8", "replace").replace("\r\n", "\n")

    def names(self, directory: Path) -> list[str]:
        """Return the names in a folder, sorted; none if it cannot be read."""
        try:
            names = sorted(os.listdir(directory))
        except (OSError, ValueError):
            names = []
        if self.remembers:
            self.answers[Question("names", str(directory))] = digest("\0".join(names).encode("utf-8", "surrogatepass"))
        return names

    def _noted(self, question: Question, answer: bool) -> bool:
        if self.remembers:
            self.answers[question] = "yes" if answer else "no"
        return answer


def holds(root: Path, answers: Iterable[tuple[Question, str]]) -> bool:
    """Return True if all questions still have the same answers."""
    now = DiskAnswers(root)
    now.remembers = True
    return all(_asked(now, question) == answer for question, answer in answers)


def _asked(now: DiskAnswers, question: Question) -> str | None:
    path = Path(question.path)
    match question.about:
        case "exists":
            now.exists(path)
        case "is_file":
            now.is_file(path)
        case "inside":
            now.is_inside(path)
        case "data":
            now.data(path, question.limit)
        case "names":
            now.names(path)
    return now.answers.get(question)


def digest(data: bytes) -> str:
    from hashlib import blake2b

    return blake2b(data, digest_size=20).hexdigest()
