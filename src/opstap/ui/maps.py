"""A map of neighbourhoods drawn on the server: cells around their centres, the sea beyond the coast, home and place joined by a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opstap.ui.components.status import plain
from opstap.ui.map_geometry import (
    HEIGHT,
    KILOMETRES_PER_DEGREE,
    WIDTH,
    Cell,
    Frame,
    Label,
    MapPoint,
    Position,
    cells_of,
    frame_of,
    nearby,
)

__all__ = ["Map", "MapPoint", "neighbourhood_map"]

MIDDENKUST_COAST: tuple[Position, ...] = (
    (1.85, 50.970), (2.37, 51.050), (2.60, 51.100), (2.722, 51.153), (2.815, 51.191), (2.875, 51.2185), (2.900, 51.2315), (2.925, 51.2415),
    (2.965, 51.2565), (3.000, 51.2735), (3.045, 51.2915), (3.083, 51.302), (3.135, 51.3175), (3.370, 51.379), (3.55, 51.60),
)  # fmt: skip
"""The coast from west to east in degrees (longitude, latitude), drawn by hand to about 300 m: a backdrop, never a measure."""


@dataclass(frozen=True, slots=True)
class Map:
    """A drawn map: `drawing` is SVG, `words` the sentence that replaces it. In a template it prints itself as a figure."""

    drawing: SafeString
    words: str

    def __html__(self) -> str:
        """Return the figure, so that `{{ map }}` is all a template needs."""
        return render_to_string("ui/components/map.html", {"drawing": self.drawing, "sentence": self.words})

    def __str__(self) -> str:
        """Return the same figure: templates call this."""
        return self.__html__()


def neighbourhood_map(
    points: Sequence[MapPoint], *, title: str, home: str = "", place: str = "", minutes: int | None = None, mode: str = "",
    coast: Sequence[Position] = MIDDENKUST_COAST, text_size: float = 1.5,
) -> Map:  # fmt: skip
    """Return the map; names that are not among the points are simply not marked.

    `minutes` is the travel time one way by `mode` (a travel-mode code); `coast` runs west to east, the sea north of it, empty: none;
    `text_size` enlarges the names for a small print.
    """
    frame, cells = _geometry(tuple(points), home, place, text_size)
    marked = {cell.part: cell for cell in cells if cell.part}
    words = _sentence(home, place, minutes, mode)
    props = {
        "title": title,
        "sentence": words,
        "cells": cells,
        "width": round(WIDTH),
        "height": round(HEIGHT),
        "home": marked.get("home"),
        "place": marked.get("place"),
        "marked": list(marked.values()),
        "small": round(14 * text_size),
        "big": round(20 * text_size),
        "lift": round(-14 - 4 * text_size),
        "drop": round(14 + 20 * text_size),
        "sea": _sea(coast, frame),
        "sea_word": _sea_word(coast, frame, [Label.of(cell, text_size) for cell in marked.values()], text_size),
        "scale_from": round(WIDTH - 20 - frame.scale / KILOMETRES_PER_DEGREE, 1),
        "scale_to": round(WIDTH - 20),
        "scale_y": round(HEIGHT - 18),
    }
    return Map(render_to_string("ui/components/map_drawing.svg", props), words)


@lru_cache(maxsize=512)
def _geometry(points: tuple[MapPoint, ...], home: str, place: str, text_size: float) -> tuple[Frame, tuple[Cell, ...]]:
    """Return the frame and the cells; the same neighbourhoods come back all day, so they are drawn once."""
    frame = frame_of(nearby(points, home, place))
    return frame, tuple(cells_of(points, frame, {home: "home", place: "place"}, text_size))


def _sentence(home: str, place: str, minutes: int | None, mode: str) -> str:
    """Return the map in words: the text that replaces it for who cannot see it."""
    if home and home == place:
        return _nearby_sentence(place, minutes, mode)
    if home and place and minutes is not None:
        way = ngettext(
            "From %(home)s to %(place)s: about %(minutes)d minute %(how)s.",
            "From %(home)s to %(place)s: about %(minutes)d minutes %(how)s.",
            minutes,
        )
        return way % {"home": home, "place": place, "minutes": minutes, "how": plain(mode) if mode else ""}
    return _("The place is in %(place)s.") % {"place": place} if place else ""


def _nearby_sentence(place: str, minutes: int | None, mode: str) -> str:
    """Return the words of a place in the person's own neighbourhood."""
    if minutes is None:
        return _("In your neighbourhood (%(place)s).") % {"place": place}
    way = ngettext(
        "In your neighbourhood (%(place)s): about %(minutes)d minute %(how)s.",
        "In your neighbourhood (%(place)s): about %(minutes)d minutes %(how)s.",
        minutes,
    )
    return way % {"place": place, "minutes": minutes, "how": plain(mode) if mode else ""}


def _sea(coast: Sequence[Position], frame: Frame) -> str:
    """Return the sea as SVG points: the coast, closed far beyond the drawing's top; "" without a coast."""
    if not coast:
        return ""
    shore = [frame.place(*position) for position in coast]
    corners = [(shore[-1][0], -9999.0), (shore[0][0], -9999.0)]
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in [*shore, *corners])


def _sea_word(coast: Sequence[Position], frame: Frame, names: Sequence[Label], text_size: float) -> Position | None:
    """Return where the word "sea" fits: near the left edge, halfway between the top and the coast; None when there is no room."""
    shore = [frame.place(*position) for position in coast]
    x = 60.0
    for (a, b), (c, d) in pairwise(shore):
        if a <= x < c:
            y = min(b + (d - b) * (x - a) / (c - a), HEIGHT) / 2
            word = Label(x, y, 60 * text_size, 30 * text_size)
            return (x, round(y + 8, 1)) if y > word.height and not any(word.touches(name) for name in names) else None
    return None
