"""A map of neighbourhoods drawn on the server: cells around their centres, the sea on its side, home and place joined by a line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from opstap.ui.components.status import plain

WIDTH = 720.0
"""Width of the drawing in units of its viewBox; the height follows from the land."""
REACH_KM = 2.2
"""How far a neighbourhood's cell reaches at most from its centre, in kilometres: the land ends there."""
Polygon = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class MapPoint:
    """The centre of a neighbourhood, in degrees (WGS 84)."""

    name: str
    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class Cell:
    """One neighbourhood as drawn: its outline as SVG points, where its name stands, and its part ("home", "place" or "")."""

    name: str
    points: str
    x: float
    y: float
    part: str


def neighbourhood_map(
    points: Sequence[MapPoint], *, title: str, home: str = "", place: str = "", minutes: int | None = None, mode: str = "", sea: str = "north-west"
) -> SafeString:
    """Return the map as SVG with its words beside it; names that are not among the points are simply not marked.

    `minutes` is the travel time one way by `mode` (a travel-mode code); `sea` says on which side the word "sea" stands.
    """
    near = _near(points, home, place)
    flat = _project(near)
    cells = [_cell(point, flat, index, {home: "home", place: "place"}) for index, point in enumerate(near)]
    height = max((y for _x, y in flat), default=0.0) + 70
    marked = {cell.part: cell for cell in cells if cell.part}
    props = {
        "title": title, "cells": cells, "width": WIDTH, "height": round(height), "home": marked.get("home"), "place": marked.get("place"),
        "sentence": _sentence(home, place, minutes, mode), "sea": sea, "labels": [cell for cell in cells if cell.part],
    }  # fmt: skip
    return render_to_string("ui/components/map.html", props)


def _sentence(home: str, place: str, minutes: int | None, mode: str) -> str:
    """Return the map in words: the text that replaces it for who cannot see it."""
    if home and place and minutes is not None:
        how = plain(mode) if mode else ""
        return _("From %(home)s to %(place)s: about %(minutes)d minutes %(how)s.") % {"home": home, "place": place, "minutes": minutes, "how": how}
    return _("The place is in %(place)s.") % {"place": place} if place else ""


def _near(points: Sequence[MapPoint], home: str, place: str) -> list[MapPoint]:
    """Return the points worth drawing: those around home and place, or all when neither is among them."""
    marked = [point for point in points if point.name in {home, place}]
    if not marked:
        return list(points)
    longitude = sum(point.longitude for point in marked) / len(marked)
    latitude = sum(point.latitude for point in marked) / len(marked)
    reach = max(5.0, *(1.6 * _kilometres(point, longitude, latitude) for point in marked))
    return [point for point in points if _kilometres(point, longitude, latitude) <= reach]


def _kilometres(point: MapPoint, longitude: float, latitude: float) -> float:
    east = (point.longitude - longitude) * 111.32 * math.cos(math.radians(latitude))
    return math.hypot(east, (point.latitude - latitude) * 110.57)


def _project(points: Sequence[MapPoint]) -> list[tuple[float, float]]:
    """Return the points as coordinates of the drawing: x to the right, y downward, the same scale both ways."""
    if not points:
        return []
    middle = math.cos(math.radians(sum(point.latitude for point in points) / len(points)))
    flat = [(point.longitude * middle, -point.latitude) for point in points]
    left, top = min(x for x, _y in flat), min(y for _x, y in flat)
    scale = (WIDTH - 180) / max(max(x for x, _y in flat) - left, 0.02)
    return [(round(90 + (x - left) * scale, 1), round(70 + (y - top) * scale, 1)) for x, y in flat]


def _cell(point: MapPoint, flat: Sequence[tuple[float, float]], index: int, parts: dict[str, str]) -> Cell:
    x, y = flat[index]
    outline = _outline(flat, index)
    return Cell(point.name, " ".join(f"{a:.1f},{b:.1f}" for a, b in outline), x, y, parts.get(point.name, ""))


def _outline(flat: Sequence[tuple[float, float]], index: int) -> Polygon:
    """Return the cell of a point: a regular polygon around it, cut where another point is nearer."""
    x, y = flat[index]
    reach = 75.0
    cell: Polygon = [(x + reach * math.cos(turn * math.pi / 8), y + reach * math.sin(turn * math.pi / 8)) for turn in range(16)]
    for other, (a, b) in enumerate(flat):
        if other != index and (a, b) != (x, y) and math.hypot(a - x, b - y) < 2 * reach:
            cell = _cut(cell, (x, y), (a, b))
    return cell


def _cut(cell: Polygon, own: tuple[float, float], other: tuple[float, float]) -> Polygon:
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
