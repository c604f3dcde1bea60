"""Where people and places are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from opstap.desks.spreadsheet.geography import Spot, read_atlas
from opstap.engine.shared import Refused

LINES = [["Centrum", "Oostende", 8400, 2.9, 51.2], ["Stene", "Oostende", 8400, 2.94, 51.22], ["Dorp", "Bredene", 8450, 2.97, 51.24]]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Three neighbourhoods in two municipalities."""
    path = tmp_path / "wijken.json"
    path.write_text(json.dumps(LINES), encoding="utf-8")
    return path


def test_locate_neighbourhood(file: Path) -> None:
    """A neighbourhood is found by its name and municipality, however they are written."""
    assert read_atlas(file).locate("CENTRUM ", "oostende", None) == Spot((2.9, 51.2), "Centrum (Oostende)")


def test_locate_name_alone(file: Path) -> None:
    """A name that stands once in the atlas needs no municipality, and never counts for another one."""
    atlas = read_atlas(file)

    assert atlas.locate("Dorp", None, None) == Spot((2.97, 51.24), "Dorp (Bredene)")
    assert atlas.locate("Dorp", "Oostende", None) == Spot(pytest.approx((2.92, 51.21)), "")


@pytest.mark.parametrize(("municipality", "postcode"), [("Oostende", None), (None, "8400")])
def test_locate_middle(file: Path, municipality: str | None, postcode: str | None) -> None:
    """An unknown neighbourhood is the middle of its municipality or postcode, without a name."""
    assert read_atlas(file).locate("Nergens", municipality, postcode) == Spot(pytest.approx((2.92, 51.21)), "")


def test_locate_nowhere(file: Path) -> None:
    """Elsewhere is not known, and not guessed."""
    assert read_atlas(file).locate("Centrum", "Gent", "9000") is None


def test_atlas_of_middenkust() -> None:
    """The product knows the 54 neighbourhoods of Middenkust."""
    atlas = read_atlas()

    assert len(atlas.neighbourhoods) == 54
    assert atlas.locate("Vuurtoren", "Oostende", "8400") is not None


@pytest.mark.parametrize(
    ("text", "code"), [("{}[", "spreadsheet.bad_neighbourhoods"), ('[["Centrum", 1]]', "spreadsheet.bad_neighbourhoods")]
)
def test_atlas_refused(tmp_path: Path, text: str, code: str) -> None:
    """A file that is no atlas is refused by its name."""
    path = tmp_path / "wijken.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_atlas(path)

    assert (refused.value.reason.code, refused.value.reason.facts["file"]) == (code, "wijken.json")


def test_atlas_missing(tmp_path: Path) -> None:
    """A file that is not there is refused by its name."""
    with pytest.raises(Refused) as refused:
        read_atlas(tmp_path / "weg.json")

    assert refused.value.reason.code == "spreadsheet.file_missing"
