"""Contact: who follows people sees to what waits for them on their day, speaks with the person, and notes it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from opstap.config.simulation.cast import NIGHT, key_of
from opstap.config.simulation.sayings import HOW, PUT_ASIDE, seen_to
from opstap.engine.shared import Refused
from opstap.journey.followup.enums import Rule, TaskState
from opstap.journey.followup.operations import close_task
from opstap.journey.followup.queries import visible_tasks
from opstap.journey.referrals.enums import Stage
from opstap.journey.referrals.operations import record_contact, snooze

if TYPE_CHECKING:
    from opstap.config.simulation.world import World
    from opstap.journey.followup.models import Task

_ASIDE = timedelta(days=56)
"""For how long somebody without a fitting place is put aside."""


def see_to_tasks(world: World, on: date) -> None:
    """Let everybody see to most of their tasks: the person is spoken to, which is noted, and the task is closed in a few words."""
    tasks = (
        visible_tasks(NIGHT)
        .filter(state=TaskState.OPEN, programme=world.cast.programme)
        .select_related("referral__person", "referral__counsellor", "place__site", "mentor")
    )
    for task in sorted(tasks, key=_named):
        if world.luck.happens(world.habits.sees_to_task, "sees to", *_named(task), on):
            try:
                _see_to(world, task, on)
            except Refused as refused:
                world.told.refuse(refused.reason.code)


def _named(task: Task) -> tuple[str, ...]:
    """Return what names a task in every run."""
    who = key_of(task.referral.person) if task.referral else f"{task.place and task.place.site} {task.place} {task.mentor}"
    return who, task.rule, str(task.due_on), str(task.facts.get("from", ""))


def _see_to(world: World, task: Task, on: date) -> None:
    referral, at, named = task.referral, world.at(on, hour=10), _named(task)
    by = world.cast.coordinators()[0]
    if referral is not None:
        by = world.cast.counsellor(referral)
        record_contact(referral=referral, how=world.luck.weighed(HOW, "how", *named), by=by, at=at)
        world.told.contacts += 1
        if task.rule == Rule.NO_CONTACT and referral.stage == Stage.ELIGIBLE and world.luck.happens(0.5, "put aside", *named):
            reason = world.next_of(PUT_ASIDE, "put aside", named[0])
            snooze(referral=referral, until=on + _ASIDE, reason=reason, by=by, at=at)
    close_task(task=task, is_done=True, note=seen_to(world.luck, task.rule, named), by=by, at=at)
