"""Finds the data that toolsmell ships: `rubrics/` stands at the top of the repository, because people edit it."""

from pathlib import Path


def shipped(name: str) -> Path:
    """Return the path of a file of `rubrics/`: inside an installed package, beside it in a checkout."""
    package = Path(__file__).parent
    inside = package / "rubrics" / name
    return inside if inside.exists() else package.parent / "rubrics" / name
