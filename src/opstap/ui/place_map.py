"""A map of all places: one numbered circle per neighbourhood that has places, each a link that filters the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from opstap.ui.map_geometry import HEIGHT, WIDTH, MapPoint, cells_of, frame_of
from opstap.ui.maps import MIDDENKUST_COAST

_SHARE_OF_NAMES = 1.4


def place_map(points: Sequence[MapPoint], counts: Mapping[str, int], *, title: str, link: str) -> SafeString:
    """Return the drawing of the neighbourhoods in and around those with places; `link` is put before the neighbourhood's name.

    The list of neighbourhoods beside the map says the same in words.
    """
    used = [point for point in points if counts.get(point.name)]
    frame = frame_of(used)
    cells = cells_of(points, frame, {}, _SHARE_OF_NAMES)
    shore = [frame.place(*position) for position in MIDDENKUST_COAST]
    sea = [*shore, (shore[-1][0], -9999.0), (shore[0][0], -9999.0)]
    props = {
        "title": title,
        "cells": [(cell, counts.get(cell.name, 0)) for cell in cells],
        "sea": " ".join(f"{x:.1f},{y:.1f}" for x, y in sea),
        "link": link,
        "width": round(WIDTH),
        "height": round(HEIGHT),
    }
    return render_to_string("ui/components/place_map.svg", props)
