"""Contact: who follows people sees to what waits for them on their day, speaks with the person, and notes it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

from opstap.config.simulation.cast import NIGHT, key_of
from opstap.config.simulation.sayings import HOW, PUT_ASIDE, seen_to
from opstap.engine.shared import Refused
from opstap.foundation.prepared import Prepared
from opstap.journey.followup.enums import Rule, TaskState
from opstap.journey.followup.operations import Closing, close_tasks
from opstap.journey.followup.queries import visible_tasks
from opstap.journey.referrals.enums import Stage
from opstap.journey.referrals.operations import Aside, record_contacts, snooze_many

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from opstap.config.simulation.world import World
    from opstap.foundation.actor import Actor
    from opstap.foundation.programmes.models import Programme
    from opstap.journey.followup.models import Task

    _Seen = tuple[Task, Aside | None]
    """A task that is seen to, and how its person is put aside with it."""

_ASIDE = timedelta(days=56)
"""For how long somebody without a fitting place is put aside."""


def see_to_tasks(world: World, on: date) -> None:
    """Let everybody see to most of their tasks: the person is spoken to, which is noted, and the task is closed in a few words."""
    tasks = _TASKS(programme=world.cast.programme)
    seen: dict[Actor, list[_Seen]] = defaultdict(list)
    for task in sorted(tasks, key=_named):
        if world.luck.happens(world.habits.sees_to_task, "sees to", *_named(task), on):
            by = world.cast.counsellor(task.referral) if task.referral else world.cast.coordinators()[0]
            seen[by].append((task, _aside(world, task, on)))
    for by, own in seen.items():
        _see_to(world, own, by, on)


def _tasks(programme: Programme) -> QuerySet[Task]:
    tasks = visible_tasks(NIGHT).filter(state=TaskState.OPEN, programme=programme)
    return tasks.select_related("referral__person", "referral__counsellor", "place__site", "mentor")


_TASKS = Prepared(_tasks)


def _named(task: Task) -> tuple[str, ...]:
    """Return what names a task in every run."""
    who = key_of(task.referral.person) if task.referral else f"{task.place and task.place.site} {task.place} {task.mentor}"
    return who, task.rule, str(task.due_on), str(task.facts.get("from", ""))


def _see_to(world: World, seen: list[_Seen], by: Actor, on: date) -> None:
    """Let somebody speak with these people, put some of them aside, and close the tasks."""
    at = world.at(on, hour=10)
    contacts = [(task.referral, world.luck.weighed(HOW, "how", *_named(task))) for task, _ in seen if task.referral is not None]
    asides = [aside for _, aside in seen if aside is not None]
    closings = [Closing(task, is_done=True, note=seen_to(world.luck, task.rule, _named(task))) for task, _ in seen]
    try:
        if contacts:
            record_contacts(contacts=contacts, by=by, at=at)
        if asides:
            snooze_many(asides=asides, by=by, at=at)
        close_tasks(closings=closings, by=by, at=at)
    except Refused as refused:
        world.told.refuse(refused.reason.code)
        return
    world.told.contacts += len(contacts)


def _aside(world: World, task: Task, on: date) -> Aside | None:
    """Return how somebody is put aside for whom nothing fits yet: about half of those whom nobody had spoken to."""
    referral, named = task.referral, _named(task)
    if referral is None or task.rule != Rule.NO_CONTACT or referral.stage != Stage.ELIGIBLE:
        return None
    if not world.luck.happens(0.5, "put aside", *named):
        return None
    return Aside(referral, on + _ASIDE, world.next_of(PUT_ASIDE, "put aside", named[0]))
