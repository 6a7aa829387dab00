"""Source code as a source of tools, read without running it."""

from toolsmell.sources.code.locator import SourceLocator
from toolsmell.sources.code.scan import is_source, scan_directory, scan_file
from toolsmell.sources.code.source import DEFAULT_MAX_BYTES
from toolsmell.sources.code.values import Literal, LiteralKind

__all__ = ["DEFAULT_MAX_BYTES", "Literal", "LiteralKind", "SourceLocator", "is_source", "scan_directory", "scan_file"]
