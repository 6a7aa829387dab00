"""Documentation of rules and smells, for formats that carry it along with the findings."""

from functools import cache
from inspect import cleandoc
from typing import NamedTuple

from toolsmell.rules import BY_ID
from toolsmell.scoring import rubric
from toolsmell.scoring.smelly import SMELLY


class CatalogEntry(NamedTuple):
    summary: str
    description: str
    """In a sentence or two."""
    markdown: str
    """The documentation page."""
    severity: str
    precision: str
    """How sure its findings are: `high`, `medium` or `low`."""
    family: str


def entry(id_: str) -> CatalogEntry | None:
    """Return the documentation of a rule or smell; None if this version does not have it."""
    if rule := BY_ID.get(id_):
        page = cleandoc(rule.module.__doc__ or "")
        first = page.partition("\n\n")[0].replace("\n", " ")
        return CatalogEntry(rule.summary, first, page, rule.severity.value, rule.confidence.value, rule.family)
    if id_ == SMELLY:
        first = "A description that scores under 3 of 5 for a component: the smells, and the statement that helps most."
        return CatalogEntry("smelly description", first, first, "note", "medium", "smell")
    for part in rubric.load().components.values():
        if part.smell == id_:
            levels = "\n".join(f"{level}. {words}" for level, words in sorted(part.levels.items()))
            first = f"A description that scores under 3 of 5 for {part.component}: {part.question}"
            page = f"{first}\n\n{levels}\n\n`toolsmell scan --why TOOL` says what moved a score."
            return CatalogEntry(part.title.lower(), first, page, "note", "medium", "smell")
    return None


@cache
def documentation() -> str | None:
    """Return the address of the documentation, as the installed package states it."""
    from importlib.metadata import PackageNotFoundError, metadata

    try:
        links = metadata("toolsmell").get_all("Project-URL") or []
    except PackageNotFoundError:
        return None
    return next((link.partition(", ")[2] for link in links if link.startswith("Documentation,")), None)


def help_uri(id_: str) -> str | None:
    """Return the address of the page of a rule or smell."""
    base = documentation()
    return f"{base.rstrip('/')}/rules/{id_}.md" if base and entry(id_) else None
