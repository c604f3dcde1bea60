"""The invitation machine: own choice of a free moment, one reminder, expiry, a call; and trial days judged by both sides."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.factories import make_actor, make_mentor, make_organisation, make_place, make_programme, make_user
from tests.journey.appointments.cases import NOW, Office, make_office, make_placement, moments, somebody_else

from opstap.engine.shared import Refused
from opstap.foundation.access.queries import actor_for
from opstap.foundation.actor import Actor, Role, person_actor, system_actor
from opstap.foundation.organisations.models import Mentor
from opstap.foundation.outbox.models import Message
from opstap.foundation.outbox.operations import note_sent, take_due
from opstap.journey.appointments.enums import InvitationKind, InvitationState, Side, TrialState, Verdict
from opstap.journey.appointments.jobs import every_morning
from opstap.journey.appointments.models import Invitation, Slot
from opstap.journey.appointments.operations import (
    ask_for_moments,
    book_slot,
    cancel_booking,
    cancel_trial,
    close_slot,
    give_trial_verdict,
    invite,
    open_slots,
    plan_trial,
    record_outcome,
    remind_and_expire,
    withdraw_invitation,
)
from opstap.journey.appointments.queries import (
    free_slots,
    open_invitation,
    own_shortage,
    slot_shortage,
    slots_for,
    to_call,
    to_note,
    trial_for,
)
from opstap.journey.referrals.models import Referral
from opstap.steering.overviews.queries.journey_appointments import invite_ways, journey_appointments
from opstap.steering.overviews.queries.my_day import my_day

pytestmark = pytest.mark.django_db

TALK = InvitationKind.FIRST_TALK
BY = system_actor("test")


def codes() -> list[str]:
    """Return the codes of what waits in the outbox, oldest first."""
    return list(Message.objects.filter(state="queued").order_by("queued_at", "code").values_list("code", flat=True))


def post(at: datetime) -> None:
    """Send what is due, as the postman does."""
    for message in take_due(limit=9, by=BY, at=at):
        note_sent(message=message, digest="", by=BY, at=at)


def test_person_chooses_a_moment_and_is_told_of_it() -> None:
    """From invitation to appointment: the person chooses, the moment is taken, the confirmation replaces the invitation."""
    office = make_office()
    first, second = moments(office, 1, 2)
    invitation = invite(referral=office.referral, kind=TALK, by=office.actor, at=NOW)
    me = person_actor(office.referral.person_id, only_id=office.referral.pk)
    booked = book_slot(invitation=invitation, slot=second, by=me, at=NOW)
    assert (booked.state, booked.slot, booked.channel) == (InvitationState.BOOKED, second, "link")
    assert (list(free_slots(NOW, counsellor_id=office.counsellor.pk)), codes()) == ([first], ["message.booked"])


def test_nobody_is_invited_without_a_free_moment() -> None:
    """A moment promised to one person is not promised to the next; the refusal says how many are missing."""
    office = make_office()
    other = somebody_else(office)
    moments(office, 1)
    invite(referral=office.referral, kind=TALK, by=office.actor, at=NOW)
    with pytest.raises(Refused) as refused:
        invite(referral=other, kind=TALK, by=office.actor, at=NOW)
    assert (refused.value.reason.code, refused.value.reason.facts) == (
        "appointments.no_free_slot",
        {"free": 1, "promised": 1, "missing": 1},
    )


def test_moment_goes_to_one_person() -> None:
    """Who chooses second hears that it was just taken."""
    office = make_office()
    other = somebody_else(office)
    first, _ = moments(office, 1, 2)
    mine = invite(referral=office.referral, kind=TALK, by=office.actor, at=NOW)
    theirs = invite(referral=other, kind=TALK, by=office.actor, at=NOW)
    book_slot(invitation=mine, slot=first, by=office.actor, at=NOW)
    with pytest.raises(Refused) as refused:
        book_slot(invitation=theirs, slot=first, by=office.actor, at=NOW)
    assert refused.value.reason.code == "appointments.slot_just_taken"


def test_cancelled_booking_offers_another_moment() -> None:
    """Calling off frees the moment and leaves the person with a choice; staff who call off tell the person."""
    office = make_office()
    first, second = moments(office, 1, 2)
    invitation = invite(referral=office.referral, kind=TALK, by=office.actor, at=NOW)
    booked = book_slot(invitation=invitation, slot=first, by=office.actor, at=NOW)
    again = cancel_booking(invitation=booked, by=office.actor, at=NOW)
    assert (again.state, again.slot, again.times_offered) == (InvitationState.OFFERED, None, 2)
    assert list(free_slots(NOW, counsellor_id=office.counsellor.pk)) == [first, second]
    assert codes() == ["message.appointment_cancelled"]
    assert book_slot(invitation=again, slot=first, by=office.actor, at=NOW).state == InvitationState.BOOKED


def test_choice_is_reminded_once_then_becomes_a_call() -> None:
    """After three days one reminder, after a week the person stands on the list to call, and can still choose by telephone."""
    office = make_office()
    slot = moments(office, 20)[0]
    invitation = invite(referral=office.referral, kind=TALK, by=office.actor, at=NOW)
    post(NOW)
    results = [remind_and_expire(by=BY, at=NOW + timedelta(days=day)) for day in (2, 3, 4, 7)]
    assert (results, list(to_call(office.actor))) == ([(0, 0), (1, 0), (0, 0), (0, 1)], [invitation])
    invitation.refresh_from_db()
    by_phone = book_slot(invitation=invitation, slot=slot, by=office.actor, at=NOW + timedelta(days=8))
    assert by_phone.state == InvitationState.BOOKED


def test_one_programme_alone_is_reminded_and_ended() -> None:
    """The night of another programme leaves an invitation as it is; that of its own reminds, and ends it."""
    office = make_office()
    moments(office, 20)
    invite(referral=office.referral, kind=TALK, by=office.actor, at=NOW)
    post(NOW)
    programmes = (make_programme("Elders"), office.referral.programme)
    nights = [(programme, day) for day in (3, 7) for programme in programmes]
    results = [remind_and_expire(programme=programme, by=BY, at=NOW + timedelta(days=day)) for programme, day in nights]
    assert results == [(0, 0), (1, 0), (0, 0), (0, 1)]


def test_nobody_is_reminded_of_an_invitation_that_has_not_left() -> None:
    """What waits for the next week, or for a printer, was not read: the reminder follows once it has left, one text at a time."""
    office = make_office()
    moments(office, 20)
    invite(referral=office.referral, kind=TALK, by=office.actor, at=NOW)
    first = remind_and_expire(by=BY, at=NOW + timedelta(days=3))
    post(NOW + timedelta(days=3))
    then = remind_and_expire(by=BY, at=NOW + timedelta(days=4))
    assert (first, then, codes()) == ((0, 0), (1, 0), ["message.invitation_reminder"])


def test_outcome_is_noted_in_one_tap_after_the_moment() -> None:
    """Before the appointment nothing can be noted but an excuse; seen counts as contact, and leaves the list."""
    office = make_office()
    slot = moments(office, 1)[0]
    invitation = invite(referral=office.referral, kind=TALK, by=office.actor, at=NOW)
    booked = book_slot(invitation=invitation, slot=slot, by=office.actor, at=NOW)
    with pytest.raises(Refused) as refused:
        record_outcome(invitation=booked, outcome=InvitationState.SEEN, by=office.actor, at=NOW)
    later = NOW + timedelta(days=1, minutes=5)
    assert (refused.value.reason.code, list(to_note(office.actor, later))) == ("appointments.not_yet", [booked])
    record_outcome(invitation=booked, outcome=InvitationState.SEEN, by=office.actor, at=later)
    office.referral.refresh_from_db()
    assert (office.referral.last_contact_at, list(to_note(office.actor, later))) == (slot.starts_at, [])


def test_no_show_stays_when_somebody_is_invited_again() -> None:
    """Who did not come is invited again by an invitation of its own: the counsellor still sees the talk that was missed, and when."""
    office = make_office()
    slot = moments(office, 1, 3)[0]
    booked = book_slot(invitation=invite(referral=office.referral, kind=TALK, by=office.actor, at=NOW), slot=slot, by=office.actor, at=NOW)
    later = NOW + timedelta(days=1, hours=1)
    record_outcome(invitation=booked, outcome=InvitationState.NO_SHOW, by=office.actor, at=later)
    again = invite(referral=office.referral, kind=TALK, by=office.actor, at=later)
    page = journey_appointments(office.actor, office.referral, later)
    assert [(row.id, row.state, row.starts_at) for row in page.invitations] == [
        (again.pk, InvitationState.OFFERED, None),
        (booked.pk, InvitationState.NO_SHOW, slot.starts_at),
    ]
    assert page.missed == 1
    with pytest.raises(Refused):
        withdraw_invitation(invitation=booked, by=office.actor, at=later)


def test_taken_moment_is_not_closed() -> None:
    """A moment that somebody has is first called off."""
    office = make_office()
    slot = moments(office, 1)[0]
    book_slot(invitation=invite(referral=office.referral, kind=TALK, by=office.actor, at=NOW), slot=slot, by=office.actor, at=NOW)
    with pytest.raises(Refused) as refused:
        close_slot(slot=slot, by=office.actor, at=NOW)
    assert refused.value.reason.code == "appointments.slot_is_taken"


def test_withdrawn_invitation_is_not_said() -> None:
    """What waits in the outbox about it is cancelled."""
    office = make_office()
    moments(office, 1)
    withdraw_invitation(invitation=invite(referral=office.referral, kind=TALK, by=office.actor, at=NOW), by=office.actor, at=NOW)
    assert (codes(), open_invitation(office.actor, office.referral.pk)) == ([], None)


def test_person_with_another_letter_cannot_choose() -> None:
    """A link about something else does not open this appointment, nor does somebody else's."""
    office = make_office()
    slot = moments(office, 1)[0]
    invitation = invite(referral=office.referral, kind=TALK, by=office.actor, at=NOW)
    for stranger in (person_actor(office.referral.person_id, only_id=slot.pk), person_actor(slot.pk), make_actor(Role.COUNSELLOR)):
        with pytest.raises(Refused) as refused:
            book_slot(invitation=invitation, slot=slot, by=stranger, at=NOW)
        assert refused.value.reason.code == "appointments.may_not_choose"


def test_shortage_counts_people_without_a_talk_against_free_moments() -> None:
    """Three wait, one moment is free: two are missing, and the counsellor is told once a week."""
    office = make_office()
    somebody_else(office)
    somebody_else(office)
    moments(office, 2)
    rows = slot_shortage(office.actor, NOW)
    assert [(row.counsellor, row.waiting, row.free, row.missing) for row in rows] == [(office.counsellor, 3, 1, 2)]


def test_morning_job_reminds_and_tells_of_missing_moments() -> None:
    """The job of the morning puts one message in the outbox for the counsellor, however often it runs."""
    make_office()
    every_morning(0)
    every_morning(0)
    assert codes() == ["message.slots_missing"]


def test_host_opens_moments_for_a_visit() -> None:
    """A host's own place can be visited; another host may not open moments there."""
    office = make_office()
    organisation = make_organisation()
    place = make_place(office.referral.programme, organisation)
    host, stranger = make_actor(Role.HOST, organisation=organisation), make_actor(Role.HOST, organisation=make_organisation())
    start = [NOW + timedelta(days=1)]
    with pytest.raises(Refused) as refused:
        open_slots(counsellor=None, place=place, starts=start, minutes=60, where="Poort", by=stranger, at=NOW)
    assert refused.value.reason.code == "appointments.may_not_open_slots"
    slot = open_slots(counsellor=None, place=place, starts=start, minutes=60, where="Poort", by=host, at=NOW)[0]
    visit = invite(referral=office.referral, kind=InvitationKind.VISIT, place=place, by=office.actor, at=NOW)
    booked = book_slot(invitation=visit, slot=slot, by=office.actor, at=NOW)
    seen = record_outcome(invitation=booked, outcome=InvitationState.SEEN, by=host, at=NOW + timedelta(days=1, hours=1))
    assert seen.state == InvitationState.SEEN


def test_trial_day_is_judged_by_both_sides() -> None:
    """With both verdicts the trial is done; a host's no says why."""
    office = make_office()
    placement = make_placement(office.referral)
    host = make_actor(Role.HOST, organisation=placement.seat.place.organisation)
    me = person_actor(office.referral.person_id, only_id=office.referral.pk)
    trial = plan_trial(placement=placement, starts_at=NOW + timedelta(days=2), minutes=240, by=office.actor, at=NOW)
    later = NOW + timedelta(days=2, hours=5)
    with pytest.raises(Refused) as refused:
        give_trial_verdict(trial=trial, side=Side.HOST, verdict=Verdict.NO, by=host, at=later)
    half = give_trial_verdict(trial=trial, side=Side.PERSON, verdict=Verdict.YES, words="leuk", by=me, at=later)
    whole = give_trial_verdict(trial=trial, side=Side.HOST, verdict=Verdict.YES, by=host, at=later)
    assert (refused.value.reason.code, half.state, whole.state) == ("appointments.no_needs_words", TrialState.PLANNED, TrialState.DONE)
    assert (whole.person_verdict, whole.person_words, whole.host_verdict) == (Verdict.YES, "leuk", Verdict.YES)


def test_trial_is_not_judged_before_it_was() -> None:
    """Nobody knows before; a cancelled trial tells nobody any more."""
    office = make_office()
    trial = plan_trial(placement=make_placement(office.referral), starts_at=NOW + timedelta(days=2), minutes=240, by=office.actor, at=NOW)
    with pytest.raises(Refused) as refused:
        give_trial_verdict(trial=trial, side=Side.PERSON, verdict=Verdict.YES, by=office.actor, at=NOW)
    assert (refused.value.reason.code, codes()) == ("appointments.trial_not_yet", ["message.trial"])
    assert (cancel_trial(trial=trial, by=office.actor, at=NOW).state, codes()) == (TrialState.CANCELLED, [])


def test_invitations_are_seen_within_reach_only() -> None:
    """Another counsellor sees nothing of it."""
    office = make_office()
    moments(office, 1)
    invitation = invite(referral=office.referral, kind=TALK, by=office.actor, at=NOW)
    assert open_invitation(office.actor, office.referral.pk) == Invitation.objects.get(pk=invitation.pk)
    assert open_invitation(make_actor(Role.COUNSELLOR, organisation=make_organisation()), office.referral.pk) is None


def booked_tomorrow(office: Office) -> Invitation:
    """Return an invitation with a moment tomorrow, chosen by the person; another moment is free the day after."""
    first, _ = moments(office, 1, 2)
    invitation = invite(referral=office.referral, kind=TALK, by=office.actor, at=NOW)
    return book_slot(invitation=invitation, slot=first, by=me(office), at=NOW)


def me(office: Office) -> Actor:
    """Return the person, come in by the link to their journey."""
    return person_actor(office.referral.person_id, only_id=office.referral.pk)


def test_missed_moment_is_not_chosen_away() -> None:
    """Once it has begun the person neither moves nor calls off: what came of it is noted by who waited."""
    office = make_office()
    invitation = booked_tomorrow(office)
    later, refusals = NOW + timedelta(days=1, hours=1), []
    other = free_slots(later, counsellor_id=office.counsellor.pk).get()
    for step in (
        lambda: book_slot(invitation=invitation, slot=other, by=me(office), at=later),
        lambda: cancel_booking(invitation=invitation, by=me(office), at=later),
    ):
        with pytest.raises(Refused) as refused:
            step()
        refusals.append(refused.value.reason.code)
    assert refusals == ["appointments.already_began"] * 2
    assert record_outcome(invitation=invitation, outcome=InvitationState.NO_SHOW, by=office.actor, at=later).state == "no_show"


def test_moment_chosen_for_the_second_time_is_told_again() -> None:
    """Who goes to another moment and back hears of the last choice, though that very moment was told before."""
    office = make_office()
    invitation = booked_tomorrow(office)
    first, other = invitation.slot, free_slots(NOW, counsellor_id=office.counsellor.pk).get()
    assert first is not None
    for minutes, slot in ((1, other), (2, first)):
        book_slot(invitation=invitation, slot=slot, by=me(office), at=NOW + timedelta(minutes=minutes))
    waits = Message.objects.get(state="queued")
    assert (waits.code, waits.facts["on"]) == ("message.booked", "2023-09-05")


def test_withdrawn_appointment_is_told() -> None:
    """Who had a moment hears that it is off, even when the confirmation left long ago."""
    office = make_office()
    invitation = booked_tomorrow(office)
    Message.objects.update(state="sent")
    withdraw_invitation(invitation=invitation, by=office.actor, at=NOW)
    assert codes() == ["message.appointment_off"]


def test_trial_day_that_is_called_off_is_told() -> None:
    """The person does not stand before a closed door; a miss is noted on the day, not before."""
    office = make_office()
    trial = plan_trial(placement=make_placement(office.referral), starts_at=NOW + timedelta(days=2), minutes=240, by=office.actor, at=NOW)
    Message.objects.update(state="sent")
    with pytest.raises(Refused) as refused:
        cancel_trial(trial=trial, missed=True, by=office.actor, at=NOW)
    cancel_trial(trial=trial, by=office.actor, at=NOW)
    assert (refused.value.reason.code, codes()) == ("appointments.trial_not_yet", ["message.appointment_off"])


def test_who_stopped_is_not_reminded() -> None:
    """An invitation of somebody who left the programme ends without a word, and without a call."""
    office = make_office()
    moments(office, 5)
    invitation = invite(referral=office.referral, kind=TALK, by=office.actor, at=NOW)
    Referral.objects.filter(pk=office.referral.pk).update(stage="closed")
    done = remind_and_expire(by=BY, at=NOW + timedelta(days=4))
    assert (done, codes(), Invitation.objects.get(pk=invitation.pk).state) == ((0, 0), [], InvitationState.CANCELLED)


@pytest.mark.parametrize(
    ("kind", "stage", "is_called"),
    [
        (TALK, "eligible", True),
        (TALK, "to_be_agreed", False),
        (TALK, "placed", False),
        (InvitationKind.VISIT, "to_be_agreed", True),
        (InvitationKind.VISIT, "placed", False),
        (InvitationKind.CHECK_IN, "placed", True),
        (InvitationKind.CHECK_IN, "closed", False),
    ],
)
def test_expired_invitation_is_called_about_while_somebody_waits(kind: InvitationKind, stage: str, is_called: bool) -> None:  # noqa: FBT001 - a case
    """Who has a place meanwhile is not called about a first talk, and the morning after their invitation has ended."""
    office = make_office()
    moments(office, 20)
    invitation = invite(referral=office.referral, kind=TALK, by=office.actor, at=NOW)
    Invitation.objects.update(kind=kind)
    remind_and_expire(by=BY, at=NOW + timedelta(days=7))
    Referral.objects.filter(pk=office.referral.pk).update(stage=stage)
    called = list(to_call(office.actor))
    remind_and_expire(by=BY, at=NOW + timedelta(days=8))
    invitation.refresh_from_db()
    assert (called, invitation.state) == (([invitation], "expired") if is_called else ([], "cancelled"))


def test_coordinator_asks_a_counsellor_for_moments_once_a_day() -> None:
    """The counsellor gets one message in the name of who asks; a second one today, and of somebody who misses none, is refused."""
    office = make_office()
    coordinator = make_actor(Role.COORDINATOR, programme=office.referral.programme)
    short = ask_for_moments(counsellor_id=office.counsellor.pk, by=coordinator, at=NOW)
    told = Message.objects.get(code="message.moments_asked")
    assert (short.missing, told.user_id, told.facts["who"], told.facts["missing"]) == (1, office.counsellor.pk, coordinator.label, 1)
    again = _refused_ask(office.counsellor.pk, coordinator, NOW + timedelta(hours=1))
    assert (again, Message.objects.filter(code="message.moments_asked").count()) == ("appointments.moments_asked_today", 1)
    moments(office, 3)
    assert _refused_ask(office.counsellor.pk, coordinator, NOW + timedelta(days=1)) == "appointments.no_moments_missing"


def test_who_coordinates_nothing_or_something_else_asks_nobody() -> None:
    """A counsellor asks no colleague; another programme's coordinator does not even learn that moments are missing."""
    office = make_office()
    codes_of = [_refused_ask(office.counsellor.pk, by) for by in (office.actor, make_actor(Role.COORDINATOR, programme=make_programme()))]
    assert codes_of == ["appointments.may_not_ask_moments", "appointments.no_moments_missing"]


def _refused_ask(counsellor_id: UUID, by: Actor, at: datetime = NOW) -> str:
    with pytest.raises(Refused) as refused:
        ask_for_moments(counsellor_id=counsellor_id, by=by, at=at)
    return refused.value.reason.code


def test_visit_seen_by_the_host_is_no_contact_of_the_counsellor() -> None:
    """Only the counsellor's side had contact when it received somebody, and an earlier talk never hides a later one."""
    office = make_office()
    invitation, later = booked_tomorrow(office), NOW + timedelta(days=3)
    Referral.objects.filter(pk=office.referral.pk).update(last_contact_at=NOW + timedelta(days=2))
    record_outcome(invitation=invitation, outcome=InvitationState.SEEN, by=office.actor, at=later)
    assert Referral.objects.get(pk=office.referral.pk).last_contact_at == NOW + timedelta(days=2)
    place = make_place(office.referral.programme, make_organisation())
    host = make_actor(Role.HOST, organisation=place.organisation)
    start = [NOW + timedelta(days=4)]
    slot = open_slots(counsellor=None, place=place, starts=start, minutes=30, where="De Brug", by=host, at=NOW)[0]
    visit = invite(referral=office.referral, kind=InvitationKind.VISIT, place=place, by=office.actor, at=NOW)
    visit = book_slot(invitation=visit, slot=slot, by=me(office), at=NOW)
    record_outcome(invitation=visit, outcome=InvitationState.SEEN, by=host, at=NOW + timedelta(days=5))
    assert Referral.objects.get(pk=office.referral.pk).last_contact_at == NOW + timedelta(days=2)


def test_team_lead_opens_moments_of_the_own_team_only() -> None:
    """The lead of another organisation neither opens nor closes a counsellor's moments."""
    office = make_office()
    own = make_actor(Role.TEAM_LEAD, organisation=office.referral.counselling_organisation)
    stranger = make_actor(Role.TEAM_LEAD, organisation=make_organisation())
    terms = {"counsellor": office.counsellor, "place": None, "starts": [NOW + timedelta(days=1)], "minutes": 30, "where": "Stadhuis"}
    slot = open_slots(by=own, at=NOW, **terms)[0]  # type: ignore[arg-type]  # built from a mapping
    codes_of = []
    for step in (lambda: open_slots(by=stranger, at=NOW, **terms), lambda: close_slot(slot=slot, by=stranger, at=NOW)):  # type: ignore[arg-type]  # as above
        with pytest.raises(Refused) as refused:
            step()
        codes_of.append(refused.value.reason.code)
    assert codes_of == ["appointments.may_not_open_slots"] * 2


def test_mentor_who_left_the_organisation_judges_nothing_there() -> None:
    """A mentor's role at another organisation does not open the floor where they were mentor before."""
    office = make_office()
    host = make_organisation(kind="local_government")
    user = make_user(Role.MENTOR, organisation=make_organisation())
    mentor = make_mentor(host, "Mia Mentor")
    Mentor.objects.filter(pk=mentor.pk).update(user_id=user.pk)
    placement = make_placement(office.referral, make_place(office.referral.programme, host, mentor=mentor))
    trial = plan_trial(placement=placement, starts_at=NOW + timedelta(days=1), minutes=240, by=office.actor, at=NOW)
    gone = actor_for(user, NOW.date())
    with pytest.raises(Refused) as refused:
        give_trial_verdict(trial=trial, side=Side.HOST, verdict=Verdict.YES, by=gone, at=NOW + timedelta(days=2))
    assert (refused.value.reason.code, trial_for(gone, trial.pk)) == ("appointments.may_not_judge_trial", None)


def test_moments_that_overlap_are_refused() -> None:
    """Nobody receives two people at once: not within one series, nor beside a moment that is open; the same moment twice is one."""
    office = make_office()
    terms: dict[str, Any] = {"counsellor": office.counsellor, "place": None, "where": "Stadhuis", "by": office.actor, "at": NOW}
    noon = NOW + timedelta(days=1)
    open_slots(starts=[noon], minutes=60, **terms)
    for starts, minutes in (
        ([noon + timedelta(minutes=30)], 30),
        ([noon - timedelta(minutes=30)], 45),
        ([noon + timedelta(hours=h) for h in (2, 3)], 90),
    ):
        with pytest.raises(Refused) as refused:
            open_slots(starts=starts, minutes=minutes, **terms)
        assert refused.value.reason.code == "appointments.slots_overlap"
    assert open_slots(starts=[noon], minutes=60, **terms) == []
    beside = open_slots(starts=[noon - timedelta(minutes=30), noon + timedelta(hours=1)], minutes=30, **terms)
    assert len(beside) == 2


def test_refusal_of_an_overlap_names_both_moments() -> None:
    """The words say which moment overlaps with which."""
    office = make_office()
    noon = NOW + timedelta(days=1)
    with pytest.raises(Refused) as refused:
        open_slots(
            counsellor=office.counsellor,
            place=None,
            starts=[noon, noon + timedelta(minutes=15)],
            minutes=30,
            where="x",
            by=office.actor,
            at=NOW,
        )
    assert refused.value.reason.facts == {"on": "2023-09-05", "time": "10:15", "other": "10:00"}


def test_person_has_one_appointment_at_a_moment() -> None:
    """While somebody has to be elsewhere, no moment is offered, taken or planned; beside it they can."""
    office = make_office()
    booked = booked_tomorrow(office)
    assert booked.slot is not None
    organisation = make_organisation()
    place, starts = make_place(office.referral.programme, organisation), booked.slot.starts_at
    host = make_actor(Role.HOST, organisation=organisation)
    terms: dict[str, Any] = {"counsellor": None, "place": place, "where": "Poort", "by": host, "at": NOW}
    clash = open_slots(starts=[starts + timedelta(minutes=20)], minutes=60, **terms)[0]
    beside = open_slots(starts=[starts + timedelta(hours=2)], minutes=60, **terms)[0]
    visit = invite(referral=office.referral, kind=InvitationKind.VISIT, place=place, by=office.actor, at=NOW)
    assert list(slots_for(me(office), visit, NOW)) == [beside]
    with pytest.raises(Refused) as refused:
        book_slot(invitation=visit, slot=clash, by=office.actor, at=NOW)
    assert refused.value.reason.facts == {"on": "2023-09-05", "time": "10:00", "where": "Stadhuis"}
    with pytest.raises(Refused) as trial:
        plan_trial(placement=make_placement(office.referral), starts_at=starts, minutes=240, by=office.actor, at=NOW)
    assert (trial.value.reason.code, refused.value.reason.code) == ("appointments.person_is_elsewhere",) * 2
    assert book_slot(invitation=visit, slot=beside, by=me(office), at=NOW).slot == beside


def test_own_moment_can_be_moved_to_one_that_overlaps_it() -> None:
    """Who chooses another moment of the same talk is not in their own way."""
    office = make_office()
    booked = booked_tomorrow(office)
    assert booked.slot is not None
    other = open_slots(
        counsellor=office.counsellor,
        place=None,
        starts=[booked.slot.starts_at + timedelta(minutes=30)],
        minutes=30,
        where="x",
        by=office.actor,
        at=NOW,
    )[0]
    Slot.objects.filter(pk=booked.slot.pk).update(minutes=60)
    assert book_slot(invitation=booked, slot=other, by=me(office), at=NOW).slot == other


def test_counsellor_hears_that_somebody_calls_off() -> None:
    """By e-mail and in the day, until the person chooses another moment; who called off is not told of it."""
    office = make_office()
    again = cancel_booking(invitation=booked_tomorrow(office), by=me(office), at=NOW)
    message = Message.objects.get(state="queued")
    assert (message.code, message.user_id, message.facts["time"]) == ("message.called_off", office.counsellor.pk, "10:00")
    assert "called_off" in [queue.name for queue in my_day(office.actor, NOW).queues]
    book_slot(invitation=again, slot=moments(office, 6)[0], by=me(office), at=NOW)
    assert "called_off" not in [queue.name for queue in my_day(office.actor, NOW).queues]
    by_staff = cancel_booking(invitation=again, by=office.actor, at=NOW)
    assert by_staff.called_off_at is None


def test_hosts_hear_that_a_visit_is_called_off() -> None:
    """Everybody who receives for the place hears it; without an account the organisation does."""
    office = make_office()
    for count in (2, 0):
        organisation = make_organisation()
        organisation.email = "poort@example.be"
        organisation.save()
        hosts = [make_user(Role.HOST, organisation=organisation) for _ in range(count)]
        place = make_place(office.referral.programme, organisation)
        start = [NOW + timedelta(days=3)]
        slot = open_slots(counsellor=None, place=place, starts=start, minutes=60, where="Poort", by=BY, at=NOW)[0]
        visit = invite(referral=office.referral, kind=InvitationKind.VISIT, place=place, by=office.actor, at=NOW)
        cancel_booking(invitation=book_slot(invitation=visit, slot=slot, by=me(office), at=NOW), by=me(office), at=NOW)
        told = Message.objects.filter(code="message.visit_off", subject_id=slot.pk)
        assert {row.address for row in told} == ({host.email for host in hosts} or {"poort@example.be"})
        withdraw_invitation(invitation=visit, by=office.actor, at=NOW)


def test_invite_is_offered_only_when_it_can_be() -> None:
    """Beside what cannot be stands why: no moment, invited already, nobody follows; with a moment there is no obstacle."""
    office = make_office()
    assert _obstacle(office) == "appointments.no_free_slot"
    moments(office, 1, 2)
    assert _obstacle(office) is None
    for kind in (TALK, InvitationKind.CHECK_IN):
        invite(referral=office.referral, kind=kind, by=office.actor, at=NOW)
    assert _obstacle(office) == "appointments.invited_already"
    ways = [(way.kind, way.obstacle and way.obstacle.code) for way in invite_ways(office.actor, office.referral, NOW)]
    assert ways == [(TALK, "appointments.invited_already"), (InvitationKind.CHECK_IN, "appointments.invited_already")]
    office.referral.counsellor = None
    assert _obstacle(office) == "appointments.no_counsellor"


def _obstacle(office: Office) -> str | None:
    obstacle = journey_appointments(office.actor, office.referral, NOW).obstacle
    return obstacle.code if obstacle else None


def test_own_shortage_is_the_counsellors_part_of_all() -> None:
    """The day of a counsellor counts as the list of the coordinator does; with enough moments, and for a host, there is none."""
    office = make_office()
    somebody_else(office)
    moments(office, 2)
    own, all_of = own_shortage(office.actor, NOW), slot_shortage(office.actor, NOW)
    assert ([own], own and own.missing) == (all_of, 1)
    moments(office, 3)
    assert own_shortage(office.actor, NOW) is None
    assert own_shortage(make_actor(Role.HOST, organisation=make_organisation()), NOW) is None
