"""Tools that the tests of evaluation share."""

from typing import Any

from toolsmell.evaluate.catalog import Catalog, from_tools
from toolsmell.evaluate.datasets import Case


def tool(name: str, description: str = "", **parameters: str) -> dict[str, Any]:
    """Return a tool; each parameter is a string with the given description."""
    properties = {key: {"type": "string", "description": text} for key, text in parameters.items()}
    schema = {"type": "object", "properties": properties, "required": list(properties)}
    return {"name": name, "description": description, "inputSchema": schema}


def catalog(*tools: Any, key: str = "server") -> Catalog:
    return from_tools(tools, key)


WEATHER = (
    tool("forecast", "Predicts the weather of the coming days.", place="city or village"),
    tool("observation", "Returns the weather as it is measured at this moment.", place="city or village"),
    tool("send_message", "Delivers a text to a person.", to="who gets it", body="what they read"),
)


def case(query: str, *names: str, line: int = 0, **more: Any) -> Case:
    return Case(query, names, line=line, **more)
