"""Loads rubrics: the levels of each component in words, and the weight of each signal.

A scan reads the committed JSON form, because a YAML library takes longer to import than thirty tools take to
score. `python -m toolsmell.scoring.rubric FILE.yaml` writes that form next to the YAML that people edit.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from toolsmell.data.shipped import open_regular, shipped, write_json_forms
from toolsmell.errors import reason
from toolsmell.model import Component, Json
from toolsmell.scoring.rubric_reader import RubricError, RubricReader
from toolsmell.scoring.signals import PROSE
from toolsmell.scoring.signals.effective import ANYTHING, EFFECTIVE
from toolsmell.scoring.weights import ComponentRubric, Moving, Rubric

SCHEMA: Final = "toolsmell.rubric/v1"
DEFAULT: Final = "six-components"
SHIPPED: Final = (DEFAULT, "tdqs")
"""The rubrics that toolsmell ships, which are loaded by these names too."""


@cache
def load(path: str | None = None) -> Rubric:
    """Read a rubric from a `.json` or `.yaml` file, or a shipped one by its name; without either, the six components.

    Raises RubricError, saying what is wrong with the file and where.
    """
    name = path if path and path not in SHIPPED else shipped(f"{path or DEFAULT}.json")
    try:
        with open_regular(name) as file:
            text = file.read().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RubricError(f"{name}: the rubric cannot be read: {reason(error)}") from error
    return from_data(_parsed(text, name), name)


def from_data(data: Json, source: str) -> Rubric:
    """Validate `data`, the content of a rubric file; `source` is its name for messages, and where its prompts are."""
    check = RubricReader(source)
    required = ("schema", "id", "title", "calibration", "overall", "components")
    top = check.mapping(data, "", required, ("fingerprint", "server", "writing", "prompts"))
    if top["schema"] != SCHEMA:
        check.fail("schema", f"must be {SCHEMA!r}")
    calibration = top["calibration"]
    if calibration is not None and not isinstance(calibration, dict):
        check.fail("calibration", "must be null or a mapping")
    components = check.components(top["components"])
    overall = check.mapping(top["overall"], "overall", ("fewest",))
    kinds = [PROSE[id_] for id_ in check.prose]
    signals = [EFFECTIVE[id_] for id_ in check.effective]
    moved = [(one, Moving(i, one.measure, tuple(_weights(i, components)))) for i, one in enumerate(signals)]
    return Rubric(
        id=check.text(top["id"], "id"),
        title=check.text(top["title"], "title"),
        fingerprint=str(top.get("fingerprint") or fingerprint(data)),
        calibration=calibration,
        components=components,
        measures=tuple((kind.measure, kind.cues) for kind in kinds),
        of_schema=tuple((i, kind.measure, kind.cues) for i, kind in enumerate(kinds) if kind.of_schema),
        effective=tuple(signal.measure for signal in signals),
        moved_always=tuple(moving for one, moving in moved if one.moved_by == ANYTHING),
        moving={
            kind: tuple(moving for one, moving in moved if kind in one.moved_by and one.moved_by != ANYTHING)
            for kind in ANYTHING
        },
        leans_on_prose=any(part.effective is None for part in components.values()),
        fewest=check.whole(overall["fewest"], "overall.fewest", len(components)),
        server=check.server(top["server"]) if "server" in top else None,
        writing=check.writing(top.get("writing"), components),
        prompts=check.folder(top["prompts"], "prompts") if "prompts" in top else None,
    )


def _weights(place: int, components: Mapping[Component, ComponentRubric]) -> Iterator[tuple[Component, float]]:
    """Yield the weights of a signal of the effective frame, by component."""
    for name, part in components.items():
        if part.effective is not None:
            yield from ((name, weight) for at, weight, _ in part.effective.terms if at == place)


def fingerprint(data: Mapping[str, Json]) -> str:
    """Return the fingerprint of a rubric's content."""
    from hashlib import sha256

    content = {key: value for key, value in data.items() if key != "fingerprint"}
    return sha256(json.dumps(_plain(content), sort_keys=True).encode()).hexdigest()[:16]


def to_json(yaml_text: str, source: str) -> str:
    """Return the JSON form of a rubric written in YAML, with its fingerprint."""
    data = _plain(_parsed(yaml_text, source))
    from_data(data, source)
    return json.dumps({**data, "fingerprint": fingerprint(data)}, indent=1, ensure_ascii=False) + "\n"


def _parsed(text: str, source: str) -> Json:
    if source.endswith(".json"):
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            raise RubricError(f"{source}: the rubric is not JSON: {error}") from error
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        return YAML(typ="safe", pure=True).load(text)
    except (YAMLError, RecursionError) as error:
        raise RubricError(f"{source}: the rubric is not YAML: {error}") from error


def _plain(value: Json) -> Json:
    """Return `value` as JSON holds it: with text for keys."""
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    return [_plain(v) for v in value] if isinstance(value, list) else value


if __name__ == "__main__":
    import sys

    write_json_forms(sys.argv[1:], to_json)
