"""Demand that is not met: the cause, and the smallest change that would meet it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from opstap.engine.rostering.calendar import quotas
from opstap.engine.rostering.constraints import DAY_RULES, OTHER_RULES, PLACE_RULES, WORK_RULES, broken_rules
from opstap.engine.rostering.problem import Cell, Worker
from opstap.engine.rostering.score import shortages
from opstap.engine.rostering.verdict import Scene
from opstap.engine.rostering.weeks import minutes_of
from opstap.engine.shared import Reason

_MOST_NAMES = 4
_OF_WORKER = tuple(rule.NAME for rule in (*DAY_RULES, *WORK_RULES, *OTHER_RULES))


@dataclass(frozen=True, slots=True)
class Unmet:
    """A site, function and weekday where people are missing for the same cause: on which dates, how many in all, cause and change.

    `is_minimum`: under the minimum; else only under what is wanted.
    """

    site: str
    function: str
    weekday: int
    is_minimum: bool
    dates: tuple[date, ...]
    people: int
    cause: Reason
    change: Reason


def unmet(scene: Scene) -> tuple[Unmet, ...]:
    """Return what is not met, minimum first, then the most people missing."""
    missing, wanted = shortages(scene.problem, scene.shifts)
    grouped: dict[tuple[str, str, int, bool, Reason, Reason], list[tuple[date, int]]] = {}
    for is_minimum, cells in ((True, missing), (False, wanted)):
        for cell, people in cells.items():
            if not is_minimum and cell in missing and missing[cell] >= people:
                continue
            cause, change = _cause(scene, cell)
            key = (cell.demand.site, cell.demand.function, cell.demand.weekday, is_minimum, cause, change)
            grouped.setdefault(key, []).append((cell.day, people))
    found = [
        Unmet(*key[:4], tuple(day for day, _ in dates), sum(people for _, people in dates), key[4], key[5])
        for key, dates in grouped.items()
    ]
    return tuple(sorted(found, key=lambda each: (not each.is_minimum, -each.people, each.site, each.function, each.weekday)))


def _cause(scene: Scene, cell: Cell) -> tuple[Reason, Reason]:
    """Return why nobody more is there, and the smallest change."""
    problem = scene.problem
    for rule in PLACE_RULES:
        if problem.workers and not rule.holds(problem.workers[0], cell, problem):
            return Reason("rostering.cause_place", {"rule": f"rostering.rule_{rule.NAME}"}), Reason(f"rostering.change_{rule.NAME}")
    able = [worker for worker in problem.workers if not worker.is_learning(cell.demand.function)]
    if not able:
        return Reason("rostering.cause_nobody_can"), Reason("rostering.change_train", {"function": cell.demand.function, "people": ()})
    broken = {worker.key: _lasting(broken_rules(worker, cell, problem)) for worker in able}
    if all(broken.values()):
        return _one_rule_away(cell, able, broken)
    return _busy(scene, cell, [worker for worker in able if not broken[worker.key]])


def _lasting(broken: tuple[str, ...]) -> tuple[str, ...]:
    """Return the rules without the absence of a day, when others keep the worker away too."""
    return tuple(rule for rule in broken if rule != "absence") or broken


def _one_rule_away(cell: Cell, able: Iterable[Worker], broken: dict[str, tuple[str, ...]]) -> tuple[Reason, Reason]:
    """Return which rule keeps most of those who can away, and whom the fewest changes would bring."""
    counted = Counter(rule for rules in broken.values() for rule in rules)
    main = max(counted, key=lambda rule: (counted[rule], -_OF_WORKER.index(rule)))
    near = min(len(rules) for rules in broken.values())
    names = tuple(worker.key for worker in able if len(broken[worker.key]) == near and main in broken[worker.key])[:_MOST_NAMES]
    cause = Reason("rostering.cause_all_kept_away", {"people": len(broken), "rule": f"rostering.rule_{main}"})
    if main == "contract_days":
        weekday = f"rostering.day_{cell.demand.weekday}"
        return cause, Reason("rostering.change_contract_day", {"weekday": weekday, "people": names})
    return cause, Reason("rostering.change_rule", {"rule": f"rostering.rule_{main}", "people": names})


def _busy(scene: Scene, cell: Cell, able: list[Worker]) -> tuple[Reason, Reason]:
    """Return that those who could come work elsewhere or have no hours left, and who could learn it."""
    problem, week = scene.problem, scene.problem.week_of(cell.day)
    full = sum(not _has_hours(scene, worker, week) for worker in able)
    elsewhere = sum((worker.key, cell.day) in scene.on for worker in able)
    cause = Reason("rostering.cause_busy", {"people": len(able), "elsewhere": elsewhere, "full": full})
    learners = (worker.key for worker in problem.workers if cell.demand.function in worker.wishes)
    spare = tuple(learners)[:_MOST_NAMES]
    return cause, Reason("rostering.change_train", {"function": cell.demand.function, "people": spare})


def _has_hours(scene: Scene, worker: Worker, week: int) -> bool:
    mine = [shift for shift in scene.of.get(worker.key, ()) if scene.problem.week_of(shift.day) == week]
    return minutes_of(mine, scene.problem) < quotas(worker, scene.problem)[week]
