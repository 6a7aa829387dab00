"""Finds the data that toolsmell ships: `rubrics/` stands at the top of the repository, because people edit it."""

import os


def shipped(name: str) -> str:
    """Return the path of a file of `rubrics/`: inside an installed package, beside it in a checkout."""
    package = os.path.dirname(os.path.abspath(__file__))
    inside = os.path.join(package, "rubrics", name)
    return inside if os.path.exists(inside) else os.path.join(os.path.dirname(package), "rubrics", name)
