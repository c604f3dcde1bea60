"""What a mentor sees of a plan: what to learn and the own promises, for the own floor alone."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories import make_actor, make_user
from tests.journey.plans.cases import NOW, Desk, make_desk, make_draft

from opstap.foundation.access.queries import actor_for
from opstap.foundation.actor import Actor, Role
from opstap.journey.plans.enums import ActionOwner, Level, LevelKind
from opstap.journey.plans.models import Action, Competence
from opstap.journey.plans.operations import ActionTerms, add_action, set_level, share_plan
from opstap.steering.overviews.queries.learner import learner

pytestmark = pytest.mark.django_db
ON = date(2023, 9, 20)


def on_the_floor() -> tuple[Desk, Actor]:
    """Return a desk whose person works with a shared plan, and their mentor as actor."""
    desk = make_desk()
    place = desk.placement.seat.place
    user = make_user(Role.MENTOR, organisation=place.organisation)
    assert place.mentor is not None
    place.mentor.user_id = user.pk
    place.mentor.save()
    desk.placement.state = "running"
    desk.placement.save()
    draft = make_draft(desk)
    goal = Action.objects.get(goal__plan=draft).goal
    add_action(goal=goal, terms=ActionTerms("Voordoen", ActionOwner.MENTOR, date(2023, 10, 1)), by=desk.staff, at=NOW)
    for code, kind in (("kitchen.dishes", LevelKind.FUTURE), ("kitchen.recipe", LevelKind.PRESENT)):
        set_level(
            referral=desk.office.referral, competence=Competence.objects.get(pk=code), level=Level.ALONE, kind=kind, by=desk.staff, at=NOW
        )
    share_plan(plan=draft, by=desk.staff, at=NOW)
    return desk, actor_for(user, ON)


def test_mentor_sees_what_to_learn_and_own_promises() -> None:
    """Neither the aim, nor other goals, nor what others do, nor what the person does not want to learn."""
    desk, mentor = on_the_floor()
    found = learner(mentor, desk.placement.pk, ON)
    assert found is not None
    assert ([row.competence.pk for row in found.standings], [each.text for each in found.promises]) == (["kitchen.dishes"], ["Voordoen"])


def test_others_see_nothing() -> None:
    """Another mentor of the same organisation, another organisation and the coordinator find no learner."""
    desk, _ = on_the_floor()
    host, programme = desk.placement.seat.place.organisation, desk.office.referral.programme
    others = (
        make_actor(Role.MENTOR, organisation=host),
        make_actor(Role.HOST, organisation=make_desk().placement.seat.place.organisation),
        make_actor(Role.COORDINATOR, programme=programme),
    )
    assert [learner(actor, desk.placement.pk, ON) for actor in others] == [None, None, None]


def test_nothing_is_shown_of_a_draft() -> None:
    """What was not shared with the person is not shared with the floor."""
    _, mentor = on_the_floor()
    other = make_desk()
    make_draft(other)
    place = other.placement.seat.place
    host = make_actor(Role.HOST, organisation=place.organisation)
    other.placement.state = "running"
    other.placement.save()
    found = learner(host, other.placement.pk, ON)
    assert found is not None
    assert (found.standings, found.promises, learner(mentor, other.placement.pk, ON)) == ((), (), None)
