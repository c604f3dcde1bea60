"""Agreements take effect on their first day, each on its own: one that cannot says why and stops nobody else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from psycopg.types.range import DateRange
from tests.factories import make_person, make_programme, make_referral
from tests.journey.agreements.signed import counsellor_of, let_sign, make_draft, make_sent
from tests.journey.attendance.floor import run
from tests.journey.eligibility.cases import AT
from tests.journey.matching.rounds import SYSTEM

from opstap.engine.shared import Reason, Refused
from opstap.foundation.audit.models import AuditEntry
from opstap.foundation.organisations.models import Mentor
from opstap.foundation.outbox.models import Message
from opstap.journey.agreements.models import Agreement, Document
from opstap.journey.agreements.operations import (
    add_addendum,
    change_field,
    put_due_in_force,
    send_for_signature,
    withdraw_called_off,
)
from opstap.journey.agreements.queries import terms_in_force
from opstap.journey.placements.models import Placement
from opstap.journey.placements.operations import cancel_placement
from opstap.journey.places.models import Place
from opstap.journey.referrals.enums import Stage
from opstap.steering.overviews.queries.agreement_page import agreement_page
from opstap.steering.overviews.queries.my_day import my_day

pytestmark = pytest.mark.django_db
FIRST_DAY = AT + timedelta(days=3)


def signed_early() -> Agreement:
    """Return an agreement that everybody signed before its first day, 4 September."""
    draft = make_draft()
    by = counsellor_of(draft.placement)
    change_field(agreement=draft, field="starts_on", value="2023-09-04", by=by, at=AT)
    return let_sign(send_for_signature(agreement=draft, by=by, at=AT))


def another(like: Agreement) -> Agreement:
    """Return an agreement of somebody else at the same place, signed for the same day, made later."""
    work = like.placement
    referral = make_referral(make_person(), work.referral.programme, counsellor=work.referral.counsellor, stage=Stage.TO_BE_AGREED)
    placement = run(work.seat.place, referral, (0,), period=DateRange(date(2023, 9, 4), date(2024, 3, 1)), state="to_be_agreed")
    given = {"kind": like.kind, "state": "signed", "ruleset_version": like.ruleset_version, "fields": like.fields, "digest": like.digest}
    return Agreement.objects.create(placement=placement, number="2023-0099", created_by="test", created_at=FIRST_DAY, **given)


@pytest.mark.parametrize(
    ("is_broken", "code"), [(False, "placements.day_outside_period"), (True, "agreements.could_not_start")], ids=["refused", "broken"]
)
def test_one_that_cannot_start_stops_nobody_else(is_broken: bool, code: str) -> None:  # noqa: FBT001 - a parameter of the test
    """The first is refused, or breaks on a term that is not there: it says why, and the second starts on its day."""
    first = signed_early()
    second = another(first)
    if is_broken:
        Agreement.objects.filter(pk=first.pk).update(fields={key: value for key, value in first.fields.items() if key != "job_title"})
    else:
        Placement.objects.filter(pk=first.placement_id).update(period=DateRange(date(2023, 10, 1), date(2024, 3, 1)))
    assert put_due_in_force(by=SYSTEM, at=FIRST_DAY) == 1
    found = Agreement.objects.get(pk=first.pk)
    assert (found.state, found.stuck["code"], found.stuck["since"]) == ("signed", code, "2023-09-04")
    assert Agreement.objects.get(pk=second.pk).state == "in_force"


def test_due_of_one_programme_leaves_another_alone() -> None:
    """Nothing starts for a programme in which nothing is due; for its own it does."""
    due = signed_early()
    other, own = make_programme("Een ander"), due.placement.referral.programme
    found = [put_due_in_force(programme=each, by=SYSTEM, at=FIRST_DAY) for each in (other, own)]
    assert (found, Agreement.objects.get(pk=due.pk).state) == ([0, 1], "in_force")


def test_why_it_could_not_start_is_shown_until_it_does() -> None:
    """The page and the counsellor's day say it; when it starts later nothing of it is left."""
    agreement = signed_early()
    by = counsellor_of(agreement.placement)
    mentor = Mentor.objects.filter(pk=agreement.placement.seat.place.mentor_id)
    mentor.update(certified_until=FIRST_DAY.date())
    put_due_in_force(by=SYSTEM, at=FIRST_DAY)
    page = agreement_page(by, agreement.pk, FIRST_DAY)
    queued = [person.detail for queue in my_day(by, FIRST_DAY).queues if queue.name == "agreements" for person in queue.people]
    mentor.update(certified_until=None)
    put_due_in_force(by=SYSTEM, at=FIRST_DAY)
    assert page is not None
    assert page.stuck is not None
    assert (page.stuck.code, queued) == ("placements.mentor_certificate_ended", ["agreements.day.stuck"])
    assert Agreement.objects.get(pk=agreement.pk).stuck is None


def test_what_could_not_start_is_said_once() -> None:
    """The same reason on a later day is no news: the first day on which it held stays, and the log tells it once."""
    agreement = signed_early()
    Mentor.objects.filter(pk=agreement.placement.seat.place.mentor_id).update(certified_on=None)
    for days in range(3):
        put_due_in_force(by=SYSTEM, at=FIRST_DAY + timedelta(days=days))
    stuck = Agreement.objects.get(pk=agreement.pk).stuck
    assert (stuck["code"], stuck["since"]) == ("placements.mentor_not_trained", "2023-09-04")
    assert AuditEntry.objects.filter(action="could_not_take_effect").count() == 1


def test_what_could_not_start_is_tried_as_long_as_its_days_last() -> None:
    """When the agreed days are over it stays signed and says why; other days for the work and it starts after all."""
    agreement = signed_early()
    placement = Placement.objects.filter(pk=agreement.placement_id)
    placement.update(period=DateRange(date(2023, 9, 1), date(2023, 9, 4)))
    assert [put_due_in_force(by=SYSTEM, at=FIRST_DAY) for _quarter in range(2)] == [0, 0]
    found = Agreement.objects.get(pk=agreement.pk)
    with CaptureQueriesContext(connection) as asked:
        put_due_in_force(by=SYSTEM, at=FIRST_DAY)
    placement.update(period=DateRange(date(2023, 9, 1), date(2023, 9, 8)))
    assert (found.state, found.stuck["code"], len(asked)) == ("signed", "placements.day_outside_period", 1)
    assert put_due_in_force(by=SYSTEM, at=FIRST_DAY) == 1


@pytest.mark.parametrize(
    ("certified", "code"),
    [
        ("unknown", "placements.mentor_not_known"),
        (None, "placements.mentor_not_trained"),
        ("full", "placements.mentor_has_no_room"),
        (date(2023, 3, 1), None),
    ],
    ids=["nobody of the host", "untrained", "full", "trained"],
)
def test_who_is_named_on_the_agreement_guides_at_the_place(certified: date | str | None, code: str | None) -> None:
    """At a place without a mentor the name on the agreement is one of the host's own, trained and with room; then they are its mentor."""
    draft = make_draft()
    by, place = counsellor_of(draft.placement), draft.placement.seat.place
    Place.objects.filter(pk=place.pk).update(mentor=None)
    if certified != "unknown":
        trained = date(2023, 3, 1) if certified == "full" else certified
        limit = 0 if certified == "full" else 1
        Mentor.objects.create(organisation=place.organisation, name="Rita Maes", certified_on=trained, learner_limit=limit)
    change_field(agreement=draft, field="mentor_name", value="RITA Maes", by=by, at=AT)
    change_field(agreement=draft, field="starts_on", value="2023-09-04", by=by, at=AT)
    let_sign(send_for_signature(agreement=Agreement.objects.get(pk=draft.pk), by=by, at=AT))
    put_due_in_force(by=SYSTEM, at=FIRST_DAY)
    found, guide = Agreement.objects.get(pk=draft.pk), Place.objects.get(pk=place.pk).mentor
    assert (found.state, found.stuck and found.stuck["code"]) == ("signed" if code else "in_force", code)
    assert (guide and guide.name) == (None if code else "Rita Maes")


def test_agreement_whose_last_day_is_past_says_so() -> None:
    """Its page and what is kept say that it is too late, not that it is tried again."""
    agreement = signed_early()
    by = counsellor_of(agreement.placement)
    late = AT + timedelta(days=300)
    last = agreement.fields["last_on"]
    assert put_due_in_force(by=SYSTEM, at=late) == 0
    page = agreement_page(by, agreement.pk, late)
    assert page is not None
    said = Reason("agreements.days_are_over", {"last": last})
    assert (page.too_late, page.stuck, Agreement.objects.get(pk=agreement.pk).stuck["code"]) == (said, None, said.code)
    assert page.agreement.placement.state == "to_be_agreed"


def test_draft_whose_last_day_is_past_does_not_go_out() -> None:
    """Nobody is asked to sign what cannot start; before its last day they are."""
    draft = make_draft()
    by = counsellor_of(draft.placement)
    late = AT + timedelta(days=300)
    with pytest.raises(Refused) as refused:
        send_for_signature(agreement=draft, by=by, at=late)
    page = agreement_page(by, draft.pk, late)
    assert page is not None
    assert (refused.value.reason, page.too_late) == (Reason("agreements.days_are_over", {"last": draft.fields["last_on"]}),) * 2
    assert send_for_signature(agreement=draft, by=by, at=AT).state == "out_for_signature"


def test_what_could_not_start_is_over_when_the_work_is_called_off() -> None:
    """Its page says nothing of trying again; the next quarter of an hour takes it back, and tells the person."""
    agreement = signed_early()
    by = counsellor_of(agreement.placement)
    Mentor.objects.filter(pk=agreement.placement.seat.place.mentor_id).update(certified_until=FIRST_DAY.date())
    put_due_in_force(by=SYSTEM, at=FIRST_DAY)
    cancel_placement(placement=agreement.placement, reason="verhuisd", by=by, at=FIRST_DAY)
    page = agreement_page(by, agreement.pk, FIRST_DAY)
    assert page is not None
    counts = [withdraw_called_off(by=SYSTEM, at=FIRST_DAY) for _quarter in range(2)]
    found = Agreement.objects.get(pk=agreement.pk)
    assert (page.stuck, counts, found.state, found.reason) == (None, [1, 0], "withdrawn", "agreements.placement_is_over")
    assert Message.objects.filter(subject_id=agreement.pk, code="message.withdrawn", person_id=agreement.placement.person_id).count() == 1


def test_agreement_of_work_that_goes_on_is_not_taken_back() -> None:
    """A draft and a signed one of work that still will begin stay."""
    agreement = signed_early()
    assert (withdraw_called_off(by=SYSTEM, at=FIRST_DAY), Agreement.objects.get(pk=agreement.pk).state) == (0, "signed")


def with_addendum() -> tuple[Agreement, Agreement]:
    """Return an agreement in force and its addendum to other hours, in force too."""
    running = let_sign(make_sent())
    by = counsellor_of(running.placement)
    addendum = add_addendum(agreement=running, changes={"hours_month": 40}, by=by, at=AT)
    send_for_signature(agreement=addendum, by=by, at=AT)
    let_sign(addendum)
    return Agreement.objects.get(pk=running.pk), Agreement.objects.select_related("placement").get(pk=addendum.pk)


@pytest.mark.parametrize("on_addendum", [False, True])
def test_typo_is_put_right_in_what_counts_now(on_addendum: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """Corrected on the agreement or on its addendum, both say it right; what was signed stays, and so does what the addendum changes."""
    base, addendum = with_addendum()
    signed = Document.objects.get(agreement=addendum, version=1).digest
    by = counsellor_of(addendum.placement)
    change_field(agreement=addendum if on_addendum else base, field="person_name", value="Noor Janssens", by=by, at=AT)
    base, addendum = Agreement.objects.get(pk=base.pk), Agreement.objects.get(pk=addendum.pk)
    assert {row.fields["person_name"] for row in (base, addendum, terms_in_force(base))} == {"Noor Janssens"}
    assert (addendum.changed, addendum.fields["hours_month"], base.fields["hours_month"]) == (["hours_month"], 40, 36)
    assert list(Document.objects.filter(agreement=addendum).values_list("version", "digest")) == [(1, signed), (2, addendum.digest)]


def test_next_addendum_starts_from_the_name_that_was_put_right() -> None:
    """A typo that was corrected does not come back in the next addendum."""
    base, addendum = with_addendum()
    by = counsellor_of(addendum.placement)
    change_field(agreement=base, field="person_name", value="Noor Janssens", by=by, at=AT)
    following = add_addendum(agreement=base, changes={"hours_month": 44}, by=by, at=AT + timedelta(days=1))
    assert (following.fields["person_name"], following.changed) == ("Noor Janssens", ["hours_month"])


def test_correction_leaves_what_an_addendum_says_otherwise() -> None:
    """What an open addendum says on purpose is not overwritten by a correction of the agreement."""
    running = let_sign(make_sent())
    by = counsellor_of(running.placement)
    addendum = add_addendum(agreement=running, changes={"hours_month": 40, "mentor_name": "Els"}, by=by, at=AT)
    change_field(agreement=Agreement.objects.get(pk=running.pk), field="mentor_name", value="Bo", by=by, at=AT)
    assert Agreement.objects.get(pk=addendum.pk).fields["mentor_name"] == "Els"
