"""A list of places and mentors: offered once, updated by a later list, seats never below those in use."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from tests.factories import DAY, NOW, make_organisation, make_person, make_programme, make_referral
from tests.journey.imports.lists import GREEN, PLACE_COLUMNS, SYSTEM, apply_all, bring_places, row_of, statuses

from opstap.bridges.spreadsheets.places import MentorRow, read_mentor_again
from opstap.foundation.organisations.models import Mentor, Organisation, Site
from opstap.journey.imports.enums import ListKind
from opstap.journey.imports.models import Row
from opstap.journey.imports.operations import choose_values, correct_row, join_row, separate_row, upload_list
from opstap.journey.imports.queries.mentor_differences import mentor_differences
from opstap.journey.imports.queries.rows import row_page
from opstap.journey.matching.enums import ProposalState
from opstap.journey.matching.models import Proposal
from opstap.journey.mentoring.models import Certificate
from opstap.journey.places.models import Place, Seat
from opstap.journey.places.operations import PlaceTerms, change_place
from opstap.journey.referrals.enums import Stage

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
MENTOR_COLUMNS = ("Organisatie", "Mentor", "E-mail", "Mentoropleiding op", "Attest geldig tot", "Plaatsen")
ANN = {"Organisatie": "Groen vzw", "Mentor": "Ann Maes", "Mentoropleiding op": "01/02/2023", "Attest geldig tot": "01/02/2026"}
DEMO = Path(__file__).resolve().parents[3] / "demo" / "oostende"


def live_seats(place: Place) -> int:
    """Return how many seats the place offers."""
    return Seat.objects.filter(place=place, retired_on__isnull=True).count()


def test_place_comes_in_with_host_site_mentor_and_seats() -> None:
    """One row makes the host, its site, the mentor, the place and its seats."""
    programme = make_programme()
    batch = apply_all(bring_places(programme, GREEN))
    place = Place.objects.get()
    assert (place.title, place.half_days, place.instruments, place.starts_on) == ("groenwerker", 0b101, ["work_learning_place"], DAY)
    assert (place.organisation.name, place.organisation.kind, place.site.name) == ("Groen vzw", "nonprofit", "Park")
    assert (place.mentor and place.mentor.name, live_seats(place)) == ("Ann Maes", 2)
    assert [problem["reason"]["code"] for problem in row_of(batch, 1).problems] == ["imports.mentor_unknown"]


def test_same_places_again_change_nothing() -> None:
    """The same list again finds the same place."""
    programme = make_programme()
    apply_all(bring_places(programme, GREEN))
    again = apply_all(bring_places(programme, GREEN))
    assert (statuses(again), Place.objects.count(), Organisation.objects.count(), Site.objects.count()) == (["unchanged"], 1, 1, 1)


def test_later_list_changes_half_days_and_seats() -> None:
    """Other half-days and more or fewer seats update the place: retired seats stay, for what happened on them."""
    programme = make_programme()
    apply_all(bring_places(programme, GREEN))
    apply_all(bring_places(programme, GREEN | {"Halve dagen": "wo nm", "Aantal plaatsen": "3"}, at=LATER))
    place = Place.objects.get()
    assert (place.half_days, live_seats(place)) == (1 << 5, 3)
    apply_all(bring_places(programme, GREEN | {"Halve dagen": "wo nm", "Aantal plaatsen": "1"}, at=LATER + timedelta(hours=1)))
    assert (live_seats(place), Seat.objects.filter(place=place).count()) == (1, 3)


def test_seats_in_use_are_never_taken_away() -> None:
    """A list that says fewer seats than are spoken for leaves those, and the row says so."""
    programme = make_programme()
    apply_all(bring_places(programme, GREEN))
    place = Place.objects.get()
    for _ in range(2):
        referral = make_referral(make_person(), programme, stage=Stage.PROPOSED)
        Proposal.objects.create(
            referral=referral, person=referral.person, place=place, state=ProposalState.SENT.value, instrument="work_learning_place",
            starts_on=DAY, until_on=date(2024, 3, 1), created_by="test", created_at=NOW,
        )  # fmt: skip
    batch = apply_all(bring_places(programme, GREEN | {"Aantal plaatsen": "1"}))
    codes = [problem["reason"]["code"] for problem in row_of(batch, 1).problems]
    assert (live_seats(place), codes) == (2, ["imports.seats_in_use"])


def test_place_without_half_days_waits_for_a_correction() -> None:
    """What cannot be matched is not offered; corrected on the screen it comes in."""
    batch = apply_all(bring_places(make_programme(), GREEN | {"Halve dagen": ""}))
    row = row_of(batch, 1)
    assert (row.status, row.problems[0]["reason"]["code"]) == ("error", "imports.place_needs_half_days")
    assert correct_row(row=row, cells={"Halve dagen": "ma vm"}, by=SYSTEM, at=NOW).status == "ready_new"
    apply_all(batch)
    assert Place.objects.get().half_days == 1


def test_new_host_without_a_kind_is_asked_for_it() -> None:
    """Which kind of organisation a new host is, is never guessed."""
    batch = bring_places(make_programme(), GREEN | {"Soort": ""})
    assert (statuses(batch), row_of(batch, 1).problems[0]["reason"]["code"]) == (["error"], "imports.organisation_kind_missing")


@pytest.mark.parametrize(("same", "places"), [(True, 1), (False, 2)])
def test_same_place_twice_in_a_list_is_asked(same: bool, places: int) -> None:  # noqa: FBT001 - a parameter
    """Two rows with the same host, site, work, half-days and start: one place, or two, as somebody decides."""
    batch = bring_places(make_programme(), GREEN, GREEN)
    assert statuses(batch) == ["ready_new", "duplicate"]
    if same:
        join_row(row=row_of(batch, 2), candidate_id=row_of(batch, 1).pk, by=SYSTEM, at=NOW)
    else:
        separate_row(row=row_of(batch, 2), by=SYSTEM, at=NOW)
    apply_all(batch)
    assert Place.objects.count() == places


def test_places_of_oostende_come_in_as_they_are() -> None:
    """22 rows are 39 places with 18 mentors at four hosts; a second time everything is known."""
    programme = make_programme()
    data = (DEMO / "leerwerkplekken.xlsx").read_bytes()
    for expected in ({"applied"}, {"unchanged"}):
        batch = upload_list(programme=programme, kind=ListKind.PLACES, data=data, filename="l.xlsx", as_of=DAY, by=SYSTEM, at=NOW)
        apply_all(batch)
        assert set(statuses(batch)) == expected
    assert (Place.objects.count(), Seat.objects.count(), Mentor.objects.count(), Organisation.objects.count()) == (22, 39, 18, 4)
    assert not Mentor.objects.filter(name="Noor El Amrani", certified_on=None).exists()


def changed_by_host(place: Place, **terms: object) -> None:
    """Let the host change what the place asks."""
    now = {name: tuple(held) if isinstance(held := getattr(place, name), list) else held for name in PlaceTerms.__dataclass_fields__}
    change_place(place=place, terms=replace(PlaceTerms(**now), **terms), mentor=place.mentor, by=SYSTEM, at=LATER)  # type: ignore[arg-type] # any term


def to_decide(row: Row) -> list[str]:
    """Return the columns of which the row says that they were changed here since."""
    return [each["column"] for each in row.problems or [] if each["reason"]["code"] == "imports.changed_here_since"]


def test_list_does_not_overwrite_what_the_host_changed() -> None:
    """The same list again, and a list with other news, leave the host's half-days; the row tells of them, and applies its own news."""
    programme = make_programme()
    apply_all(bring_places(programme, GREEN))
    changed_by_host(Place.objects.get(), half_days=0b10)
    again = apply_all(bring_places(programme, GREEN, at=LATER))
    news = bring_places(programme, GREEN | {"Aantal plaatsen": "3"}, at=LATER + timedelta(hours=1))
    assert (statuses(again), to_decide(row_of(again, 1))) == (["unchanged"], ["Halve dagen"])
    assert (statuses(news), to_decide(row_of(news, 1))) == (["ready_update"], ["Halve dagen"])
    apply_all(news)
    place = Place.objects.get()
    assert (place.half_days, live_seats(place)) == (0b10, 3)


def test_change_here_gives_way_to_the_list_when_somebody_chooses() -> None:
    """Taking the list's value makes the row ready again, and applying it overwrites; keeping takes the question away."""
    programme = make_programme()
    apply_all(bring_places(programme, GREEN))
    changed_by_host(Place.objects.get(), half_days=0b10, title="tuinman")
    row = row_of(bring_places(programme, GREEN, at=LATER), 1)
    assert to_decide(row) == ["Functie", "Halve dagen"]
    row = choose_values(row=row, take=["half_days"], keep=["title"], by=SYSTEM, at=LATER)
    assert (to_decide(row), row.status) == ([], "ready_update")
    apply_all(row.batch, at=LATER)
    place = Place.objects.get()
    assert (place.half_days, place.title) == (0b101, "tuinman")


def test_older_list_of_places_overwrites_nothing() -> None:
    """A list of an earlier day that comes in late is only shown: what a later list said stays."""
    programme = make_programme()
    apply_all(bring_places(programme, GREEN | {"Aantal plaatsen": "4"}))
    old = bring_places(programme, GREEN, as_of=DAY - timedelta(days=30), at=LATER)
    assert (statuses(old), to_decide(row_of(old, 1))) == (["unchanged"], ["Aantal plaatsen"])
    assert live_seats(Place.objects.get()) == 4


def test_typed_cell_of_a_place_is_a_choice() -> None:
    """What a coordinator types in a row of an applied list counts, though the place says otherwise by now."""
    programme = make_programme()
    batch = apply_all(bring_places(programme, GREEN))
    changed_by_host(Place.objects.get(), half_days=0b10)
    correct_row(row=row_of(batch, 1), cells={"Halve dagen": "vr vm"}, by=SYSTEM, at=LATER)
    apply_all(batch, at=LATER)
    assert Place.objects.get().half_days == 1 << 8


def test_column_that_a_list_does_not_have_says_nothing() -> None:
    """Hours and tasks that were filled in here stay without a question when the list has no such columns."""
    programme = make_programme()
    apply_all(bring_places(programme, GREEN))
    changed_by_host(Place.objects.get(), hours_per_month=32, tasks="hagen scheren")
    again = apply_all(bring_places(programme, GREEN | {"Aantal plaatsen": "3"}, at=LATER))
    place = Place.objects.get()
    assert (place.hours_per_month, place.tasks, live_seats(place), to_decide(row_of(again, 1))) == (32, "hagen scheren", 3, [])


def mentor_row(**changed: str) -> MentorRow:
    """Return Ann's row of a list of mentors, read as the product reads it."""
    value = read_mentor_again(ANN | changed, sheet="Mentoren", number=2, on=DAY).value
    assert value is not None
    return value


def make_ann() -> Mentor:
    """Return Ann with a certificate that a list told of."""
    host = make_organisation("Groen vzw")
    return Mentor.objects.create(organisation=host, name="Ann Maes", certified_on=date(2023, 2, 1), certified_until=date(2026, 2, 1))


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, {}),
        ({"Mentoropleiding op": "", "Attest geldig tot": ""}, {}),
        ({"Mentoropleiding op": "vervallen", "Attest geldig tot": ""}, {"certified_on": None, "certified_until": None}),
        ({"Mentoropleiding op": "Geen"}, {"certified_on": None, "certified_until": None}),
        ({"Attest geldig tot": "geen"}, {"certified_until": None}),
        ({"Attest geldig tot": "01/06/2023"}, {"certified_until": date(2023, 6, 1)}),
    ],
)
def test_list_ends_a_certificate_only_when_it_says_so(changed: dict[str, str], expected: dict[str, date | None]) -> None:
    """An empty cell says nothing; a word that there is none, or another last day, is what applying changes."""
    found = mentor_differences(make_ann(), mentor_row(**changed))
    assert {each.name: each.new for each in found} == expected


def test_certificate_given_here_stays_whatever_a_list_says() -> None:
    """The register of the product is not emptied by a list."""
    mentor = make_ann()
    Certificate.objects.create(mentor=mentor, issued_on=date(2023, 2, 1), number="1", issued_by="test", issued_at=NOW)
    assert mentor_differences(mentor, mentor_row(**{"Mentoropleiding op": "geen", "Attest geldig tot": ""})) == ()


def test_preview_tells_what_applying_then_does() -> None:
    """The row's page says that the certificate becomes empty, and applying does exactly that; nobody else of that name is touched."""
    programme = make_programme()
    apply_all(bring_places(programme, GREEN))
    mentor = Mentor.objects.get()
    Mentor.objects.update(certified_on=date(2023, 2, 1), certified_until=date(2026, 2, 1))
    other = Mentor.objects.create(organisation=make_organisation("Elders vzw"), name="Ann Maes", certified_on=DAY)
    book = openpyxl.Workbook()
    gone = ANN | {"Mentoropleiding op": "ingetrokken", "Attest geldig tot": ""}
    for title, columns, line in (("Plaatsen", PLACE_COLUMNS, GREEN), ("Mentoren", MENTOR_COLUMNS, gone)):
        sheet = book.create_sheet(title)
        sheet.append(columns)
        sheet.append([line.get(name, "") for name in columns])
    del book["Sheet"]
    data = BytesIO()
    book.save(data)
    batch = upload_list(programme=programme, kind=ListKind.PLACES, data=data.getvalue(), filename="l.xlsx", as_of=DAY, by=SYSTEM, at=LATER)
    row = Row.objects.get(batch=batch, kind="mentor")
    shown = [(each.name, each.new) for each in row_page(SYSTEM, row).changes]
    apply_all(batch)
    mentor.refresh_from_db()
    other.refresh_from_db()
    assert (row.status, shown) == ("ready_update", [("certified_on", None), ("certified_until", None)])
    assert (mentor.certified_on, mentor.certified_until, other.certified_on) == (None, None, DAY)
