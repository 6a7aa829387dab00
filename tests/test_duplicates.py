"""Code that two modules share is listed in docs/architecture.md, with the reason why both stay."""

import re
from pathlib import Path

from benchmarks.duplicates import pairs

PAGE = Path(__file__).parent.parent / "docs/architecture.md"
_ROW = r"^\| `([\w/.]+\.py)`, `([\w/.]+\.py)` \|"


def test_every_duplicate_is_listed_with_its_reason() -> None:
    section = PAGE.read_text(encoding="utf-8").partition("## Duplicates that stay")[2].partition("\n## ")[0]
    listed = {frozenset(row) for row in re.findall(_ROW, section, re.MULTILINE)}
    found = {frozenset((pair.one.file, pair.other.file)) for pair in pairs()}
    assert found - listed == set(), "share the code, or list the modules with the reason why both stay"
    assert listed - found == set(), "no longer duplicates"
