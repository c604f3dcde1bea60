"""The map in docs/house.md is the territory: every room and desk is on it, and nothing that is not there."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

from laws.source import PACKAGE, ROOT

STOREYS = ("engine", "bridges", "foundation", "journey", "steering", "desks")
ROOM_ON_THE_MAP = re.compile(r"^\| `(?P<storey>\w+)/(?P<room>\w+)` \|", re.MULTILINE)


def rooms(*storeys: str) -> list[str]:
    """Return the rooms that exist as "storey/room": folders with Python in them."""
    folders = [folder for storey in storeys for folder in sorted((PACKAGE / storey).glob("*")) if folder.is_dir()]
    return [f"{folder.parent.name}/{folder.name}" for folder in folders if any(folder.glob("*.py"))]


def contract(name: str) -> configparser.SectionProxy:
    """Return one contract of the import laws."""
    laws = configparser.ConfigParser()
    laws.read(ROOT / ".importlinter")
    return laws[f"importlinter:contract:{name}"]


def test_map_shows_every_room() -> None:
    """A newcomer finds each room on the list, and no room that is only a wish."""
    shown = {f"{found['storey']}/{found['room']}" for found in ROOM_ON_THE_MAP.finditer((ROOT / "docs" / "house.md").read_text())}
    assert shown == set(rooms(*STOREYS))


def test_shelves_are_checked_in_every_room() -> None:
    """The order of shelves holds in all rooms of foundation, journey and steering."""
    checked = {name.removeprefix("opstap.").replace(".", "/") for name in contract("shelves")["containers"].split()}
    assert checked == set(rooms("foundation", "journey", "steering"))


def test_journey_law_lists_rooms_in_order() -> None:
    """The import law knows each room of the journey once."""
    listed = contract("journey")["layers"].split()
    assert sorted(listed) == sorted(Path(room).name for room in rooms("journey"))
