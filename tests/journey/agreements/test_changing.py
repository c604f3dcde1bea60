"""A typo never restarts signatures; what binds somebody does; after the start it takes an addendum."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from psycopg.types.range import DateRange
from tests.journey.agreements.signed import counsellor_of, let_sign, make_draft, make_sent, party_of, signature_of, states_of
from tests.journey.eligibility.cases import AT

from opstap.engine.shared import Refused
from opstap.engine.shared.vocabulary import half_day_mask
from opstap.foundation.outbox.models import Message
from opstap.journey.agreements.assembly import consequence_of, terms_on
from opstap.journey.agreements.enums import FIELDS, AgreementState, FieldClass, Party
from opstap.journey.agreements.models import Agreement, Document
from opstap.journey.agreements.operations import (
    add_addendum,
    change_field,
    end_agreement,
    refuse_to_sign,
    send_for_signature,
    sign_on_paper,
)
from opstap.journey.agreements.operations.signing import Scan
from opstap.journey.agreements.queries import terms_in_force
from opstap.journey.placements.models import Placement, PlacementHalfDay

pytestmark = pytest.mark.django_db
ALL = (Party.PERSON, Party.HOST, Party.PARTNER)
VALUES: dict[str, object] = {
    "starts_on": "2023-09-04",
    "last_on": "2024-01-31",
    "half_days": half_day_mask(["wed_am", "tue_am"]),
    "hours_month": 40,
    "tasks": ["wieden"],
    "competences": ["op tijd komen"],
    "effective_on": "2023-10-01",
}
"""Another value for the fields that are no text."""


@pytest.mark.parametrize("field", FIELDS)
def test_change_asks_what_its_class_says(field: str) -> None:
    """After everybody signed, each field asks exactly what was shown before: nothing, word to all, or new signatures of some."""
    sent = make_sent()
    signed = let_sign(sent)
    Agreement.objects.filter(pk=sent.pk).update(state=AgreementState.SIGNED)
    signed.refresh_from_db()
    shown = consequence_of(signed, field)
    done = change_field(agreement=signed, field=field, value=VALUES.get(field, "anders"), by=counsellor_of(sent.placement), at=AT)
    again = {party for party, state in states_of(sent).items() if state == "waiting"}
    expected = {party.value for party in ALL if party in FIELDS[field].parties} if FIELDS[field].field_class is FieldClass.RESIGN else set()
    assert (done, again) == (shown, expected)
    assert Agreement.objects.get(pk=sent.pk).state == ("out_for_signature" if expected else "signed")


def test_typo_keeps_every_signature_and_makes_a_next_version() -> None:
    """A corrected name is printed anew; nobody signs again and nobody is bothered."""
    sent = make_sent()
    let_sign(sent, (Party.PERSON, Party.HOST))
    queued = Message.objects.count()
    change_field(agreement=sent, field="person_name", value="An Tést", by=counsellor_of(sent.placement), at=AT)
    assert states_of(sent) == {"person": "signed", "host": "signed", "partner": "waiting"}
    assert (Document.objects.filter(agreement=sent).count(), Message.objects.count()) == (2, queued)


def test_other_mentor_is_told_and_not_signed_again() -> None:
    """Everybody who can be reached gets word of it; signatures stand."""
    sent = make_sent()
    let_sign(sent, (Party.PERSON,))
    change_field(agreement=sent, field="mentor_name", value="Els", by=counsellor_of(sent.placement), at=AT)
    told = set(Message.objects.filter(code="message.changed").values_list("person_id", "user_id"))
    assert told == {(sent.placement.person_id, None), (None, sent.placement.referral.counsellor_id)}
    assert states_of(sent)["person"] == "signed"


def test_other_half_days_are_signed_again_by_person_and_host_and_kept_by_the_placement() -> None:
    """The half-days that the person gives are those of the agreement, from the moment it is sent."""
    sent = make_sent()
    let_sign(sent, (Party.PARTNER,))
    change_field(agreement=sent, field="half_days", value=half_day_mask(["tue_am", "wed_am"]), by=counsellor_of(sent.placement), at=AT)
    assert states_of(sent) == {"person": "waiting", "host": "waiting", "partner": "signed"}
    assert sorted(PlacementHalfDay.objects.values_list("half_day", flat=True)) == [2, 4]


def test_who_refused_is_asked_again_after_a_change() -> None:
    """A change that binds others also goes to who refused: what they refused has changed."""
    sent = make_sent()
    refuse_to_sign(signature=signature_of(sent, Party.PARTNER), reason="polis ontbreekt", by=party_of(sent.placement, Party.PARTNER), at=AT)
    change_field(agreement=sent, field="host_insurance", value="polis 1", by=counsellor_of(sent.placement), at=AT)
    assert states_of(sent) == {"person": "waiting", "host": "waiting", "partner": "waiting"}


def test_limit_holds_for_a_change_too() -> None:
    """Hours beyond the limit are refused, and the agreement stays as it was."""
    sent = make_sent()
    with pytest.raises(Refused) as refused:
        change_field(agreement=sent, field="hours_month", value=80, by=counsellor_of(sent.placement), at=AT)
    now = Agreement.objects.get(pk=sent.pk)
    assert (refused.value.reason.code, now.fields["hours_month"], now.digest) == ("agreements.too_many_hours", 36, sent.digest)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("wage", "1", "agreements.no_such_field"),
        ("starts_on", "morgen", "agreements.wrong_day"),
        ("hours_month", "veel", "agreements.wrong_number"),
        ("half_days", 0, "agreements.wrong_half_days"),
        ("tasks", ["a"] * 21, "agreements.wrong_lines"),
        ("site", 3, "agreements.wrong_text"),
    ],
)
def test_value_that_cannot_be_is_refused(field: str, value: object, code: str) -> None:
    """A field keeps only what it can hold."""
    draft = make_draft()
    with pytest.raises(Refused) as refused:
        change_field(agreement=draft, field=field, value=value, by=counsellor_of(draft.placement), at=AT)
    assert refused.value.reason.code == code


def test_after_the_start_a_binding_change_needs_an_addendum() -> None:
    """What was signed is not rewritten once the work runs."""
    sent = make_sent()
    running = let_sign(sent)
    with pytest.raises(Refused) as refused:
        change_field(agreement=running, field="hours_month", value=40, by=counsellor_of(sent.placement), at=AT)
    assert refused.value.reason.code == "agreements.needs_addendum"


def test_addendum_is_signed_by_whom_it_binds_and_then_counts() -> None:
    """Other half-days bind person and host; when both have signed the placement follows, and the first agreement stays as signed."""
    sent = make_sent()
    running = let_sign(sent)
    by = counsellor_of(sent.placement)
    changes = {"half_days": half_day_mask(["mon_am", "thu_am"])}
    addendum = add_addendum(agreement=running, changes=changes, reason="opvang van de kinderen", by=by, at=AT)
    send_for_signature(agreement=addendum, by=by, at=AT)
    asked = states_of(addendum)
    done = let_sign(addendum, (Party.PERSON, Party.HOST))
    before = Agreement.objects.get(pk=sent.pk)
    assert (asked, addendum.number, done.state) == ({"person": "waiting", "host": "waiting"}, "2023-0001-A1", "in_force")
    assert (before.fields["half_days"], terms_in_force(before).fields["half_days"]) == (5, 65)
    assert sorted(PlacementHalfDay.objects.values_list("half_day", flat=True)) == [0, 6]


def test_one_addendum_at_a_time() -> None:
    """A second one waits until the first is signed or taken back."""
    sent = make_sent()
    running = let_sign(sent)
    by = counsellor_of(sent.placement)
    add_addendum(agreement=running, changes={"hours_month": 40}, by=by, at=AT)
    with pytest.raises(Refused) as refused:
        add_addendum(agreement=running, changes={"hours_month": 44}, by=by, at=AT)
    assert refused.value.reason.code == "agreements.addendum_is_open"


@pytest.mark.parametrize("changes", [{}, {"hours_month": 36}, {"mentor_name": "Els"}])
def test_addendum_without_anything_to_sign_is_refused(changes: dict[str, object]) -> None:
    """Nothing new, or what nobody signs, makes no addendum."""
    sent = make_sent()
    running = let_sign(sent)
    with pytest.raises(Refused) as refused:
        add_addendum(agreement=running, changes=changes, by=counsellor_of(sent.placement), at=AT)
    assert refused.value.reason.code == "agreements.nothing_to_sign"


def test_ended_agreement_takes_its_open_addendum_along() -> None:
    """Nobody is asked to sign anything for work that is over."""
    sent = make_sent()
    running = let_sign(sent)
    by = counsellor_of(sent.placement)
    addendum = add_addendum(agreement=running, changes={"hours_month": 40}, by=by, at=AT)
    ended = end_agreement(agreement=running, on=date(2023, 10, 1), by=by, at=AT + timedelta(days=1))
    assert (ended.state, ended.ended_on, Agreement.objects.get(pk=addendum.pk).state) == ("ended", date(2023, 10, 1), "withdrawn")


def test_paper_counts_for_an_addendum_too() -> None:
    """The last paper signature under an addendum of another period moves the end of the placement."""
    sent = make_sent()
    running = let_sign(sent)
    by = counsellor_of(sent.placement)
    addendum = add_addendum(agreement=running, changes={"last_on": "2024-01-31"}, by=by, at=AT)
    send_for_signature(agreement=addendum, by=by, at=AT)
    for party in ALL:
        sign_on_paper(signature=signature_of(addendum, party), scan=Scan(b"\xff\xd8\xffblad"), by=by, at=AT)
    assert Placement.objects.get(pk=sent.placement_id).period == DateRange(date(2023, 9, 1), date(2024, 2, 1))


def test_version_of_the_text_follows_the_first_day() -> None:
    """Each version holds from its own first day; an agreement keeps the one that it was made by."""
    now = terms_on(date(2023, 9, 1))
    later = type(now)("2099-01", date(2099, 1, 1), now.labels, now.promises, now.instruments)
    found = [terms_on(day, (now, later)).version for day in (date(2022, 1, 1), date(2023, 9, 1), date(2099, 1, 1))]
    assert found == ["2023-01", "2023-01", "2099-01"]


def test_addendum_after_a_late_start_leaves_the_real_first_day() -> None:
    """The last signature came ten days late; an addendum about half-days does not put days before it back into the work."""
    sent = make_sent()
    late = AT + timedelta(days=10)
    running = let_sign(sent, at=late)
    by, later = counsellor_of(sent.placement), AT + timedelta(days=40)
    addendum = add_addendum(agreement=running, changes={"half_days": half_day_mask(["mon_am", "thu_am"])}, by=by, at=later)
    send_for_signature(agreement=addendum, by=by, at=later)
    let_sign(addendum, (Party.PERSON, Party.HOST), at=later)
    placement = Placement.objects.get(pk=sent.placement_id)
    halves = set(PlacementHalfDay.objects.values_list("half_day", "period"))
    start, change, end = date(2023, 9, 11), date(2023, 10, 11), date(2024, 3, 1)
    assert placement.period == DateRange(start, end)
    assert halves == {
        (0, DateRange(start, change)),
        (2, DateRange(start, change)),
        (0, DateRange(change, end)),
        (6, DateRange(change, end)),
    }


def test_first_day_does_not_move_once_the_work_runs() -> None:
    """Moving the first day on would let somebody work more than the six months that the instrument lasts."""
    sent = make_sent()
    running = let_sign(sent)
    by, moved = counsellor_of(sent.placement), {"starts_on": "2023-12-01", "last_on": "2024-05-31"}
    with pytest.raises(Refused) as refused:
        add_addendum(agreement=running, changes=moved, by=by, at=AT)
    addendum = add_addendum(agreement=running, changes={"hours_month": 40}, by=by, at=AT)
    with pytest.raises(Refused) as again:
        change_field(agreement=addendum, field="starts_on", value="2023-12-01", by=by, at=AT)
    assert (refused.value.reason.code, again.value.reason.code) == ("agreements.start_is_past",) * 2


def test_who_is_asked_anew_gets_one_message() -> None:
    """A first question that did not leave yet is not sent any more: its link leads to a signature that is void."""
    sent = make_sent()
    first = signature_of(sent, Party.PERSON)
    change_field(agreement=sent, field="hours_month", value=40, by=counsellor_of(sent.placement), at=AT)
    asked = dict(Message.objects.filter(code="message.sign", person_id__isnull=False).values_list("link_subject", "state"))
    assert asked == {first.pk: "cancelled", signature_of(sent, Party.PERSON).pk: "queued"}
