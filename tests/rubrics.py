"""The rubrics of the tests: the components of the shipped one, and a small one with others."""

from pathlib import Path
from typing import Final

from toolsmell.scoring import rubric

COMPONENTS: Final = tuple(rubric.load().components)
"""Of the shipped rubric."""

SMALL: Final = """\
# Comments stay.
schema: toolsmell.rubric/v1
id: two-questions
title: Two questions
calibration: null
overall:
  fewest: 1
components:
  clarity:
    question: Can a stranger tell what it does?
    smell: murky-purpose
    title: Murky purpose
    weight: 3
    levels: {1: Nobody can., 2: With a guess., 3: In the main., 4: Clearly., 5: At once and for certain.}
    cut_points: [-2, -1, 0, 1]
    signals:
      words: {weight: 3, typical: 0.5, measure: information}
      sentences: {weight: 1, typical: 0.4}
      order: {weight: 0, typical: 0.1}
    effective:
      cut_points: [-2, -1, 0, 1]
      signals:
        detail: {weight: 3, typical: 0.3}
        says-when: {weight: 2, typical: 0.1}
  inputs:
    question: Is each input explained?
    smell: mute-inputs
    title: Mute inputs
    needs: parameters
    unsure: [0.4, 0.6]
    levels: {1: None is., 2: One is., 3: Most are., 4: All are., 5: All are with an example.}
    cut_points: [-1, 0, 1, 2]
    signals:
      share: {weight: 4, typical: 0.3}
"""
"""Two components that the shipped rubric does not have; the second leans on the signals of prose."""


def small(folder: Path) -> Path:
    """Write the small rubric into `folder`."""
    path = folder / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path
