"""A list of people: new, changed, unchanged, the same person twice, and never twice the same effect."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import override_settings
from tests.factories import DAY, NOW, make_actor, make_organisation, make_person, make_programme, make_referral, make_user, take_part
from tests.journey.imports.lists import ELIF, JAN, SYSTEM, apply_all, bring, row_of, statuses

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Role
from opstap.foundation.audit.models import AuditEntry
from opstap.foundation.programmes.enums import Part
from opstap.journey.imports.enums import ListKind
from opstap.journey.imports.models import Row
from opstap.journey.imports.operations import choose_values, correct_row, discard_batch, join_row, separate_row, skip_row, upload_list
from opstap.journey.people.enums import FactSource
from opstap.journey.people.models import FactChange, KeptApart, Person
from opstap.journey.people.operations import set_facts
from opstap.journey.referrals.enums import Stage
from opstap.journey.referrals.models import Referral

pytestmark = pytest.mark.django_db
DEMO = Path(__file__).resolve().parents[3] / "demo" / "oostende"


def problems_of(row: Row) -> list[tuple[str, str]]:
    """Return the column and reason code of a row's problems."""
    return [(problem["column"], problem["reason"]["code"]) for problem in row.problems or []]


def test_upload_changes_nothing_yet() -> None:
    """A preview has a row per row, and no person is made."""
    batch = bring(make_programme(), ELIF, JAN)
    assert (statuses(batch), Person.objects.count(), batch.status) == (["ready_new", "ready_new"], 0, "preview")


def test_apply_makes_records_with_referral_source_and_audit() -> None:
    """A new person has their facts with the list as proof, a referral to the counsellor named in the list, and audit rows."""
    programme, organisation = make_programme(), make_organisation()
    take_part(programme, organisation, Part.COUNSELS)
    counsellor = make_user(Role.COUNSELLOR, name="Griet Hoste", organisation=organisation)
    batch = apply_all(bring(programme, ELIF | {"Trajectbegeleider": "hoste griet"}))
    person = Person.objects.get()
    referral = Referral.objects.get()
    assert (person.national_number, person.phone, person.half_days, person.dutch_level) == ("84653019755", "+32478123456", 0b101, "A2")
    assert (referral.person, referral.counsellor, referral.stage, referral.referred_on) == (person, counsellor, "open", DAY)
    fact = FactChange.objects.get(person=person, name="dutch_level")
    assert (fact.source, fact.proof, fact.recorded_by) == ("import", f"lijst.csv (2023-09-01), lijst {2}", "test")
    made = AuditEntry.objects.get(action="register_person", person_id=person.pk)
    assert made.facts == {"batch": str(batch.pk), "row": 2}
    assert (statuses(batch), batch.status) == (["applied"], "applied")


def test_same_list_again_changes_nothing() -> None:
    """Importing the same list again finds everybody and adds nothing: no record, no fact, no referral."""
    programme = make_programme()
    apply_all(bring(programme, ELIF, JAN))
    before = (Person.objects.count(), FactChange.objects.count(), Referral.objects.count())
    again = bring(programme, ELIF, JAN)
    assert (statuses(again), again.status) == (["unchanged", "unchanged"], "applied")
    apply_all(again)
    assert (Person.objects.count(), FactChange.objects.count(), Referral.objects.count()) == before


def test_later_list_updates_and_empty_cells_erase_nothing() -> None:
    """A later list changes what it says otherwise; what it leaves empty stays known; "Y?lmaz" does not spoil a name."""
    programme = make_programme()
    apply_all(bring(programme, ELIF))
    later = bring(programme, ELIF | {"Naam": "Y?lmaz", "Kennis Nederlands": "B1", "Gsm": "", "INSZ": ""}, as_of=DAY, at=NOW)
    assert statuses(later) == ["ready_update"]
    apply_all(later)
    person = Person.objects.get()
    assert (person.last_name, person.dutch_level, person.phone, person.national_number) == ("Yılmaz", "B1", "+32478123456", "84653019755")


def test_fact_that_a_counsellor_noted_later_stays() -> None:
    """An older list does not overwrite what a counsellor noted since; the contradiction is shown, and can be taken."""
    programme = make_programme()
    apply_all(bring(programme, ELIF))
    person = Person.objects.get()
    noted = NOW + timedelta(days=3)
    set_facts(
        person=person, facts={"dutch_level": "B2"}, version=1, source=FactSource.COUNSELLOR,
        within=Referral.objects.none(), by=SYSTEM, at=noted,
    )  # fmt: skip
    again = bring(programme, ELIF, at=NOW + timedelta(days=4))
    row = row_of(again, 1)
    assert (row.status, problems_of(row)) == ("unchanged", [("Kennis Nederlands", "imports.known_otherwise")])
    taken = choose_values(row=row, take=["dutch_level"], keep=[], by=SYSTEM, at=NOW + timedelta(days=4))
    assert (taken.status, problems_of(taken)) == ("ready_update", [])
    apply_all(again, at=NOW + timedelta(days=4))
    assert Person.objects.get().dutch_level == "A2"


def test_list_of_an_earlier_day_does_not_overwrite_a_later_list() -> None:
    """Lists may come in the wrong order; the later day wins, whatever comes in last."""
    programme = make_programme()
    apply_all(bring(programme, ELIF | {"Kennis Nederlands": "B1"}))
    older = bring(programme, ELIF, as_of=DAY - timedelta(days=60))
    assert statuses(older) == ["unchanged"]
    assert Person.objects.get().dutch_level == "B1"


def test_same_person_twice_in_a_list_becomes_one_record() -> None:
    """The same name and birth date, or the same number, is one person; what the second row adds is filled in, nothing is overwritten."""
    programme = make_programme()
    twice = {"Naam": "YILMAZ", "Voornaam": "Elif", "Geboortedatum": "1984-05-30", "E-mail": "elif@example.be", "Kennis Nederlands": "C1"}
    batch = bring(programme, ELIF, twice, JAN)
    assert statuses(batch) == ["ready_new", "ready_update", "ready_new"]
    apply_all(batch)
    person = Person.objects.get(client_number="1001")
    assert (Person.objects.count(), person.email, person.dutch_level, person.last_name) == (2, "elif@example.be", "A2", "Yılmaz")


def test_probable_duplicate_waits_for_a_person() -> None:
    """The same telephone and name with another birth date is asked, not decided: nothing is made of the row meanwhile."""
    programme = make_programme()
    apply_all(bring(programme, JAN))
    other = JAN | {"Klantnummer": "2002", "Geboortedatum": "04/08/1990"}
    batch = apply_all(bring(programme, other))
    assert (statuses(batch), Person.objects.count()) == (["duplicate"], 1)


def test_kept_apart_is_never_asked_again() -> None:
    """After "not the same" the row is a person of their own, and the same row in a later list is them, without a question."""
    programme = make_programme()
    apply_all(bring(programme, JAN))
    nameless = {"Naam": "Peeters", "Voornaam": "Jan", "Gsm": "0470 71 19 03"}
    batch = bring(programme, nameless)
    row = separate_row(row=row_of(batch, 1), by=SYSTEM, at=NOW)
    assert row.status == "ready_new"
    apply_all(batch)
    assert (Person.objects.count(), KeptApart.objects.count()) == (2, 1)
    again = bring(programme, nameless)
    assert (statuses(again), row_of(again, 1).match_id) == (["unchanged"], row_of(batch, 1).applied_to)


def test_merged_row_fills_in_and_is_never_asked_again() -> None:
    """After "the same person" the row belongs to the known record, now and in later lists."""
    programme = make_programme()
    apply_all(bring(programme, JAN))
    known = Person.objects.get()
    shy = {"Naam": "Peeters", "Voornaam": "Jan", "Gsm": "0470 71 19 03", "E-mail": "jan@example.be"}
    batch = bring(programme, shy)
    join_row(row=row_of(batch, 1), candidate_id=known.pk, by=SYSTEM, at=NOW)
    apply_all(batch)
    assert (Person.objects.get().email, row_of(batch, 1).applied_to) == ("jan@example.be", known.pk)
    assert statuses(bring(programme, shy)) == ["unchanged"]


def test_probable_duplicate_within_a_list_kept_apart() -> None:
    """Two rows of one list that look alike are two people when somebody says so, and that is noted."""
    programme = make_programme()
    twin = JAN | {"Klantnummer": "2002", "Geboortedatum": "04/08/1990"}
    batch = bring(programme, JAN, twin)
    assert statuses(batch) == ["ready_new", "duplicate"]
    separate_row(row=row_of(batch, 2), by=SYSTEM, at=NOW)
    apply_all(batch)
    assert (Person.objects.count(), KeptApart.objects.count(), statuses(batch)) == (2, 1, ["applied", "applied"])


def test_question_left_open_is_asked_again_in_the_next_list() -> None:
    """A probable duplicate that nobody decided on does not slip in when the same list comes again."""
    programme = make_programme()
    twin = {"Klantnummer": "2002", "Naam": "Peters", "Voornaam": "Jan", "Geboortedatum": "03/08/1970"}
    apply_all(bring(programme, JAN, twin))
    assert statuses(apply_all(bring(programme, JAN, twin))) == ["unchanged", "duplicate"]
    assert Person.objects.count() == 1


def test_cell_that_cannot_be_read_is_mended_later() -> None:
    """A wrong telephone does not keep somebody out; corrected after applying, the row updates the record."""
    programme = make_programme()
    batch = apply_all(bring(programme, JAN | {"Gsm": "047812345"}))
    row = row_of(batch, 1)
    assert (row.status, row.errors, Person.objects.get().phone) == ("applied", 1, "")
    mended = correct_row(row=row, cells={"Gsm": "0478 12 34 50"}, by=SYSTEM, at=NOW)
    assert (mended.status, mended.errors, mended.raw["Gsm"]) == ("ready_update", 0, "047812345")
    apply_all(batch)
    assert Person.objects.get().phone == "+32478123450"


def test_row_without_a_name_is_kept_and_corrected() -> None:
    """A row that names nobody is in error with its cells kept; with a name it is somebody new."""
    programme = make_programme()
    batch = apply_all(bring(programme, {"Gemeente": "Oostende", "Gsm": "0478 12 34 56"}))
    row = row_of(batch, 1)
    assert (row.status, row.raw["Gemeente"], Person.objects.count()) == ("error", "Oostende", 0)
    assert correct_row(row=row, cells={"Naam": "Peeters"}, by=SYSTEM, at=NOW).status == "ready_new"


@pytest.mark.parametrize(
    ("allowed", "number", "code"),
    [((False, True), "84.65.30-197.55", "imports.test_number_refused"), ((True, False), "85.07.30-033.28", "imports.real_number_refused")],
)
def test_number_that_does_not_belong_here_is_not_kept(allowed: tuple[bool, bool], number: str, code: str) -> None:
    """Production refuses test numbers, anything else refuses real-looking ones; the number is nowhere, and the row can be corrected."""
    with override_settings(TEST_NUMBERS_ALLOWED=allowed[0], REAL_NUMBERS_ALLOWED=allowed[1]):
        row = row_of(bring(make_programme(), JAN | {"INSZ": number}), 1)
        assert (row.status, row.value, problems_of(row), row.raw["INSZ"]) == ("error", None, [("INSZ", code)], "•••")
        same = correct_row(row=row, cells={"Gemeente": "Oostende"}, by=SYSTEM, at=NOW)
        assert (same.status, problems_of(same)) == ("error", [("INSZ", code)])
        assert correct_row(row=same, cells={"INSZ": ""}, by=SYSTEM, at=NOW).status == "ready_new"


def test_skipped_leader_lets_its_follower_stand_alone() -> None:
    """A row that was left out takes nobody with it: the second row about the same person is somebody new."""
    batch = bring(make_programme(), ELIF, ELIF | {"Klantnummer": "", "E-mail": "elif@example.be"})
    skip_row(row=row_of(batch, 1), by=SYSTEM, at=NOW)
    apply_all(batch)
    assert (statuses(batch), Person.objects.get().email) == (["skipped", "applied"], "elif@example.be")


def test_closed_referral_is_opened_again_only_by_a_later_date() -> None:
    """The same list does not bring back who left the programme."""
    programme = make_programme()
    apply_all(bring(programme, JAN))
    Referral.objects.update(stage=Stage.CLOSED.value)
    apply_all(bring(programme, JAN))
    assert list(Referral.objects.values_list("stage", flat=True)) == ["closed"]


def test_known_person_of_another_programme_is_referred_once_more() -> None:
    """Somebody known elsewhere keeps one record and gets a referral here."""
    person = make_person("Peeters", "Jan", client_number="1002", birth_date=date(1970, 8, 3), phone="+32470711903")
    make_referral(person, make_programme())
    programme = make_programme()
    apply_all(bring(programme, JAN))
    assert (Person.objects.count(), Referral.objects.filter(programme=programme).count()) == (1, 1)


def test_only_coordinators_of_the_programme_import() -> None:
    """A coordinator of another programme is refused, also for a list that is there already."""
    programme = make_programme()
    stranger = make_actor(Role.COORDINATOR, programme=make_programme())
    batch = bring(programme, JAN)
    for attempt in (
        lambda: bring(programme, JAN, by=stranger),
        lambda: apply_all(batch, by=stranger),
        lambda: correct_row(row=row_of(batch, 1), cells={"Naam": "X"}, by=stranger, at=NOW),
        lambda: discard_batch(batch=batch, by=stranger, at=NOW),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.reason == Reason("imports.may_not_import")


def test_discarded_list_is_not_applied() -> None:
    """A list that was put aside stays to be seen and changes nothing."""
    batch = bring(make_programme(), JAN)
    discard_batch(batch=batch, by=SYSTEM, at=NOW)
    with pytest.raises(Refused) as refused:
        apply_all(batch)
    assert (refused.value.reason.code, Row.objects.count(), Person.objects.count()) == ("imports.list_discarded", 1, 0)


def test_file_that_is_no_list_is_refused_with_what_to_do() -> None:
    """A file that cannot be read leaves nothing behind, and the reason says why."""
    with pytest.raises(Refused) as refused:
        upload_list(programme=make_programme(), kind=ListKind.PEOPLE, data=b"%PDF-1.7", filename="x.pdf", as_of=DAY, by=SYSTEM, at=NOW)
    assert (refused.value.reason, Row.objects.count()) == (Reason("spreadsheet.wrong_type", {"kind": "PDF"}), 0)


def test_long_list_is_applied_in_parts() -> None:
    """Parts of any size give the same records: leaders before their followers, nobody twice."""
    programme = make_programme()
    people = [{"Klantnummer": str(5000 + n), "Naam": f"Familie{n:03}", "Voornaam": "Noor"} for n in range(23)]
    doubled = [person | {"E-mail": f"noor{n}@example.be"} for n, person in enumerate(people)]
    batch = apply_all(bring(programme, *people, *doubled), limit=7)
    assert (Person.objects.count(), Person.objects.filter(email="").count(), set(statuses(batch))) == (23, 0, {"applied"})


def test_lists_of_oostende_come_in_as_they_are() -> None:
    """The demonstration's list of 326 rows is 319 people, six rows about somebody above them, one question; as CSV it is the same."""
    programme = make_programme(municipalities=["Oostende", "Bredene", "De Haan", "Gistel", "Ichtegem", "Middelkerke", "Oudenburg"])
    data = (DEMO / "werkzoekenden.xlsx").read_bytes()
    batch = upload_list(programme=programme, kind=ListKind.PEOPLE, data=data, filename="w.xlsx", as_of=DAY, by=SYSTEM, at=NOW)
    counted = sorted((status, statuses(batch).count(status)) for status in set(statuses(batch)))
    assert sum(count for _, count in counted) == 326
    apply_all(batch)
    assert (Person.objects.count(), Referral.objects.count(), statuses(batch).count("duplicate")) == (319, 319, 1)
    text = (DEMO / "werkzoekenden.csv").read_bytes()
    again = upload_list(programme=programme, kind=ListKind.PEOPLE, data=text, filename="w.csv", as_of=DAY, by=SYSTEM, at=NOW)
    assert sorted(set(statuses(again))) == ["duplicate", "unchanged"]


def test_rows_left_out_keep_their_number_and_not_their_text() -> None:
    """A total or a repeated heading is named by its row and cause; its text, which may hold a name, is kept nowhere but in the file."""
    total = {"Klantnummer": "Totaal: Elif en Jan"}
    batch = bring(make_programme(), ELIF, JAN, total)
    assert batch.notes["skipped"] == [{"number": 4, "code": "spreadsheet.totals_row"}]
