"""The signals of the prose frame, which a rubric may weigh."""

from collections.abc import Mapping

from toolsmell.scoring.signals import amount, parameters, said
from toolsmell.scoring.signals.frame_reading import SignalKind

PROSE: Mapping[str, SignalKind] = {kind.id: kind for kind in (*amount.SIGNALS, *said.SIGNALS, *parameters.SIGNALS)}
"""Every signal, by id; a rubric may weigh these and no others."""
