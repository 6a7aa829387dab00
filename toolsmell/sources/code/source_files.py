"""Walks over the files of a directory that are read: source code below it that git does not ignore."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from toolsmell.project.exclude import Exclude
from toolsmell.sources.code.gaps import LANGUAGES
from toolsmell.sources.code.ignore import Ignored, around
from toolsmell.sources.code.syntax import SUFFIXES
from toolsmell.text import pattern

_SKIPPED = frozenset(
    ("node_modules", "bower_components", "__pycache__", "site-packages", "__pypackages__", ".git", ".hg", ".svn")
)
# A directory with one of these files holds what others wrote: a virtual environment, the dependencies of a Go module.
_FOREIGN = ("pyvenv.cfg", "modules.txt")
_TEST_DIRECTORIES = frozenset(
    "test tests __tests__ testing testdata spec specs __mocks__ mocks mock fixtures e2e evals eval evaluation"
    " evaluations examples example samples sample testhelpers test-helpers test_helpers testutils test-utils test_utils"
    " test-fixtures benchmarks".split()
)
"""Folders, in lower case, whose files are no servers: they are read only if they are named."""
_TEST_ENDINGS = ("-tests", "_tests", ".tests", "-test", "-examples", "-samples", "-e2e")
"""Ends of names of folders with tests: `integration-tests`, `Server.Tests`."""

_TEST_FILE = r"(?i)(?:^test_.*|^conftest|^mock[_-].*|.*(?:_test|_spec|[._-]mocks?|\.test|\.spec|\.eval))\.\w+$"
_NOT_SOURCE = (".d.ts", ".d.mts", ".d.cts", ".min.js")


def _is_source(path: str) -> bool:
    stem, dot, suffix = os.path.basename(path).rpartition(".")
    return bool(stem) and dot + suffix in SUFFIXES and not path.endswith(_NOT_SOURCE)


class Candidate(NamedTuple):
    path: Path
    size: int


class Walk:
    """One walk over a directory. Links are not followed: what they point to inside is found at its own place."""

    def __init__(
        self,
        root: Path,
        *,
        tests: bool = False,
        wanted: Callable[[str], bool] | None = None,
        hidden: bool = False,
        exclude: Exclude | None = None,
    ) -> None:
        """Walk over the files below `root` whose paths are `wanted`: source files by default.

        `hidden` includes folders whose names begin with a full stop.
        """
        self._root: Final = root
        self._tests: Final = tests
        self._is_wanted: Final = wanted or _is_source
        # `spec` has tests in Ruby and JavaScript; for other files it is as often a specification.
        self._test_directories: Final = _TEST_DIRECTORIES - {"spec", "specs"} if wanted else _TEST_DIRECTORIES
        self._hidden: Final = hidden
        self._exclude: Final = exclude
        self.notes: list[str] = []
        """Notes for people on what was passed over."""
        self.errors: list[str] = []
        """What could not be read."""
        self.others: list[Path] = []
        """Files in languages that are not read."""
        self.test_files = 0
        self.links = 0
        self.excluded = 0

    def files(self) -> Iterator[Candidate]:
        """Yield the source files, in order of their paths."""
        ignored, prefix = around(self._root)
        stack = [(self._root, ignored, prefix, False)]
        noted: set[str] = set()
        while stack:
            directory, ignored, prefix, in_tests = stack.pop()
            ignored = ignored.inside(directory, prefix)
            self.notes.extend(note for note in ignored.skipped if note not in noted)
            noted.update(ignored.skipped)
            below = []
            for entry in self._entries(directory):
                name = entry.name.lower()
                is_test = in_tests or name in self._test_directories or name.endswith(_TEST_ENDINGS)
                if entry.is_dir(follow_symlinks=False):
                    if self._wanted(entry, ignored, prefix):
                        below.append((Path(entry.path), ignored, f"{prefix}{entry.name}/", is_test))
                elif candidate := self._file(entry, ignored, prefix, in_tests):
                    yield candidate
            stack.extend(reversed(below))

    def _entries(self, directory: Path) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(directory) as entries:
                return sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self.errors.append(f"{directory}: cannot be read: {error.strerror}")
            return []

    def _wanted(self, entry: os.DirEntry[str], ignored: Ignored, prefix: str) -> bool:
        if entry.name in _SKIPPED or (entry.name.startswith(".") and not self._hidden):
            return False
        if self._exclude and self._exclude.covers(entry.path, directory=True):
            return False
        if ignored.covers(prefix + entry.name, directory=True):
            return False
        return not any(os.path.lexists(os.path.join(entry.path, name)) for name in _FOREIGN)

    def _file(self, entry: os.DirEntry[str], ignored: Ignored, prefix: str, in_tests: bool) -> Candidate | None:
        if not self._is_wanted(entry.path):
            if os.path.splitext(entry.name)[1] in LANGUAGES and not in_tests:
                self.others.append(Path(entry.path))
            return None
        if entry.is_symlink():
            self.links += 1
            return None
        if not entry.is_file(follow_symlinks=False) or ignored.covers(prefix + entry.name, directory=False):
            return None
        if self._exclude and self._exclude.covers(entry.path):
            self.excluded += 1
            return None
        if not self._tests and (in_tests or pattern(_TEST_FILE).match(entry.name)):
            self.test_files += 1
            return None
        return Candidate(Path(entry.path), entry.stat(follow_symlinks=False).st_size)
