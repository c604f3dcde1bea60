"""Half-days as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opstap.bridges.spreadsheets.parsers.half_days import WEEKDAYS, parse_half_days
from opstap.bridges.spreadsheets.parsers.parsed import Context

CONTEXT = Context()
FULL_TIME = tuple(f"{day}_{part}" for day in WEEKDAYS[:5] for part in ("am", "pm"))
MORNINGS = tuple(f"{day}_am" for day in WEEKDAYS[:5])
DUTCH = dict(zip(WEEKDAYS, ("ma", "di", "wo", "do", "vr", "za", "zo"), strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("voltijds", FULL_TIME),
        ("Full-time", FULL_TIME),
        ("ma-vr", FULL_TIME),
        ("maandag t/m vrijdag", FULL_TIME),
        ("elke voormiddag", MORNINGS),
        ("ma-vr vm", MORNINGS),
        ("ma vm, do vm", ("mon_am", "thu_am")),
        ("MA VM; DO VM", ("mon_am", "thu_am")),
        ("maandagvoormiddag", None),
        ("maandag voormiddag en donderdag namiddag", ("mon_am", "thu_pm")),
        ("wo", ("wed_am", "wed_pm")),
        ("za nm", ("sat_pm",)),
        ("voltijds behalve woensdag", tuple(code for code in FULL_TIME if not code.startswith("wed"))),
        ("niet op vr nm", tuple(code for code in FULL_TIME if code != "fri_pm")),
        ("weekend", ("sat_am", "sat_pm", "sun_am", "sun_pm")),
    ],
)
def test_half_days_habit(text: str, expected: tuple[str, ...] | None) -> None:
    """Each habit gives its half-days in the order of the week; a word that is not understood gives none."""
    assert parse_half_days(text, CONTEXT).value == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("deeltijds", "spreadsheet.half_days_open"),
        ("ma vm, soms", "spreadsheet.half_days_unreadable"),
        ("vr-ma", "spreadsheet.half_days_unreadable"),
    ],
)
def test_half_days_refused(text: str, code: str) -> None:
    """What leaves open when the person can work is refused: only the person knows."""
    parsed = parse_half_days(text, CONTEXT)

    assert (parsed.value, parsed.problem and parsed.problem.code) == (None, code)


def test_half_days_day_without_part() -> None:
    """A list like "ma, di vm" is read narrowly, as both mornings, with a warning."""
    parsed = parse_half_days("ma, di vm", CONTEXT)

    assert (parsed.value, parsed.problem and parsed.problem.code) == (("mon_am", "tue_am"), "spreadsheet.half_days_narrowed")


@given(st.sets(st.tuples(st.sampled_from(WEEKDAYS), st.sampled_from(("am", "pm"))), min_size=1), st.sampled_from([", ", "; ", " en ", "+"]))
def test_half_days_round_trip(chosen: set[tuple[str, str]], separator: str) -> None:
    """Any set of half-days, written out, is read back as that set."""
    text = separator.join(f"{DUTCH[day]} {'vm' if part == 'am' else 'nm'}" for day, part in sorted(chosen))

    assert set(parse_half_days(text, CONTEXT).value or ()) == {f"{day}_{part}" for day, part in chosen}


@given(st.text(max_size=40))
def test_half_days_any_text(text: str) -> None:
    """No text breaks the parser."""
    parsed = parse_half_days(text, CONTEXT)

    assert parsed.value is None or len(parsed.value) > 0
