"""Seats that several people were proposed for, with the host's yes already given: whoever says yes first has the seat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from tests.factories import DAY, NOW, make_mentor, make_organisation, make_person, make_place, make_programme, make_referral
from tests.journey.eligibility.cases import OPEN_TO_ALL

from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.models import AccessLink
from opstap.foundation.access.queries import code_hash, token_hash
from opstap.foundation.actor import system_actor
from opstap.foundation.organisations.models import Organisation
from opstap.foundation.programmes.models import Programme
from opstap.journey.eligibility.operations import decide_all
from opstap.journey.matching.enums import Answer, ProposalState
from opstap.journey.matching.models import Proposal
from opstap.journey.places.models import Place
from opstap.journey.referrals.enums import Stage


@dataclass(frozen=True)
class Contest:
    """One place with one seat, and the key of each person who may have it."""

    place_id: UUID
    keys: tuple[str, ...]


def make_contests(seats: int, people: int) -> list[Contest]:
    """Return `seats` places with one seat each, every one proposed to `people` people of its own."""
    programme, host = make_programme(), make_organisation(kind="local_government")
    return [_contest(programme, host, number, people) for number in range(seats)]


def _contest(programme: Programme, host: Organisation, number: int, people: int) -> Contest:
    place = make_place(
        programme, host, mentor=make_mentor(host), title=f"tuinier {number}", half_days=("mon_am",), until_on=date(2025, 1, 1)
    )
    return Contest(place.pk, tuple(_proposed(programme, place, f"{number}-{each}", is_reserve=each > 0) for each in range(people)))


def _proposed(programme: Programme, place: Place, name: str, *, is_reserve: bool) -> str:
    """Propose the place to a new person and return the key of their link; the host has said yes."""
    referral = make_referral(make_person(f"Klik{name}", **OPEN_TO_ALL), programme, stage=Stage.PROPOSED)
    decide_all(referral=referral, on=DAY, by=system_actor("test"), at=NOW)
    proposal = Proposal.objects.create(
        referral=referral,
        person=referral.person,
        place=place,
        instrument="work_learning_place",
        state=ProposalState.SENT.value,
        is_reserve=is_reserve,
        starts_on=DAY,
        until_on=date(2024, 3, 1),
        host_answer=Answer.YES.value,
        host_answered_at=NOW,
        sent_at=NOW,
        expires_at=NOW + timedelta(days=10),
        created_by="test",
        created_at=NOW,
    )
    key = f"key-{name}-{proposal.pk.hex}"
    AccessLink.objects.create(
        purpose=LinkPurpose.PERSON_PROPOSAL.value,
        subject_id=proposal.pk,
        person_id=referral.person_id,
        token_hash=token_hash(key),
        code_hash=code_hash(key),
        created_at=NOW,
        expires_at=NOW + timedelta(days=30),
    )
    return key
