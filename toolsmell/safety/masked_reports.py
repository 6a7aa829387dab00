"""Removes secrets from the report of a tool, before anything shows or stores it."""

from typing import Final

from toolsmell.model import Finding, ToolReport
from toolsmell.safety.secrets import hints

SHORTEST: Final = 16
"""Every secret that has a form of its own has a run of letters and digits that is at least this long."""


def without_secrets(report: ToolReport, text: str, longest_code: int) -> ToolReport:
    """Return a report whose messages and sentences are masked.

    `text` is the tool's description and `longest_code` its longest run of letters and digits that is no word.
    Nothing is searched if both show that there is no secret, as in nearly every tool.
    """
    if longest_code < SHORTEST and not hints(text):
        return report
    from toolsmell.safety.masking import masked

    sentences = tuple(s._replace(text=masked(s.text, prose=True)) for s in report.reading.sentences)
    findings = tuple(map(_masked, report.findings))
    return report._replace(reading=report.reading._replace(sentences=sentences), findings=findings)


def _masked(finding: Finding) -> Finding:
    from toolsmell.safety.masking import masked

    return finding._replace(
        message=masked(finding.message, prose=True),
        excerpt=masked(finding.excerpt, prose=True),
        help=masked(finding.help, prose=True),
    )
