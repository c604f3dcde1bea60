"""Who follows somebody does so for an organisation: another hat opens nothing, and nobody gives a person to just anybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from tests.factories import DAY, NOW, make_actor, make_organisation, make_person, make_programme, make_referral, make_user, take_part

from opstap.engine.shared import Refused
from opstap.foundation.access.models import RoleGrant
from opstap.foundation.access.queries import actor_for
from opstap.foundation.actor import Actor, Role, person_actor, system_actor
from opstap.foundation.programmes.enums import Part
from opstap.foundation.programmes.models import Programme
from opstap.journey.referrals.models import StageMove
from opstap.journey.referrals.operations import assign_counsellor, open_referral
from opstap.journey.referrals.permissions import may_open_case_file
from opstap.journey.referrals.queries import followed_referral, followed_referrals, rows_of, visible_referrals

pytestmark = pytest.mark.django_db


def test_counsellor_who_moved_to_another_organisation_follows_nobody_of_the_former_one() -> None:
    """The role at the former organisation ended; being a counsellor elsewhere does not keep the old caseload open."""
    former, other, programme = make_organisation(), make_organisation(), make_programme()
    user = make_user(Role.COUNSELLOR, organisation=former)
    referral = make_referral(make_person(), programme, counsellor=user, organisation=former)
    RoleGrant.objects.create(user=user, role="counsellor", organisation_id=other.pk, starts_on=date(2023, 1, 1))
    assert list(followed_referrals(actor_for(user, DAY))) == [referral]
    RoleGrant.objects.filter(organisation_id=former.pk).update(until_on=DAY)
    actor = actor_for(user, DAY)
    assert list(followed_referrals(actor)) == list(visible_referrals(actor)) == []
    assert not may_open_case_file(actor, referral)


def test_person_is_given_only_to_a_counsellor_of_the_organisation() -> None:
    """A team lead gives people to colleagues who hold the role on that day, not to a host, nor to another organisation."""
    own, other, programme = make_organisation(), make_organisation(), make_programme()
    take_part(programme, own, Part.COUNSELS)
    lead = make_actor(Role.TEAM_LEAD, organisation=own)
    referral = make_referral(make_person(), programme, organisation=own)
    for stranger in (make_user(Role.HOST, organisation=own), make_user(Role.COUNSELLOR, organisation=other)):
        with pytest.raises(Refused) as refused:
            assign_counsellor(referral=referral, counsellor=stranger, organisation_id=None, by=lead, at=NOW)
        assert refused.value.reason.code == "referrals.may_not_assign"
    colleague = make_user(Role.COUNSELLOR, organisation=own)
    assert assign_counsellor(referral=referral, counsellor=colleague, organisation_id=None, by=lead, at=NOW).counsellor == colleague


def _host(programme: Programme) -> Actor:
    del programme
    return make_actor(Role.HOST, organisation=make_organisation())


def _elsewhere(programme: Programme) -> Actor:
    del programme
    return make_actor(Role.COORDINATOR, programme=make_programme())


@pytest.mark.parametrize("who", [_host, _elsewhere])
def test_referral_is_not_opened_by_who_does_not_work_in_the_programme(who: Callable[[Programme], Actor]) -> None:
    """Opening one referral asks no less than opening many."""
    programme = make_programme()
    with pytest.raises(Refused) as refused:
        open_referral(
            person=make_person(),
            programme=programme,
            referred_on=DAY,
            counselling_organisation=None,
            counsellor=None,
            by=who(programme),
            at=NOW,
        )
    assert refused.value.reason.code == "referrals.may_not_open"


def test_rows_of_a_referral_are_those_of_who_may_see_it() -> None:
    """What hangs on a referral is asked by its key for who follows it, and reaches nobody further than the referral itself does."""
    organisation, programme, person = make_organisation(), make_programme(), make_person()
    counsellor = make_user(Role.COUNSELLOR, organisation=organisation)
    referral = make_referral(person, programme, counsellor=counsellor, organisation=organisation)
    referral.moves.create(to_stage="open", reason={}, by_label="", at=NOW)
    actors = {
        "counsellor": actor_for(counsellor, DAY),
        "team lead": make_actor(Role.TEAM_LEAD, organisation=organisation),
        "coordinator": make_actor(Role.COORDINATOR, programme=programme),
        "the product": system_actor("test"),
        "the person": person_actor(person.pk),
        "another counsellor": make_actor(Role.COUNSELLOR, organisation=organisation),
        "another team lead": make_actor(Role.TEAM_LEAD, organisation=make_organisation()),
        "another coordinator": make_actor(Role.COORDINATOR, programme=make_programme()),
        "another person": person_actor(make_person().pk),
        "host": make_actor(Role.HOST, organisation=organisation),
    }
    seen = {name: StageMove.objects.filter(rows_of(actor, referral)).count() for name, actor in actors.items()}
    assert seen == {name: visible_referrals(actor).count() for name, actor in actors.items()}
    assert [name for name, count in seen.items() if count] == ["counsellor", "team lead", "coordinator", "the product", "the person"]
    opened = [name for name, actor in actors.items() if followed_referral(actor, referral.pk) is not None]
    assert (
        opened
        == [name for name, actor in actors.items() if followed_referrals(actor).exists()]
        == ["counsellor", "team lead", "the product"]
    )
