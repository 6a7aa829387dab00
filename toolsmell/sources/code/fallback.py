"""Values that a run may replace, and what everybody else gets: the fallback of a translation, the text of a file."""

import os
from pathlib import Path

from toolsmell.sources.code.module import Module
from toolsmell.sources.code.values import Value
from toolsmell.text import pattern

_TRANSLATORS = r"^(?:t|tr|_|__|translate|i18n|gettext|localize|l10n|T)$"
_MAX_BYTES = 1 << 18


def translated(name: str, given: list[Value]) -> Value | None:
    """Return the fallback of `t(KEY, "text")`: what everybody gets who has not replaced the text."""
    if len(given) < 2 or not pattern(_TRANSLATORS).match(name):
        return None
    last = given[-1]
    if "defaultValue" in last.members:
        last = last.members["defaultValue"]
    return last if last.text is not None and " " in last.text else None


def text_of_file(module: Module, path: Path) -> Value | None:
    """Return the text of a file of the project, or None if there is none that can be read."""
    target = Path(os.path.normpath(path))
    seen = module.project.seen
    if not target.is_relative_to(module.project.root) or not seen.is_inside(target):
        return None
    data = seen.data(target, _MAX_BYTES + 1)
    if data is None or len(data) > _MAX_BYTES:
        return None
    try:
        return Value(data.decode("utf-8").replace("\r\n", "\n"))
    except ValueError:
        return None
