"""Rectangles whose areas are shares of a whole: what each tool costs in tokens."""

from collections.abc import Sequence
from typing import Final, NamedTuple

TILES: Final = 60
"""Tools with a rectangle of their own. All others share one rectangle."""
WIDTH: Final = 960
HEIGHT: Final = 300


class Tile(NamedTuple):
    name: str
    value: int
    x: float
    y: float
    width: float
    height: float


def tiles(values: Sequence[tuple[str, int]]) -> tuple[Tile, ...]:
    """Return a rectangle for each name and value, the largest first; values of 0 or less have none."""
    known = sorted(((name, value) for name, value in values if value > 0), key=lambda pair: -pair[1])
    rest = known[TILES:]
    if rest:
        known = [*known[:TILES], (f"{len(rest):,} other tools", sum(value for _, value in rest))]
    total = sum(value for _, value in known)
    if not total:
        return ()
    scale = WIDTH * HEIGHT / total
    return tuple(_placed(sorted(known, key=lambda pair: -pair[1]), scale))


def _placed(values: Sequence[tuple[str, int]], scale: float) -> list[Tile]:
    """Lay out rows along the shorter side, each filled while its rectangles become more like squares."""
    found: list[Tile] = []
    x, y, width, height = 0.0, 0.0, float(WIDTH), float(HEIGHT)
    at = 0
    while at < len(values):
        side = max(min(width, height), 1e-9)
        end = _row_end(values, at, side, scale)
        row = values[at:end]
        depth = sum(value for _, value in row) * scale / side
        along = 0.0
        for name, value in row:
            length = value * scale / max(depth, 1e-9)
            if width >= height:
                found.append(Tile(name, value, x, y + along, depth, length))
            else:
                found.append(Tile(name, value, x + along, y, length, depth))
            along += length
        if width >= height:
            x, width = x + depth, width - depth
        else:
            y, height = y + depth, height - depth
        at = end
    return found


def _row_end(values: Sequence[tuple[str, int]], at: int, side: float, scale: float) -> int:
    end, area = at + 1, values[at][1] * scale
    while end < len(values):
        more = area + values[end][1] * scale
        if _worst(values, at, end + 1, more, side, scale) > _worst(values, at, end, area, side, scale):
            break
        end, area = end + 1, more
    return end


def _worst(values: Sequence[tuple[str, int]], at: int, end: int, area: float, side: float, scale: float) -> float:
    """Return the aspect ratio of the least square rectangle of a row; the values fall, so it is at one of its ends."""
    most, least = values[at][1] * scale, values[end - 1][1] * scale
    return max(side * side * most / (area * area), area * area / (side * side * least))
