"""Two records of one person: their referrals go on under the record that stays."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories import NOW, make_organisation, make_person, make_place, make_programme, make_referral

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import system_actor
from opstap.journey.imports.operations import merge_records
from opstap.journey.matching.models import Directive, Proposal
from opstap.journey.referrals.enums import Stage
from opstap.journey.referrals.models import Referral, StageMove

pytestmark = pytest.mark.django_db
BY = system_actor("test")
EARLY, LATE = date(2023, 5, 1), date(2023, 8, 1)


@pytest.mark.parametrize(
    ("older", "younger", "closed"),
    [(Stage.OPEN, Stage.ELIGIBLE, LATE), (Stage.PROPOSED, Stage.OPEN, LATE), (Stage.OPEN, Stage.PROPOSED, EARLY)],
)
def test_one_open_referral_stays_per_programme(older: Stage, younger: Stage, closed: date) -> None:
    """The older goes on, unless only the younger has a proposal; the other is closed with the reason, and both are of one person."""
    keep, other, programme = make_person(), make_person(), make_programme()
    make_referral(keep, programme, stage=older, referred_on=EARLY)
    make_referral(other, programme, stage=younger, referred_on=LATE)
    merge_records(keep=keep, other=other, within=Referral.objects.none(), by=BY, at=NOW)
    assert set(Referral.objects.values_list("person_id", flat=True)) == {keep.pk}
    assert list(Referral.objects.filter(stage=Stage.CLOSED).values_list("referred_on", flat=True)) == [closed]
    assert StageMove.objects.get(to_stage=Stage.CLOSED).reason["code"] == "people.merged"


def test_two_people_under_way_are_not_merged() -> None:
    """With a proposal on both sides somebody first ends one: nothing changes."""
    keep, other, programme = make_person(), make_person(), make_programme()
    make_referral(keep, programme, stage=Stage.PROPOSED)
    make_referral(other, programme, stage=Stage.PLACED)
    with pytest.raises(Refused) as refused:
        merge_records(keep=keep, other=other, within=Referral.objects.none(), by=BY, at=NOW)
    other.refresh_from_db()
    assert (refused.value.reason, other.merged_into) == (Reason("people.merge_both_under_way"), None)


def test_referrals_in_different_programmes_both_stay_open() -> None:
    """A person may go through two programmes at once."""
    keep, other = make_person(), make_person()
    make_referral(keep, make_programme())
    make_referral(other, make_programme())
    merge_records(keep=keep, other=other, within=Referral.objects.none(), by=BY, at=NOW)
    assert list(Referral.objects.values_list("stage", "person_id")) == [("open", keep.pk)] * 2


def test_drafts_and_directives_do_not_stay_behind() -> None:
    """The draft of the referral that closes is replaced; vetoes go over and end a pin that they stand against; nothing stands twice."""
    keep, other, programme = make_person(), make_person(), make_programme()
    stays, closes = make_referral(keep, programme, referred_on=EARLY), make_referral(other, programme, referred_on=LATE)
    host = make_organisation()
    garden, kitchen = make_place(programme, host), make_place(programme, host)
    draft = Proposal.objects.create(
        referral=closes, person=other, place=garden, instrument="work_learning_place", state="draft", starts_on=LATE,
        until_on=date(2024, 1, 1), created_by="test", created_at=NOW,
    )  # fmt: skip
    for referral, kind, place in (
        (stays, "pin", garden), (stays, "interest", kitchen),
        (closes, "veto", garden), (closes, "interest", kitchen), (closes, "pin", kitchen),
    ):  # fmt: skip
        Directive.objects.create(kind=kind, referral=referral, place=place, by_label="test", created_at=NOW)
    merge_records(keep=keep, other=other, within=Referral.objects.none(), by=BY, at=NOW)
    draft.refresh_from_db()
    running = Directive.objects.filter(ended_at__isnull=True).values_list("kind", "referral", "place")
    assert draft.state == "replaced"
    assert set(running) == {("veto", stays.pk, garden.pk), ("interest", stays.pk, kitchen.pk), ("pin", stays.pk, kitchen.pk)}
