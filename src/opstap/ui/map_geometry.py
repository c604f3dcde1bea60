"""The geometry of a map of neighbourhoods: from degrees to a drawing, cells around centres, room for names."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

WIDTH = 720.0
"""Width of the drawing, in units of its viewBox."""
HEIGHT = 450.0
"""Height of the drawing, in the same units."""
EDGE = 70.0
"""Room around the outermost centres, in the same units."""
KILOMETRES_PER_DEGREE = 111.2
NEAREST = 24
"""How many of the nearest centres can bound a cell; more never matter on a map of neighbourhoods."""
Position = tuple[float, float]
Polygon = list[Position]


@dataclass(frozen=True, slots=True)
class MapPoint:
    """The centre of a neighbourhood, in degrees (WGS 84)."""

    name: str
    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class Cell:
    """One neighbourhood as drawn: its outline as SVG points, where its name stands, its part ("home", "place", ""), whether its name fits.

    `is_below`: the name stands under the centre, where the line to the other centre does not run. `name_x` is the middle of its name:
    over the centre, unless the name would leave the drawing there.
    """

    name: str
    points: str
    x: float
    y: float
    part: str
    is_named: bool
    is_below: bool = False
    name_x: float = 0.0


@dataclass(frozen=True, slots=True)
class Frame:
    """How degrees become units of the drawing: the same scale both ways, north up."""

    middle_x: float
    middle_y: float
    squeeze: float
    scale: float

    def place(self, longitude: float, latitude: float) -> Position:
        """Return where a position stands in the drawing: x to the right, y downward."""
        x = WIDTH / 2 + (longitude * self.squeeze - self.middle_x) * self.scale
        return round(x, 1), round(HEIGHT / 2 + (self.middle_y - latitude) * self.scale, 1)


@dataclass(frozen=True, slots=True)
class Label:
    """The room a name takes: its middle, its width and its height."""

    x: float
    y: float
    width: float
    height: float

    @classmethod
    def around(cls, x: float, y: float, name: str, text_size: float, *, side: int) -> Label:
        """Return the room of a name at a centre; `side` is -1 above, 1 below a marked centre, 0 on an unmarked one."""
        letters = len(name) + 5 if side else min(len(name), 18)
        return cls(x, y + side * 24 * text_size, letters * (11.5 if side else 7.7) * text_size, 24 * text_size)

    @classmethod
    def of(cls, cell: Cell, text_size: float) -> Label:
        """Return the room of a marked cell's name."""
        return cls.around(cell.x, cell.y, cell.name, text_size, side=1 if cell.is_below else -1).inside

    @property
    def inside(self) -> Label:
        """Return the same room, moved sideways as far as needed to stay within the drawing."""
        half = min(self.width, WIDTH) / 2
        return replace(self, x=min(max(self.x, half), WIDTH - half))

    @property
    def fits(self) -> bool:
        """Tell whether the name stays within the drawing."""
        return self.width / 2 <= self.x <= WIDTH - self.width / 2

    def touches(self, other: Label) -> bool:
        """Tell whether two names would run into each other."""
        return abs(self.x - other.x) < (self.width + other.width) / 2 + 4 and abs(self.y - other.y) < (self.height + other.height) / 2


def nearby(points: Sequence[MapPoint], home: str, place: str) -> list[MapPoint]:
    """Return the points worth drawing: those around home and place, or all when neither is among them."""
    marked = [point for point in points if point.name in {home, place}]
    if not marked:
        return list(points)
    longitude = sum(point.longitude for point in marked) / len(marked)
    latitude = sum(point.latitude for point in marked) / len(marked)
    reach = max(3.0, *(1.7 * _kilometres(point, longitude, latitude) for point in marked), 0.0)
    return [point for point in points if _kilometres(point, longitude, latitude) <= reach]


def _kilometres(point: MapPoint, longitude: float, latitude: float) -> float:
    east = (point.longitude - longitude) * math.cos(math.radians(latitude))
    return KILOMETRES_PER_DEGREE * math.hypot(east, point.latitude - latitude)


def frame_of(points: Sequence[MapPoint]) -> Frame:
    """Return the frame that holds all points in its middle, at least about three kilometres wide."""
    if not points:
        return Frame(0.0, 0.0, 1.0, 1.0)
    squeeze = math.cos(math.radians(sum(point.latitude for point in points) / len(points)))
    across = [point.longitude * squeeze for point in points]
    up = [point.latitude for point in points]
    wide, high = max(max(across) - min(across), 0.027), max(up) - min(up)
    scale = min((WIDTH - 2 * EDGE) / wide, (HEIGHT - 2 * EDGE) / high) if high else (WIDTH - 2 * EDGE) / wide
    return Frame((max(across) + min(across)) / 2, (max(up) + min(up)) / 2, squeeze, scale)


def cells_of(points: Sequence[MapPoint], frame: Frame, parts: dict[str, str], text_size: float) -> list[Cell]:
    """Return the cells within the drawing; names are placed marked ones first, and left out where they would run into another."""
    centres = [frame.place(point.longitude, point.latitude) for point in points]
    marked = [centre for centre, point in zip(centres, points, strict=True) if point.name and point.name in parts]
    lowest = max((y for _x, y in marked), default=0.0) if len(marked) > 1 else math.inf
    taken: list[Label] = []
    cells: dict[int, Cell] = {}
    for index in sorted(range(len(points)), key=lambda index: (centres[index] not in marked, index)):
        (x, y), name = centres[index], points[index].name
        outline = _outline(centres, index)
        if not outline:
            continue
        part = parts.get(name, "") if name else ""
        is_below = bool(part) and y == lowest
        label = Label.around(x, y, name, text_size, side=(1 if is_below else -1) if part else 0)
        label = label.inside if part else label
        is_named = bool(part) or (label.fits and not any(label.touches(other) for other in taken))
        taken += [label] * is_named + [Label(x, y, 24.0, 24.0)] * bool(part)
        points_of = " ".join(f"{a:.1f},{b:.1f}" for a, b in outline)
        cells[index] = Cell(name, points_of, x, y, part, is_named, is_below, label.x)
    return [cells[index] for index in sorted(cells)]


def _outline(centres: Sequence[Position], index: int) -> Polygon:
    """Return the part of the drawing that is nearer to this centre than to any other: empty when the centre lies far outside."""
    own = centres[index]
    others = sorted((centre for centre in centres if centre != own), key=lambda centre: math.dist(own, centre))
    cell: Polygon = [(0.0, 0.0), (WIDTH, 0.0), (WIDTH, HEIGHT), (0.0, HEIGHT)]
    for other in others[:NEAREST]:
        cell = _cut(cell, own, other)
    return cell


def _cut(cell: Polygon, own: Position, other: Position) -> Polygon:
    """Return the part of a convex cell that is nearer to `own` than to `other` (Sutherland-Hodgman on the bisector)."""
    normal = (other[0] - own[0], other[1] - own[1])
    limit = (other[0] ** 2 + other[1] ** 2 - own[0] ** 2 - own[1] ** 2) / 2
    kept: Polygon = []
    for before, after in zip(cell, cell[1:] + cell[:1], strict=True):
        one = before[0] * normal[0] + before[1] * normal[1] - limit
        two = after[0] * normal[0] + after[1] * normal[1] - limit
        if one <= 0:
            kept.append(before)
        if one * two < 0:
            share = one / (one - two)
            kept.append((before[0] + share * (after[0] - before[0]), before[1] + share * (after[1] - before[1])))
    return kept
