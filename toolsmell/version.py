"""The version of this release. The build reads it, too."""

__version__ = "0.1.0"
