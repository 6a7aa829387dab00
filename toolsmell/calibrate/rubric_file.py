"""Writing fitted weights into a rubric file, beside the words that people wrote there."""

import re
from collections.abc import Mapping
from io import StringIO
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from toolsmell.calibrate.odds import Fit
from toolsmell.model import Component, Json
from toolsmell.scoring.signals import SIGNALS

DIGITS: Final = 2
"""Decimals of weights and cut points: a hundredth of log-odds is at most a quarter of a percent of probability."""
_BEFORE_SECTIONS: Final = rf"\n+(?=components:\n|  (?:{'|'.join(component.value for component in Component)}):\n)"


def with_fits(text: str, fits: Mapping[Component, Fit], calibration: Mapping[str, Json]) -> str:
    """Return the rubric `text` (YAML) with the weights and cut points of `fits`; its comments and words stay.

    Signals that got no weight are left out.
    """
    yaml = YAML()
    yaml.width = 4_000
    yaml.preserve_quotes = True
    data = yaml.load(text)
    data["calibration"] = CommentedMap(calibration)
    for component, fitted in fits.items():
        part = data["components"][component.value]
        part["cut_points"] = _flow([round(float(cut), DIGITS) for cut in fitted.cut_points])
        part["signals"] = CommentedMap(
            (kind.id, _entry(weight, typical))
            for kind, weight, typical in zip(SIGNALS[component], fitted.weights, fitted.typical, strict=True)
            if round(float(weight), DIGITS) > 0
        )
    out = StringIO()
    yaml.dump(data, out)
    # Blank lines hang on the values that were replaced.
    spaced = re.sub(_BEFORE_SECTIONS, "\n\n", out.getvalue())
    return spaced.replace("calibration:\n\n", "calibration:\n").replace("components:\n\n", "components:\n")


def _entry(weight: float, typical: float) -> CommentedMap:
    entry = CommentedMap(weight=round(float(weight), DIGITS), typical=round(float(typical), 3))
    entry.fa.set_flow_style()
    return entry


def _flow(numbers: list[float]) -> CommentedSeq:
    found = CommentedSeq(numbers)
    found.fa.set_flow_style()
    return found
