"""Names of arguments of libraries and services that shape a result: how much of it there is, and in which order."""

import re
from typing import Final

_NAMES: Final = re.compile(
    r"(?i)^(?:limit|per_?page|page_?size|max_?results?|max_?items|top_?k|top_?n|num_?results|count|first|rows|size"
    r"|sort|sort_?by|order|order_?by|sort_?order|direction|hits_?per_?page)$"
)


def shapes(name: str) -> bool:
    """Return True if an argument of this name shapes a result."""
    return bool(_NAMES.match(name))
