"""One click drafts an agreement in which nobody has to retype anything, within the limits of its instrument."""

from __future__ import annotations

from datetime import date

import pytest
from psycopg.types.range import DateRange
from tests.journey.agreements.signed import counsellor_of, host_of, make_draft, make_placement
from tests.journey.attendance.floor import run
from tests.journey.eligibility.cases import AT

from opstap.engine.shared import Reason, Refused
from opstap.foundation.access.models import RoleGrant
from opstap.foundation.actor import person_actor
from opstap.foundation.organisations.models import Mentor
from opstap.journey.agreements.assembly import drafting_notes, problems
from opstap.journey.agreements.models import Agreement
from opstap.journey.agreements.operations import change_field, make_agreement, send_for_signature
from opstap.journey.people.models import Person
from opstap.journey.placements.models import Placement
from opstap.journey.placements.operations import cancel_placement
from opstap.journey.places.models import Place
from opstap.journey.referrals.models import Referral
from opstap.ui.words import say

pytestmark = pytest.mark.django_db


def test_draft_is_filled_in_from_what_is_known() -> None:
    """Every field that an agreement needs comes from the person, the place and the proposal."""
    draft = make_draft()
    person = draft.placement.person
    assert draft.fields == {
        "person_name": str(person),
        "person_address": "Teststraat 1, Oostende",
        "host_name": "Stad",
        "host_number": "",
        "host_contact": "",
        "partner_name": "Partner vzw",
        "partner_contact": "Sofie",
        "job_title": "tuinier",
        "site": "Park",
        "first_day": "",
        "mentor_name": "Mentor Stad",
        "starts_on": "2023-09-01",
        "last_on": "2024-02-29",
        "half_days": 5,
        "hours_month": 36,
        "tasks": ["wieden", "snoeien, vegen"],
        "competences": ["veilig werken"],
        "host_insurance": "",
    }
    assert (draft.number, draft.state, draft.ruleset_version) == ("2023-0001", "draft", "2023-01")
    assert problems(draft.fields, draft.placement) == ()


def test_second_click_finds_the_same_draft() -> None:
    """Asking twice makes one agreement."""
    draft = make_draft()
    again = make_agreement(placement=draft.placement, by=counsellor_of(draft.placement), at=AT)
    assert (again.pk, Agreement.objects.count()) == (draft.pk, 1)


@pytest.mark.parametrize(("hours", "said"), [(20, 32), (80, 64), (48, 48)])
def test_hours_of_the_place_are_kept_within_the_limits(hours: int, said: int) -> None:
    """Community service is 32 to 64 hours a month; what differs from the place is told."""
    placement = make_placement(hours_per_month=hours)
    draft = make_agreement(placement=placement, by=counsellor_of(placement), at=AT)
    notes = (Reason("agreements.hours_kept_within", {"hours": said, "wanted": hours}),) if hours != said else ()
    assert (draft.fields["hours_month"], drafting_notes(placement)) == (said, notes)


def test_period_is_kept_within_six_months() -> None:
    """A proposal that lasts longer than the instrument is agreed on until the last day that is allowed."""
    placement = make_placement()
    Placement.objects.filter(pk=placement.pk).update(period=DateRange(date(2023, 9, 1), date(2024, 6, 1)))
    placement.refresh_from_db()
    draft = make_agreement(placement=placement, by=counsellor_of(placement), at=AT)
    note = Reason("agreements.period_kept_within", {"last": "2024-02-29", "months": 6})
    assert (draft.fields["last_on"], drafting_notes(placement)) == ("2024-02-29", (note,))


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("hours_month", 31, Reason("agreements.too_few_hours", {"hours": 31, "least": 32, "instrument": "community_service"})),
        ("hours_month", 65, Reason("agreements.too_many_hours", {"hours": 65, "most": 64, "instrument": "community_service"})),
        ("last_on", "2024-03-01", Reason("agreements.too_long", {"months": 6, "latest": "2024-02-29", "instrument": "community_service"})),
        ("last_on", "2023-08-31", Reason("agreements.ends_before_it_starts", {"from": "2023-09-01", "last": "2023-08-31"})),
    ],
)
def test_what_lies_beyond_a_limit_does_not_go_out(field: str, value: object, reason: Reason) -> None:
    """The draft keeps what was typed; sending says which dated limit stands in the way and what would help."""
    draft = make_draft()
    by = counsellor_of(draft.placement)
    change_field(agreement=draft, field=field, value=value, by=by, at=AT)
    with pytest.raises(Refused) as refused:
        send_for_signature(agreement=draft, by=by, at=AT)
    assert refused.value.reason == reason


def without_mentor() -> Agreement:
    """Return the draft of an agreement at a place that has no mentor."""
    placement = make_placement()
    Place.objects.filter(pk=placement.seat.place_id).update(mentor=None)
    return make_agreement(placement=placement, by=counsellor_of(placement), at=AT)


def test_without_a_mentor_it_does_not_go_out_and_says_who_can_give_the_name() -> None:
    """The refusal names the field, where it is filled in and by whom."""
    draft = without_mentor()
    with pytest.raises(Refused) as refused:
        send_for_signature(agreement=draft, by=counsellor_of(draft.placement), at=AT)
    facts = {"field": "agreements.field.mentor_name", "who": "agreements.gives.mentor_name"}
    assert refused.value.reason == Reason("agreements.field_missing", facts)
    assert say(refused.value.reason) == (
        "“Mentor op de werkvloer” is nog leeg. Vraag de gastorganisatie wie de persoon begeleidt en vul de naam in op de overeenkomst. "
        "Of laat de coördinator een mentor aanduiden bij de plaats."
    )


@pytest.mark.parametrize("where", ["agreement", "place"])
def test_name_given_on_the_agreement_or_at_the_place_lets_it_go_out(where: str) -> None:
    """A draft is not drafted again: a mentor who is named at the place afterwards is in it too."""
    draft = without_mentor()
    by, place = counsellor_of(draft.placement), draft.placement.seat.place
    if where == "agreement":
        change_field(agreement=draft, field="mentor_name", value="Rita", by=by, at=AT)
    else:
        Place.objects.filter(pk=place.pk).update(mentor=Mentor.objects.create(organisation=place.organisation, name="Rita"))
    sent = send_for_signature(agreement=draft, by=by, at=AT)
    assert (Agreement.objects.get().fields["mentor_name"], sent.state) == ("Rita", "out_for_signature")


def test_what_somebody_typed_is_kept_when_the_rest_is_filled_in() -> None:
    """Only what is empty is filled in from what is known by now."""
    draft = without_mentor()
    by, place = counsellor_of(draft.placement), draft.placement.seat.place
    change_field(agreement=draft, field="tasks", value=["harken"], by=by, at=AT)
    Place.objects.filter(pk=place.pk).update(mentor=Mentor.objects.create(organisation=place.organisation, name="Rita"))
    sent = send_for_signature(agreement=draft, by=by, at=AT)
    assert (sent.fields["tasks"], sent.fields["mentor_name"]) == (["harken"], "Rita")


def test_place_that_teaches_nothing_leaves_the_tasks_to_learn() -> None:
    """Neither place nor person says what is learned: the tasks are, and the page says so."""
    placement = make_placement(teaches=())
    Person.objects.filter(pk=placement.person_id).update(learning_goals=[])
    placement.person.refresh_from_db()
    draft = make_agreement(placement=placement, by=counsellor_of(placement), at=AT)
    assert (draft.fields["competences"], drafting_notes(placement)) == (
        ["wieden", "snoeien, vegen"],
        (Reason("agreements.learns_from_tasks"),),
    )


def test_partner_is_the_only_organisation_of_the_counsellor() -> None:
    """A person who was assigned to a counsellor only is followed by the organisation for which that counsellor works."""
    placement = make_placement()
    Referral.objects.filter(pk=placement.referral_id).update(counselling_organisation=None)
    draft = make_agreement(placement=placement, by=counsellor_of(placement), at=AT)
    assert (draft.fields["partner_name"], problems(draft.fields, draft.placement)) == ("Partner vzw", ())


@pytest.mark.parametrize(("typed", "found"), [("", "Partner vzw"), ("Een andere vzw", None)])
def test_derived_partner_signs_as_the_organisation_it_is(typed: str, found: str | None) -> None:
    """Its signature is that organisation's; of a name that somebody typed only the name is known."""
    placement = make_placement()
    Referral.objects.filter(pk=placement.referral_id).update(counselling_organisation=None)
    by = counsellor_of(placement)
    draft = make_agreement(placement=placement, by=by, at=AT)
    if typed:
        change_field(agreement=draft, field="partner_name", value=typed, by=by, at=AT)
    sent = send_for_signature(agreement=draft, by=by, at=AT)
    signature = sent.signatures.select_related("organisation").get(party="partner")
    assert (signature.name, signature.organisation and signature.organisation.name) == (typed or "Partner vzw", found)


def test_partner_of_a_counsellor_who_works_for_nobody_stays_to_be_given() -> None:
    """Nothing is guessed: without an organisation the field is empty, and who can give it is said."""
    placement = make_placement()
    Referral.objects.filter(pk=placement.referral_id).update(counselling_organisation=None)
    by = counsellor_of(placement)
    RoleGrant.objects.update(organisation_id=None)
    draft = make_agreement(placement=placement, by=by, at=AT)
    facts = {"field": "agreements.field.partner_name", "who": "agreements.gives.partner_name"}
    assert problems(draft.fields, draft.placement) == (Reason("agreements.field_missing", facts),)


@pytest.mark.parametrize("who", ["host", "person"])
def test_only_who_follows_the_person_makes_it(who: str) -> None:
    """Neither the host nor the person drafts an agreement."""
    placement = make_placement()
    by = host_of(placement.seat.place) if who == "host" else person_actor(placement.person_id)
    with pytest.raises(Refused) as refused:
        make_agreement(placement=placement, by=by, at=AT)
    assert refused.value.reason.code == "agreements.may_not_keep"


def test_called_off_placement_gets_none() -> None:
    """There is nothing to agree on after it was called off."""
    placement = make_placement()
    by = counsellor_of(placement)
    cancel_placement(placement=placement, reason="verhuisd", by=by, at=AT)
    with pytest.raises(Refused) as refused:
        make_agreement(placement=placement, by=by, at=AT)
    assert refused.value.reason.code == "agreements.placement_is_over"


def test_months_worked_elsewhere_leave_fewer_here() -> None:
    """After four months under the instrument elsewhere the draft ends after two; after six nothing can be agreed on any more."""
    placement = make_placement()
    ended = {"state": "ended", "ended_on": date(2023, 8, 1), "end_reason_code": "completed"}
    before = run(placement.seat.place, placement.referral, (), period=DateRange(date(2023, 4, 1), date(2023, 8, 1)), **ended)
    draft = make_agreement(placement=placement, by=counsellor_of(placement), at=AT)
    Placement.objects.filter(pk=before.pk).update(period=DateRange(date(2023, 2, 1), date(2023, 8, 1)))
    with pytest.raises(Refused) as caught:
        send_for_signature(agreement=draft, by=counsellor_of(placement), at=AT)
    assert (draft.fields["last_on"], caught.value.reason.code) == ("2023-10-31", "agreements.months_used_up")
