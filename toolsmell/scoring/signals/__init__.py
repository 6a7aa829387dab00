"""The signals of each component, a module a component."""

from collections.abc import Mapping

from toolsmell.model import Component
from toolsmell.scoring.signals import completeness, examples, limitations, parameters, purpose, usage
from toolsmell.scoring.signals.base import SignalKind

SIGNALS: Mapping[Component, tuple[SignalKind, ...]] = {
    Component.PURPOSE: purpose.SIGNALS,
    Component.USAGE: usage.SIGNALS,
    Component.LIMITATIONS: limitations.SIGNALS,
    Component.PARAMETERS: parameters.SIGNALS,
    Component.EXAMPLES: examples.SIGNALS,
    Component.COMPLETENESS: completeness.SIGNALS,
}
"""Every signal there is; a rubric may weigh these and no others."""
