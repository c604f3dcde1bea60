"""The words and colours of the sheets."""

from __future__ import annotations

from datetime import date

import pytest

from opstap.bridges.spreadsheets.output import Badge, Tone
from opstap.bridges.spreadsheets.people import PersonRow
from opstap.bridges.spreadsheets.places import PlaceRow, PlacesReading
from opstap.bridges.spreadsheets.reading import Reading, ReadRow
from opstap.desks.spreadsheet.assembly.people import PersonCase
from opstap.desks.spreadsheet.assembly.round import RoundOptions, build_round
from opstap.desks.spreadsheet.geography import read_atlas
from opstap.desks.spreadsheet.sheets.badges import badge_columns, badges_of
from opstap.desks.spreadsheet.sheets.speaker import Speaker
from opstap.engine.shared.vocabulary import half_day_mask

ON = date(2023, 9, 1)
DUTCH = Speaker("nl")


def cases_of(*people: PersonRow) -> tuple[PersonCase, ...]:
    """Return the people of a round with one place for community service."""
    place = PlaceRow(organisation="Stad", function="kok", capacity=1, half_days=("mon_am",), instruments=("community_service",))
    rows = tuple(ReadRow("Blad", number, {}, person) for number, person in enumerate(people, start=2))
    places = Reading("plaatsen.xlsx", (ReadRow("Blad", 2, {}, place),))
    lists = Reading("mensen.xlsx", rows), PlacesReading(places, Reading("plaatsen.xlsx", ()))
    return build_round(*lists, RoundOptions(ON), read_atlas()).people


@pytest.mark.parametrize(
    ("facts", "code", "badge"),
    [
        ({"municipality": "Oostende"}, "lives_in_region", Badge("voldaan", Tone.MET)),
        ({"municipality": "Gent"}, "lives_in_region", Badge("niet voldaan", Tone.NOT_MET)),
        ({}, "lives_in_region", Badge("onbekend", Tone.UNKNOWN)),
        ({"registered_since": date(2022, 1, 15)}, "registered_long_enough", Badge("niet voldaan tot 15/01/2024", Tone.UNTIL)),
        ({"income": "living_wage"}, "income_not_forbidden", Badge("niet voldaan", Tone.NOT_MET)),
    ],
)
def test_badge(facts: dict[str, object], code: str, badge: Badge) -> None:
    """A condition is met, not met, unknown, or changes on a date; word and colour say the same."""
    cases = cases_of(PersonRow(last_name="Haddad", client_number="1", **facts))  # type: ignore[arg-type] # the names of the fields are those of the row
    columns = badge_columns(cases)
    badges = dict(zip([column.code for column in columns], badges_of(cases[0], columns, DUTCH), strict=True))

    assert badges[code] == badge


def test_badge_columns_once_per_condition() -> None:
    """Every condition of the programme's entry rule and of the instrument has its column, once."""
    codes = [column.code for column in badge_columns(cases_of(PersonRow(last_name="Haddad"), PersonRow(last_name="Peeters")))]

    assert codes == [
        "lives_in_region",
        "registered_long_enough",
        "on_benefit",
        "benefit_not_ended",
        "instrument_open",
        "income_not_forbidden",
        "income_allowed",
    ]


@pytest.mark.parametrize(
    ("codes", "dutch", "english"),
    [
        (("mon_am", "tue_pm"), "ma vm, di nm", "Mon morning, Tue afternoon"),
        (tuple(f"{day}_{part}" for day in ("mon", "tue", "wed", "thu", "fri") for part in ("am", "pm")), "voltijds", "full-time"),
    ],
)
def test_half_days_as_a_sheet_writes_them(codes: tuple[str, ...], dutch: str, english: str) -> None:
    """Half-days are written the way the reader reads them."""
    mask = half_day_mask(codes)

    assert (DUTCH.half_days(mask), Speaker("en").half_days(mask)) == (dutch, english)
