"""Where neighbourhoods lie, so that travel time can be computed without asking anyone outside."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean

from opstap.bridges.spreadsheets.cells import fold
from opstap.engine.shared import Reason, Refused

MIDDENKUST = Path(__file__).resolve().parent / "neighbourhoods.json"
"""The 54 neighbourhoods of Middenkust: name, municipality, postcode, longitude, latitude (names and centres are facts)."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A point (longitude, latitude in degrees); `name` is the neighbourhood, "" when it is the middle of a municipality."""

    point: Point
    name: str = ""


@dataclass(frozen=True)
class Atlas:
    """Centres by neighbourhood, and middles of municipalities and postcodes."""

    neighbourhoods: Mapping[tuple[str, str], Spot] = field(default_factory=dict)
    by_name: Mapping[str, tuple[Spot, ...]] = field(default_factory=dict)
    middles: Mapping[str, Point] = field(default_factory=dict)

    def locate(self, neighbourhood: str | None, municipality: str | None, postcode: str | None) -> Spot | None:
        """Return where it is: the neighbourhood's centre, else the middle of the municipality or postcode, else None."""
        name, town = fold(neighbourhood or ""), fold(municipality or "")
        found = self.neighbourhoods.get((name, town))
        named = self.by_name.get(name, ())
        if found is None and len(named) == 1 and not town:
            found = named[0]
        if found is not None:
            return found
        middle = self.middles.get(town) or self.middles.get(postcode or "")
        return Spot(middle) if middle else None


def read_atlas(path: Path = MIDDENKUST) -> Atlas:
    """Return the atlas of a JSON file with lines [name, municipality, postcode, longitude, latitude]; raises Refused with the reason."""
    try:
        lines = json.loads(path.read_text(encoding="utf-8"))
        return _atlas([(str(name), str(town), str(code), float(east), float(north)) for name, town, code, east, north in lines])
    except FileNotFoundError as error:
        raise Refused(Reason("spreadsheet.file_missing", {"file": path.name})) from error
    except (OSError, ValueError, TypeError) as error:
        raise Refused(Reason("spreadsheet.bad_neighbourhoods", {"file": path.name})) from error


def _atlas(lines: Iterable[tuple[str, str, str, float, float]]) -> Atlas:
    exact: dict[tuple[str, str], Spot] = {}
    by_name: defaultdict[str, list[Spot]] = defaultdict(list)
    within: defaultdict[str, list[Point]] = defaultdict(list)
    for name, town, postcode, east, north in lines:
        spot = Spot((east, north), f"{name} ({town})")
        exact[fold(name), fold(town)] = spot
        by_name[fold(name)].append(spot)
        within[fold(town)].append((east, north))
        within[postcode].append((east, north))
    middles = {name: (fmean(point[0] for point in points), fmean(point[1] for point in points)) for name, points in within.items()}
    return Atlas(exact, {name: tuple(spots) for name, spots in by_name.items()}, middles)
