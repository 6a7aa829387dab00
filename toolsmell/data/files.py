"""Finds the data that toolsmell ships: `rubrics/` stands at the top of the repository, because people edit it."""

import os
from collections.abc import Callable, Iterable


def shipped(name: str) -> str:
    """Return the path of a file of `rubrics/`: inside an installed package, beside it in a checkout."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    inside = os.path.join(package, "rubrics", name)
    return inside if os.path.exists(inside) else os.path.join(os.path.dirname(package), "rubrics", name)


def write_json_forms(paths: Iterable[str], to_json: Callable[[str, str], str]) -> None:
    """Write the JSON form of each YAML file next to it; `to_json` makes it of a file's text and name."""
    from pathlib import Path

    for name in paths:
        source = Path(name)
        source.with_suffix(".json").write_text(to_json(source.read_text(encoding="utf-8"), name), encoding="utf-8")
