"""Builds the document by which a search finds a tool. Its form matters more to retrieval than most rewrites."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from toolsmell.model import Tool
from toolsmell.schema.reader import Parameter, parameters

TDWA_WEIGHTS: Mapping[str, float] = {"name": 0.2, "description": 0.2, "parameters": 0.2, "questions": 0.4}
"""Weights of the parts in `Form.TDWA`; of parts that are missing, the others take the share."""


class DocumentForm(StrEnum):
    """The forms of a tool's document."""

    FULL = "full"
    """Name, description and parameters with their descriptions: what the tool search of clients indexes."""
    DESCRIPTION = "description"
    """Only the description."""
    TOOLSHED = "toolshed"
    """`FULL`, with questions that the tool answers and key topics (Toolshed, arXiv 2410.14594)."""
    TOOL_DE = "tool-de"
    """`FULL`, with what it does, when to use it, its limits and tags (Tool-DE, arXiv 2510.22670)."""
    TDWA = "tdwa"
    """A weighted average of the vectors of the parts (ScaleMCP, arXiv 2505.06416). Dense retrieval only."""
    TOOL2VEC = "tool2vec"
    """The mean vector of questions that the tool answers (Tool2Vec, arXiv 2409.02141). Dense retrieval only."""


DENSE_ONLY = frozenset((DocumentForm.TDWA, DocumentForm.TOOL2VEC))
NEEDS_EXPANSION = frozenset((DocumentForm.TOOLSHED, DocumentForm.TOOL_DE, DocumentForm.TDWA, DocumentForm.TOOL2VEC))


class Expansion(NamedTuple):
    """Text that is added to a tool's own: written by a model, or taken from example queries or the text itself."""

    questions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    function: str = ""
    when_to_use: str = ""
    limitations: str = ""
    tags: tuple[str, ...] = ()


NOTHING = Expansion()


def document(tool: Tool, form: DocumentForm, expansion: Expansion = NOTHING) -> str:
    """Return the document of `tool` as one text. Raises ValueError for forms that are vectors."""
    match form:
        case DocumentForm.DESCRIPTION:
            return tool.description or ""
        case DocumentForm.FULL:
            return _full(tool)
        case DocumentForm.TOOLSHED:
            return _joined(_full(tool), *expansion.questions, ", ".join(expansion.topics))
        case DocumentForm.TOOL_DE:
            added = (
                expansion.function,
                expansion.when_to_use,
                expansion.limitations,
                ", ".join(expansion.tags),
            )
            return _joined(_full(tool), *added)
        case DocumentForm.TDWA | DocumentForm.TOOL2VEC:
            raise ValueError(f"{form} is a vector, not a text")


def weighted_parts(tool: Tool, expansion: Expansion) -> dict[str, float]:
    """Return the texts that `Form.TDWA` averages with the weight of each; the weights add up to 1."""
    texts = {
        "name": (tool.name or "",),
        "description": (tool.description or "",),
        "parameters": ("\n".join(_parameter_lines(tool)),),
        "questions": expansion.questions,
    }
    present = {part: [t for t in found if t.strip()] for part, found in texts.items()}
    total = sum(TDWA_WEIGHTS[part] for part, found in present.items() if found)
    weights: dict[str, float] = {}
    for part, found in present.items():
        for text in found:
            weights[text] = weights.get(text, 0.0) + TDWA_WEIGHTS[part] / total / len(found)
    return weights or {"": 1.0}


def _full(tool: Tool) -> str:
    return _joined(tool.name or "", tool.description or "", *_parameter_lines(tool))


def _parameter_lines(tool: Tool) -> list[str]:
    return [_line(parameter) for parameter in parameters(tool.input_schema)]


def _line(parameter: Parameter) -> str:
    return f"{parameter.name}: {parameter.description}" if parameter.description else parameter.name


def _joined(*parts: str) -> str:
    return "\n".join(part for part in parts if part.strip())
