"""Fitting the scorecard to labels, and saying how well it agrees with them. Needs the `eval` extra."""

from toolsmell.errors import UsageError


def require_extra() -> None:
    """Raise `UsageError` if the packages that a fit needs are not installed."""
    try:
        import numpy as np  # noqa: F401
        import scipy  # noqa: F401
    except ImportError as error:
        words = f"this needs the extra `eval` ({error.name} is missing): pip install 'toolsmell[eval]'"
        raise UsageError(words) from None
