"""Writing fitted weights into a rubric file, beside the words that people wrote there."""

import re
from collections.abc import Mapping
from io import StringIO
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from toolsmell.calibrate.odds import Fit
from toolsmell.model import Component, Json

DIGITS: Final = 2
"""Decimals of weights and cut points: a hundredth of log-odds is at most a quarter of a percent of probability."""


def with_fits(text: str, fits: Mapping[Component, Fit], calibration: Mapping[str, Json]) -> str:
    """Return the rubric `text` (YAML) with the weights and cut points of `fits`; its comments and words stay.

    Signals that got no weight stay in the file with a weight of 0, and are not measured in a scan.
    """
    yaml = YAML()
    yaml.width = 4_000
    yaml.preserve_quotes = True
    data = yaml.load(text)
    data["calibration"] = CommentedMap(calibration)
    for component, fitted in fits.items():
        part = data["components"][component]
        part["cut_points"] = _flow([round(float(cut), DIGITS) for cut in fitted.cut_points])
        listed = part["signals"]
        for name, weight, typical in zip(listed, fitted.weights, fitted.typical, strict=True):
            listed[name]["weight"] = round(float(weight), DIGITS)
            listed[name]["typical"] = round(float(typical), 3)
    out = StringIO()
    yaml.dump(data, out)
    # Blank lines hang on the values that were replaced.
    sections = "|".join(map(re.escape, fits))
    spaced = re.sub(rf"\n+(?=components:\n|  (?:{sections}):\n)", "\n\n", out.getvalue())
    return spaced.replace("calibration:\n\n", "calibration:\n").replace("components:\n\n", "components:\n")


def _flow(numbers: list[float]) -> CommentedSeq:
    found = CommentedSeq(numbers)
    found.fa.set_flow_style()
    return found
