"""The map of neighbourhoods: right in its geometry, honest in its words."""

from __future__ import annotations

import json
import math
import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation

from opstap.ui.map_geometry import HEIGHT, WIDTH, Cell, MapPoint, cells_of, frame_of, nearby
from opstap.ui.maps import MIDDENKUST_COAST, neighbourhood_map

NEIGHBOURHOODS = Path(__file__).parents[2] / "src" / "opstap" / "desks" / "spreadsheet" / "neighbourhoods.json"
POINTS = (
    MapPoint("Centrum", 2.915, 51.229),
    MapPoint("Stene", 2.919, 51.200),
    MapPoint("Vuurtoren", 2.945, 51.229),
    MapPoint("Zandvoorde", 2.967, 51.205),
)


def corners(cell: Cell) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in cell.points.split())]


def area(polygon: list[tuple[float, float]]) -> float:
    return abs(sum(a * d - c * b for (a, b), (c, d) in zip(polygon, polygon[1:] + polygon[:1], strict=True))) / 2


def test_cells_fill_the_drawing_without_overlap() -> None:
    """The cells' areas add up to the whole drawing."""
    cells = cells_of(POINTS, frame_of(POINTS), {}, 1.0)
    assert math.isclose(sum(area(corners(cell)) for cell in cells), WIDTH * HEIGHT, rel_tol=1e-3)


def test_cell_corners_are_nearest_to_their_own_centre() -> None:
    """No corner of a cell lies nearer to another neighbourhood."""
    cells = cells_of(POINTS, frame_of(POINTS), {}, 1.0)
    centres = [(cell.x, cell.y) for cell in cells]
    worst = max(
        math.dist(corner, (cell.x, cell.y)) - min(math.dist(corner, centre) for centre in centres)
        for cell in cells
        for corner in corners(cell)
    )
    assert worst < 0.5


def test_frame_keeps_north_up_and_shapes_true() -> None:
    """A kilometre to the east is as long as a kilometre to the north."""
    frame = frame_of(POINTS)
    x, y = frame.place(2.915, 51.229)
    east, north = frame.place(2.915 + 0.01 / math.cos(math.radians(51.21)), 51.229)[0] - x, y - frame.place(2.915, 51.239)[1]
    assert math.isclose(east, north, rel_tol=0.01)


@pytest.mark.parametrize(("minutes", "way"), [(1, "1 minuut"), (12, "12 minuten")])
def test_map_says_the_way_in_words(minutes: int, way: str) -> None:
    """Who cannot see the map reads the same."""
    with translation.override("nl"):
        drawn = neighbourhood_map(POINTS, title="Kaart", home="Stene", place="Centrum", minutes=minutes, mode="bike")
    assert drawn.words == f"Van Stene naar Centrum: ongeveer {way} met de fiets."
    assert drawn.drawing.count('aria-label="Kaart. Van Stene naar Centrum') == 1


def test_map_without_known_home_marks_only_the_place() -> None:
    """A home that is not on the list is not guessed: no line, no mark."""
    drawn = neighbourhood_map(POINTS, title="Kaart", home="Elders", place="Centrum").drawing
    assert (drawn.count("<circle"), drawn.count("stroke-dasharray")) == (1, 0)


def test_map_home_at_the_place_is_one_mark() -> None:
    """Who lives where the work is, sees one mark and no line."""
    drawn = neighbourhood_map(POINTS, title="Kaart", home="Stene", place="Stene").drawing
    assert (drawn.count("<circle"), drawn.count("stroke-dasharray")) == (1, 0)


@pytest.mark.parametrize("points", [(), POINTS[:1], (POINTS[0], POINTS[0])])
def test_map_of_few_points_still_draws(points: tuple[MapPoint, ...]) -> None:
    """No neighbourhood, one, or two at the same spot: a drawing, not an error."""
    assert neighbourhood_map(points, title="Kaart", place="Centrum").drawing.count("</svg>") == 1


def test_map_prints_itself_as_a_figure_and_escapes_names() -> None:
    """A template only names it; a neighbourhood's name is text."""
    points = (MapPoint("<b>Stene</b>", 2.9, 51.2), MapPoint("Dorp", 2.95, 51.2))
    html = Template("{{ map }}").render(Context({"map": neighbourhood_map(points, title="Kaart")}))
    assert (html.count("<figure>"), html.count("<b>"), html.count("&lt;b&gt;Stene")) == (1, 0, 1)


@pytest.mark.parametrize(
    ("minutes", "words"), [(None, "In jouw buurt (Stene)."), (5, "In jouw buurt (Stene): ongeveer 5 minuten te voet.")]
)
def test_map_of_a_place_in_the_own_neighbourhood_says_so(minutes: int | None, words: str) -> None:
    """Nobody goes "from Stene to Stene"."""
    with translation.override("nl"):
        assert neighbourhood_map(POINTS, title="Kaart", home="Stene", place="Stene", minutes=minutes, mode="walk").words == words


def test_marked_names_stay_within_the_drawing() -> None:
    """The name of a home at the edge moves inward, and its mark stays where it is."""
    ends = (MapPoint("Mariakerke - Nieuwe Koers", 2.86, 51.215), *POINTS, MapPoint("Zandvoorde - Conterdam", 3.0, 51.2))
    frame = frame_of(ends)
    marked = [cell for cell in cells_of(ends, frame, {ends[0].name: "home", ends[-1].name: "place"}, 1.5) if cell.part]
    half = [(len(cell.name) + 5) * 11.5 * 1.5 / 2 for cell in marked]
    assert [(cell.name_x - room >= 0, cell.name_x + room <= WIDTH) for cell, room in zip(marked, half, strict=True)] == [(True, True)] * 2
    assert [(cell.x, cell.name_x != cell.x) for cell in marked] == [
        (frame.place(end.longitude, end.latitude)[0], True) for end in (ends[0], ends[-1])
    ]


def test_map_has_no_inline_style() -> None:
    """The content security policy refuses style attributes."""
    assert neighbourhood_map(POINTS, title="Kaart", home="Stene", place="Centrum").drawing.count(" style=") == 0


def test_nearby_zooms_to_home_and_place() -> None:
    """A map for one person leaves the far end of the region out."""
    far = MapPoint("Wenduine", 3.082, 51.296)
    assert nearby((*POINTS, far), "Stene", "Centrum") == list(POINTS[:3])


def test_names_shown_do_not_run_into_each_other() -> None:
    """Of two neighbourhoods at nearly the same spot one name is shown."""
    crowd = (MapPoint("Noord", 2.9, 51.2), MapPoint("Noordoost", 2.9005, 51.2001), MapPoint("Ver weg", 2.96, 51.21))
    assert [cell.is_named for cell in cells_of(crowd, frame_of(crowd), {}, 1.0)].count(False) == 1


def test_coast_runs_from_west_to_east() -> None:
    """The coast never turns back, so that the sea closes above it."""
    assert list(MIDDENKUST_COAST) == sorted(MIDDENKUST_COAST)


def test_neighbourhoods_of_middenkust_lie_on_land() -> None:
    """No centre of a neighbourhood lies in the sea."""
    rows = json.loads(NEIGHBOURHOODS.read_text())
    centres = [
        (float(longitude), float(latitude)) for longitude, latitude in re.findall(r"([23]\.\d{3,}),\s*(51\.\d{3,})", json.dumps(rows))
    ]
    assert len(centres) > 40
    assert [centre for centre in centres if is_at_sea(*centre)] == []


def is_at_sea(longitude: float, latitude: float) -> bool:
    for (a, b), (c, d) in pairwise(MIDDENKUST_COAST):
        if a <= longitude < c:
            return latitude > b + (d - b) * (longitude - a) / (c - a)
    return False
