"""The rubrics of the tests: the shipped one, and a small one with other components."""

from typing import Final

from toolsmell.scoring import rubric

COMPONENTS: Final = tuple(rubric.load().components)
"""Of the shipped rubric."""
