"""A plan from the first draft to the next version: what is filled in, what is refused, what stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from tests.factories import make_actor
from tests.journey.plans.cases import DUE, NOW, Desk, make_desk, make_draft, make_shared

from opstap.engine.shared import Refused
from opstap.foundation.actor import Actor, Role, person_actor
from opstap.foundation.outbox.models import Message
from opstap.journey.plans.enums import ActionOwner, Focus, GoalState, Level, LevelKind, LevelSource, PlanKind
from opstap.journey.plans.models import Action, Competence, Goal, SupportPlan
from opstap.journey.plans.operations import (
    ActionTerms,
    GoalTerms,
    add_action,
    add_goal,
    agree_plan,
    change_action,
    change_goal,
    comment_plan,
    complete_action,
    drop_draft,
    move_goal,
    new_version,
    read_plan,
    remove_action,
    remove_goal,
    reopen_action,
    set_aim,
    set_level,
    share_plan,
    start_plan,
)
from opstap.journey.plans.queries import comments_of, draft_of, level_history, levels_of, open_actions, plan_for, plan_in_force, versions_of

pytestmark = pytest.mark.django_db


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    """Return the code of a refusal."""
    return refused.value.reason.code


def own_goal(plan: SupportPlan) -> Goal:
    """Return the goal that was not filled in beforehand."""
    return plan.goals.select_related("plan__referral").get(focus=Focus.PRACTICAL)


def own_action(plan: SupportPlan) -> Action:
    """Return its action."""
    return Action.objects.select_related("goal__plan__referral").get(goal__plan=plan)


def test_plan_is_filled_in_from_what_is_known() -> None:
    """The wishes are the aim; what the person wants to learn and what the place teaches are goals, each once, with its competence."""
    desk = make_desk()
    person = desk.office.referral.person
    person.wishes, person.learning_goals = ["keukenhulp"], ["Nederlands spreken", "Op tijd komen"]
    person.save()
    desk.office.referral.refresh_from_db()
    plan = start_plan(referral=desk.office.referral, by=desk.staff, at=NOW)
    goals = [(goal.focus, goal.text, goal.competence_id) for goal in plan.goals.all()]
    assert (plan.kind, plan.aim, goals) == (
        "support",
        "keukenhulp",
        [
            ("dutch", "Nederlands spreken", None),
            ("learn", "Op tijd komen", None),
            ("learn", "Groenten wassen en snijden", "kitchen.vegetables"),
        ],
    )


def test_work_at_a_social_enterprise_asks_a_pop() -> None:
    """The kind of plan follows the place."""
    desk = make_desk("social_enterprise")
    assert start_plan(referral=desk.office.referral, by=desk.staff, at=NOW).kind == PlanKind.POP


def test_starting_twice_is_one_plan() -> None:
    """A second click opens the draft that is there; once shared, a plan continues in a new version."""
    desk = make_desk()
    draft = make_draft(desk)
    again = start_plan(referral=desk.office.referral, by=desk.staff, at=NOW)
    share_plan(plan=draft, by=desk.staff, at=NOW)
    with pytest.raises(Refused) as refused:
        start_plan(referral=desk.office.referral, by=desk.staff, at=NOW)
    assert (again.pk, code_of(refused)) == (draft.pk, "plans.there_is_one")


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.HOST, Role.MENTOR, Role.AUDITOR, Role.ADMINISTRATOR])
def test_only_who_follows_the_person_has_a_plan(role: Role) -> None:
    """A coordinator, a host and the others neither read a plan nor write one."""
    desk = make_desk()
    plan = make_shared(desk)
    programme, host = desk.office.referral.programme, desk.placement.seat.place.organisation
    actor = make_actor(role, programme=programme, organisation=host)
    with pytest.raises(Refused) as refused:
        new_version(plan=plan, by=actor, at=NOW)
    with pytest.raises(Refused):
        read_plan(plan=plan, by=actor, at=NOW)
    assert (code_of(refused), plan_for(actor, plan.pk), versions_of(actor, plan.referral_id)) == ("plans.may_not_keep", None, [])


def test_person_sees_the_plan_once_shared() -> None:
    """A draft is not the person's to read; the shared plan is, and nobody else's."""
    desk = make_desk()
    draft = make_draft(desk)
    before = plan_in_force(desk.person, draft.referral_id), draft_of(desk.person, draft.referral_id)
    share_plan(plan=draft, by=desk.staff, at=NOW)
    other = person_actor(make_desk().office.referral.person_id)
    seen = [plan.pk for plan in [plan_in_force(desk.person, draft.referral_id)] if plan]
    assert (before, seen, plan_in_force(other, draft.referral_id)) == ((None, None), [draft.pk], None)


def test_sharing_tells_the_person_once() -> None:
    """The message says that there is a plan, nothing of what stands in it."""
    plan = make_shared(make_desk())
    message = Message.objects.get(subject_id=plan.pk)
    assert (message.code, message.facts, plan.shared_on) == ("message.plan", {}, date(2023, 9, 4))


@pytest.mark.parametrize("kind", ["local_government", "social_enterprise"])
def test_sharing_says_what_is_missing(kind: str) -> None:
    """Without an aim, a goal, or an action with a day (two for a POP) nothing is shared, and the reason says which."""
    desk = make_desk(kind, teaches=[])
    plan = start_plan(referral=desk.office.referral, by=desk.staff, at=NOW)
    found = []
    for mend in (_give_aim, _give_goal, _give_action):
        with pytest.raises(Refused) as refused:
            share_plan(plan=plan, by=desk.staff, at=NOW)
        found.append(code_of(refused))
        mend(desk, plan)
    if kind == "social_enterprise":
        with pytest.raises(Refused) as refused:
            share_plan(plan=plan, by=desk.staff, at=NOW)
        assert refused.value.reason.facts == {"there": 1, "least": 2, "missing": 1}
        _give_action(desk, plan)
    shared = share_plan(plan=plan, by=desk.staff, at=NOW)
    assert (found, shared.state) == (["plans.no_aim", "plans.no_goal", "plans.too_few_actions"], "shared")


def _give_aim(desk: Desk, plan: SupportPlan) -> None:
    set_aim(plan=plan, aim="Werk", by=desk.staff, at=NOW)


def _give_goal(desk: Desk, plan: SupportPlan) -> None:
    add_goal(plan=plan, terms=GoalTerms(Focus.WORK, "Elke dag komen"), by=desk.staff, at=NOW)


def _give_action(desk: Desk, plan: SupportPlan) -> None:
    goal = plan.goals.get()
    add_action(goal=goal, terms=ActionTerms("Wekker zetten", ActionOwner.PERSON, DUE), by=desk.staff, at=NOW)


def test_draft_is_written_and_unwritten() -> None:
    """Goals and actions are written anew and taken out as long as nobody was shown them."""
    desk = make_desk(teaches=[])
    plan = make_draft(desk)
    changed = change_goal(goal=own_goal(plan), terms=GoalTerms(Focus.WORK, "Op tijd zijn", DUE), by=desk.staff, at=NOW)
    terms = ActionTerms("Fiets herstellen", ActionOwner.OTHER, DUE, "Fietspunt")
    action = change_action(action=own_action(plan), terms=terms, by=desk.staff, at=NOW)
    written = (changed.focus, changed.text, changed.target_on, action.text, action.owner, action.owner_name)
    remove_action(action=own_action(plan), by=desk.staff, at=NOW)
    remove_goal(goal=changed, by=desk.staff, at=NOW)
    left = (Action.objects.count(), plan.goals.count())
    assert (written, left) == (("work", "Op tijd zijn", DUE, "Fiets herstellen", "other", "Fietspunt"), (0, 0))


def test_words_are_needed() -> None:
    """A goal without words, an action without words, somebody else without a name: each is refused by its reason."""
    desk = make_desk()
    plan = make_draft(desk)
    codes = []
    with pytest.raises(Refused) as refused:
        add_goal(plan=plan, terms=GoalTerms(Focus.WORK, "  "), by=desk.staff, at=NOW)
    codes.append(code_of(refused))
    for terms in (ActionTerms(" ", ActionOwner.PERSON), ActionTerms("Bellen", ActionOwner.OTHER)):
        with pytest.raises(Refused) as refused:
            add_action(goal=own_goal(plan), terms=terms, by=desk.staff, at=NOW)
        codes.append(code_of(refused))
    assert codes == ["plans.needs_words", "plans.needs_words", "plans.other_needs_name"]


def test_shared_plan_is_not_rewritten() -> None:
    """What the person reads stays what was shared."""
    desk = make_desk()
    plan = make_shared(desk)
    goal, action = own_goal(plan), own_action(plan)
    attempts = (
        lambda: set_aim(plan=plan, aim="Iets anders", by=desk.staff, at=NOW),
        lambda: add_goal(plan=plan, terms=GoalTerms(Focus.WORK, "A"), by=desk.staff, at=NOW),
        lambda: change_goal(goal=goal, terms=GoalTerms(Focus.WORK, "A"), by=desk.staff, at=NOW),
        lambda: remove_goal(goal=goal, by=desk.staff, at=NOW),
        lambda: add_action(goal=goal, terms=ActionTerms("A", ActionOwner.PERSON), by=desk.staff, at=NOW),
        lambda: change_action(action=action, terms=ActionTerms("A", ActionOwner.PERSON), by=desk.staff, at=NOW),
        lambda: remove_action(action=action, by=desk.staff, at=NOW),
        lambda: drop_draft(plan=plan, by=desk.staff, at=NOW),
    )
    codes = []
    for attempt in attempts:
        with pytest.raises(Refused) as refused:
            attempt()
        codes.append(code_of(refused))
    assert codes == ["plans.is_shared"] * len(attempts)


def test_new_version_copies_and_takes_over_when_shared() -> None:
    """The plan counts until its next version is shared; goals that were let go are left behind."""
    desk = make_desk()
    plan = make_shared(desk)
    dropped = plan.goals.get(competence="kitchen.vegetables")
    move_goal(goal=Goal.objects.select_related("plan__referral").get(pk=dropped.pk), to=GoalState.DROPPED, by=desk.staff, at=NOW)
    draft = new_version(plan=plan, by=desk.staff, at=NOW)
    counts = plan_in_force(desk.staff, plan.referral_id)
    share_plan(plan=draft, by=desk.staff, at=NOW + timedelta(days=1))
    states = [(row.version, row.state) for row in versions_of(desk.staff, plan.referral_id)]
    texts = [goal.text for goal in draft.goals.all()]
    assert (counts and counts.pk, states, texts, own_action(draft).text) == (
        plan.pk,
        [(2, "shared"), (1, "superseded")],
        ["Op tijd komen", "Met de fiets naar het werk"],
        "Een fiets zoeken",
    )


def test_earlier_version_stays_in_the_database() -> None:
    """No way around the operations changes what an earlier version said."""
    desk = make_desk()
    plan = make_shared(desk)
    goal, action = own_goal(plan), own_action(plan)
    share_plan(plan=new_version(plan=plan, by=desk.staff, at=NOW), by=desk.staff, at=NOW)
    attempts = (
        lambda: SupportPlan.objects.filter(pk=plan.pk).update(kind="pop"),
        lambda: Goal.objects.filter(pk=goal.pk).update(focus="work"),
        lambda: Goal.objects.filter(pk=goal.pk).delete(),
        lambda: Action.objects.filter(pk=action.pk).update(owner="mentor"),
        lambda: Action.objects.filter(pk=action.pk).delete(),
    )
    stopped = 0
    for attempt in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
        stopped += 1
    assert stopped == len(attempts)


def test_drop_draft_leaves_the_plan_that_counts() -> None:
    """A version that was never shared can be thrown away, whole."""
    desk = make_desk()
    plan = make_shared(desk)
    draft = new_version(plan=plan, by=desk.staff, at=NOW)
    drop_draft(plan=draft, by=desk.staff, at=NOW)
    assert [row.pk for row in versions_of(desk.staff, plan.referral_id)] == [plan.pk]


def test_person_ticks_what_is_theirs() -> None:
    """The person ticks an own action, takes it back, and not one of the mentor; its goal has moved."""
    desk = make_desk()
    draft = make_draft(desk)
    terms = ActionTerms("Voordoen", ActionOwner.MENTOR)
    add_action(goal=own_goal(draft), terms=terms, by=desk.staff, at=NOW)
    plan = share_plan(plan=draft, by=desk.staff, at=NOW)
    rows = Action.objects.select_related("goal__plan__referral")
    mine, mentors = rows.get(goal__plan=plan, owner="person"), rows.get(goal__plan=plan, owner="mentor")
    later = NOW + timedelta(days=9)
    done = complete_action(action=mine, by=desk.person, at=later)
    still = open_actions(desk.person, plan.referral_id, ActionOwner.PERSON)
    with pytest.raises(Refused) as refused:
        complete_action(action=mentors, by=desk.person, at=later)
    moved = own_goal(plan).moved_at
    undone = reopen_action(action=mine, by=desk.person, at=later)
    assert (done.done_on, still, code_of(refused), moved, undone.done_on) == (date(2023, 9, 13), [], "plans.may_not_tick", later, None)


def test_tick_holds_in_the_draft_that_continues() -> None:
    """Who writes the next version does not lose what is ticked meanwhile, on either side."""
    desk = make_desk()
    plan = make_shared(desk)
    draft = new_version(plan=plan, by=desk.staff, at=NOW)
    complete_action(action=own_action(plan), by=desk.person, at=NOW)
    move_goal(goal=own_goal(draft), to=GoalState.REACHED, by=desk.staff, at=NOW)
    assert (own_action(draft).done_on, own_goal(plan).state) == (date(2023, 9, 4), "reached")


def test_tick_is_not_in_the_future_nor_on_an_earlier_version() -> None:
    """Done is done, today or before; an earlier version is history."""
    desk = make_desk()
    plan = make_shared(desk)
    action, goal = own_action(plan), own_goal(plan)
    with pytest.raises(Refused) as future:
        complete_action(action=action, on=date(2023, 9, 5), by=desk.staff, at=NOW)
    share_plan(plan=new_version(plan=plan, by=desk.staff, at=NOW), by=desk.staff, at=NOW)
    with pytest.raises(Refused) as ticked:
        complete_action(action=action, by=desk.staff, at=NOW)
    with pytest.raises(Refused) as moved:
        move_goal(goal=goal, to=GoalState.REACHED, by=desk.staff, at=NOW)
    assert [code_of(each) for each in (future, ticked, moved)] == ["plans.done_in_future", "plans.is_earlier", "plans.is_earlier"]


def test_goal_moves_as_the_table_says() -> None:
    """A reached goal is taken up again before it is let go."""
    desk = make_desk()
    goal = own_goal(make_shared(desk))
    move_goal(goal=goal, to=GoalState.REACHED, by=desk.staff, at=NOW)
    with pytest.raises(Refused) as refused:
        move_goal(goal=goal, to=GoalState.DROPPED, by=desk.staff, at=NOW)
    assert (code_of(refused), refused.value.reason.facts) == (
        "plans.state_cannot_follow",
        {"from": "plans.goal.reached", "to": "plans.goal.dropped"},
    )


def test_person_says_it_is_right() -> None:
    """Said twice is said once; the channel is kept; at the desk it is staff who keep it."""
    desk = make_desk()
    plan = make_shared(desk)
    agree_plan(plan=plan, by=desk.person, at=NOW)
    again = agree_plan(plan=plan, by=desk.person, at=NOW + timedelta(days=1))
    other = make_desk()
    at_desk = agree_plan(plan=make_shared(other), by=other.staff, at=NOW)
    assert (again.state, again.agreed_at, again.agreed_channel, at_desk.agreed_channel) == ("agreed", NOW, "link", "desk")


def test_draft_cannot_be_agreed() -> None:
    """Nobody agrees with what was not shown."""
    desk = make_desk()
    draft = make_draft(desk)
    with pytest.raises(Refused) as person:
        agree_plan(plan=draft, by=desk.person, at=NOW)
    with pytest.raises(Refused) as staff:
        agree_plan(plan=draft, by=desk.staff, at=NOW)
    assert (code_of(person), code_of(staff)) == ("plans.may_not_comment", "plans.state_cannot_follow")


def test_comments_keep_both_sides() -> None:
    """The person's words stay beside the counsellor's, in their order."""
    desk = make_desk()
    plan = make_shared(desk)
    comment_plan(plan=plan, text=" Ik wil liever bakken. ", by=desk.person, at=NOW)
    comment_plan(plan=plan, text="Dat nemen we mee.", by=desk.staff, at=NOW + timedelta(hours=1))
    said = [(each.by_side, each.text) for each in comments_of(desk.person, plan.referral_id)]
    assert said == [("person", "Ik wil liever bakken."), ("staff", "Dat nemen we mee.")]


def _competence() -> Competence:
    return Competence.objects.get(pk="kitchen.dishes")


def test_levels_keep_their_history() -> None:
    """The latest level counts, the earlier ones stay, and the same level from the plan again is no new row."""
    desk = make_desk()
    referral, dishes = desk.office.referral, _competence()
    for days, level in ((0, Level.NOT_YET), (1, Level.NOT_YET), (2, Level.WITH_HELP)):
        set_level(referral=referral, competence=dishes, level=level, by=desk.staff, at=NOW + timedelta(days=days))
    set_level(referral=referral, competence=dishes, level=Level.ALONE, kind=LevelKind.FUTURE, by=desk.staff, at=NOW)
    now = [(each.competence.pk, each.present, each.future) for each in levels_of(desk.staff, referral)]
    then = [each.present for each in levels_of(desk.person, referral, NOW)]
    history = [row.level for row in level_history(desk.staff, referral, dishes) if row.kind == LevelKind.PRESENT]
    assert (now, then, history) == ([("kitchen.dishes", Level.WITH_HELP, Level.ALONE)], [Level.NOT_YET], [1, 0])


def test_floor_sets_a_level_within_an_evaluation_only() -> None:
    """A mentor sets none by themselves; an evaluation hands them that right for this person alone."""
    desk = make_desk()
    referral, mentor = desk.office.referral, make_actor(Role.MENTOR, organisation=desk.placement.seat.place.organisation)
    with pytest.raises(Refused) as refused:
        set_level(referral=referral, competence=_competence(), level=Level.ALONE, by=mentor, at=NOW)
    within: Actor = mentor.acting_for(Role.MENTOR, referral.pk)
    row = set_level(referral=referral, competence=_competence(), level=Level.ALONE, source=LevelSource.EVALUATION, by=within, at=NOW)
    assert (code_of(refused), row.source, levels_of(mentor, referral)) == ("plans.may_not_keep", "evaluation", [])
