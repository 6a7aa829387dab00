"""The values of toolsmell: what a server offers, what was found in it, and what it scores.

All are immutable. They are named tuples rather than dataclasses because a scan starts cold in every
commit hook, and forty dataclasses take longer to define than thirty tools take to lint
(`python benchmarks/scan.py --imports`). JSON values inside them (`Tool.raw` and what is read from it) are as
parsed and must not be changed.
"""

from toolsmell.model.basics import (
    IDENTIFIER,
    SMELL_BELOW,
    Component,
    Confidence,
    Evidence,
    FindingKind,
    Frame,
    How,
    Json,
    Location,
    Place,
    Pointer,
    Provenance,
    Severity,
    Status,
)
from toolsmell.model.reports import (
    OLD,
    Edit,
    Finding,
    Fix,
    JsonText,
    Member,
    Related,
    RunInfo,
    Score,
    ServerReport,
    ServerScore,
    Summary,
    Suppression,
    Tokens,
    ToolReport,
)
from toolsmell.model.tools import Edited, Ignore, Locator, Manifest, Tool

__all__ = [
    "IDENTIFIER",
    "OLD",
    "SMELL_BELOW",
    "Component",
    "Confidence",
    "Edit",
    "Edited",
    "Evidence",
    "Finding",
    "FindingKind",
    "Fix",
    "Frame",
    "How",
    "Ignore",
    "Json",
    "JsonText",
    "Location",
    "Locator",
    "Manifest",
    "Member",
    "Place",
    "Pointer",
    "Provenance",
    "Related",
    "RunInfo",
    "Score",
    "ServerReport",
    "ServerScore",
    "Severity",
    "Status",
    "Summary",
    "Suppression",
    "Tokens",
    "Tool",
    "ToolReport",
]
