"""A record changes with a source behind every fact, and two records become one without losing a history."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.factories import DAY, NOW, make_actor, make_organisation, make_person, make_programme, make_referral, make_user

from opstap.engine.shared import Reason, Refused
from opstap.foundation.access.queries import actor_for
from opstap.foundation.actor import Actor, Role, person_actor, system_actor
from opstap.foundation.audit.models import AuditEntry
from opstap.journey.people.enums import FactSource
from opstap.journey.people.models import FactChange, Person
from opstap.journey.people.operations import Draft, merge_people, register_person, set_facts, update_contact
from opstap.journey.people.queries import history, person_for
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.queries import followed_referrals

pytestmark = pytest.mark.django_db
NOBODY = Referral.objects.none()


def followed_person(**facts: object) -> tuple[Person, Actor]:
    """Return a person and the counsellor who follows them."""
    organisation = make_organisation()
    user = make_user(Role.COUNSELLOR, organisation=organisation)
    person = make_person(**facts)
    make_referral(person, make_programme(), counsellor=user, organisation=organisation)
    return person, actor_for(user, DAY)


def test_register_person_keeps_where_facts_come_from() -> None:
    """A new record has a fact row for everything known that rules ask for, and one audit row."""
    by = make_actor(Role.COUNSELLOR, organisation=make_organisation())
    values = {"last_name": "Kaya", "first_name": "Emre", "dutch_level": "A2", "limits": ["lifting"], "income": None}
    person = register_person(draft=Draft(values, proof="gesprek"), by=by, at=NOW)
    facts = set(FactChange.objects.filter(person=person).values_list("name", "source", "proof"))
    assert facts == {("dutch_level", "counsellor", "gesprek"), ("limits", "counsellor", "gesprek")}
    assert (person.folded_name, person.version) == ("kaya emre", 1)
    assert list(AuditEntry.objects.filter(person_id=person.pk).values_list("action", flat=True)) == ["register_person"]


def test_register_person_refuses_a_client_number_in_use() -> None:
    """The same client number twice is refused, and the reason names it."""
    make_person(client_number="123")
    with pytest.raises(Refused) as refused:
        register_person(draft=Draft({"last_name": "Kaya", "client_number": "123"}), by=system_actor("test"), at=NOW)
    assert refused.value.reason == Reason("people.client_number_in_use", {"number": "123"})


def test_set_facts_seals_the_value_and_counts_the_version() -> None:
    """A fact is changed by who follows the person; its value is sealed, its proof and end are kept."""
    person, counsellor = followed_person()
    changed = set_facts(
        person=person, facts={"work_limitation_right": "imw_2", "dutch_level": None}, version=1, source=FactSource.DOCUMENT,
        proof="beslissing VDAB", holds_until=date(2025, 9, 1), within=followed_referrals(counsellor), by=counsellor, at=NOW,
    )  # fmt: skip
    fact = FactChange.objects.get(person=person)
    assert changed == ("work_limitation_right",)
    assert (fact.value, fact.proof, fact.holds_until, person.version) == ("imw_2", "beslissing VDAB", date(2025, 9, 1), 2)
    assert Person.objects.get(pk=person.pk).work_limitation_right == "imw_2"


def test_set_facts_refuses_who_does_not_follow_the_person() -> None:
    """Another counsellor cannot change the record."""
    person, _ = followed_person()
    stranger = make_actor(Role.COUNSELLOR, organisation=make_organisation())
    with pytest.raises(Refused) as refused:
        set_facts(
            person=person, facts={"income": "none"}, version=1, source=FactSource.COUNSELLOR,
            within=followed_referrals(stranger), by=stranger, at=NOW,
        )  # fmt: skip
    assert refused.value.reason == Reason("people.may_not_change")


def test_set_facts_says_what_changed_meanwhile() -> None:
    """Who saves on top of a colleague's change is told which facts changed, and nothing is overwritten."""
    person, counsellor = followed_person()
    within = followed_referrals(counsellor)
    first = Person.objects.get(pk=person.pk)
    set_facts(person=first, facts={"income": "living_wage"}, version=1, source=FactSource.COUNSELLOR, within=within, by=counsellor, at=NOW)
    with pytest.raises(Refused) as refused:
        set_facts(person=person, facts={"income": "none"}, version=1, source=FactSource.COUNSELLOR, within=within, by=counsellor, at=NOW)
    assert refused.value.reason == Reason("people.changed_meanwhile", {"changed": ("income",)})
    assert Person.objects.get(pk=person.pk).income == "living_wage"


@pytest.mark.parametrize(("name", "value"), [("income", "lottery"), ("limits", ["flying"]), ("half_days", 1 << 14), ("dutch_level", "Z9")])
def test_set_facts_refuses_a_value_that_cannot_be(name: str, value: object) -> None:
    """A code that does not exist is refused by name, not stored."""
    person, counsellor = followed_person()
    with pytest.raises(Refused) as refused:
        set_facts(
            person=person, facts={name: value}, version=1, source=FactSource.COUNSELLOR,
            within=followed_referrals(counsellor), by=counsellor, at=NOW,
        )  # fmt: skip
    assert (refused.value.reason.code, refused.value.reason.facts["fact"]) == ("people.value_not_allowed", name)


def set_one(name: str, value: object, **known: object) -> tuple[str, ...]:
    """Record one fact of somebody of whom the others are known, on DAY."""
    person, counsellor = followed_person(**known)
    return set_facts(
        person=person, facts={name: value}, version=1, source=FactSource.COUNSELLOR,
        within=followed_referrals(counsellor), by=counsellor, at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("birth_date", DAY + timedelta(days=1), "people.day_not_possible"),
        ("birth_date", date(1899, 12, 31), "people.day_not_possible"),
        ("registered_since", DAY + timedelta(days=1), "people.day_not_possible"),
        ("benefit_since", DAY + timedelta(days=1), "people.day_not_possible"),
        ("work_limitation_until", date(2100, 1, 2), "people.day_not_possible"),
        ("registered_since", date(1979, 12, 31), "people.before_birth"),
        ("birth_date", date(2021, 1, 2), "people.before_birth"),
        ("travel_minutes", 241, "people.number_not_possible"),
        ("travel_minutes", -1, "people.number_not_possible"),
        ("half_days", -1, "people.value_not_allowed"),
        ("last_name", "x" * 201, "people.text_too_long"),
        ("licences", ["x" * 31], "people.text_too_long"),
        ("wishes", ["tuin"] * 51, "people.text_too_long"),
        ("remarks", "x" * 4001, "people.text_too_long"),
        ("street", "Kerk\0straat", "people.text_not_possible"),
    ],
)
def test_set_facts_out_of_range_is_refused(name: str, value: object, code: str) -> None:
    """Days that cannot have been, numbers and texts that do not fit are refused in words, not by the database."""
    with pytest.raises(Refused) as refused:
        set_one(name, value, birth_date=date(1980, 1, 1), registered_since=date(2021, 1, 1))
    assert (refused.value.reason.code, refused.value.reason.facts["fact"]) in {(code, name), (code, "registered_since")}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("birth_date", date(1900, 1, 1)),
        ("registered_since", DAY),
        ("registered_since", date(1980, 1, 1)),
        ("travel_minutes", 0),
        ("travel_minutes", 240),
        ("half_days", (1 << 14) - 1),
        ("last_name", "x" * 200),
        ("registered_since", None),
    ],
)
def test_set_facts_at_the_edge_is_kept(name: str, value: object) -> None:
    """The last value that can be is kept."""
    assert set_one(name, value, birth_date=date(1980, 1, 1), registered_since=date(2021, 1, 1)) == (name,)


def test_merge_people_keeps_what_is_known_to_be_none() -> None:
    """No limits and no licence, said of the merged record, are not asked again; and nothing said of the kept one gives way."""
    by = system_actor("test")
    keep = make_person(limits=None, licences=None, benefit_exemption="", wishes=[])
    other = make_person(limits=[], licences=[], benefit_exemption="age55_career30", wishes=["tuinier"])
    kept = merge_people(keep=keep, other=other, within=NOBODY, by=by, at=NOW)
    assert (kept.limits, kept.licences, kept.benefit_exemption, kept.wishes) == ([], [], "", ["tuinier"])
    assert set(FactChange.objects.filter(person=kept).values_list("name", flat=True)) == {"limits", "licences", "wishes"}


def test_update_contact_by_the_person_themselves() -> None:
    """A person may give another telephone number; it is noted that they said so. Another person may not."""
    person = make_person()
    own, other = person_actor(person.pk), person_actor(make_person().pk)
    assert update_contact(person=person, contact={"phone": "+32470000001"}, version=1, within=NOBODY, by=own, at=NOW) == ("phone",)
    assert FactChange.objects.get(person=person).source == FactSource.PERSON
    with pytest.raises(Refused):
        update_contact(person=person, contact={"phone": ""}, version=2, within=NOBODY, by=other, at=NOW)


def test_merge_people_fills_in_and_keeps_both_histories() -> None:
    """The kept record gets what it lacked, its own facts stay, the number moves along, and the old id leads to it."""
    by = system_actor("test")
    keep = register_person(draft=Draft({"last_name": "Kaya", "dutch_level": "A2"}), by=by, at=NOW)
    values = {"last_name": "Kaya", "client_number": "7", "dutch_level": "B1", "income": "none", "limits": ["dust"]}
    other = register_person(draft=Draft(values), by=by, at=NOW + timedelta(days=1))
    merge_people(keep=keep, other=other, within=NOBODY, by=by, at=NOW + timedelta(days=2))
    kept = Person.objects.get(pk=keep.pk)
    assert (kept.client_number, kept.dutch_level, kept.income, kept.limits) == ("7", "A2", "none", ["dust"])
    assert person_for(by, other.pk, within=NOBODY) == kept
    told = {(fact.person_id, fact.name, str(fact.value)) for fact in history(by, keep.pk, within=NOBODY)}
    assert {(keep.pk, "dutch_level", "A2"), (other.pk, "dutch_level", "B1"), (keep.pk, "income", "none")} <= told
    with pytest.raises(Refused) as refused:
        merge_people(keep=keep, other=other, within=NOBODY, by=by, at=NOW)
    assert refused.value.reason == Reason("people.already_merged")


def test_merge_people_takes_what_was_chosen() -> None:
    """A field that somebody chose comes from the other record, though the kept one had a value."""
    keep, other = make_person("Kaya", phone="+32470000001"), make_person("Kaya", phone="+32470000002")
    by = system_actor("test")
    assert merge_people(keep=keep, other=other, take=frozenset({"phone"}), within=NOBODY, by=by, at=NOW).phone == "+32470000002"
